"""Handlers of JSX: a component is a call; an intrinsic element is what its handlers and children do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.facts import GIVES_VALUE
from callaudit.syntax.ir import Expr, Func, Jsx, Lit, Many, Member, Name, Prop, Spread, Tmpl
from callaudit.syntax.typescript.context import Context, expression
from callaudit.syntax.typescript.fragments import OpenTag

if TYPE_CHECKING:
    from tree_sitter import Node

_SILENT = frozenset({Lit, Name, Member, Tmpl})


def attribute(context: Context, node: Node, results: list[Any]) -> Prop | None:
    if not results:
        return None
    name = results[0]
    key = name if type(name) is str else name.id if type(name) is Name else ""
    return Prop(key, expression(results[1]) if len(results) > 1 else Lit(True), context.line(node))


def braces(_context: Context, _node: Node, results: list[Any]) -> Expr | None:
    return expression(results[0]) if results else None


def opening(context: Context, _node: Node, results: list[Any]) -> OpenTag:
    tag: Expr | None = None
    attrs: list[Expr] = []
    for result in results:
        kind = type(result)
        if kind is Prop or kind is Spread:
            attrs.append(result)
        elif tag is None and not isinstance(result, tuple):
            tag = expression(result)
    if type(tag) is Name and (tag.id[:1].islower() or "-" in tag.id):
        # of an intrinsic element only what runs code matters
        return OpenTag(None, tuple([attr for attr in attrs if type(attr) is not Prop or _runs(attr)]))
    if tag is not None and any(type(attr) is Prop and attr.key == "value" for attr in attrs):
        context.refs.add(GIVES_VALUE)
    return OpenTag(tag, tuple(attrs))


def _runs(attr: Prop) -> bool:
    kind = type(attr.value)
    if kind is Func:
        return True
    key = attr.key if type(attr.key) is str else ""
    if key[:2] == "on" or key in ("action", "formAction", "ref"):
        return kind is not Lit
    return kind not in _SILENT


def element(context: Context, node: Node, results: list[Any]) -> Expr:
    opened = next((r for r in results if type(r) is OpenTag), OpenTag(None, ()))
    return _element(context, node, opened, [expression(r) for r in results if not isinstance(r, tuple)])


def self_closing(context: Context, node: Node, results: list[Any]) -> Expr:
    return _element(context, node, opening(context, node, results), [])


def _element(context: Context, node: Node, opened: OpenTag, children: list[Expr]) -> Expr:
    if opened.tag is not None:
        kept = tuple([child for child in children if type(child) is not Lit])
        return Jsx(opened.tag, opened.attrs, kept, *context.place(*node.start_point))
    flat: list[Expr] = []
    for item in (*opened.attrs, *children):
        kind = type(item)
        if type(item) is Many:
            flat.extend(item.items)
        elif kind is not Lit and kind is not Tmpl:
            flat.append(item)
    return Many(tuple(flat))
