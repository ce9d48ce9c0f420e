"""How long something in a store lasts: said by the test, by the write, by the store's maker, or by a timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.guards.ages import limit_of
from callaudit.flow.guards.cache_stores import injected_place, injected_times, place_of, times_kept, unit_in
from callaudit.flow.guards.freshness import ages_in
from callaudit.flow.reading.bound import Local, TopLevel
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, Record, Seq, Value
from callaudit.libraries.storage import Lasts, store_of
from callaudit.syntax.ir import Assign, Call, Name, Obj, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.effects.records import Span
    from callaudit.flow.guards.ages import Limit
    from callaudit.flow.guards.containers import Container
    from callaudit.flow.guards.freshness import Asked
    from callaudit.flow.guards.writes import Write
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr


MANAGED = "cache-manager"
"""The store of which the version says in which unit times are."""
NO_END = "until when it holds is not known"


class Lifetime(Struct, frozen=True, eq=False):
    """Times with the expression that says them, or why they are not known."""

    spans: tuple[Span, ...] = ()
    why: str = ""
    said: tuple[Expr, Scope] | None = None
    line: int = 0


def lifetime(interpreter: Interpreter, tests: Sequence[Asked], written: Sequence[Write]) -> Lifetime:
    """How long what `tests` ask for lasts."""
    first: Lifetime | None = None
    margin = next((one.margin for one in tests if one.margin is not None), None)
    for found in _ways(interpreter, tests, written):
        if found.spans:
            return _shortened(interpreter, found, margin)
        if found.why and first is None:
            first = found
    if first is None and margin is not None:
        first = Lifetime(why=NO_END)
    return first if first is not None else Lifetime()


def _shortened(interpreter: Interpreter, found: Lifetime, margin: Limit | None) -> Lifetime:
    """A lifetime without the margin before its end in which what is kept is no longer used."""
    if margin is None:
        return found
    before = _limited(interpreter, margin)
    if len(before.spans) != 1:
        return replace(found, spans=(), why=f"when it is renewed is not known: {before.why or 'it depends'}")
    ms = before.spans[0].ms
    return replace(found, spans=tuple(replace(one, ms=one.ms - ms) for one in found.spans if one.ms > ms))


def _ways(interpreter: Interpreter, tests: Sequence[Asked], written: Sequence[Write]) -> Iterator[Lifetime]:
    aged = False
    for one in tests:
        aged = aged or one.aged
        if one.limit is not None:
            yield _limited(interpreter, one.limit)
    for one in tests:
        for closure, inner in one.read.through:
            limit = ages_in(interpreter, interpreter.function(closure.module, closure.index).body, inner)
            if limit is not None:
                yield _limited(interpreter, limit)
            aged = True
    for write in written:
        if not write.removes:
            yield from _of_write(interpreter, write, aged=aged)
    for one in tests:
        yield from _of_maker(interpreter, one.read.container)
    for write in written:
        if write.late is not None:
            found = times(interpreter, interpreter.lazy(*write.late))
            yield Lifetime(found.spans, found.why, write.late, write.line)


def _limited(interpreter: Interpreter, limit: Limit) -> Lifetime:
    found = times(interpreter, interpreter.lazy(limit.expr, limit.scope), limit.unit)
    return Lifetime(found.spans, found.why, (limit.expr, limit.scope))


def _of_write(interpreter: Interpreter, write: Write, *, aged: bool) -> Iterator[Lifetime]:
    container = write.container
    if container is not None:
        for lasts in container.made.store.writes.get(write.method, ()):
            yield from _lasting(interpreter, write.args, write.scope, lasts, container, write.line)
    if aged and write.args:
        for limit in _expiries(interpreter, write.args[-1], write.scope):
            yield _limited(interpreter, limit)


def _expiries(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int = 3) -> Iterator[Limit]:
    """The times that a stored value says it lasts: `{ value, expiresAt: Date.now() + ttl }`."""
    if isinstance(expr, Obj):
        for prop in expr.props:
            if isinstance(prop, Prop):
                limit = limit_of(interpreter, prop.value, scope)
                if limit is not None:
                    yield limit
    elif isinstance(expr, Name) and depth:
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        for value, _ in meaning.values[:2] if isinstance(meaning, Local) else ():
            yield from _expiries(interpreter, value, meaning.scope, depth - 1)  # type: ignore[union-attr]
    elif isinstance(expr, Call) and depth:
        for arg in expr.args[:2]:
            yield from _expiries(interpreter, arg, scope, depth - 1)
    elif isinstance(expr, Assign):
        yield from _expiries(interpreter, expr.value, scope, depth)
    else:
        limit = limit_of(interpreter, expr, scope)
        if limit is not None:
            yield limit


def _of_maker(interpreter: Interpreter, container: Container) -> Iterator[Lifetime]:
    made = container.made
    if made.call is not None and made.scope is not None:
        for lasts in made.store.made:
            yield from _lasting(interpreter, made.call.args, made.scope, lasts, container, made.call.line)
    elif made.store.name == MANAGED:
        injected = injected_times(interpreter, unit_in(interpreter, container.file))
        if injected.spans or injected.why:
            yield Lifetime(injected.spans, injected.why)


def _lasting(
    interpreter: Interpreter, args: Sequence[Expr], scope: Scope, lasts: Lasts, container: Container, line: int
) -> Iterator[Lifetime]:
    if lasts.index >= len(args):
        return
    if lasts.word:
        word = forced(interpreter.evaluate(args[lasts.index - 1], scope))
        if not isinstance(word, Const) or word.value != lasts.word:
            return
    value: Value = interpreter.lazy(args[lasts.index], scope)
    if lasts.path:
        record = forced(value)
        if isinstance(record, Seq) and record.items:  # several values that are stored together
            record = forced(record.items[0])
        if not isinstance(record, Record) or lasts.path not in record.fields:
            return
        value = record.fields[lasts.path]
    elif isinstance(forced(value), (Record, Seq)):
        return
    found = times_kept(interpreter, value, unit_of(interpreter, lasts, container))
    yield Lifetime(found.spans, found.why, (args[lasts.index], scope), line)


def unit_of(interpreter: Interpreter, lasts: Lasts, container: Container) -> float | None:
    """The milliseconds of what says how long something lasts in a container; `None` where that is not known."""
    made = container.made
    if made.store.name != MANAGED:
        return lasts.unit
    option = bool(lasts.path) and lasts not in made.store.made
    return unit_in(interpreter, container.file, made.call, option=option)


def made_times(interpreter: Interpreter, store: ForeignValue) -> tuple[Span, ...]:
    """How long a store keeps things by what it was made with: `new ExpiryMap(10_000)`."""
    kind = store_of(store.package, store.path)
    for lasts in kind.made if kind is not None and store.args is not None else ():
        value = store.args[lasts.index] if store.args is not None and lasts.index < len(store.args) else None
        record = forced(value) if value is not None and lasts.path else None
        if isinstance(record, Record):
            value = record.fields.get(lasts.path)
        elif lasts.path:
            value = None
        if value is not None:
            found = times_kept(interpreter, value, lasts.unit)
            if found.spans:
                return found.spans
    return ()


def line_of(interpreter: Interpreter, said: tuple[Expr, Scope] | None) -> tuple[str, int]:
    """Where the name of a time is declared."""
    if said is None:
        return "", 0
    expr, scope = said
    while not isinstance(expr, Name) and hasattr(expr, "obj"):
        expr = expr.obj
    if isinstance(expr, Name):
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, TopLevel):
            binding = interpreter.program.modules[meaning.module].bindings.get(meaning.name)
            return (meaning.module, binding.line) if binding is not None else ("", 0)
        if isinstance(meaning, Local):
            return meaning.scope.module, meaning.line
    return "", 0


def place_kept(interpreter: Interpreter, container: Container) -> str:
    """Where a store keeps its values: a cache with exchangeable stores is told at its making."""
    made = container.made
    if made.store.name in ("keyv", "cache-manager", "cacheable") and made.call is not None and made.scope is not None:
        scope = made.scope
        return place_of(interpreter, [interpreter.evaluate(arg, scope) for arg in made.call.args])
    if made.store.name == MANAGED:
        return injected_place(interpreter)
    return made.store.place
