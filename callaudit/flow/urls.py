"""Take URLs apart that are only partly known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.dot_segments import without_dots
from callaudit.flow.effects import Target
from callaudit.flow.join import join
from callaudit.flow.requested import RequestWord
from callaudit.flow.strings import concatenate, each, parts_of, text
from callaudit.flow.values import Const, ForeignValue, OneOf, Record, Text, Unknown, Url, Value, forced

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABSOLUTE = re.compile(r"^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?//([^/?#]*)", re.ASCII)
_SCHEME = re.compile(r"^\{[^}]*\}(?::(?=//)|(?=//[^/{]*(?:\{|\.)))")
"""A scheme that is not known: what stands before `://`, or before `//` and a host."""
_SAFE_NAME = re.compile(r"[^A-Za-z0-9_$.\[\]-]+")
_HOLE = re.compile(r"\{[^}]*\}")
_SECRET = re.compile(r"(?i)\b([\w-]*(?:key|token|secret|password|signature|auth)[\w-]*)=(?!\{)[^&#]+")
_CREDENTIALS = re.compile(r"(//)[^/@{}]*@")
_USERINFO = re.compile(r"^[^@/]*@")
_BRACKETS = re.compile(r"^\[(\{[^{}]*\})\]")
"""An address of IPv6 that is not known is a host that is not known: `https://[${address}]/`."""
_WHOLE_HOST = re.compile(r"^([^{}]+\.[a-z]{2,}(?::\d+)?|localhost:\d+)(\{[^{}]*\})$")
_IDENTIFIER = re.compile(r"^(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}$", re.ASCII)
LONGEST_NAME = 60
_PATHNAME = "pathname"
_THIS_PAGE = (("location", "href"), ("window", "location"), ("document", "location"), ("document", "baseURI"))
_ASKED_AT = frozenset(
    {"request", "req", "event", "context", "ctx", "c", "window", "location", "document", "nextUrl", "self"}
)
"""What holds the URL that a program was asked at itself."""


def join_base(base: Value, path: Value) -> Value:
    """`path` below `base`, as clients with a base URL join them: an absolute path URL replaces the base."""

    def joined(one: Value) -> Value:
        if is_absolute(one):
            return one
        head = parts_of(one)
        slash = () if head and isinstance(head[0], str) and head[0][:1] in ("/", "?") else ("/",)
        if head == ("",):
            return base
        return concatenate([_without_slash(base), text((*slash, *head))])

    return each(path, joined)


def resolve(path: Value, base: Value) -> Value:
    """`new URL(path, base)`: a path from the root replaces the base's path."""

    def joined(one: Value, origin: Value) -> Value:
        one = _without_dot(one)
        if is_absolute(one) or parts_of(origin) == ("",) or _is_this_page(origin):
            return one
        head = parts_of(one)
        rooted = bool(head) and isinstance(head[0], str) and head[0].startswith("/")
        return concatenate([_origin(origin) if rooted else _folder(origin), one])

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
    return bool(first) and isinstance(first[0], str) and bool(_ABSOLUTE.match(first[0]))


def _without_slash(base: Value) -> Value:
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


def _origin(base: Value) -> Value:
    parts = parts_of(base)
    first = parts[0] if parts else ""
    if isinstance(first, str):
        found = _ABSOLUTE.match(first)
        if found and len(found[0]) < len(first):
            return Const(found[0])
        return base if found else text(parts)
    if first.default:
        found = _ABSOLUTE.match(first.default)
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


def targets(url: Value, method: Value | None, default_method: str) -> list[Target]:
    """Every request that a URL and a method may mean, unknown ones included."""
    found: dict[Target, None] = {}
    methods = _methods(method, default_method)
    url = forced(url)
    for one in url.values if isinstance(url, OneOf) else (url,):
        for verb in methods:
            found[_target(forced(one), verb)] = None
    return list(found)


def _methods(method: Value | None, default: str) -> list[str]:
    if method is None:
        return [default]
    method = forced(method)
    found: dict[str, None] = {}
    for way in method.values if isinstance(method, OneOf) else (method,):
        one = forced(way)
        if isinstance(one, Const) and isinstance(one.value, str):
            found[one.value.upper()] = None
        elif isinstance(one, Unknown) and one.default:
            found[one.default.upper()] = None
        elif isinstance(one, Unknown):
            found["{" + _label(one.name) + "}"] = None
        else:
            found[default] = None
    known = [verb for verb in found if not verb.startswith("{")]
    return known or list(found) or [default]


def _target(value: Value, method: str) -> Target:
    if isinstance(value, Record):
        inner = value.fields.get("href") or value.fields.get("url")
        value = forced(inner) if inner is not None else value
    if not isinstance(value, (Const, Text, Unknown, Url)) or (
        isinstance(value, Const) and not isinstance(value.value, str)
    ):
        return Target(method, "{url}", "", "", unknown="the URL is no string that the analysis follows")
    parts = parts_of(value)
    shown = _masked(_show(parts))
    env = tuple(dict.fromkeys(part.env for part in parts if isinstance(part, Unknown) and part.env))
    plain = _filled(parts)
    scheme = None if not parts or isinstance(parts[0], str) or parts[0].env else _SCHEME.match(plain)
    if scheme:
        parts, plain = parts[1:], plain[scheme.end() :]
    found = _ABSOLUTE.match(plain)
    if found:
        host = _BRACKETS.sub(r"\1", _USERINFO.sub("", found[2]).lower())
        path = plain[found.end() :] or "/"
        if (joint := _WHOLE_HOST.match(host)) is not None:  # `https://a.test${path}`: the path begins with a slash
            host, path = joint[1], "/" + joint[2] + (path if path != "/" else "")
    elif plain.startswith("/"):
        host, path = "", plain
    elif plain.startswith("{") and "}" in plain:
        head, _, rest = plain.partition("}")
        host, path = head + "}", rest
    else:
        host, path = "", "/" + plain
    path = _path(path)
    unknown = ""
    if host.startswith("{"):
        first = next((part for part in parts if isinstance(part, Unknown)), None)
        if first is not None and first.env:
            host = f"env:{first.env}"
        else:
            why = first.why if first is not None and first.why else "its value is not known"
            unknown = f"{host[1:-1]}: {why}" if not path.strip("/") else ""
            host = host if path.strip("/") else ""
    return Target(method, shown, host, path, env, unknown)


