"""The request that a URL which is only partly known means: host, path, what is not known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Target
from callaudit.flow.text.dot_segments import without_dots
from callaudit.flow.text.strings import parts_of
from callaudit.flow.text.url_ends import sign_before
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, OneOf, Record, Text, Unknown, Url, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

ABSOLUTE = re.compile(r"^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?//([^/?#]*)", re.ASCII)
"""What a URL begins with that names a host: its scheme, if it has one, and the host."""
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


def targets(url: Value, method: Value | None, default_method: str) -> list[Target]:
    """Every request that a URL and a method may mean, unknown ones included."""
    found: dict[Target, None] = {}
    methods = _methods(method, default_method)
    url = forced(url)
    for one in url.values if isinstance(url, OneOf) else (url,):
        for verb in methods:
            found[target_of(forced(one), verb)] = None
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


def target_of(value: Value, method: str) -> Target:
    """The request that `method` and one URL mean."""
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
    found = ABSOLUTE.match(plain)
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
    path = _path(path, rooted=bool(host and "{" not in host) or plain.startswith("/"))
    unknown = ""
    if host.startswith("{"):
        first = next((part for part in parts if isinstance(part, Unknown)), None)
        if first is not None and first.env:
            host = f"env:{first.env}"
        else:
            why = first.why if first is not None and first.why else "its value is not known"
            unknown = f"{host[1:-1]}: {why}" if not path.strip("/") else ""
            host = host if path.strip("/") else ""
    set_at = next((part.set_at for part in parts if isinstance(part, Unknown)), "") if "{" in (host or "{") else ""
    return Target(method, shown, host, path, env, unknown, set_at=set_at)


def shape(path: str) -> str:
    """A path with its variable parts alike, so that two spellings of one endpoint compare equal."""
    return _HOLE.sub("{}", path)


def _masked(url: str) -> str:
    """`url` without a password and without the values of its literal query parameters that look like secrets."""
    return _SECRET.sub(r"\1=***", _CREDENTIALS.sub(r"\1***@", url))


def _path(path: str, *, rooted: bool) -> str:
    path = without_dots(re.split(r"[?#]", path, maxsplit=1)[0], rooted=rooted)
    return path if len(path) <= 1 else path.rstrip("/") or "/"


def _label(name: str) -> str:
    return _SAFE_NAME.sub("_", name).strip("_")[:LONGEST_NAME] or "value"


def _show(parts: Sequence[str | Unknown]) -> str:
    shown: list[str] = []
    for number, part in enumerate(parts):
        if isinstance(part, str):
            shown.append(part)
        elif sign := sign_before(part):
            shown.append(f"{sign}{{{part.name}}}")
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
