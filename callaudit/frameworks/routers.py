"""Express, Koa, Hono, Fastify and the like: the routers that the program fills while it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.text.strings import parts_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Client, Closure, Const, ForeignValue, OneOf, Record, Seq, Unknown, Value
from callaudit.frameworks.model import Entry, Start, join_paths, route, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.frameworks.proxies import forwards, is_proxy
from callaudit.libraries.router_kinds import PART

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.apps.registrations import Registration
    from callaudit.flow.machine.interpreter import Interpreter

MOST_PREFIXES = 40
MOST_NESTING = 12


_OF_THE_SERVER = frozenset({"onClose", "onReady", "onListen", "onRoute", "onRegister", "preClose", "onTimeout"})
"""Hooks that run when the server does something, not when a request comes."""


class Middleware(Struct, frozen=True, eq=False):
    """A function that runs before the routes below `path`."""

    path: str
    handler: Closure | ForeignValue
    item: Registration


class Mounts:
    """Which routers are mounted where."""

    def __init__(self, found: Iterable[Registration]) -> None:
        """Read what was registered."""
        self._parents: dict[object, list[tuple[Client, str]]] = {}
        self._later: dict[object, str] = {}
        """Prefixes that a router was given after it was made."""
        self._mounted: dict[object, list[tuple[Client, str]]] = {}
        """By router, those that are mounted at it."""
        for item in found:
            if item.model.how in ("mount", "plugin", "route-of", "base"):
                for handler in item.handlers:
                    if isinstance(handler, Client):
                        for path in _paths(item.path):
                            self._parents.setdefault(key(handler), []).append((item.router, path))
                            self._mounted.setdefault(key(item.router), []).append((handler, path))
            elif item.model.how == "prefix":
                for path in _paths(item.path):
                    self._later.setdefault(key(item.router), path)
        self._prefixes: dict[object, list[str]] = self._found()

    def parents(self, router: Client) -> list[tuple[Client, str]]:
        """The routers that `router` is mounted at, each with the path."""
        return self._parents.get(key(router), [])

    def outermost(self, router: Client) -> Client | None:
        """The first router that `router` is below and that is mounted nowhere, `None` where one that serves is."""
        waiting, seen = [router], {key(router)}
        last: Client | None = None
        while waiting:
            one = waiting.pop()
            above = [parent for parent, _ in self.parents(one)]
            if not above and one.kind != PART:
                return None
            last = last if above or last is not None else one
            waiting.extend(parent for parent in above if key(parent) not in seen)
            seen.update(map(key, above))
        return last

    def prefixes(self, router: Client) -> list[str]:
        """The paths below which the routes of `router` are, the shortest ways first."""
        return self._prefixes.get(key(router)) or [self._own(router)]

    def _found(self) -> dict[object, list[str]]:
        """Go down from the routers that are mounted nowhere, level by level."""
        found: dict[object, list[str]] = {}
        above = (parent for parents in self._parents.values() for parent, _ in parents)
        roots = {key(one): one for one in above if key(one) not in self._parents}
        level = [(one, self._own(one)) for one in roots.values()]
        for _ in range(MOST_NESTING):
            below: list[tuple[Client, str]] = []
            for router, prefix in level:
                for child, path in self._mounted.get(key(router), ()):
                    known = found.setdefault(key(child), [])
                    whole = join_paths(prefix, path, self._own(child))
                    if whole not in known and len(known) < MOST_PREFIXES:
                        known.append(whole)
                        below.append((child, whole))
            level = below
        return found

    def _own(self, router: Client) -> str:
        later = self._later.get(key(router))
        if later is not None:
            return later
        path = router.library.prefix
        if not path or router.kind == "chain" or not router.args:
            return ""
        options = forced(router.args[0])
        fields = getattr(options, "fields", {})
        name = path.split(".")[-1]
        return _paths(fields[name])[0] if name in fields else ""


class Routers:
    """Routes are what is registered with a router, below every path that the router is mounted at."""

    name = "routers"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """Run the top level of every module, then read what was registered."""
        for path in sorted(interpreter.program.modules):
            interpreter.top_level(path)
        found = sorted(interpreter.noted.registrations.values(), key=lambda item: (item.file, item.line))
        mounts = Mounts(found)
        _say_unmounted(interpreter, found, mounts)
        before = _middleware(interpreter, found)
        for item in found:
            if item.model.how == "route":
                yield from _routes(interpreter, item, mounts, before)
            if item.model.how in ("route", "mount", "plugin"):
                yield from _proxied(interpreter, item, mounts, before)


def _say_unmounted(interpreter: Interpreter, found: Iterable[Registration], mounts: Mounts) -> None:
    """Note routers that answer nothing by themselves and that nothing is seen to use, each at its first route."""
    said: set[object] = set()
    for item in found:
        top = mounts.outermost(item.router) if item.model.how == "route" else None
        if top is not None and top.kind == PART and key(top) not in said:
            said.add(key(top))
            why = "no app is seen to use its router: whether it answers, and at which path, is not known"
            interpreter.gap(item.file, item.line, "route", why)


def _middleware(interpreter: Interpreter, found: Iterable[Registration]) -> dict[object, list[Middleware]]:
    """Functions that run before the handlers of a router: middleware and hooks."""
    before: dict[object, list[Middleware]] = {}
    for item in found:
        hook = item.method.value if isinstance(item.method, Const) else ""
        if item.model.how != "mount" or hook in _OF_THE_SERVER:
            continue
        for handler in item.handlers:
            if (
                isinstance(handler, (Closure, ForeignValue))
                and _hands_on(interpreter, handler)
                and not is_proxy(handler)
            ):
                for path in _paths(item.path):
                    before.setdefault(key(item.router), []).append(Middleware(path, handler, item))
    return before


def _hands_on(interpreter: Interpreter, handler: Closure | ForeignValue) -> bool:
    """Whether a handler is one that runs before others: with four parameters it is for errors."""
    return isinstance(handler, ForeignValue) or len(interpreter.function(handler.module, handler.index).params) < 4


def _run_before(
    item: Registration,
    path: str,
    mounts: Mounts,
    before: dict[object, list[Middleware]],
) -> list[Middleware]:
    """The middleware that a request for the route `item` passes, outermost first."""
    found: list[Middleware] = []
    router, below = item.router, join_paths(path)
    for _ in range(MOST_NESTING):
        for one in reversed(before.get(key(router), [])):
            start = join_paths(one.path.rstrip("*"))
            late = one.item.file == item.file and one.item.line > item.line
            if not late and (start in ("/", below) or below.startswith(start + "/")):
                found.append(one)
        parents = mounts.parents(router)
        if len(parents) != 1:
            break
        router, at = parents[0]
        below = join_paths(at, below)
    return list(reversed(found))


def _paths(value: Value | None) -> list[str]:
    """Paths as the framework writes them; what is not known is `{name}`."""
    value = forced(value) if value is not None else None
    if value is None or isinstance(value, (Client, Closure)):
        return [""]
    if isinstance(value, Seq):
        return [path for item in value.items for path in _paths(item)]
    if isinstance(value, OneOf):
        return [path for item in value.values for path in _paths(item)]
    if isinstance(value, (Const, Unknown)) or hasattr(value, "parts"):
        parts = parts_of(value)
        return ["".join(part if isinstance(part, str) else part.default or "{" + part.name + "}" for part in parts)]
    return [""]


def _routes(
    interpreter: Interpreter,
    item: Registration,
    mounts: Mounts,
    before: dict[object, list[Middleware]],
) -> Iterable[Entry]:
    handlers = tuple(
        _start(interpreter, item, handler) for handler in item.handlers if isinstance(handler, (Closure, ForeignValue))
    )
    if not handlers and item.model.path and not isinstance(forced(item.path) if item.path is not None else None, Const):
        return
    methods = [item.model.method] if item.model.method else _verbs(item.method)
    app = app_of(interpreter, item.file)
    for prefix in mounts.prefixes(item.router):
        for path in _paths(item.path) if item.model.path else [""]:
            for method in methods:
                where = join_paths(prefix, path)
                first = tuple(
                    _start(interpreter, one.item, one.handler) for one in _run_before(item, path, mounts, before)
                )
                starts = (*first, *handlers)
                yield route(item.router.library.name, method, where, item.file, item.line, app, starts)


def _proxied(
    interpreter: Interpreter,
    item: Registration,
    mounts: Mounts,
    before: dict[object, list[Middleware]],
) -> Iterable[Entry]:
    """Routes that ask another server, for what is registered with a router and hands on what it is asked."""
    app = app_of(interpreter, item.file)
    method = item.model.method if item.model.how == "route" and item.model.method else "ANY"
    for made in item.handlers:
        if not isinstance(made, ForeignValue) or not is_proxy(made):
            continue
        interpreter.noted.handed_on[made.package] = interpreter.noted.handed_on.get(made.package, 0) + 1
        for prefix in mounts.prefixes(item.router):
            for path in _paths(item.path):
                mount = join_paths(prefix, path.rstrip("*"))
                first = tuple(
                    _start(interpreter, one.item, one.handler) for one in _run_before(item, path, mounts, before)
                )
                for one in forwards(interpreter, made, mount if mount != "/" else "", app):
                    if one.url is None:
                        why = f"its requests are not followed: {one.why}"
                        interpreter.gap(item.file, item.line, made.package, why)
                        continue
                    where = join_paths(one.path, "*")
                    name = item.router.library.name
                    yield replace(route(name, method, where, item.file, item.line, app, first), forward=one.url)


def _start(interpreter: Interpreter, item: Registration, handler: Closure | ForeignValue) -> Start:
    names = item.router.library.request
    if not names or not isinstance(handler, Closure):
        return Start(handler)
    request = Record(dict.fromkeys(names, item.router), open=True)
    if handler.this is None or isinstance(handler.this, Record):  # written among the options of its route
        handler = Closure(handler.module, handler.index, handler.scope, item.router, handler.bound)
    return Start(handler, unknown_args(interpreter, handler, (request,)))


def _verbs(value: Value | None) -> list[str]:
    found = [path.upper() for path in _paths(value) if path]
    return found or ["ANY"]


FRAMEWORK = Routers()
