"""What the handler of an own route is handed when a request says something: in the request itself, or in parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.requests.requested import Incoming
from callaudit.flow.text.query_words import is_told, parameters
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Record, Value
from callaudit.frameworks.model import unknown_args
from callaudit.syntax.ir import Call, Lit, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.requests.requested import Said
    from callaudit.frameworks.model import Entry, Start
    from callaudit.syntax.facts import Param

READS = frozenset({"searchParams", "nextUrl", "query", "url", "originalUrl", "Query", "queries"})
"""What handlers name to read the query of a request."""


def handed(interpreter: Interpreter, entry: Entry, said: Said) -> tuple[Start, ...]:
    """The starts of a route when a request says `said`; nothing where its handlers do not look at that.

    Where the path has parameters, frameworks hand these over with the query.
    """
    if any(mark in entry.path for mark in "[:{*"):
        said = replace(said, whole=False)
    if not said.body and not said.query and not (said.whole and _reads(interpreter, entry)):
        return ()
    return tuple(_given(interpreter, start, said) for start in entry.starts)


def _reads(interpreter: Interpreter, entry: Entry) -> bool:
    """Whether the file of a handler reads the query of requests, so that it matters what is missing there."""
    for start in entry.starts:
        value = forced(start.value)
        module = interpreter.program.modules[value.module] if isinstance(value, Closure) else None
        if module is not None and any(module.mentions(name) or module.mentions(f".{name}") for name in READS):
            return True
    return False


def _given(interpreter: Interpreter, start: Start, said: Said) -> Start:
    """A start whose handler is handed a request: as its first argument, or its parts where it asks for these."""
    value = forced(start.value)
    if not isinstance(value, Closure):
        return start
    request = Incoming(said)
    args = list(start.args if start.args is not None else unknown_args(interpreter, value))
    params = interpreter.function(value.module, value.index).params
    asked = False
    for number, param in enumerate(params[: len(args)]):
        part = _asked_for(param, request)
        if part is not None:
            args[number] = part
            asked = True
    if asked or not args:
        return replace(start, args=tuple(args))
    first = forced(args[0])
    args[0] = _with_parts(first, request) if isinstance(first, Record) else request
    return replace(start, args=tuple(args))


def _with_parts(known: Record, request: Incoming) -> Record:
    """A request of which something else is known, with what it says."""
    parts: dict[str, Value] = {}
    if request.said.body:
        parts["body"] = request.body
    if is_told(request.said):
        parts["query"] = parameters(request.said, is_map=False)
    return Record({**parts, **known.fields}, open=known.open, rest=known.rest)


def _asked_for(param: Param, request: Incoming) -> Value | None:
    """What a parameter is decorated to be handed: Nest's `@Body()`, `@Body('name')`, `@Query('name')`."""
    for one in param.decorators:
        kind = one.callee.id if isinstance(one.callee, Name) else ""
        if kind == "Body":
            return _part(request.body, one)
        if kind == "Query" and is_told(request.said):
            return _part(parameters(request.said, is_map=False), one)
    return None


def _part(whole: Record, decorator: Call) -> Value | None:
    """The part of a body or a query that a decorator names; nothing where it is not known."""
    if not decorator.args:
        return whole
    name = decorator.args[0]
    return whole.fields.get(str(name.value)) if isinstance(name, Lit) else None
