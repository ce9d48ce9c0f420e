"""Strings that are partly known: how they are put together. Nothing of the source is ever evaluated as code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from callaudit.flow.text.url_ends import end_of_this_page
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, OneOf, Text, Undefined, Unknown, Url, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGEST = 4_096
_SCHEME_ALONE = re.compile(r"^(?:https?|wss?)://$", re.IGNORECASE)
_WITH_SCHEME = re.compile(r"^(?:https?|wss?)://", re.IGNORECASE)
MOST_PARTS = 64
MOST_PRODUCTS = 16

Part = str | Unknown


def show(value: str | float | bool | None) -> str:
    """A primitive as JavaScript turns it into a string."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    return str(value)


def parts_of(value: Value, name: str = "value") -> tuple[Part, ...]:
    """`value` as parts of a string; what is no string is an unknown part called `name`."""
    value = forced(value)
    if isinstance(value, Const):
        return (Unknown(value.item, "one of a list", given=True),) if value.item else (show(value.value),)
    if isinstance(value, Text):
        return value.parts
    if isinstance(value, Url):
        return parts_of(value.text, name)
    if isinstance(value, Unknown):
        return (value,)
    if isinstance(value, Undefined):
        return (Unknown(name, "nothing is given for it here"),)
    if isinstance(value, ForeignValue) and value.args is None:
        if value.path[-2:] == ("location", "origin"):
            return ("",)  # the page's own origin: the URL is as good as relative
        if (end := end_of_this_page(value)) is not None:
            return (end,)
        why = "a value of the platform or of a library"
        return (Unknown(".".join(value.path) or name, why, set_at=value.set_at),)
    return (Unknown(name, "not a string"),)


def text(parts: Sequence[Part]) -> Value:
    """A string of `parts`: neighbours are merged, lengths are bounded."""
    merged: list[Part] = []
    length = 0
    for part in parts:
        if isinstance(part, str):
            length += len(part)
            if length > LONGEST:
                merged.append(Unknown("rest", f"longer than {LONGEST} characters"))
                break
            if merged and isinstance(merged[-1], str):
                merged[-1] += part
                continue
            if not part:
                continue
        merged.append(part)
        if len(merged) > MOST_PARTS:
            merged.append(Unknown("rest", f"more than {MOST_PARTS} parts"))
            break
    if all(isinstance(part, str) for part in merged):
        return Const("".join(part for part in merged if isinstance(part, str)))
    return Text(tuple(merged))


def concatenate(values: Sequence[Value]) -> Value:
    """The string of all `values`, one result for each combination of alternatives, bounded."""
    ways: list[tuple[Part, ...]] = [()]
    for number, item in enumerate(values):
        value = forced(item)
        options = _given(value.values) if isinstance(value, OneOf) else (value,)
        if len(options) > 1 and all(_ends_segment(way) for way in ways) and _begins_segment(values[number + 1 :]):
            options = _named(options)
        if len(options) > 1 and all(_in_query(way) for way in ways):
            options = (Unknown(_parameter(ways[0]), "one of several values of a query parameter"),)
        if len(ways) * len(options) > MOST_PRODUCTS:
            ways = [(*way, Unknown("either", "too many combinations")) for way in ways]
            continue
        ways = [(*way, *parts_of(option)) for way in ways for option in options]
    return join(text(_of_one_scheme(way)) for way in ways)


def _of_one_scheme(way: tuple[Part, ...]) -> tuple[Part, ...]:
    """`https://` before a URL that has a scheme: who adds it has looked whether it is missing, so it is not added."""
    if len(way) > 1 and isinstance(way[0], str) and isinstance(way[1], str) and _SCHEME_ALONE.match(way[0]):
        return way[1:] if _WITH_SCHEME.match(way[1]) else way
    return way


def _given(options: Sequence[Value]) -> Sequence[Value]:
    """The alternatives that are something: a string is not made while its part is still null."""
    some = [
        one for one in options if not (isinstance(one, Undefined) or (isinstance(one, Const) and one.value is None))
    ]
    return some or options


def _named(options: Sequence[Value]) -> Sequence[Value]:
    """What may name a thing in a path: `id ?? ''` asks for no thing without a name where there may be one."""
    some = [one for one in options if not (isinstance(one, Const) and one.value == "")]
    return some if any(isinstance(one, Unknown) or _is_unknown_text(one) for one in some) else options


def _is_unknown_text(value: Value) -> bool:
    return isinstance(value, Text) and all(isinstance(part, Unknown) for part in value.parts)


def _ends_segment(way: tuple[Part, ...]) -> bool:
    return bool(way) and isinstance(way[-1], str) and way[-1].endswith("/")


def _begins_segment(values: Sequence[Value]) -> bool:
    """Whether what follows in a URL is not of the same segment of its path."""
    for value in values:
        first = forced(value)
        part = first.parts[0] if isinstance(first, Text) else first.value if isinstance(first, Const) else None
        if part != "":
            return isinstance(part, str) and part[0] in "/?#"
    return True


def _in_query(way: tuple[Part, ...]) -> bool:
    """Whether what follows is part of a query string, where values are not told apart."""
    return any(isinstance(part, str) and "?" in part for part in way)


_PARAMETER = re.compile(r"[?&]([\w.-]+)=$")


def _parameter(way: tuple[Part, ...]) -> str:
    """The name of the query parameter whose value follows."""
    found = _PARAMETER.search(way[-1]) if isinstance(way[-1], str) else None
    return found[1] if found else "value"


def each(value: Value, change: Callable[[Value], Value]) -> Value:
    """`change` applied to each alternative of `value`."""
    value = forced(value)
    if isinstance(value, OneOf):
        return join(change(item) for item in value.values)
    return change(value)


def by_default(value: Value) -> str:
    """A string as it is while each environment variable in it has its default, as it has in a URL; or nothing."""
    parts = value.parts if isinstance(value, Text) else (value,)
    texts = [part if isinstance(part, str) else part.default if _is_variable(part) else "" for part in parts]
    return "".join(texts) if all(texts) else ""


def _is_variable(value: Value) -> TypeGuard[Unknown]:
    return isinstance(value, Unknown) and bool(value.env)
