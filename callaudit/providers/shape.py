"""Checks read YAML against record types and names every difference, where msgspec stops at the first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import inspect

from callaudit.providers.mistakes import Mistake, did_you_mean, quote
from callaudit.providers.source import Entry, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FORMS: tuple[tuple[type, tuple[type, ...], str], ...] = (
    (inspect.StructType, (dict,), "a mapping"),
    (inspect.DictType, (dict,), "a mapping"),
    (inspect.VarTupleType, (list,), "a list"),
    (inspect.StrType, (str,), "text"),
    (inspect.BoolType, (bool,), "true or false"),
    (inspect.IntType, (int,), "a whole number"),
    (inspect.FloatType, (int, float), "a number"),
    (inspect.NoneType, (type(None),), "null"),
)
"""Types of records, the values that they take when read from YAML, and their names for a reader."""


def differences(node: Node, record: type, place: str = "the profile") -> Iterator[Mistake]:
    """Every place where the value is not what the record's fields ask for; `place` names the whole of it."""
    yield from _check(node, inspect.type_info(record), place)


def _check(node: Node, wanted: Any, place: str) -> Iterator[Mistake]:
    match wanted:
        case inspect.UnionType():
            yield from _check_union(node, wanted, place)
        case inspect.StructType() if isinstance(node.value, dict):
            yield from _check_record(node.line, node.value, wanted, place)
        case inspect.DictType() if isinstance(node.value, dict):
            yield from _check_mapping(node.value, wanted, place)
        case inspect.VarTupleType() if isinstance(node.value, list):
            for number, item in enumerate(node.value, start=1):
                yield from _check(item, wanted.item_type, f"item {number} of {place}")
        case inspect.TupleType() if isinstance(node.value, list) and _is(node.value, wanted):
            for item, item_type in zip(node.value, wanted.item_types, strict=True):
                yield from _check(item, item_type, place)
        case inspect.LiteralType():
            yield from _check_choice(node, wanted.values, place)
        case _ if not _is(node.value, wanted):
            yield Mistake(node.line, f"{place} must be {_describe(wanted)}, not {_show(node)}")
        case _:
            yield from _check_limits(node, wanted, place)


def _check_record(line: int, entries: dict[str, Entry], wanted: Any, place: str) -> Iterator[Mistake]:
    fields = {field.encode_name: field for field in wanted.fields}
    for key, entry in entries.items():
        if key in fields:
            yield from _check(entry.node, fields[key].type, quote(key))
        else:
            unused = [name for name in fields if name not in entries]
            hint = did_you_mean(key, unused) or f"; valid keys: {', '.join(fields)}"
            yield Mistake(entry.line, f"unknown key {quote(key)} in {place}{hint}")
    missing = [name for name, field in fields.items() if field.required and name not in entries]
    for name in missing:
        yield Mistake(line, f"{place} lacks the key {quote(name)}")


def _check_mapping(entries: dict[str, Entry], wanted: Any, place: str) -> Iterator[Mistake]:
    for key, entry in entries.items():
        yield from _check_limits(Node(entry.line, key), wanted.key_type, f"a key of {place}")
        yield from _check(entry.node, wanted.value_type, quote(key))


def _check_union(node: Node, wanted: Any, place: str) -> Iterator[Mistake]:
    choices = [t for t in wanted.types if isinstance(t, inspect.LiteralType)]
    fitting = [t for t in wanted.types if not isinstance(t, inspect.LiteralType) and _is(node.value, t)]
    if fitting:
        yield from _check(node, fitting[0], place)
    elif choices:
        yield from _check_choice(node, [value for t in choices for value in t.values], place)
    else:
        kinds = " or ".join(_describe(t) for t in wanted.types)
        yield Mistake(node.line, f"{place} must be {kinds}, not {_show(node)}")


def _check_choice(node: Node, values: Iterable[Any], place: str) -> Iterator[Mistake]:
    words = [str(value) for value in values]
    # Compared as text of the same type: `1` is not `"1"`, and `true` is not 1.
    if any(type(node.value) is type(value) and node.value == value for value in values):
        return
    hint = did_you_mean(node.value, words) if isinstance(node.value, str) else ""
    shown = ", ".join(word for word in words if word)
    yield Mistake(node.line, f"{place} must be one of {shown}, not {_show(node)}{hint}")


def _check_limits(node: Node, wanted: Any, place: str) -> Iterator[Mistake]:
    value = node.value
    if isinstance(wanted, inspect.StrType) and isinstance(value, str):
        if wanted.max_length is not None and len(value) > wanted.max_length:
            yield Mistake(node.line, f"{place} is longer than {wanted.max_length} characters")
        elif wanted.pattern is not None and not re.search(wanted.pattern, value):
            yield Mistake(node.line, f"{place} must match {wanted.pattern}, which {quote(value)} does not")
    elif isinstance(wanted, inspect.IntType | inspect.FloatType) and isinstance(value, int | float):
        for bound, holds, words in (
            (wanted.ge, wanted.ge is None or value >= wanted.ge, "at least"),
            (wanted.gt, wanted.gt is None or value > wanted.gt, "more than"),
            (wanted.le, wanted.le is None or value <= wanted.le, "at most"),
        ):
            if not holds:
                yield Mistake(node.line, f"{place} must be {words} {bound:g}, not {value:g}")


def _is(value: object, wanted: Any) -> bool:
    if isinstance(wanted, inspect.TupleType):
        return isinstance(value, list) and len(value) == len(wanted.item_types)
    kinds = next((kinds for form, kinds, _ in _FORMS if isinstance(wanted, form)), ())
    # In Python true and false are numbers.
    return isinstance(value, kinds) and (not isinstance(value, bool) or bool in kinds)


def _describe(wanted: Any) -> str:
    if isinstance(wanted, inspect.TupleType):
        return f"a list of {len(wanted.item_types)} values"
    words = next((words for form, _, words in _FORMS if isinstance(wanted, form)), "something else")
    if isinstance(wanted, inspect.StructType):
        return f"{words} with {', '.join(field.encode_name for field in wanted.fields if field.required)}"
    return words


def _show(node: Node) -> str:
    match node.value:
        case dict():
            return "a mapping"
        case list():
            return f"a list of {len(node.value)}"
        case str():
            return quote(node.value)
        case None:
            return "null"
        case bool():
            return str(node.value).lower()
        case _:
            return f"{node.value:g}"
