"""`URL` objects: their parts, and what setting one makes of them."""

from __future__ import annotations

import re

from callaudit.flow.requests.requested import RequestWord
from callaudit.flow.text.strings import concatenate, each, parts_of, text
from callaudit.flow.text.url_ends import SIGNS, end_of
from callaudit.flow.text.url_joining import origin_of, without_slash
from callaudit.flow.text.urls import ABSOLUTE, target_of
from callaudit.flow.values.lazy import CYCLES, forced
from callaudit.flow.values.values import Const, Unknown, Url, Value

_PATHNAME = "pathname"

_ASKED_AT = frozenset(
    {"request", "req", "event", "context", "ctx", "c", "window", "location", "document", "nextUrl", "self"}
)
"""What holds the URL that a program was asked at itself."""


def url_member(url: Url, name: str) -> Value | None:
    """`url.pathname`, `url.href`, ... of a `URL` object."""
    if name == "href":
        return url.text
    if name in ("pathname", "host", "hostname", "origin", "protocol"):
        return _known_piece(url, name)
    if name in SIGNS:
        return each(url.text, lambda one: _end(one, name))
    return None


def _known_piece(url: Url, name: str) -> Value:
    """A part of the place of a URL, which is looked for once."""
    known = url.known.get(name)
    if known is None:
        cycles = CYCLES[0]
        known = each(url.text, lambda one: _piece(one, name))
        if CYCLES[0] == cycles:
            url.known[name] = known
    return known


def _end(one: Value, name: str) -> Value:
    parts = end_of(parts_of(one), name)
    return parts[0] if len(parts) == 1 and isinstance(parts[0], Unknown) else text(parts)


def with_url_part(url: Url, name: str, value: Value) -> Url | None:
    """A `URL` object after `url.pathname = value` and the like; `None` where what changes is no part of its place."""
    if name == "href":
        return Url(value)
    if name == "pathname":
        return Url(each(url.text, lambda one: each(value, lambda path: _below(one, path))))
    if name in ("host", "hostname"):
        return Url(each(url.text, lambda one: each(value, lambda host: _moved(one, host))))
    return None


def _known_pathname(one: Value) -> Value | None:
    """The path of a URL that begins with a known host: its parts up to the query."""
    parts = parts_of(one)
    found = ABSOLUTE.match(parts[0]) if parts and isinstance(parts[0], str) else None
    if found is None or not isinstance(parts[0], str):
        return None
    kept: list[str | Unknown] = []
    for part in (parts[0][found.end() :], *parts[1:]):
        ahead = re.split(r"[?#]", part, maxsplit=1)[0] if isinstance(part, str) else part
        kept.append(ahead)
        if ahead != part:
            break
    return text(kept) if kept and isinstance(kept[0], str) and kept[0].startswith("/") else None


def _below(one: Value, path: Value) -> Value:
    parts = parts_of(path)
    if len(parts) > 1 and isinstance(parts[0], Unknown) and parts[0].name == _PATHNAME:
        return concatenate([without_slash(one), text(parts[1:])])  # the path that it had, and more
    head = parts[:1]
    rooted = bool(head) and (not isinstance(head[0], str) or head[0].startswith("/"))
    return concatenate([origin_of(one), path if rooted else concatenate([Const("/"), path])])


def _moved(one: Value, host: Value) -> Value:
    parts = parts_of(one)
    found = ABSOLUTE.match(parts[0]) if parts and isinstance(parts[0], str) else None
    if found is None or not parts or not isinstance(parts[0], str):
        return Unknown("url", "its host is assigned")
    rest = text((parts[0][found.end() :], *parts[1:]))
    return concatenate([Const(f"{found[1]}://" if found[1] else "//"), host, rest])


def _piece(one: Value, name: str) -> Value:
    target = target_of(one, "GET")
    if name == "pathname":
        word = next((part for part in parts_of(one) if isinstance(part, RequestWord)), None)
        if word is not None:
            return word
        if "{" in target.path or not target.path or target.host.startswith(("{", "env:")):
            return _known_pathname(one) or Unknown(_PATHNAME, "part of it is not known")
        return Const(target.path)
    if name == "protocol":
        first = next(iter(parts_of(one)), "")
        found = ABSOLUTE.match(first) if isinstance(first, str) else None
        return Const(f"{found[1].lower()}:") if found and found[1] else Unknown(name, "part of it is not known")
    if not target.host or "{" in target.host:
        return Unknown(_piece_name(one, name))
    if name == "origin":
        return origin_of(one)
    return Unknown(name) if target.host.startswith("env:") else Const(target.host)


def _piece_name(one: Value, name: str) -> str:
    """What the host of a URL is called that is not known: that of `account.url` is the account's, not our own."""
    first = next(iter(parts_of(one)), "")
    owner = forced(first.receiver) if isinstance(first, Unknown) and first.receiver is not None else None
    if type(owner) is not Unknown or owner.name in _ASKED_AT or (owner.type is not None and "Request" in owner.type[1]):
        return name
    return f"{owner.name}.{name}"
