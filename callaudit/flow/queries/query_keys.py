"""Keys under which query libraries keep answers: in words, and part by part to tell which keys begin alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, OneOf, Record, Seq, Text, Undefined, Unknown, Value
from callaudit.syntax.ir import HOLE, Arr, Lit, Name

if TYPE_CHECKING:
    from callaudit.syntax.ir import Expr

MOST_PARTS = 12
DEPTH = 3
LONGEST = 100
ANY = ""
"""A part that is not known."""


def parts_of_key(value: Value | None) -> tuple[str, ...] | None:
    """The parts of a key, `ANY` for those that vary, `HOLE` for what varies in a text; `None` where no key is known."""
    known = forced(value) if value is not None else None
    if isinstance(known, Seq):
        parts = [_part(item) for item in known.items[:MOST_PARTS]]
        return (*parts, ANY) if known.open or len(known.items) > MOST_PARTS else tuple(parts)
    if isinstance(known, (Const, Record)):
        return (_constant(known, DEPTH),)
    if isinstance(known, Text):
        return (_part(known),)
    if isinstance(known, OneOf):
        given = [one for one in known.values if not is_no_key(one)]
        alone = parts_of_key(given[0]) if len(given) == 1 else None
        return alone or (ANY,)
    return None


def told_parts(value: Value | None) -> tuple[str, ...]:
    """The parts of a key that a query is given, of which nothing may be known; none where it is given none."""
    given = value is not None and not isinstance(forced(value), Undefined)
    return parts_of_key(value) or ((ANY,) if given else ())


def is_no_key(value: Value) -> bool:
    """Whether a key is none: `id ? ['orders', id] : null`."""
    known = forced(value)
    return isinstance(known, Undefined) or (isinstance(known, Const) and not known.value)


def _part(value: Value) -> str:
    known = forced(value)
    if isinstance(known, Text):
        return f"'{''.join(part if isinstance(part, str) else HOLE for part in known.parts)}'"
    return _constant(value, DEPTH)


def varies(part: str) -> bool:
    """Whether a part of a key is not wholly known."""
    return not part or HOLE in part


def says_nothing(parts: tuple[str, ...]) -> bool:
    """Whether no part of a key is known, nor the text of one: it may be any key of as many parts, or of more."""
    return bool(parts) and not any(part.strip("'" + HOLE) for part in parts)


def _constant(value: Value, depth: int) -> str:
    """A value as text that only equal values share; `ANY` where it is not wholly known."""
    known = forced(value)
    if isinstance(known, Const):
        return f"'{known.value}'" if isinstance(known.value, str) else show(known.value)
    if isinstance(known, Undefined):
        return "undefined"
    if not depth:
        return ANY
    if isinstance(known, Seq) and not known.open:
        inside = [_constant(item, depth - 1) for item in known.items[:MOST_PARTS]]
        return f"[{', '.join(inside)}]" if ANY not in inside else ANY
    if isinstance(known, Record) and not known.open:
        fields = {name: _constant(item, depth - 1) for name, item in sorted(known.fields.items())[:MOST_PARTS]}
        return "{" + ", ".join(f"{k}: {v}" for k, v in fields.items()) + "}" if ANY not in fields.values() else ANY
    return ANY


def key_words(value: Value | None, parts: tuple[str, ...] | None) -> str:
    """A key as a reader knows it: what is constant as it is, what varies as the code calls it."""
    expr = _written(value) if value is not None else None
    known = forced(value) if value is not None else None
    if isinstance(known, Seq) and parts is not None:
        named = [
            _named(known, number, expr) if varies(part) or _varies(known, number) else part
            for number, part in enumerate(parts)
        ]
        text = f"[{', '.join(named)}]"
    elif isinstance(known, Const) and parts:
        text = parts[0]
    else:
        text = words(expr) if expr is not None else known.name if isinstance(known, Unknown) else ""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _written(value: Value) -> Expr | None:
    return value.expr if isinstance(value, Lazy) else None


def _named(key: Seq, number: int, expr: Expr | None) -> str:
    """The part of a key that varies, as it is written."""
    if isinstance(expr, Arr) and number < len(expr.items):
        return words(expr.items[number])
    if number >= len(key.items):
        return "…"
    item = key.items[number]
    written = _written(item)
    if written is not None:
        return words(written)
    known = forced(item)
    return known.name if isinstance(known, Unknown) else "…"


def _varies(key: Seq, number: int) -> bool:
    """Whether a part is a variable of a function: what it is in one context says nothing of the others."""
    item = key.items[number] if number < len(key.items) else None
    if not isinstance(item, Lazy) or item.scope is None or not isinstance(item.expr, Name):
        return False
    owner = item.scope.find(item.expr.id)
    value = owner.vars[item.expr.id] if owner is not None else None
    return owner is not None and owner.parent is not None and not isinstance(_written(value or item), Lit)


def scope_of(value: Value | None, parts: tuple[str, ...] | None) -> str:
    """`shared` for a key without variables, `per-key` for one with some; empty where none is known."""
    if parts is None:
        return ""
    known = forced(value) if value is not None else None
    varying = isinstance(known, Seq) and any(_varies(known, number) for number in range(len(known.items)))
    return "per-key" if varying or any(map(varies, parts)) else "shared"


def begins(prefix: tuple[str, ...], key: tuple[str, ...]) -> bool:
    """Whether a key may begin with `prefix`: parts that vary may be any."""
    if len(prefix) > len(key):
        return False
    return all(_may_be(one, other) for one, other in zip(prefix, key, strict=False))


def _may_be(one: str, other: str) -> bool:
    """Whether two parts may be the same: `'/orders/…'` is no `'/prices'`."""
    if not (varies(one) or varies(other)):
        return one == other
    first, second = one.split(HOLE), other.split(HOLE)
    begun = first[0].startswith(second[0]) or second[0].startswith(first[0])
    ended = first[-1].endswith(second[-1]) or second[-1].endswith(first[-1])
    return ANY in (one, other) or (begun and ended)
