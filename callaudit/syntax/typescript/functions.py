"""Handlers of functions and their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.facts import ASYNC_ITERATOR, ITERATOR, Function, Param
from callaudit.syntax.ir import Block, Call, Do, Expr, Func, Let, Lit, Member, Name, PatDefault, Ret, Spread, Stmt
from callaudit.syntax.typescript.context import Context, Scope, expression, statements
from callaudit.syntax.typescript.fragments import Decorator, Method, Modifier, Params, TypeText
from callaudit.syntax.typescript.objects import property_key

if TYPE_CHECKING:
    from tree_sitter import Node

ANONYMOUS_DEFAULT = "*default*"
_NAMING = frozenset({"pair", "public_field_definition", "jsx_attribute", "assignment_expression"})
STATIC_BLOCK = "class_static_block"
_WITHOUT_THIS = frozenset({"arrow_function", STATIC_BLOCK})
"""What has the `this` of what is around it: a static block that of its class, as a static field has."""
_BEFORE_NAME = frozenset({"accessibility_modifier", "override_modifier", "decorator", "comment"})
_NO_NAME = frozenset({Modifier, Decorator, Params, TypeText})


def enter_function(context: Context, parent: Node, _node: Node, siblings: list[Any]) -> None:
    """Give the function its number before those inside it, and the name that it is stored under."""
    number = len(context.functions)
    context.functions.append(None)
    name, key = name_from_outside(parent, siblings)
    outer = context.scopes[-1]
    cls = outer.cls if parent.type == "class_body" else -1
    context.open(Scope(number, cls, outer.function, name, key))


def name_from_outside(parent: Node, siblings: list[Any]) -> tuple[str, str]:
    """The name of a function expression and, where it is a property, the property's name."""
    if not siblings:
        return "", ""
    kind, first = parent.type, siblings[0]
    if kind == "variable_declarator" and type(first) is Name:
        return first.id, ""
    if kind in _NAMING:
        named = next((r for r in siblings if type(r) is not Modifier and type(r) is not Decorator), first)
        if type(named) is Member:
            return named.prop, named.prop
        key = property_key(named)
        text = key if type(key) is str else key.id if type(key) is Name else ""
        return text, text
    return "", ""


def _close(context: Context, node: Node, results: list[Any], body: Any, name: str = "",
           *, static: bool = False, accessor: bool = False, asynchronous: bool = False,
           own: bool = False, setter: bool = False) -> int:  # fmt: skip
    """File the function that has been read; its number. With `own` its code knows it by its name."""
    scope = context.scopes[-1]
    params, returns = _signature(results)
    line, column = context.place(*node.start_point)
    content = _body(body, line)
    kind = node.type
    refs = context.close()
    if own and name in refs and not any(type(param.target) is Name and param.target.id == name for param in params):
        content = (Let(Name(name), Func(scope.function), line, hoisted=True), *content)
    context.functions[scope.function] = Function(
        name=name or scope.name,
        line=line,
        column=column,
        end_line=context.last_line(node),
        params=params,
        body=content,
        refs=refs,
        parent=scope.parent,
        member=scope.key or (name if scope.cls >= 0 or kind == "method_definition" else ""),
        cls=scope.cls,
        static=static,
        accessor=accessor,
        arrow=kind in _WITHOUT_THIS,
        asynchronous=asynchronous,
        returns=returns,
        directives=directives(content),
        setter=setter,
    )
    return scope.function


def _body(result: Any, line: int) -> tuple[Stmt, ...]:
    if type(result) is Block:
        return result.body
    return () if result is None else (Ret(expression(result), line),)


def directives(body: tuple[Stmt, ...]) -> tuple[str, ...]:
    """The strings that a function or a file begins with, such as `use server`."""
    found: list[str] = []
    for statement in body:
        if type(statement) is Let and statement.hoisted:
            continue
        value = statement.value if type(statement) is Do else None
        if type(value) is not Lit or type(value.value) is not str:
            break
        found.append(value.value)
    return tuple(found)


def _is_async(context: Context, node: Node) -> bool:
    return context.source.startswith(b"async", node.start_byte)


