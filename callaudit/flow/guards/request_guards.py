"""Guards that are options of one request: how long it may take, and what a framework's fetch keeps of its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Effect, Guarded
from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.guards.request_caches import client_caches
from callaudit.flow.reading.bound import Given, Local, written_as
from callaudit.flow.reading.use_sites import is_constant
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, ForeignValue, OneOf, Record, Seq, Undefined, Value
from callaudit.libraries.storage import SECOND
from callaudit.libraries.timeouts import TIMEOUTS, UNTOLD
from callaudit.syntax.ir import Call, Func, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.libraries.model import Library
    from callaudit.syntax.ir import Expr

DEPTH = 4


class Sending:
    """The call that sends a request."""

    __slots__ = ("expr", "interpreter", "library", "scope")

    def __init__(self, interpreter: Interpreter, expr: Call, scope: Scope, library: Library) -> None:
        """`expr` in `scope` is a call of `library`."""
        self.interpreter = interpreter
        self.expr = expr
        self.scope = scope
        self.library = library

    def function(self) -> str:
        """The name of the function around it."""
        return self.interpreter.qualified(self.scope.module, self.scope.function)


def guarded_request(sending: Sending, options: Value, made_with: Sequence[Value], sent: Effect) -> Effect:
    """The request `sent`, behind what its `options`, or those of its client, put before it."""
    own = forced(options)
    if isinstance(own, OneOf):
        own = next((forced(item) for item in own.values if isinstance(forced(item), Record)), own)
    guards = [*_timeouts(sending, own, made_with)]
    if isinstance(own, Record):
        guards.extend(_kept(sending, own))
    guards.extend(client_caches(sending, own, made_with, sent))
    for guard in guards:
        sent = Guarded(guard, (sent,))
    return sent


# --- timeouts ----------------------------------------------------------------------------------


def _timeouts(sending: Sending, own: Value, made_with: Sequence[Value]) -> Iterator[Guard]:
    found = None
    for options in (own, *(forced(value) for value in made_with)):
        if isinstance(options, Record):
            found = _option(sending, options) or _signal(sending, options)
        if found is not None:
            yield found
            return
    untold = UNTOLD.get(sending.library.name)
    told = isinstance(own, Record) and "timeout" in own.fields
    if untold is not None and not told:
        line, file = sending.expr.line, sending.scope.module
        why = f"the default of {sending.library.name}"
        yield Guard("timeout", "timeout", file, line, sending.function(), (Span(untold),), why=why)


def _option(sending: Sending, options: Record) -> Guard | None:
    for path in TIMEOUTS.get(sending.library.name, ("timeout",)):
        head, _, rest = path.partition(".")
        value = options.fields.get(head)
        if value is None:
            continue
        file, line = _written(sending, value)
        if rest:
            inner = forced(value)
            value = inner.fields.get(rest) if isinstance(inner, Record) else None
            if value is None:
                continue
        found = times(sending.interpreter, value)
        if found.spans or found.why:
            why = "" if found.spans else found.why
            return Guard("timeout", path, file, line, sending.function(), found.spans, why=why)
    return None


def _written(sending: Sending, value: Value) -> tuple[str, int]:
    """Where an option is written, or else the call."""
    if isinstance(value, Lazy) and value.line and value.scope is not None:
        return value.scope.module, value.line
    return sending.scope.module, sending.expr.line


def _signal(sending: Sending, options: Record) -> Guard | None:
    value = options.fields.get("signal")
    if value is None:
        return None
    file, line = _written(sending, value)
    timer = _deadline(forced(value), DEPTH)
    if timer is not None:
        found = times(sending.interpreter, timer)
        why = "" if found.spans else found.why or "it is not known how long"
        return Guard("timeout", "AbortSignal.timeout", file, line, sending.function(), found.spans, why=why)
    written = written_as(value)
    aborted = _aborted(sending.interpreter, *written, DEPTH) if written is not None else None
    if aborted is None:
        return None
    call, scope = aborted
    found = times(sending.interpreter, sending.interpreter.lazy(call.args[1], scope))
    also = (line,) if file == scope.module and line != call.line else ()
    why = "" if found.spans else found.why
    name = sending.interpreter.qualified(scope.module, scope.function)
    return Guard("timeout", "AbortController", scope.module, call.line, name, found.spans, why=why, also=also)


def _deadline(value: Value, depth: int) -> Value | None:
    """The time after which a signal aborts by itself: `AbortSignal.timeout(ms)`, alone or among others."""
    if isinstance(value, ForeignValue) and value.package == "" and value.path[:1] == ("AbortSignal",) and value.args:
        if value.path == ("AbortSignal", "timeout"):
            return value.args[0]
        inside = forced(value.args[0])
        if value.path == ("AbortSignal", "any") and isinstance(inside, Seq) and depth:
            return next((t for item in inside.items if (t := _deadline(forced(item), depth - 1)) is not None), None)
    if isinstance(value, OneOf) and depth:
        return next((t for item in value.values if (t := _deadline(forced(item), depth - 1)) is not None), None)
    return None


def _aborted(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int) -> tuple[Call, Scope] | None:
    """The timer that aborts the controller of the signal `expr`."""
    if not depth:
        return None
    bindings = interpreter.stores.bindings
    if isinstance(expr, Name):
        meaning = bindings.meaning(expr.id, scope)
        if isinstance(meaning, Given):
            written = written_as(meaning.value)
            return _aborted(interpreter, *written, depth - 1) if written is not None else None
        if isinstance(meaning, Local):
            for value, _ in meaning.values[:3]:
                found = _aborted(interpreter, value, meaning.scope, depth - 1)
                if found is not None:
                    return found
        return None
    if not isinstance(expr, Member) or expr.prop != "signal" or not isinstance(expr.obj, Name):
        return None
    meaning = bindings.meaning(expr.obj.id, scope)
    owner = meaning.scope if isinstance(meaning, Local) else None
    return _timer_of(interpreter, expr.obj.id, owner) if owner is not None else None


def _timer_of(interpreter: Interpreter, controller: str, scope: Scope) -> tuple[Call, Scope] | None:
    for node in walk(interpreter.function(scope.module, scope.function).body):
        if not isinstance(node, Call) or len(node.args) < 2 or not isinstance(node.callee, (Name, Member)):
            continue
        word = node.callee.id if isinstance(node.callee, Name) else node.callee.prop
        run = node.args[0]
        if word != "setTimeout" or not isinstance(run, Func):
            continue
        for inner in walk(interpreter.function(scope.module, run.index).body):
            callee = inner.callee if isinstance(inner, Call) else None
            if isinstance(callee, Member) and callee.prop == "abort" and getattr(callee.obj, "id", "") == controller:
                return node, scope
    return None


# --- what fetch keeps --------------------------------------------------------------------------


def _kept(sending: Sending, own: Record) -> Iterator[Guard]:
    """Next.js's data cache: `next: { revalidate: 60 }`, `cache: "force-cache"`; only fetch of its servers has it."""
    if sending.library.name != "web" or not sending.interpreter.stores.is_used("next"):
        return
    if "use client" in sending.interpreter.program.modules[sending.scope.module].facts.directives:
        return
    cached = forced(own.fields["cache"]) if "cache" in own.fields else None
    mode = cached.value if isinstance(cached, Const) else ""
    nested = forced(own.fields["next"]) if "next" in own.fields else None
    revalidate = nested.fields.get("revalidate") if isinstance(nested, Record) else None
    if mode in ("no-store", "no-cache", "reload") or (revalidate is None and mode != "force-cache"):
        return
    file, line = sending.scope.module, sending.expr.line
    ttl: tuple[Span, ...] = ()
    why = ""
    if revalidate is not None:
        file, line = _written(sending, own.fields["next"])
        known = forced(revalidate)
        if isinstance(known, Undefined):
            return
        found = times(sending.interpreter, revalidate, SECOND)
        if found.off and not found.spans and not (isinstance(known, Const) and known.value is False):
            return  # 0: never kept
        ttl, why = found.spans, "" if found.spans else found.why or "kept until it is revalidated"
    else:
        file, line = _written(sending, own.fields["cache"])
        why = "kept until it is revalidated"
    shared = bool(sending.expr.args) and is_constant(sending.interpreter, sending.expr.args[0], sending.scope)
    yield Guard(
        "cache",
        "next.revalidate" if revalidate is not None else "force-cache",
        file,
        line,
        sending.function(),
        ttl,
        "shared" if shared else "per-key",
        "process",
        "URL",
        why,
    )
