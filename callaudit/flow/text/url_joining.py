"""URLs put together of a base and a path."""

from __future__ import annotations

from callaudit.flow.text.strings import concatenate, each, parts_of, text
from callaudit.flow.text.urls import ABSOLUTE
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, Text, Unknown, Value

_THIS_PAGE = (("location", "href"), ("window", "location"), ("document", "location"), ("document", "baseURI"))


def join_base(base: Value, path: Value) -> Value:
    """`path` below `base`, as clients with a base URL join them: an absolute path URL replaces the base."""

    def joined(one: Value) -> Value:
        if is_absolute(one):
            return one
        head = parts_of(one)
        slash = () if head and isinstance(head[0], str) and head[0][:1] in ("/", "?") else ("/",)
        if head == ("",):
            return base
        return concatenate([without_slash(base), text((*slash, *head))])

    return each(path, joined)


def resolve(path: Value, base: Value) -> Value:
    """`new URL(path, base)`: a path from the root replaces the base's path."""

    def joined(one: Value, origin: Value) -> Value:
        one = _without_dot(one)
        if is_absolute(one) or parts_of(origin) == ("",) or _is_this_page(origin):
            return one
        head = parts_of(one)
        rooted = bool(head) and isinstance(head[0], str) and head[0].startswith("/")
        return concatenate([origin_of(origin) if rooted else _folder(origin), one])

    return each(path, lambda one: each(base, lambda origin: joined(one, origin)))


def _without_dot(path: Value) -> Value:
    """`./prices` is `prices`, and `.` the folder itself."""
    parts = parts_of(path)
    head = parts[0] if parts else None
    if head == "." and len(parts) == 1:
        return Const("")
    return text((head[2:], *parts[1:])) if isinstance(head, str) and head.startswith("./") else path


def _is_this_page(base: Value) -> bool:
    """Whether a base is the address of the page that asks: what is below it is as good as relative."""
    known = forced(base)
    if not isinstance(known, ForeignValue) or known.package or known.args is not None:
        return False
    return known.path[-2:] in _THIS_PAGE or known.path == ("location",)


def is_absolute(value: Value) -> bool:
    """Whether a URL begins with a scheme or a host."""
    first = parts_of(value)[:1]
    return bool(first) and isinstance(first[0], str) and bool(ABSOLUTE.match(first[0]))


def without_slash(base: Value) -> Value:
    """A URL that does not end with a slash."""

    def trimmed(one: Value) -> Value:
        parts = parts_of(one)
        if parts and isinstance(parts[-1], str):
            return text((*parts[:-1], parts[-1].rstrip("/")))
        last = parts[-1] if parts else None
        if isinstance(last, Unknown) and last.env and last.default.endswith("/"):
            trimmed_default = last.default.rstrip("/")
            return text((*parts[:-1], Unknown(last.name, last.why, env=last.env, default=trimmed_default)))
        return one

    return each(base, trimmed)


def origin_of(base: Value) -> Value:
    """A URL without its path."""
    parts = parts_of(base)
    first = parts[0] if parts else ""
    if isinstance(first, str):
        found = ABSOLUTE.match(first)
        if found and len(found[0]) < len(first):
            return Const(found[0])
        return base if found else text(parts)
    if first.default:
        found = ABSOLUTE.match(first.default)
        if found:
            return Text((Unknown(first.name, first.why, env=first.env, default=found[0]),))
    return Text((first,))


def _folder(base: Value) -> Value:
    parts = parts_of(base)
    last = parts[-1] if parts else ""
    if isinstance(last, str):
        cut = last.rfind("/")
        if cut > last.find("//") + 1:
            return text((*parts[:-1], last[: cut + 1]))
    return concatenate([base, Const("/")])
