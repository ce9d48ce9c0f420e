"""What Next.js keeps of the answers to `fetch` where a call does not say.

In 13 and 14 the server keeps them until they are revalidated, also for pages and handlers that are made anew for each
request; from the moment that something has read the request (its cookies, its headers, its address) it keeps none. So
for handlers of other methods in the same file, server actions and `force-dynamic`. From 15 on nothing is kept unless
`fetchCache` says so. https://nextjs.org/docs/14/app/building-your-application/caching#opting-out-1 and
https://nextjs.org/docs/14/app/api-reference/file-conventions/route-segment-config#fetchcache; the order decides in
`packages/next/src/server/lib/patch-fetch.ts` of v14.2: `auto cache` takes the store's `revalidate`, 0 by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.apps.processes import loaded_with
from callaudit.flow.machine.static import static_scope
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.frameworks.model import Fetches
from callaudit.frameworks.next_segments import seconds, setting
from callaudit.libraries.request_readers import may_read_request
from callaudit.link.definitions import Foreign
from callaudit.project.versions import major
from callaudit.syntax.ir import Block, Call, Do, If, Let, Member, Name, PatObj, Ret, Throw, Try
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Node, Stmt

KEEPING = frozenset({"13", "14"})
_NONE = frozenset({"force-no-store", "only-no-store", "default-no-store"})
_ALL = frozenset({"force-cache", "only-cache", "default-cache"})
_STATIC = frozenset({"GET", "HEAD"})
DEPTH = 3
"""Functions that hand the request on to others."""


class Reading(NamedTuple):
    """From which line on a function has surely read the request, and from which on it may have; 0: never.

    `at_once` holds where it does so before it runs anything that it is handed.
    """

    sure: int
    perhaps: int
    at_once: bool


def handler_fetches(
    interpreter: Interpreter, path: str, value: Value, methods: set[str], version: str
) -> Fetches | None:
    """What is kept of the fetches of a GET handler; another method in its file keeps all of its file from it."""
    if not methods <= _STATIC:
        return None
    return _kept(interpreter, (path,), value, version, in_order=True)


def page_fetches(interpreter: Interpreter, files: Sequence[str], value: Value, version: str) -> Fetches | None:
    """What is kept of the fetches of a page or of a layout; `files` are those that are rendered together."""
    return _kept(interpreter, files, value, version, in_order=False)


def keeps_no_fetch(interpreter: Interpreter, files: Sequence[str]) -> bool:
    """Whether one of the files that are rendered together turns the cache off for all."""
    return any(
        setting(interpreter, one, "fetchCache") in _NONE or setting(interpreter, one, "dynamic") == "force-dynamic"
        for one in files
    )


def _kept(
    interpreter: Interpreter, files: Sequence[str], value: Value, version: str, *, in_order: bool
) -> Fetches | None:
    said = {setting(interpreter, one, "fetchCache") for one in files}
    if keeps_no_fetch(interpreter, files) or any(seconds(interpreter, one) == 0 for one in files):
        return None
    if not said.isdisjoint(_ALL):
        return Fetches(certain=True)
    handler = forced(value)
    if major(version) not in KEEPING or not matters(interpreter, handler):
        return None
    read = Reading(0, 1, at_once=False)
    if isinstance(handler, Closure):
        read = _reads_from(interpreter, handler) if in_order else _reads_from_page(interpreter, handler)
    reading = reading_modules(interpreter)
    elsewhere = bool(reading) and any(reading.intersection(_loaded(interpreter, one) - {one}) for one in files)
    apart = any(one in reading for one in files) and not in_order
    return Fetches(
        certain=not elsewhere and not apart, until=read.sure, perhaps_until=read.perhaps, at_once=read.at_once
    )


def reading_modules(interpreter: Interpreter) -> frozenset[str]:
    """The modules that take from Next.js, or from a package for sessions, what reads the request."""
    return interpreter.found_once("reads the request", lambda: frozenset(_reading(interpreter)))


def _reading(interpreter: Interpreter) -> Iterator[str]:
    for path, module in interpreter.program.modules.items():
        for imported in module.facts.imports:
            if may_read_request(imported.source, (imported.imported,)) and not imported.type_only:
                yield path
                break


def _loaded(interpreter: Interpreter, path: str) -> frozenset[str]:
    return interpreter.found_once(("loaded with", path), lambda: loaded_with(interpreter, (path,)))


def _reads_from(interpreter: Interpreter, handler: Closure, place: int = 0, depth: int = DEPTH) -> Reading:
    """From which lines on a function has read the request that it is handed as argument number `place`."""
    function = interpreter.function(handler.module, handler.index)
    target = function.params[place].target if place < len(function.params) else None
    names = frozenset(bound_names(target)) if target is not None else frozenset()
    whole = names if isinstance(target, Name) else frozenset()
    others = frozenset(one for param in function.params for one in bound_names(param.target)) - names
    sure: list[int] = []
    perhaps: list[int] = []
    at_once = True
    for line, node, always in _in_order(function.body, function.line, always=True):
        handed = _handed(interpreter, handler, node, whole, depth) if isinstance(node, Call) else None
        if _reads(interpreter, handler.module, node, whole) or (handed is not None and handed.sure):
            (sure if always else perhaps).append(line)
            if always:  # what comes after it changes nothing
                at_once = at_once and (handed is None or handed.at_once)
                break
        elif isinstance(node, Name) and node.id in names:
            perhaps.append(line)  # handed on, and read there or not
        elif not sure and isinstance(node, Call) and _runs(node, others):
            at_once = False
    return Reading(min(sure, default=0), min((*sure, *perhaps), default=0), at_once)


def _runs(call: Call, names: frozenset[str]) -> bool:
    """Whether a call is one of `names`, or hands one of them on."""
    return any(isinstance(one, Name) and one.id in names for one in (call.callee, *call.args))


def _handed(
    interpreter: Interpreter, handler: Closure, call: Call, names: frozenset[str], depth: int
) -> Reading | None:
    """How a function of the program reads the request that a call hands to it."""
    place = next((n for n, arg in enumerate(call.args) if isinstance(arg, Name) and arg.id in names), -1)
    if place < 0 or not depth:
        return None
    scope = static_scope(interpreter, handler.module, handler.index, handler.this)
    target = forced(interpreter.evaluate(call.callee, scope))
    return _reads_from(interpreter, target, place, depth - 1) if isinstance(target, Closure) else None


def _reads_from_page(interpreter: Interpreter, page: Closure) -> Reading:
    """The same for a page or layout: of what it is given, only the query may count."""
    function = interpreter.function(page.module, page.index)
    props = function.params[0].target if function.params else None
    asked = ".searchParams" in function.refs or (
        isinstance(props, PatObj) and any(entry.key in ("searchParams", "") for entry in props.entries)
    )
    found = [
        (line, always)
        for line, node, always in _in_order(function.body, function.line, always=True)
        if _reads(interpreter, page.module, node, frozenset())
    ]
    sure = min((line for line, always in found if always), default=0)
    return Reading(sure, 1 if asked else min((line for line, _ in found), default=0), at_once=False)


def _reads(interpreter: Interpreter, module: str, node: Node, requests: frozenset[str]) -> bool:
    """Whether a record reads a property of the request, or calls what reads it."""
    if isinstance(node, Member):
        return isinstance(node.obj, Name) and node.obj.id in requests
    if not isinstance(node, Call) or not isinstance(node.callee, Name):
        return False
    meaning = interpreter.program.name(module, node.callee.id)
    return isinstance(meaning, Foreign) and may_read_request(meaning.package, meaning.path)


def _in_order(body: Sequence[Stmt], line: int, *, always: bool) -> Iterator[tuple[int, Node, bool]]:
    """The records of statements with the lines of those, and whether each run comes to them."""
    for statement in body:
        line = getattr(statement, "line", 0) or _first_line(statement) or line
        if isinstance(statement, (Let, Do, Ret, Throw)):
            for node in walk((statement,)):
                yield line, node, always
        elif isinstance(statement, (Block, Try)):
            yield from _in_order(statement.body, line, always=always)
            if isinstance(statement, Try):
                yield from _in_order((*(statement.handler or ()), *statement.final), line, always=False)
        elif isinstance(statement, If):
            for node in walk((statement.test,)):
                yield line, node, always
            yield from _in_order((*statement.then, *statement.other), line, always=False)
        else:
            for node in walk((statement,)):
                yield line, node, False


def _first_line(statement: Stmt) -> int:
    return next((node.line for node in walk((statement,)) if isinstance(node, Call)), 0)
