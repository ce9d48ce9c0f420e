"""How libraries wait before they try again, and the record of such a retry."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.records import Retry
from callaudit.flow.machine.arguments import argument
from callaudit.flow.retries.retrying import backoff_of
from callaudit.flow.timers.spans import number_of, whole
from callaudit.flow.values.chance import assumed
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, Undefined, Unknown, Value
from callaudit.syntax.ir import Member, Op

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.libraries.model import Arg, Backoff

MOST_DELAYS = 20
MIDDLE = 0.5
"""What `Math.random()` gives on the average."""


class Waits(Struct, frozen=True):
    """Delays in milliseconds, whether they are random, why they are not known, whether a power makes them grow."""

    delays: tuple[float, ...] = ()
    jitter: bool = False
    why: str = ""
    power: bool = False


def retry_of(
    frame: Frame, scope: Scope, mechanism: str, line: int, attempts: int | None, waits: Waits, why: str
) -> Retry:
    """The record of something that a library tries again."""
    return Retry(
        mechanism,
        scope.module,
        line,
        frame.interpreter.qualified(scope.module, scope.function),
        attempts,
        waits.delays,
        "unknown" if waits.why else backoff_of(waits.delays, power=waits.power),
        jitter=waits.jitter,
        why="; ".join(part for part in (why, waits.why) if part),
    )


def waits_of(
    interpreter: Interpreter,
    backoff: Backoff | None,
    args: Sequence[Value],
    attempts: int | None,
    made_with: Sequence[Value] = (),
) -> Waits:
    """How a library waits between so many attempts, told by its arguments; 20 waits where nothing bounds them."""
    if backoff is None:
        return Waits(why="its delays are not known")
    count = min((attempts or MOST_DELAYS + 1) - 1, MOST_DELAYS)
    for place in backoff.first_at:
        value = forced(argument(interpreter, args, place, made_with))
        if isinstance(value, Closure):
            return computed(interpreter, value, count, backoff.counts_from)
        if isinstance(value, ForeignValue) and value.path[-1:] == (backoff.doubling,):
            doubled = [backoff.grown_first * 2**number for number in range(count)]
            return Waits(tuple(map(whole, doubled)), jitter=True, power=True)
    first = _told(interpreter, args, backoff.first_at, backoff.first, made_with)
    factor = _told(interpreter, args, backoff.factor_at, backoff.factor)
    most = _told(interpreter, args, backoff.most_at, backoff.most)
    if backoff.policy_at is not None and _is_exponential(argument(interpreter, args, backoff.policy_at)):
        first = first or backoff.grown_first if first is not None else None
        factor = _told(interpreter, args, backoff.factor_at, backoff.grown)
        most = _told(interpreter, args, backoff.most_at, backoff.grown_most)
    if first is None or factor is None or most is None:
        return Waits(jitter=backoff.jitter, why="its delays are not known")
    jitter = backoff.jitter
    for place in backoff.jitter_at:
        told = truth(argument(interpreter, args, place))
        value = forced(argument(interpreter, args, place))
        jitter = jitter if isinstance(value, Undefined) or told is None else told
    delays = [min(first * factor**number, most or inf) for number in range(count)]
    return Waits(tuple(map(whole, delays)), jitter, power=len(set(delays)) > 1)


def computed(interpreter: Interpreter, function: Closure, count: int, first: int = 0) -> Waits:
    """What a function gives that is asked for each wait, with the number of the failure, from `first` on."""
    refs = interpreter.function(function.module, function.index).refs
    jitter = ".random" in refs
    found: list[float] = []
    with assumed(interpreter, MIDDLE):
        for failures in range(first, first + count):
            number = number_of(interpreter.apply(function, [Const(failures), Unknown("error")]))
            if number is None:
                why = "the delay is computed in a way that is not followed"
                return Waits(tuple(found), jitter, why)
            found.append(whole(number))
    return Waits(tuple(found), jitter, power=_has_power(interpreter, function))


def _has_power(interpreter: Interpreter, function: Closure) -> bool:
    """Whether a function raises something to a power."""
    nodes = interpreter.nodes(function.module, function.index)
    return any(
        (isinstance(node, Op) and node.op in ("**", "<<")) or (isinstance(node, Member) and node.prop == "pow")
        for node in nodes
    )


def _is_exponential(policy: Value) -> bool:
    """Whether a way of waiting is called exponential: a text, or a member of a library's enumeration."""
    known = forced(policy)
    name = known.value if isinstance(known, Const) else known.path[-1] if isinstance(known, ForeignValue) else ""
    return isinstance(name, str) and "exponential" in name.lower()


def _told(
    interpreter: Interpreter,
    args: Sequence[Value],
    places: Sequence[Arg],
    default: float,
    made_with: Sequence[Value] = (),
) -> float | None:
    """A number that an option gives; `None` where it is given and not known."""
    for place in places:
        value = forced(argument(interpreter, args, place, made_with))
        if not isinstance(value, Undefined):
            return number_of(value)
    return default
