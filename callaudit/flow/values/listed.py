"""The items of a written list as a loop over it sees them: many words of one kind are data, not as many endpoints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, Record, Value
from callaudit.syntax.ir import Lit

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"[\w-]+")
"""What names data, as neither a path nor a host does."""
LEAST_LISTED = 4
"""Items of a list from which on they count as data: one endpoint asked for each, not as many endpoints."""


def listed(items: Sequence[Value], name: str) -> list[Value]:
    """The items of a written list as what a loop over it sees: words of a long list are data in a URL."""
    if len(items) < LEAST_LISTED:
        return list(items)
    return [_listed(item, name) for item in items]


def _listed(value: Value, name: str) -> Value:
    known = forced(value)
    if isinstance(known, Const) and isinstance(known.value, str) and "/" not in known.value:
        return Const(known.value, name or "item")
    return _listed_record(known) if type(known) is Record else known


def _listed_record(known: Record) -> Value:
    """One of many objects with the same properties: words in them are data, and named as the properties are."""
    fields = {name: _data_word(name, value) for name, value in known.fields.items()}
    if all(fields[name] is value for name, value in known.fields.items()):
        return known
    return Record(fields, open=known.open, rest=known.rest, is_map=known.is_map)


def _data_word(name: str, value: Value) -> Value:
    """A property whose value is written there; others stay put off."""
    written = value.expr if type(value) is Lazy else None
    word = written.value if type(written) is Lit else None
    return Const(word, name) if isinstance(word, str) and WORD.fullmatch(word) else value
