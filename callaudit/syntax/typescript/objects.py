"""Handlers of objects and arrays, and of the patterns that take them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.facts import ASYNC_ITERATOR, ITERATOR
from callaudit.syntax.ir import (
    Arr,
    Expr,
    Func,
    Lit,
    Member,
    Name,
    Obj,
    PatArr,
    PatDefault,
    PatEntry,
    PatObj,
    Prop,
    Spread,
)
from callaudit.syntax.typescript.context import UNKNOWN, Context, expression, expressions
from callaudit.syntax.typescript.fragments import Computed, Method

if TYPE_CHECKING:
    from tree_sitter import Node

_SYMBOLS = {"iterator": ITERATOR, "asyncIterator": ASYNC_ITERATOR}


def obj(_context: Context, _node: Node, results: list[Any]) -> Obj:
    props: list[Expr] = []
    for result in results:
        kind = type(result)
        if kind is Prop or kind is Spread:
            props.append(result)
        elif kind is Method:
            props.append(Prop(result.name, Func(result.function)))
    return Obj(tuple(props))


def pair(context: Context, node: Node, results: list[Any]) -> Prop | None:
    if len(results) < 2:
        return None
    return Prop(property_key(results[0]), expression(results[1]), context.line(node))


def property_key(result: Any) -> str | Expr:
    """A property's name: a string where it is written as one."""
    if type(result) is str:
        return result
    if type(result) is Computed:
        result = result.value
        if type(result) is not Lit:
            return symbol_member(result) or expression(result)
    return str(result.value) if type(result) is Lit else expression(result)


def symbol_member(result: Any) -> str:
    """The name of the member that a loop asks an object for, where `result` is its key; empty for any other."""
    known = type(result) is Member and type(result.obj) is Name and result.obj.id == "Symbol"
    return _SYMBOLS.get(result.prop, "") if known else ""


def computed(_context: Context, _node: Node, results: list[Any]) -> Computed:
    return Computed(expression(results[0]) if results else UNKNOWN)


def array(_context: Context, _node: Node, results: list[Any]) -> Arr:
    return Arr(expressions(results))


def spread(_context: Context, _node: Node, results: list[Any]) -> Spread:
    return Spread(expression(results[0]) if results else UNKNOWN)


# --- patterns ------------------------------------------------------------------------------------


def object_pattern(_context: Context, _node: Node, results: list[Any]) -> PatObj:
    entries: list[PatEntry] = []
    for result in results:
        if type(result) is PatEntry:
            entries.append(result)
        elif type(result) is Spread:
            entries.append(PatEntry("", result.value))
    return PatObj(tuple(entries))


def pair_pattern(context: Context, _node: Node, results: list[Any]) -> PatEntry | None:
    if len(results) < 2:
        return None
    name = property_key(results[0])
    if type(name) is str:
        context.refs.add("." + name)
    target = expression(results[1])
    if type(target) is PatDefault:
        return PatEntry(name, target.target, target.default)
    return PatEntry(name, target)


def object_default(_context: Context, _node: Node, results: list[Any]) -> PatEntry | None:
    if len(results) < 2 or type(results[0]) is not PatEntry:
        return None
    entry = results[0]
    return PatEntry(entry.key, entry.target, expression(results[1]))


def array_pattern(_context: Context, node: Node, results: list[Any]) -> PatArr:
    items: list[Expr | None] = []
    read = iter(results)
    waiting = True
    for child in node.children:
        if child.type == ",":
            if waiting:
                items.append(None)
            waiting = True
        elif child.is_named and child.type != "comment":
            items.append(expression(next(read, None)))
            waiting = False
    return PatArr(tuple(items))


def default(_context: Context, _node: Node, results: list[Any]) -> PatDefault | None:
    if len(results) < 2:
        return None
    return PatDefault(expression(results[0]), expression(results[1]))