def shape(path: str) -> str:
    """A path with its variable parts alike, so that two spellings of one endpoint compare equal."""
    return _HOLE.sub("{}", path)


def _masked(url: str) -> str:
    """`url` without a password and without the values of its literal query parameters that look like secrets."""
    return _SECRET.sub(r"\1=***", _CREDENTIALS.sub(r"\1***@", url))


def _path(path: str) -> str:
    path = without_dots(re.split(r"[?#]", path, maxsplit=1)[0])
    return path if len(path) <= 1 else path.rstrip("/") or "/"


def _label(name: str) -> str:
    return _SAFE_NAME.sub("_", name).strip("_")[:LONGEST_NAME] or "value"


def _show(parts: Sequence[str | Unknown]) -> str:
    shown: list[str] = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            shown.append(part)
        elif not part.default or _is_own(parts, number, part.default):
            shown.append("{" + _label(part.name) + "}")
        else:
            shown.append(part.default)
    return "".join(shown)


def _is_own(parts: Sequence[str | Unknown], number: int, default: str) -> bool:
    """Whether a variable's default names somebody's own thing, no endpoint: an identifier, or a number."""
    return bool(_IDENTIFIER.match(default)) or (default.isdigit() and _is_segment(parts, number))


def _is_segment(parts: Sequence[str | Unknown], number: int) -> bool:
    """Whether a part is a whole segment of a path: a number there counts or names something, whatever its default."""
    before = parts[number - 1] if number else ""
    after = parts[number + 1] if number + 1 < len(parts) else "/"
    return isinstance(before, str) and before.endswith("/") and isinstance(after, str) and after[:1] in ("/", "?", "#")


def _filled(parts: Sequence[str | Unknown]) -> str:
    """The URL with environment variables at their defaults and everything else as `{name}`."""
    return _show(parts)


def url_member(url: Url, name: str) -> Value | None:
    """`url.pathname`, `url.href`, ... of a `URL` object."""
    if name == "href":
        return url.text
    if name in ("pathname", "host", "hostname", "origin", "protocol"):
        return each(url.text, lambda one: _piece(one, name))
    return None


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
    found = _ABSOLUTE.match(parts[0]) if parts and isinstance(parts[0], str) else None
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
        return concatenate([_without_slash(one), text(parts[1:])])  # the path that it had, and more
    head = parts[:1]
    rooted = bool(head) and (not isinstance(head[0], str) or head[0].startswith("/"))
    return concatenate([_origin(one), path if rooted else concatenate([Const("/"), path])])


def _moved(one: Value, host: Value) -> Value:
    parts = parts_of(one)
    found = _ABSOLUTE.match(parts[0]) if parts and isinstance(parts[0], str) else None
    if found is None or not parts or not isinstance(parts[0], str):
        return Unknown("url", "its host is assigned")
    rest = text((parts[0][found.end() :], *parts[1:]))
    return concatenate([Const(f"{found[1]}://" if found[1] else "//"), host, rest])


def _piece(one: Value, name: str) -> Value:
    target = _target(one, "GET")
    if name == "pathname":
        word = next((part for part in parts_of(one) if isinstance(part, RequestWord)), None)
        if word is not None:
            return word
        if "{" in target.path or not target.path or target.host.startswith(("{", "env:")):
            return _known_pathname(one) or Unknown(_PATHNAME, "part of it is not known")
        return Const(target.path)
    if name == "protocol":
        first = next(iter(parts_of(one)), "")
        found = _ABSOLUTE.match(first) if isinstance(first, str) else None
        return Const(f"{found[1].lower()}:") if found and found[1] else Unknown(name, "part of it is not known")
    if not target.host or "{" in target.host:
        return Unknown(_piece_name(one, name))
    if name == "origin":
        return _origin(one)
    return Unknown(name) if target.host.startswith("env:") else Const(target.host)


def _piece_name(one: Value, name: str) -> str:
    """What the host of a URL is called that is not known: that of `account.url` is the account's, not our own."""
    first = next(iter(parts_of(one)), "")
    owner = forced(first.receiver) if isinstance(first, Unknown) and first.receiver is not None else None
    if type(owner) is not Unknown or owner.name in _ASKED_AT or (owner.type is not None and "Request" in owner.type[1]):
        return name
    return f"{owner.name}.{name}"


def query_text(value: Value) -> Value:
    """A query string made of `value`: never known, never part of a path."""
    del value
    return Unknown("query", "a query string")


__all__ = ["join", "join_base", "query_text", "resolve", "targets", "url_member", "with_url_part"]