def arrow(context: Context, node: Node, results: list[Any]) -> Func:
    body = results[-1] if results else None
    return Func(_close(context, node, results[:-1], body, asynchronous=_is_async(context, node)))


def static_block(context: Context, node: Node, results: list[Any]) -> Do:
    """`static { … }` as the call of a function, which has variables of its own."""
    line, column = context.place(*node.start_point)
    number = _close(context, node, [], Block(statements(results, line)), static=True)
    return Do(Call(Func(number), (), line, column), line)


def function_expression(context: Context, node: Node, results: list[Any]) -> Func:
    return Func(_function(context, node, results, own=True)[0])


def function_declaration(context: Context, node: Node, results: list[Any]) -> Let:
    number, name = _function(context, node, results)
    return Let(context.name(name or ANONYMOUS_DEFAULT), Func(number), context.line(node), hoisted=True)


def _function(context: Context, node: Node, results: list[Any], *, own: bool = False) -> tuple[int, str]:
    name = results[0].id if results and type(results[0]) is Name else ""
    body = results[-1] if results and type(results[-1]) is Block else None
    rest = results[1:] if name else results
    return _close(context, node, rest, body, name, asynchronous=_is_async(context, node), own=own), name


def method(context: Context, node: Node, results: list[Any]) -> Method:
    named = next((r for r in results if type(r) not in _NO_NAME), "")
    name = property_key(named)
    text = name if type(name) is str else ""
    if text in (ITERATOR, ASYNC_ITERATOR):
        context.refs.add(".next")  # of what it gives, which a loop goes on to ask
    body = results[-1] if results and type(results[-1]) is Block else None
    head = head_words(context, node)
    number = _close(
        context, node, results, body, text,
        asynchronous=b"async" in head, static=b"static" in head, accessor=b"get" in head,
        setter=b"set" in head,
    )  # fmt: skip
    return Method(number, name)


def head_words(context: Context, node: Node) -> list[bytes]:
    """The words before a member's name: `static`, `async`, `get`."""
    for child in node.named_children:
        if child.type not in _BEFORE_NAME:
            return context.source[node.start_byte : child.start_byte].replace(b"*", b" ").split()
    return []


# --- parameters ----------------------------------------------------------------------------------


def _signature(results: list[Any]) -> tuple[tuple[Param, ...], str]:
    params: tuple[Param, ...] = ()
    returns = ""
    for result in results:
        kind = type(result)
        if kind is Params:
            params = result.items
        elif kind is TypeText:
            returns = result.text
        elif kind is Name and not params:
            params = (Param(result),)
    return params, returns


def parameters(_context: Context, _node: Node, results: list[Any]) -> Params:
    items: list[Param] = []
    for result in results:
        kind = type(result)
        if kind is Param:
            items.append(result)
        elif kind is PatDefault:
            items.append(Param(result.target, default=result.default))
        elif kind is Spread:
            items.append(Param(result.value, rest=True))
        elif not isinstance(result, tuple):
            items.append(Param(expression(result)))
    return Params(tuple(items))


def parameter(context: Context, node: Node, results: list[Any]) -> Param | None:
    target: Expr | None = None
    default: Expr | None = None
    text = ""
    decorators: list[Call] = []
    modified = False
    for result in results:
        kind = type(result)
        if kind is TypeText:
            text = result.text
        elif kind is Decorator:
            decorators.append(result.call)
        elif kind is Modifier:
            modified = True
        elif target is None:
            target = expression(result)
        else:
            default = expression(result)
    if target is None or (type(target) is Name and target.id == "this"):
        return None
    return Param(
        target=target.value if type(target) is Spread else target,
        type=text,
        default=default,
        optional=default is not None or node.type == "optional_parameter",
        rest=type(target) is Spread,
        # `readonly` is an anonymous word, so the text before the pattern is asked
        property=modified or _is_readonly(context, node),
        decorators=tuple(decorators),
    )


def _is_readonly(context: Context, node: Node) -> bool:
    head = context.source[node.start_byte : node.start_byte + 40]
    return b"readonly" in head and b"readonly" in head.split(b":")[0].split()
