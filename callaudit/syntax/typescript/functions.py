"""Handlers of functions, parameters and classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.facts import Class, Field, Function, Param
from callaudit.syntax.ir import (
    Block,
    Call,
    ClassRef,
    Do,
    Expr,
    Func,
    Let,
    Lit,
    Member,
    Name,
    PatDefault,
    Ret,
    Spread,
    Stmt,
)
from callaudit.syntax.typescript.context import Context, expression
from callaudit.syntax.typescript.expressions import property_key
from callaudit.syntax.typescript.fragments import (
    ClassBody,
    Computed,
    Decorator,
    Heritage,
    Method,
    Modifier,
    Params,
    TypeText,
)  # fmt: skip
from callaudit.syntax.typescript.types import type_names

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.typescript.walk import Frame

ANONYMOUS_DEFAULT = "*default*"


# --- functions -----------------------------------------------------------------------------------


def enter_function(context: Context, frame: Frame) -> None:
    """Give the function its number before those inside it, and the name that it is stored under."""
    number = len(context.functions)
    context.functions.append(None)
    name, key = _name_from_outside(context.parent_frame)
    parent = context.parent_frame
    inside_class = parent is not None and parent.node.type == "class_body"
    frame.extra = (number, name, key, context.scopes[-1].function)
    context.open(number, context.scopes[-1].cls if inside_class else -1)


def _name_from_outside(parent: Frame | None) -> tuple[str, str]:
    """The name of a function expression and, where it is a property, the property's name."""
    if parent is None or not parent.results:
        return "", ""
    kind, first = parent.node.type, parent.results[0]
    if kind == "variable_declarator" and isinstance(first, Name):
        return first.id, ""
    if kind in ("pair", "public_field_definition", "jsx_attribute", "assignment_expression"):
        named = next((r for r in parent.results if not isinstance(r, (Modifier, Decorator))), first)
        if isinstance(named, Member):
            return named.prop, named.prop
        key = property_key(named)
        text = key if isinstance(key, str) else key.id if isinstance(key, Name) else ""
        return text, text
    return "", ""


def enter_argument_function(context: Context, frame: Frame) -> None:
    """As `enter_function`; a callback is named after the function that it is handed to."""
    enter_function(context, frame)


def callback_name(callee: Expr) -> str:
    """How a function handed to `callee` is called in a chain of evidence."""
    if isinstance(callee, Member):
        return f"{callee.prop} callback"
    if isinstance(callee, Name):
        return f"{callee.id} callback"
    return "callback"


def close_function(context: Context, frame: Frame, params: tuple[Param, ...], body: Any, returns: str, name: str,
                   *, asynchronous: bool = False, static: bool = False, accessor: bool = False) -> int:  # fmt: skip
    """File the function that `frame` has read; its number."""
    number, outside, key, parent = frame.extra
    cls = context.scopes[-1].cls
    refs = context.close()
    arrow = frame.node.type == "arrow_function"
    content = _body(body, context.line(frame.node))
    row, column = frame.node.start_point
    context.functions[number] = Function(
        name=name or outside,
        line=row + 1,
        column=context.column(row, column),
        end_line=int(frame.node.end_point[0]) + 1,
        params=params,
        body=content,
        refs=refs,
        parent=parent,
        member=key or (name if cls >= 0 or frame.node.type == "method_definition" else ""),
        cls=cls,
        static=static,
        accessor=accessor,
        arrow=arrow,
        asynchronous=asynchronous,
        returns=returns,
        directives=_directives(content),
    )
    return int(number)


def _body(result: Any, line: int) -> tuple[Stmt, ...]:
    if isinstance(result, Block):
        return result.body
    if result is None:
        return ()
    return (Ret(expression(result), line),)


