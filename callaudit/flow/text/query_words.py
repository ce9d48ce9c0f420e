"""The parameters of a query: what a request is sent with, and what the handler finds that it arrives at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, unquote_plus

from callaudit.flow.requests.requested import HOLE, IncomingUrl
from callaudit.flow.text.strings import parts_of, show, text
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Record, Text, Undefined, Unknown, Url, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.requests.requested import Said

MOST_WORDS = 12
LONGEST_VALUE = 300
MASKED = "***"
"""What a URL shows of a value that looks like a secret."""
_KEPT = "-_.!~*'()"
"""What `encodeURIComponent` leaves as it is, beside letters and digits."""
_BESIDE = re.compile(r"[^/{}]\{[^}]*\}$|\}[^/{}]+$")

Words = tuple[tuple[str, str], ...]


def words_of(url: str) -> tuple[Words, bool]:
    """The parameters of a URL as it is shown, and whether it has no others."""
    place, asks, query = url.partition("#")[0].partition("?")
    if not asks:
        return (), not _BESIDE.search(place)
    found: dict[str, str] = {}
    whole = True
    for word in query.split("&") if query else ():
        name, _, value = word.partition("=")
        if "{" in name or len(found) >= MOST_WORDS or name in found:
            whole = False
        elif name:
            known = value != MASKED and len(value) <= LONGEST_VALUE
            found[unquote_plus(name)] = unquote_plus(value) if known else "{" + name + "}"
    return tuple(found.items()), whole


def known_query(url: str, given: Iterable[Value]) -> tuple[Words, bool]:
    """The parameters of a request to `url` that a client is `given` further ones for, and whether it has no others."""
    words, whole = words_of(url)
    found = dict(words)
    for one in given:
        known = forced(one)
        if isinstance(known, Undefined):
            continue
        if not isinstance(known, Record) or known.open or known.rest is not None:
            whole = False
        for name, value in known.fields.items() if isinstance(known, Record) else ():
            shown = _shown(name, forced(value))
            if shown is None or len(found) >= MOST_WORDS:
                whole = False
            else:
                found[name] = shown
    return tuple(sorted(found.items())), whole


def in_common(ways: Sequence[tuple[Words, bool]]) -> tuple[Words, bool]:
    """What several queries say alike."""
    first, whole = ways[0]
    if all(way == ways[0] for way in ways):
        return first, whole
    return tuple(word for word in first if all(word in words for words, _ in ways)), False


def _shown(name: str, value: Value) -> str | None:
    """The value of a parameter as it is shown; nothing where it may be left out."""
    if isinstance(value, Const):
        return None if value.value is None or value.item else show(value.value)[:LONGEST_VALUE]
    if isinstance(value, Text):
        return "".join(part if isinstance(part, str) else "{" + part.name + "}" for part in value.parts)
    return "{" + name + "}" if isinstance(value, Unknown) and value.given else None


# --- where it arrives ---------------------------------------------------------------------------


def is_told(said: Said) -> bool:
    """Whether a request tells something of its query."""
    return bool(said.query) or said.whole


def parameters(said: Said, *, is_map: bool) -> Record:
    """The query of a request as an object, or as a map that is asked for parameters by name."""
    fields = {name: _value(value) for name, value in said.query}
    return Record(fields, open=not said.whole, is_map=is_map)


def address(said: Said) -> Text:
    """The address of a request: its own, and its query as far as it is known."""
    parts: list[str | Unknown] = [IncomingUrl(), "?"]
    for name, value in said.query:
        parts += [f"{quote(name)}=", *_encoded(value), "&"]
    if not said.whole:
        parts.append(Unknown("query", "it comes with the request", given=True))
    return Text(tuple(parts))


def of_address(url: Url) -> Record | None:
    """The parameters of a `URL` object; nothing where it is not known where its query begins."""
    parts = parts_of(url.text)
    shown = "".join(part if isinstance(part, str) else "{" + part.name + "}" for part in parts)
    if not any(isinstance(part, str) and "?" in part for part in parts):
        return None
    words, whole = words_of(shown)
    return Record({name: _value(value) for name, value in words}, open=not whole, is_map=True)


def _value(shown: str) -> Value:
    return text([Unknown(part, "it varies", given=True) if odd else part for part, odd in _pieces(shown)])


def _encoded(shown: str) -> list[str | Unknown]:
    return [Unknown(part, "it varies", given=True) if odd else quote(part, safe=_KEPT) for part, odd in _pieces(shown)]


def _pieces(shown: str) -> list[tuple[str, bool]]:
    """The parts of what is shown, and whether they vary."""
    return [(part, bool(number % 2)) for number, part in enumerate(HOLE.split(shown)) if part]


# --- the functions of the platform --------------------------------------------------------------


def encoded(parts: Sequence[str | Unknown]) -> Value:
    """`encodeURIComponent` of a string."""
    return text([quote(part, safe=_KEPT) if isinstance(part, str) else part for part in parts])


def decoded(parts: Sequence[str | Unknown]) -> Value:
    """`decodeURIComponent` of a string."""
    return text([unquote(part) if isinstance(part, str) else part for part in parts])
