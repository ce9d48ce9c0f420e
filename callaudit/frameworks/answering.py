"""Handlers that stand before others and answer from a store: `if (hit) return res.json(hit); …; next()`.

What comes after them runs where the store does not answer. They are recognized by what they do: a way that answers
with what is kept, another that calls the last parameter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.guards.guards import recognized
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.static import unknown_arguments
from callaudit.flow.timers.durations import duration
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, Record, Value
from callaudit.frameworks.response_headers import seconds_of
from callaudit.libraries.answer_caches import answer_cache
from callaudit.syntax.ir import Assign, Call, If, Index, Jump, Member, Name, Ret
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry, Start
    from callaudit.libraries.answer_caches import AnswerCache
    from callaudit.syntax.ir import Expr, Node, Stmt

WITH_NEXT = (2, 3)
"""Parameters of a handler that may hand on: `(context, next)`, `(request, response, next)`."""
_ADDRESS = re.compile(r"\b(originalUrl|url|path|href|pathname)\b")


def answers_before(interpreter: Interpreter, start: Start, entry: Entry) -> tuple[Guard, ...]:
    """The cache that a handler of a route is for those after it."""
    if entry.kind != "route" or entry.method not in ("GET", "HEAD", "ANY"):
        return ()
    value = forced(start.value)
    found: Guard | None = None
    if isinstance(value, ForeignValue):
        model = answer_cache(value.package, value.path) if value.args is not None else None
        found = _of_library(interpreter, model, value, entry) if model is not None else None
    elif isinstance(value, Closure):
        found = _of_program(interpreter, value)
    if found is None:
        return ()
    fixed = not any(mark in entry.path for mark in "[:{*") and (_ADDRESS.search(found.key) or found.key == "URL")
    return (replace(found, scope="shared") if fixed else found,)


# --- handlers of the program --------------------------------------------------------------------


def _of_program(interpreter: Interpreter, handler: Closure) -> Guard | None:
    function = interpreter.function(handler.module, handler.index)
    params = function.params
    if len(params) not in WITH_NEXT or not isinstance(params[-1].target, Name):
        return None
    after = params[-1].target.id
    scope = Scope(handler.module, handler.scope, this=handler.this, function=handler.index)
    scope.mark = ("answering", handler.module, handler.index, handler.scope.mark)
    bind_parameters(interpreter, function, unknown_arguments(interpreter, handler), scope, known=False)
    if not _calls(function.body, after):
        return None
    for statement in walk(function.body):
        if not isinstance(statement, If):
            continue
        for way, holds in _answering_ways(statement, after):
            if not _gives_kept(interpreter, way, scope):
                continue
            guard = recognized(interpreter, statement.test, scope, statement.line, holds=holds, way=way)
            if guard is not None and guard.kind == "cache":
                return guard
    return None


def _answering_ways(statement: If, after: str) -> Iterator[tuple[Sequence[Stmt], bool]]:
    """The ways of a test at whose end nothing is handed on, while it is on the other."""
    first, second = _calls(statement.then, after), _calls(statement.other, after)
    if statement.then and not first and (second or isinstance(statement.then[-1], (Ret, Jump))):
        yield statement.then, True
    if statement.other and not second and first:
        yield statement.other, False


def _calls(way: Sequence[Stmt], name: str) -> bool:
    return any(
        isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id == name for node in walk(tuple(way))
    )


def _gives_kept(interpreter: Interpreter, way: Sequence[Stmt], scope: Scope) -> bool:
    """Whether an answer is sent that comes from a store."""
    return any(
        interpreter.stores.read(part, scope, 0) is not None
        for node in walk(tuple(way))
        for given in _given(node)
        for part in walk((given,))
        if isinstance(part, (Name, Member, Index, Call))
    )


def _given(node: Node) -> Sequence[Expr]:
    if isinstance(node, Call):
        return node.args
    if isinstance(node, (Assign, Ret)) and node.value is not None:
        return (node.value,)
    return ()


# --- handlers of libraries ----------------------------------------------------------------------


def _of_library(interpreter: Interpreter, model: AnswerCache, value: ForeignValue, entry: Entry) -> Guard:
    args = value.args or ()
    said: Value | None = args[model.index] if model.index < len(args) else None
    if model.option and said is not None:
        options = forced(said)
        said = options.fields.get(model.option) if isinstance(options, Record) else None
    ms, why = _time(interpreter, model, said)
    spans = (Span(ms),) if ms else ()
    return Guard(
        "cache", model.mechanism, entry.file, entry.line, entry.name, spans, "per-key", model.store, "URL", why
    )


def _time(interpreter: Interpreter, model: AnswerCache, said: Value | None) -> tuple[float, str]:
    if said is None:
        return model.default, "" if model.default else "no time is given"
    if model.header:
        seconds = seconds_of(said, any_cache=True)
        return seconds * 1_000, "" if seconds else "its header says no time"
    known = forced(said)
    if isinstance(known, Const) and isinstance(known.value, str):
        words = duration(known.value)
        return words or 0, "" if words else "its words are no time"
    found = times(interpreter, said, model.unit)
    if len(found.spans) == 1:
        return found.spans[0].ms, ""
    return 0, found.why or "it has several times"