def _directives(body: tuple[Stmt, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for statement in body:
        if not (
            isinstance(statement, Do) and isinstance(statement.value, Lit) and isinstance(statement.value.value, str)
        ):
            break
        found.append(statement.value.value)
    return tuple(found)


def _is_async(context: Context, node: Node) -> bool:
    return context.source.startswith(b"async", node.start_byte)


def arrow(context: Context, frame: Frame) -> Func:
    params, returns = _signature(frame.results[:-1])
    body = frame.results[-1] if frame.results else None
    asynchronous = _is_async(context, frame.node)
    return Func(close_function(context, frame, params, body, returns, "", asynchronous=asynchronous))


def function_expression(context: Context, frame: Frame) -> Func:
    return Func(_function(context, frame)[0])


def function_declaration(context: Context, frame: Frame) -> Let:
    number, name = _function(context, frame)
    return Let(context.name(name or ANONYMOUS_DEFAULT), Func(number), context.line(frame.node), hoisted=True)


def _function(context: Context, frame: Frame) -> tuple[int, str]:
    results = frame.results
    name = results[0].id if results and isinstance(results[0], Name) else ""
    params, returns = _signature(results[1:] if name else results)
    body = results[-1] if results and isinstance(results[-1], Block) else None
    asynchronous = _is_async(context, frame.node)
    number = close_function(context, frame, params, body, returns, name, asynchronous=asynchronous)
    return number, name


def method(context: Context, frame: Frame) -> Method:
    results = frame.results
    named = next((r for r in results if not isinstance(r, (Modifier, Decorator, Params, TypeText))), "")
    name = property_key(named)
    text = name if isinstance(name, str) else ""
    params, returns = _signature(results)
    body = results[-1] if results and isinstance(results[-1], Block) else None
    head = _head(context, frame)
    number = close_function(
        context, frame, params, body, returns, text,
        asynchronous=b"async" in head, static=b"static" in head, accessor=b"get" in head,
    )  # fmt: skip
    return Method(number, name)


def _head(context: Context, frame: Frame) -> list[bytes]:
    """The words before a member's name: `static`, `async`, `get`."""
    for child in frame.children:
        if child.type not in ("accessibility_modifier", "override_modifier", "decorator", "comment"):
            return context.source[frame.node.start_byte : child.start_byte].replace(b"*", b" ").split()
    return []


def _signature(results: list[Any]) -> tuple[tuple[Param, ...], str]:
    params: tuple[Param, ...] = ()
    returns = ""
    for result in results:
        if type(result) is Params:
            params = result.items
        elif type(result) is TypeText:
            returns = result.text
        elif isinstance(result, Name) and not params:
            params = (Param(result),)
    return params, returns


# --- parameters ----------------------------------------------------------------------------------


def parameters(_context: Context, frame: Frame) -> Params:
    items: list[Param] = []
    for result in frame.results:
        if isinstance(result, Param):
            items.append(result)
        elif isinstance(result, PatDefault):
            items.append(Param(result.target, default=result.default))
        elif isinstance(result, Spread):
            items.append(Param(result.value, rest=True))
        elif not isinstance(result, tuple):
            items.append(Param(expression(result)))
    return Params(tuple(items))


def parameter(context: Context, frame: Frame) -> Param | None:
    target: Expr | None = None
    default: Expr | None = None
    text = ""
    decorators: list[Call] = []
    modified = False
    for result in frame.results:
        if type(result) is TypeText:
            text = result.text
        elif type(result) is Decorator:
            decorators.append(result.call)
        elif type(result) is Modifier:
            modified = True
        elif target is None:
            target = expression(result)
        else:
            default = expression(result)
    if target is None or (isinstance(target, Name) and target.id == "this"):
        return None
    rest = isinstance(target, Spread)
    return Param(
        target=target.value if isinstance(target, Spread) else target,
        type=text,
        default=default,
        optional=frame.node.type == "optional_parameter" or default is not None,
        rest=rest,
        # `readonly` is an anonymous word, so the text before the pattern is asked
        property=modified or _is_readonly(context, frame),
        decorators=tuple(decorators),
    )


def _is_readonly(context: Context, frame: Frame) -> bool:
    return b"readonly" in context.source[frame.node.start_byte : frame.node.start_byte + 40].split(b":")[0].split()


# --- classes -------------------------------------------------------------------------------------


def enter_class(context: Context, frame: Frame) -> None:
    """Give the class its number."""
    number = len(context.classes)
    context.classes.append(None)
    frame.extra = (number, _name_from_outside(context.parent_frame)[0])
    context.open(context.scopes[-1].function, number)


def class_declaration(context: Context, frame: Frame) -> Let:
    number, name = _class(context, frame)
    return Let(context.name(name or ANONYMOUS_DEFAULT), ClassRef(number), context.line(frame.node), hoisted=True)


def class_expression(context: Context, frame: Frame) -> ClassRef:
    return ClassRef(_class(context, frame)[0])


def _class(context: Context, frame: Frame) -> tuple[int, str]:
    number, outside = frame.extra
    name = next((r.id for r in frame.results if isinstance(r, Name)), "")
    heritage = next((r for r in frame.results if type(r) is Heritage), Heritage(None, "", ()))
    body = next((r for r in frame.results if type(r) is ClassBody), ClassBody((), ()))
    parent = context.scopes[-2].function
    for text in [heritage.base_types, *heritage.implements, *(field.type for field in body.fields)]:
        context.refs.update(type_names(text))
    for index in body.methods:
        function = context.functions[index]
        if function is not None and function.name == "constructor":
            for param in function.params:
                context.refs.update(type_names(param.type))
    refs = context.close()
    context.classes[number] = Class(
        name=name or outside,
        line=context.line(frame.node),
        base=heritage.base,
        base_types=heritage.base_types,
        implements=heritage.implements,
        fields=body.fields,
        methods=body.methods,
        refs=refs,
        parent=parent,
        abstract=frame.node.type.startswith("abstract"),
        decorators=tuple(r.call for r in frame.results if type(r) is Decorator),
    )
    return number, name


def class_name(context: Context, node: Node) -> Name:
    return context.name(context.text(node))


def heritage(_context: Context, frame: Frame) -> Heritage:
    found = Heritage(None, "", ())
    for result in frame.results:
        if type(result) is Heritage:
            found = Heritage(
                result.base or found.base,
                result.base_types or found.base_types,
                result.implements or found.implements,
            )
        elif not isinstance(result, tuple):
            found = Heritage(expression(result), "", found.implements)
    return found


def extends(context: Context, frame: Frame) -> Heritage:
    last = frame.children[-1]
    types = context.text(last)[:160] if last.type == "type_arguments" else ""
    base = next((expression(r) for r in frame.results if not isinstance(r, tuple)), None)
    return Heritage(base, types, ())


def implements(context: Context, node: Node) -> Heritage:
    return Heritage(None, "", tuple(context.text(child)[:160] for child in node.named_children))


def class_body(context: Context, frame: Frame) -> ClassBody:
    fields: list[Field] = []
    methods: list[int] = []
    waiting: list[Call] = []
    for result in frame.results:
        if type(result) is Decorator:
            waiting.append(result.call)
            continue
        if type(result) is Method:
            function = context.functions[result.function]
            if waiting and function is not None:
                context.functions[result.function] = replace(function, decorators=tuple(waiting))
            methods.append(result.function)
        elif isinstance(result, Field):
            fields.append(replace(result, decorators=(*waiting, *result.decorators)) if waiting else result)
        waiting = []
    return ClassBody(tuple(fields), tuple(methods))


def field(context: Context, frame: Frame) -> Field | None:
    name: str | None = None
    text = ""
    value: Expr | None = None
    decorators: list[Call] = []
    for result in frame.results:
        if type(result) is TypeText:
            text = result.text
        elif type(result) is Decorator:
            decorators.append(result.call)
        elif type(result) is Modifier:
            continue
        elif name is None:
            key = property_key(result) if not isinstance(result, Computed) else property_key(result.value)
            name = key if isinstance(key, str) else ""
        else:
            value = expression(result)
    if name is None:
        return None
    static = b"static" in context.source[frame.node.start_byte : frame.node.start_byte + 60].split(name.encode())[0]
    return Field(name, text, value, static, context.line(frame.node), tuple(decorators))


def modifier(context: Context, node: Node) -> Modifier:
    return Modifier(context.text(node))
