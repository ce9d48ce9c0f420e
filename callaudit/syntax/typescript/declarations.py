"""Handlers of declarations: variables, enumerations, aliases of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.ir import Expr, Let, Lit, Name, Obj, Op, Prop, Un
from callaudit.syntax.typescript.context import Context, expression
from callaudit.syntax.typescript.fragments import Statements, TypeText

if TYPE_CHECKING:
    from tree_sitter import Node


def declaration(context: Context, node: Node, results: list[Any]) -> Statements:
    lets = [result for result in results if type(result) is Let]
    if not context.source.startswith(b"const", node.start_byte):
        lets = [Let(let.target, let.value, let.line, mutable=True, type=let.type) for let in lets]
    return Statements(tuple(lets))


def declarator(context: Context, node: Node, results: list[Any]) -> Let | None:
    target: Expr | None = None
    value: Expr | None = None
    text = ""
    for result in results:
        if type(result) is TypeText:
            text = result.text
        elif target is None:
            target = expression(result)
        else:
            value = expression(result)
    if target is None:
        return None
    return Let(target, value, context.line(node), type=text)


def enumeration(context: Context, node: Node, results: list[Any]) -> Let | None:
    name = node.child_by_field_name("name")
    if name is None:
        return None
    props = next((r for r in results if type(r) is Obj), Obj(()))
    known = context.known(context.text(name))
    context.enumerations[known.id] = props.props
    return Let(known, props, context.line(node), hoisted=True)


def enum_body(_context: Context, _node: Node, results: list[Any]) -> Obj:
    props: list[Expr] = []
    known: dict[str, Expr] = {}
    following: int | None = 0
    for result in results:
        if type(result) is Prop:
            member = replace(result, value=_with_members(result.value, known))
            props.append(member)
            if type(member.key) is str:
                known[member.key] = member.value
            value = member.value.value if type(member.value) is Lit else None
            following = value + 1 if type(value) is int else None
        elif type(result) is str or type(result) is Lit:
            key = str(result.value) if type(result) is Lit else str(result)
            props.append(Prop(key, Lit(following)))
            known[key] = Lit(following)
            following = None if following is None else following + 1
    return Obj(tuple(props))


def _with_members(value: Expr, known: dict[str, Expr]) -> Expr:
    """What a member is given, with the members before it in place of their names: `Slow = 7 * Fast`."""
    if type(value) is Name:
        return known.get(value.id, value)
    if type(value) is Op:
        return replace(value, items=tuple(_with_members(item, known) for item in value.items))
    if type(value) is Un:
        return replace(value, value=_with_members(value.value, known))
    return value


def import_alias(context: Context, node: Node, results: list[Any]) -> Let | None:
    """`import a = b.c` of a namespace."""
    if len(results) != 2 or type(results[0]) is not Name:
        return None
    return Let(results[0], expression(results[1]), context.line(node))
