"""Observables whose values come by themselves: how often they come, and how long those wait that come once.

Such an observable is a client of the kind `observable`. Its arguments are what it was made with, in order: the call
that makes it, then the operators that it was piped through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.machine.arguments import argument
from callaudit.flow.timers.spans import Times, number_of, times
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    UNDEFINED,
    Client,
    Closure,
    ForeignValue,
    OneOf,
    Record,
    Seq,
    Undefined,
    Unknown,
    Value,
)
from callaudit.libraries.model import Operator, Ticking
from callaudit.libraries.registry import exported
from callaudit.libraries.tables.rxjs import LIBRARY as RXJS
from callaudit.libraries.tables.rxjs import OBSERVABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter

MOST_PARTS = 24
DEPTH = 4
_TIMES = frozenset(path for path, model in RXJS.exports.items() if isinstance(model, Ticking) and model.every)


class Ticks(Struct, frozen=True):
    """Values that come at an interval; only `rounds` of them where it is given, `dropping` where some are left out."""

    times: Times
    mechanism: str
    rounds: int | None = None
    dropping: bool = False


def observable(model: Ticking | Operator, target: ForeignValue, args: Sequence[Value]) -> Value:
    """What the call of a function that makes observables or operators gives."""
    made = ForeignValue(target.package, target.path, tuple(args))
    if isinstance(model, Operator) or (model.among and not any(_is_observable(one) for one in _parts(args))):
        return made
    return Client(RXJS, OBSERVABLE, (made,))


def piped(interpreter: Interpreter, source: Value, args: Sequence[Value]) -> Client | None:
    """What `source.pipe(…)` gives, where that is an observable whose values come by themselves."""
    if _is_observable(source) and isinstance(source, Client):
        return Client(source.library, OBSERVABLE, (*source.args, *stages(interpreter, args)))
    if not any(_makes_ticks(interpreter, arg) for arg in args):
        return None
    made = Client(RXJS, OBSERVABLE, tuple(stages(interpreter, args)))
    return made if ticks_of(interpreter, made) is not None else None


def _makes_ticks(interpreter: Interpreter, arg: Value) -> bool:
    """Whether an operator's function mentions a timer, and so may turn one value into many."""
    value = forced(arg)
    if model_of(value, "flat") is None or not isinstance(value, ForeignValue):
        return False
    function = forced(value.args[0]) if value.args else UNDEFINED
    if not isinstance(function, Closure):
        return False
    return not _TIMES.isdisjoint(interpreter.function(function.module, function.index).refs)


def stages(interpreter: Interpreter, args: Sequence[Value]) -> Iterator[ForeignValue]:
    """The operators that something is piped through, also those inside functions that do so themselves."""
    for arg in list(args)[:MOST_PARTS]:
        value = forced(arg)
        if isinstance(value, ForeignValue) and value.args is not None:
            if value.package in RXJS.packages and value.path[-1:] == ("pipe",):
                yield from stages(interpreter, value.args)
            else:
                yield value
        elif isinstance(value, Closure):
            through = _given(interpreter, value, [Client(RXJS, OBSERVABLE, ())])
            if isinstance(through, Client) and through.kind == OBSERVABLE:
                yield from (one for one in through.args if isinstance(one, ForeignValue))


def model_of(value: Value, *hows: str) -> Operator | None:
    """The operator of one of the kinds `hows` that a value is."""
    if not isinstance(value, ForeignValue) or value.args is None:
        return None
    found = exported(value.package, value.path)
    return found[1] if found is not None and isinstance(found[1], Operator) and found[1].how in hows else None


def ticks_of(interpreter: Interpreter, value: Value, depth: int = DEPTH) -> Ticks | None:
    """How often the values of an observable come by themselves; `None` where they do not."""
    value = forced(value)
    if isinstance(value, OneOf):
        return next((one for one in (ticks_of(interpreter, item, depth) for item in value.values) if one), None)
    if not isinstance(value, Client) or value.kind != OBSERVABLE or not depth:
        return None
    found: Ticks | None = None
    for stage in value.args:
        found = after(interpreter, found, forced(stage), depth)
    return found


