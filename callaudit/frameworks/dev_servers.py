"""Paths that the server of a bundler hands on to another server: `server.proxy` of Vite, `devServer.proxy` of webpack.

https://vite.dev/config/server-options#server-proxy (5 and 6; `preview.proxy` is the same for what was built),
https://webpack.js.org/configuration/dev-server/#devserverproxy (4 and 5; an object by path, or a list with `context`),
https://cli.vuejs.org/config/#devserver-proxy, https://rsbuild.rs/config/server/proxy. Where the other server is on the
same machine and is asked for the same path, it is the repository's own: its routes are found by their paths.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from callaudit.flow.text.strings import parts_of, text
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, OneOf, Record, Seq, Undefined, Unknown, Value
from callaudit.frameworks.model import FORWARD, Entry, join_paths
from callaudit.frameworks.next_files import options_of
from callaudit.frameworks.place import app_of
from callaudit.frameworks.proxies import REST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter

_CONFIGURATION: Final = re.compile(r"(?:^|/)(?:vite|vue|webpack|rsbuild|craco)\.config(?:\.\w+)?\.[cm]?[jt]s$")
_SERVERS: Final = ("server", "preview", "devServer")
_SOCKETS: Final = re.compile(r"^wss?:")
_ADDRESS: Final = re.compile(r"^(?:https?:)?//([^/:]+)")
_PATTERN: Final = re.compile(r"\^?(/[\w\-./]*?)/?(?:\(?\.\*\)?)?\$?")
"""A path, or a pattern that is about how one begins and nothing else."""
_BELOW: Final = "below-the-path"
"""What stands for the rest of a path when it is asked how a function changes it."""


class Rule(NamedTuple):
    """A path with all below it, where it is handed on to, and what changes it: a function, patterns, or nothing."""

    path: str
    target: Value
    change: Value


class DevServers:
    """What the configuration of a bundler lets another server answer."""

    name = "bundler-proxy"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A forward for each path that leaves the repository, or that another path of it answers."""
        for file in interpreter.program.modules:
            if _CONFIGURATION.search(file) is None:
                continue
            value = interpreter.export(file, "default") or interpreter.export(file, "=")
            options = options_of(interpreter, value) if value is not None else None
            seen: set[str] = set()
            for rule in _rules(options) if isinstance(options, Record) else ():
                if rule.path not in seen:
                    seen.add(rule.path)
                    yield from self._forward(interpreter, file, rule)

    def _forward(self, interpreter: Interpreter, file: str, rule: Rule) -> Iterator[Entry]:
        below = _changed(interpreter, rule)
        if below is None:
            interpreter.gap(file, 1, f"the proxy of {rule.path}", "how it changes paths is not followed")
            return
        if below == rule.path and not _leaves(rule.target):
            return
        url = text([*_without_end(rule.target), f"{below.rstrip('/')}/{REST}"])
        where, app = join_paths(rule.path, "*"), app_of(interpreter, file)
        name = f"proxy {rule.path}"
        yield Entry(FORWARD, name, file, 1, "server", app, (), self.name, "ANY", where, forward=url)


def _rules(options: Record) -> Iterator[Rule]:
    for name in _SERVERS:
        server = forced(options.fields.get(name, Undefined()))
        proxy = forced(server.fields.get("proxy", Undefined())) if isinstance(server, Record) else Undefined()
        if isinstance(proxy, Record):
            for path, told in proxy.fields.items():
                yield from _rule([Const(path)], forced(told))
        elif isinstance(proxy, Seq):
            for item in proxy.items:
                told = forced(item)
                context = forced(told.fields.get("context", Undefined())) if isinstance(told, Record) else Undefined()
                yield from _rule(context.items if isinstance(context, Seq) else [context], told)


def _rule(paths: Iterable[Value], told: Value) -> Iterator[Rule]:
    """The rules of one setting: a URL, or an object with `target`."""
    change: Value = Undefined()
    if isinstance(told, Record):
        changes = (told.fields[name] for name in ("rewrite", "pathRewrite") if name in told.fields)
        change = forced(next(changes, change))
        told = forced(told.fields.get("target", Undefined()))
    target = _written(told)
    for path in map(forced, paths):
        found = _PATTERN.fullmatch(path.value) if isinstance(path, Const) and isinstance(path.value, str) else None
        if found is not None and target is not None:
            whole = join_paths(found[1])
            yield from (Rule(one, target, change) for one in (whole, *_apart(whole, change)))


def _apart(path: str, change: Value) -> Iterator[str]:
    """The paths below `path` that patterns change apart from the others."""
    for pattern in change.fields if isinstance(change, Record) else ():
        found = _PATTERN.fullmatch(pattern)
        if found is not None and join_paths(found[1]).startswith(path.rstrip("/") + "/"):
            yield join_paths(found[1])


def _written(told: Value) -> Value | None:
    """The URL that a target is; of several that a variable decides between, the one that is written out."""
    options = [forced(one) for one in told.values] if isinstance(told, OneOf) else [told]
    known = [one for one in options if _ADDRESS.match(_begin(one))]
    named = [one for one in options if isinstance(next(iter(parts_of(one)), ""), Unknown)]
    found = next(iter(known), None) or next(iter(named), None)
    return None if found is None or _SOCKETS.match(_begin(found)) else found


def _begin(value: Value) -> str:
    first = next(iter(parts_of(value)), "")
    if isinstance(first, Unknown):
        return first.default if isinstance(first.default, str) else ""
    return first if isinstance(first, str) else ""


def _leaves(target: Value) -> bool:
    """Whether a target is a public host: one without a dot is another container, or the machine itself."""
    found = _ADDRESS.match(_begin(target))
    return found is not None and "." in found[1] and not found[1].replace(".", "").isdigit()


def _without_end(target: Value) -> list[str | Unknown]:
    parts = list(parts_of(target))
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip("/")
    return parts


def _changed(interpreter: Interpreter, rule: Rule) -> str | None:
    """The path that is asked for instead of that of `rule`; `None` where that is not known."""
    if isinstance(rule.change, Undefined):
        return rule.path
    if isinstance(rule.change, Closure):
        given = Const(f"{rule.path.rstrip('/')}/{_BELOW}")
        known = forced(interpreter.run(rule.change, [given], effects=False).value)
        made = known.value if isinstance(known, Const) and isinstance(known.value, str) else ""
        return join_paths(made.removesuffix(_BELOW)) if made.endswith(_BELOW) else None
    if not isinstance(rule.change, Record):
        return None
    for pattern, value in rule.change.fields.items():
        found, other = _PATTERN.fullmatch(pattern), forced(value)
        if found is None or not isinstance(other, Const) or not isinstance(other.value, str) or "$" in other.value:
            return None
        if rule.path == join_paths(found[1]) or rule.path.startswith(join_paths(found[1]) + "/"):
            return join_paths(other.value, rule.path.removeprefix(join_paths(found[1])))
    return rule.path


FRAMEWORK = DevServers()
