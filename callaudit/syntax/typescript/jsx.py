"""Handlers of JSX: a component is a call; an intrinsic element is what its handlers and children do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Expr, Func, Jsx, Lit, Many, Member, Name, Prop, Spread, Tmpl
from callaudit.syntax.typescript.context import Context, expression
from callaudit.syntax.typescript.fragments import OpenTag

if TYPE_CHECKING:
    from callaudit.syntax.typescript.walk import Frame

_SILENT = (Lit, Name, Member, Tmpl)


def attribute(context: Context, frame: Frame) -> Prop | None:
    if not frame.results:
        return None
    name = frame.results[0]
    key = name if isinstance(name, str) else getattr(name, "id", "")
    value = expression(frame.results[1]) if len(frame.results) > 1 else Lit(True)
    return Prop(key, value, context.line(frame.node))


def braces(_context: Context, frame: Frame) -> Expr | None:
    return expression(frame.results[0]) if frame.results else None


def opening(_context: Context, frame: Frame) -> OpenTag:
    tag: Expr | None = None
    attrs: list[Expr] = []
    for result in frame.results:
        if isinstance(result, (Prop, Spread)):
            attrs.append(result)
        elif tag is None and not isinstance(result, tuple):
            tag = expression(result)
    if isinstance(tag, Name) and (tag.id[:1].islower() or "-" in tag.id):
        # of an intrinsic element only what runs code matters
        kept = tuple(a for a in attrs if isinstance(a, Spread) or (isinstance(a, Prop) and _runs(a)))
        return OpenTag(None, kept)
    return OpenTag(tag, tuple(attrs))


def _runs(attr: Prop) -> bool:
    if isinstance(attr.value, Func):
        return True
    key = attr.key if isinstance(attr.key, str) else ""
    if key[:2] == "on" or key in ("action", "formAction", "ref"):
        return not isinstance(attr.value, Lit)
    return not isinstance(attr.value, _SILENT)


def element(context: Context, frame: Frame) -> Expr | None:
    opened = next((r for r in frame.results if type(r) is OpenTag), OpenTag(None, ()))
    children = [expression(r) for r in frame.results if not isinstance(r, tuple)]
    return _element(context, frame, opened, children)


def self_closing(context: Context, frame: Frame) -> Expr | None:
    return _element(context, frame, opening(context, frame), [])


def _element(context: Context, frame: Frame, opened: OpenTag, children: list[Expr]) -> Expr | None:
    if opened.tag is not None:
        kept = tuple(child for child in children if not isinstance(child, Lit))
        row, column = frame.node.start_point
        return Jsx(opened.tag, opened.attrs, kept, row + 1, context.column(row, column))
    inside = (*opened.attrs, *(child for child in children if not isinstance(child, (Lit, Tmpl))))
    flat: list[Expr] = []
    for item in inside:
        flat.extend(item.items if isinstance(item, Many) else (item,))
    return Many(tuple(flat))