def after(interpreter: Interpreter, ticks: Ticks | None, stage: Value, depth: int = DEPTH) -> Ticks | None:
    """How often values come after a stage, of those that come so often before it."""
    found = exported(stage.package, stage.path) if isinstance(stage, ForeignValue) else None
    model = found[1] if found is not None else None
    args = stage.args or () if isinstance(stage, ForeignValue) else ()
    if isinstance(model, Ticking) and isinstance(stage, ForeignValue):
        return _of_source(interpreter, model, stage, depth)
    if not isinstance(model, Operator):
        return ticks
    if model.how == "flat" and args:
        inner = ticks_of(interpreter, _given(interpreter, forced(args[0]), [Unknown("value")]), depth - 1)
        return inner or ticks
    if ticks is None:
        return None
    if model.how == "drop" or (model.how == "take" and model.first and args):
        return Ticks(ticks.times, ticks.mechanism, ticks.rounds, dropping=True)
    if model.how == "take" and not ticks.dropping and ticks.rounds is None:
        number = float(model.first) if model.first else number_of(argument(interpreter, args, model.counts[0]))
        if number is not None and number >= 0:
            return Ticks(ticks.times, ticks.mechanism, int(number))
    return ticks


def _of_source(interpreter: Interpreter, model: Ticking, stage: ForeignValue, depth: int) -> Ticks | None:
    args = stage.args or ()
    if model.among:
        parts = (ticks_of(interpreter, one, depth - 1) for one in _parts(args))
        return next((one for one in parts if one is not None), None)
    place = model.every
    if place is None or not 0 <= place.index < len(args) or isinstance(forced(args[place.index]), Undefined):
        return None
    return Ticks(times(interpreter, args[place.index]), stage.path[-1])


def due_of(interpreter: Interpreter, value: Value) -> Value | None:
    """How long the one value of an observable waits, in milliseconds; `None` where it is no such observable."""
    value = forced(value)
    for stage in value.args if isinstance(value, Client) and value.kind == OBSERVABLE else ():
        found = exported(stage.package, stage.path) if isinstance(stage, ForeignValue) else None
        if found is None or not isinstance(stage, ForeignValue):
            continue
        place = found[1].due if isinstance(found[1], Ticking) else None
        if place is not None:
            return argument(interpreter, stage.args or (), place)
        if isinstance(found[1], Operator) and found[1].how == "wait":
            return wait_at(interpreter, argument(interpreter, stage.args or (), found[1].times[0]), [Unknown("value")])
    return None


def wait_at(interpreter: Interpreter, told: Value, args: list[Value]) -> Value | None:
    """The milliseconds that an operator is told to wait: a number, or a function that gives a timer."""
    told = forced(told)
    if not isinstance(told, Closure):
        return told
    given = forced(_given(interpreter, told, args))
    several = given.values if isinstance(given, OneOf) else (given,)
    found = [one for one in (due_of(interpreter, item) for item in several) if one is not None]
    return join(found) if found else None


def _given(interpreter: Interpreter, function: Value, args: list[Value]) -> Value:
    """What a function gives."""
    if not isinstance(function, Closure):
        return UNDEFINED
    return forced(interpreter.run(function, args, effects=False).value)


def first_of(value: Value) -> Value:
    """The observable that others follow, `concat(errors.pipe(delay(1000), take(3)), throwError(…))`, or itself."""
    value = forced(value)
    source = forced(value.args[0]) if isinstance(value, Client) and value.kind == OBSERVABLE and value.args else None
    found = exported(source.package, source.path) if isinstance(source, ForeignValue) else None
    if found is None or not isinstance(found[1], Ticking) or not found[1].among or not isinstance(source, ForeignValue):
        return value
    return next((forced(one) for one in _parts(source.args or ()) if _is_observable(one)), value)


def _parts(args: Sequence[Value]) -> Iterator[Value]:
    """The observables that a function is handed: each by itself, in a list or in an object."""
    for arg in list(args)[:MOST_PARTS]:
        value = forced(arg)
        if isinstance(value, Seq):
            yield from value.items[:MOST_PARTS]
        elif isinstance(value, Record):
            yield from list(value.fields.values())[:MOST_PARTS]
        else:
            yield value


def _is_observable(value: Value) -> bool:
    value = forced(value)
    return isinstance(value, Client) and value.kind == OBSERVABLE
