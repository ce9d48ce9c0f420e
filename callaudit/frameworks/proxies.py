"""Paths of a router that another server answers: what a proxy of a library is told, as a route that asks it.

What such a route asks for is told by the mount, the target, and the rules by which paths are changed; where one of them
is a function, it is said not to be followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.text.strings import parts_of, text
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, Record, Seq, Undefined, Unknown, Value
from callaudit.frameworks.model import join_paths
from callaudit.libraries.proxies import WHOLE_UNTIL, proxy_of
from callaudit.project.versions import major

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.proxies import Proxy

REST = "$1"
"""What a forward calls all that follows its path."""
_PLAIN = re.compile(r"\^?(/[\w\-./]*?)(/?)\$?")
"""A rule that is about how a path begins, and nothing else."""
_GLOB = re.compile(r"/?\*\*?$")


class Forward(NamedTuple):
    """A path, with all below it, and the URL that is asked instead; no URL where that is not followed, and why."""

    path: str
    url: Value | None
    why: str = ""


def forwards(interpreter: Interpreter, made: ForeignValue, mount: str, app: str) -> Iterator[Forward]:
    """What a proxy that is mounted at `mount` answers, and what it asks instead."""
    model = proxy_of(made.package, made.path)
    args = [forced(arg) for arg in made.args or ()]
    options = next((arg for arg in reversed(args) if isinstance(arg, Record)), Record({}, open=False))
    if model is None:
        return
    given = args[0] if args and not model.target else options.fields.get(model.target, Undefined())
    target = _target(forced(given), plain=model.plain)
    why = _undecided(model, options, target)
    paths = list(_paths(args, options))
    whole = model.whole and not (_major(interpreter, made.package, app) >= WHOLE_UNTIL and mount not in ("", "/"))
    for path in paths or [""]:
        where = join_paths(mount, path) if not path.startswith(mount) or not model.whole else path
        if path == NOT_KNOWN or why or target is None:
            yield Forward(join_paths(mount), None, why or "a function says which paths")
            return
        seen = where if whole else join_paths(where.removeprefix(mount))
        yield from _changed(model, options, target, where, seen)


def is_proxy(value: Value) -> bool:
    """Whether a handler hands on what it is asked."""
    return (
        isinstance(value, ForeignValue) and value.args is not None and proxy_of(value.package, value.path) is not None
    )


NOT_KNOWN = "?"


def _paths(args: list[Value], options: Record) -> Iterator[str]:
    """The paths that a proxy is for, where it is told: `createProxyMiddleware("/api", …)`, `pathFilter: ["/a"]`."""
    first = args[0] if len(args) > 1 and not isinstance(args[0], Record) else Undefined()
    given = forced(options.fields["pathFilter"]) if "pathFilter" in options.fields else first
    for one in given.items if isinstance(given, Seq) else (given,):
        known = forced(one)
        if isinstance(known, Const) and isinstance(known.value, str) and "://" not in known.value:
            path = _GLOB.sub("", known.value)
            yield NOT_KNOWN if any(mark in path for mark in "*!{(") else path
        elif isinstance(known, (Closure, Unknown)):
            yield NOT_KNOWN


def _undecided(model: Proxy, options: Record, target: Value | None) -> str:
    """Why it is not known what is asked; empty where it is."""
    if target is None:
        return "its target is not known"
    for name in sorted(model.decides):
        outer, _, inner = name.partition(".")
        value = forced(options.fields[outer]) if outer in options.fields else Undefined()
        if inner:
            value = forced(value.fields[inner]) if isinstance(value, Record) and inner in value.fields else Undefined()
        if not isinstance(value, Undefined):
            return f"its option {name} decides where to"
    rules = forced(options.fields[model.rewrite]) if model.rewrite in options.fields else Undefined()
    return "" if isinstance(rules, (Undefined, Record)) else f"its option {model.rewrite} is not known beforehand"


def _target(given: Value, *, plain: bool) -> Value | None:
    """The URL that a target is, without what ends it."""
    if isinstance(given, Record):  # { protocol, host, port }
        names = ("protocol", "host", "port")
        protocol, host, port = (forced(given.fields.get(name, Undefined())) for name in names)
        head = [*parts_of(protocol), "//"] if not isinstance(protocol, Undefined) else ["http://"]
        tail = [":", *parts_of(port)] if not isinstance(port, Undefined) else []
        return text([*head, *parts_of(host), *tail]) if not isinstance(host, Undefined) else None
    if isinstance(given, (Undefined, Closure)):
        return None
    parts = list(parts_of(given))
    if isinstance(parts[0], str) and plain and "://" not in parts[0]:
        parts[0] = f"http://{parts[0]}"
    known = "".join(part if isinstance(part, str) else "" for part in parts)
    if plain and "/" in known.partition("://")[2].rstrip("/"):
        return None  # the path of a host is left out by some versions
    if isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip("/")
    nothing = all(isinstance(part, Unknown) and not part.env for part in parts)
    return None if nothing else text(parts)


def _changed(model: Proxy, options: Record, target: Value, where: str, seen: str) -> Iterator[Forward]:
    """What is asked for the paths below `where`, which the proxy sees as `seen`, as its rules change them."""
    if truth(options.fields.get("ignorePath", Undefined())) is True:
        yield Forward(where, target)
        return
    prefix = forced(options.fields[model.prefix]) if model.prefix in options.fields else Undefined()
    rules = forced(options.fields[model.rewrite]) if model.rewrite in options.fields else Undefined()
    own = _text_of(prefix) if not isinstance(prefix, Undefined) else ""
    for pattern, value in rules.fields.items() if isinstance(rules, Record) else ():
        found = _PLAIN.fullmatch(pattern)
        other = _text_of(forced(value))
        if found is None or other is None or "$" in other:
            yield Forward(where, None, f"the rule {pattern} is not followed")
            return
        begins = found[1]
        if seen == begins or seen.startswith(begins + "/") or begins in ("/", ""):
            yield Forward(where, _below(target, join_paths(other, seen.removeprefix(begins))))
            return
        if begins.startswith(seen.rstrip("/") + "/"):  # about some of the paths below
            yield Forward(join_paths(where, begins.removeprefix(seen.rstrip("/"))), _below(target, join_paths(other)))
    if own is None:
        yield Forward(where, None, f"its option {model.prefix} is not known")
        return
    yield Forward(where, _below(target, join_paths(own, seen)))


def _text_of(value: Value) -> str | None:
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else None


def _below(target: Value, path: str) -> Value:
    return text([*parts_of(target), f"{path.rstrip('/')}/{REST}"])


def _major(interpreter: Interpreter, package: str, app: str) -> int:
    version = interpreter.program.project.dependency(app, package) or ""
    return int(major(version) or 0) if package == "http-proxy-middleware" else 0
