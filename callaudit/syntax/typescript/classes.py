"""Handlers of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.facts import Class, Field
from callaudit.syntax.ir import Call, ClassRef, Do, Expr, Let, Name
from callaudit.syntax.type_names import type_names
from callaudit.syntax.typescript.context import Context, Scope, expression
from callaudit.syntax.typescript.fragments import ClassBody, Decorator, Heritage, Method, Modifier, TypeText
from callaudit.syntax.typescript.functions import ANONYMOUS_DEFAULT, head_words, name_from_outside
from callaudit.syntax.typescript.objects import property_key

if TYPE_CHECKING:
    from tree_sitter import Node

LONGEST_TYPE = 160
STATIC = "*static*"
"""What stands for the name of a field that is `static { … }`."""


def enter_class(context: Context, parent: Node, _node: Node, siblings: list[Any]) -> None:
    """Give the class its number."""
    number = len(context.classes)
    context.classes.append(None)
    outer = context.scopes[-1].function
    context.open(Scope(outer, number, outer, name_from_outside(parent, siblings)[0]))


def class_declaration(context: Context, node: Node, results: list[Any]) -> Let:
    number, name = _class(context, node, results)
    return Let(context.name(name or ANONYMOUS_DEFAULT), ClassRef(number), context.line(node), hoisted=True)


def class_expression(context: Context, node: Node, results: list[Any]) -> ClassRef:
    return ClassRef(_class(context, node, results)[0])


def _class(context: Context, node: Node, results: list[Any]) -> tuple[int, str]:
    scope = context.scopes[-1]
    name = next((r.id for r in results if type(r) is Name), "")
    heritage = next((r for r in results if type(r) is Heritage), Heritage(None, "", ()))
    body = next((r for r in results if type(r) is ClassBody), ClassBody((), ()))
    for text in [heritage.base_types, *heritage.implements, *(field.type for field in body.fields)]:
        context.refs.update(type_names(text))
    for index in body.methods:
        function = context.functions[index]
        if function is not None and function.name == "constructor":
            for param in function.params:
                context.refs.update(type_names(param.type))
    context.classes[scope.cls] = Class(
        name=name or scope.name,
        line=context.line(node),
        base=heritage.base,
        base_types=heritage.base_types,
        implements=heritage.implements,
        fields=body.fields,
        methods=body.methods,
        refs=context.close(),
        parent=scope.parent,
        abstract=node.type.startswith("abstract"),
        decorators=tuple(r.call for r in results if type(r) is Decorator),
    )
    return scope.cls, name


def class_name(context: Context, node: Node) -> Name:
    return context.known(context.text(node))


def heritage(_context: Context, _node: Node, results: list[Any]) -> Heritage:
    found = Heritage(None, "", ())
    for result in results:
        if type(result) is Heritage:
            found = Heritage(
                result.base or found.base,
                result.base_types or found.base_types,
                result.implements or found.implements,
            )
        elif not isinstance(result, tuple):
            found = Heritage(expression(result), "", found.implements)
    return found


def extends(context: Context, node: Node, results: list[Any]) -> Heritage:
    children = node.named_children
    types = context.text(children[-1])[:LONGEST_TYPE] if children and children[-1].type == "type_arguments" else ""
    base = next((expression(r) for r in results if not isinstance(r, tuple)), None)
    return Heritage(base, types, ())


def implements(context: Context, node: Node) -> Heritage:
    return Heritage(None, "", tuple(context.text(child)[:LONGEST_TYPE] for child in node.named_children))


def class_body(context: Context, _node: Node, results: list[Any]) -> ClassBody:
    fields: list[Field] = []
    methods: list[int] = []
    waiting: list[Call] = []
    for result in results:
        if type(result) is Decorator:
            waiting.append(result.call)
            continue
        if type(result) is Method:
            function = context.functions[result.function]
            if waiting and function is not None:
                context.functions[result.function] = replace(function, decorators=tuple(waiting))
            methods.append(result.function)
        elif type(result) is Field:
            fields.append(replace(result, decorators=(*waiting, *result.decorators)) if waiting else result)
        elif type(result) is Do:  # `static { … }` does what a static field does that nobody reads
            fields.append(Field(STATIC, "", result.value, static=True, line=result.line))
        waiting = []
    return ClassBody(tuple(fields), tuple(methods))


def field(context: Context, node: Node, results: list[Any]) -> Field | None:
    name: str | None = None
    text = ""
    value: Expr | None = None
    decorators: list[Call] = []
    for result in results:
        kind = type(result)
        if kind is TypeText:
            text = result.text
        elif kind is Decorator:
            decorators.append(result.call)
        elif kind is Modifier:
            continue
        elif name is None:
            key = property_key(result)
            name = key if type(key) is str else ""
        else:
            value = expression(result)
    if name is None:
        return None
    static = b"static" in head_words(context, node)
    return Field(name, text, value, static, context.line(node), tuple(decorators))
