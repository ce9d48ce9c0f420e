"""Operators that subscribe to an observable again: after an error that is a retry, after its end a poll."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.effects.records import Retry, Trigger
from callaudit.flow.gates.gates import repeated
from callaudit.flow.machine.arguments import argument
from callaudit.flow.retries.retrying import backoff_of
from callaudit.flow.timers.observables import due_of, first_of, model_of, wait_at
from callaudit.flow.timers.spans import number_of, times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Closure, Const, ForeignValue, OneOf, Undefined, Unknown
from callaudit.libraries.tables.rxjs import LIBRARY as RXJS
from callaudit.libraries.tables.rxjs import OBSERVABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Operator

MOST_DELAYS = 20
FEW_DELAYS = 3
"""Delays that are shown of what has no end."""
ENDLESS = "nothing bounds it"
SOME_ERRORS = "only errors that a handler before it lets through are tried again"
CATCHING = ("catchError",)
"""The operator that answers for errors: https://rxjs.dev/api/operators/catchError."""
COUNTING = frozenset({"scan", "tap", "map"})
"""Operators of errors whose function may throw when it has counted enough."""


class Told:
    """What an operator is told: how often in all (`None`: no end, or not known), its waits, what is unknown."""

    __slots__ = ("count", "waits", "why")

    def __init__(self, count: int | None, waits: list[Value], why: str = "") -> None:
        """Hold it."""
        self.count = count
        self.waits = waits
        self.why = why


class Before:
    """What stands before an operator: its effects and cost, and whether a handler answers for some of its errors."""

    __slots__ = ("caught", "inside", "spent")

    def __init__(self, inside: list[Effect], spent: Cost, *, caught: bool) -> None:
        """Hold it."""
        self.inside = inside
        self.spent = spent
        self.caught = caught


def ask_again(frame: Frame, here: Application, line: int, model: Operator, stage: Value, before: Before) -> Cost:
    """Put what is before the operator that repeats it under it; the cost of all that."""
    inside, spent = before.inside, before.spent
    args = list(stage.args or ()) if isinstance(stage, ForeignValue) else []
    interpreter = frame.interpreter
    told = _noticed(interpreter, model, args) if model.notifier is not None else _told(interpreter, model, args)
    if not inside or (told.count is not None and told.count < 2):
        return spent
    line = line or here.expr.line
    body = tuple(inside)
    mechanism = stage.path[-1] if isinstance(stage, ForeignValue) else ""
    function = interpreter.qualified(here.scope.module, here.scope.function)
    if model.failing:
        delays, why = _delays(told)
        retry = Retry(
            mechanism,
            here.scope.module,
            line,
            function,
            told.count,
            delays,
            "unknown" if why else backoff_of(delays),
            why="; ".join(
                part
                for part in (told.why or ("" if told.count else SOME_ERRORS if before.caught else ENDLESS), why)
                if part
            ),
        )
        inside[:] = [Repeated("loop", line, 1, told.count, body, "while it fails", retries=(retry,))]
        return costs.repeat(spent, 1, told.count or inf)
    if told.count is not None:
        inside[:] = [Repeated("loop", line, told.count, told.count, body)]
        return costs.repeat(spent, told.count, told.count)
    found = times(interpreter, told.waits[0]) if told.waits else None
    why = found.why if found is not None else "it does not wait: as often as answers come"
    spans = found.spans if found is not None else ()
    trigger = Trigger("timer", mechanism, here.scope.module, line, function, spans, "" if spans else why, after=True)
    inside[:] = repeated(trigger, line, body)
    return spent


def _told(interpreter: Interpreter, model: Operator, args: Sequence[Value]) -> Told:
    """What numbers and options say."""
    count: int | None = None
    why = ""
    for place in model.counts:
        value = argument(interpreter, args, place)
        if isinstance(value, Undefined) or (not place.path and not isinstance(value, (Const, Unknown, OneOf))):
            continue
        number = number_of(value)
        endless = isinstance(value, ForeignValue) or number == inf
        why = "" if number is not None or endless else "how often it tries is not known"
        count = None if number is None or endless else int(number) + (1 if model.failing else 0)
        break
    rounds = MOST_DELAYS if count is not None else FEW_DELAYS
    waits: list[Value] = []
    place = model.times[0]
    asked = argument(interpreter, args, place)
    if not isinstance(asked, Undefined):
        for number in range(1, min(count - 1 if count else rounds, rounds) + 1):
            handed: list[Value] = [Unknown("error", given=True)] if model.failing else []
            waits.append(wait_at(interpreter, asked, [*handed, Const(number)]) or Unknown("delay", "it is computed"))
    return Told(count, waits, why)


def _noticed(interpreter: Interpreter, model: Operator, args: Sequence[Value]) -> Told:
    """What a function says that is given an observable of errors or ends: how these are piped."""
    function = argument(interpreter, args, model.notifier) if model.notifier is not None else None
    if not isinstance(function, Closure):
        return Told(None, [Unknown("delay", "it is computed")], "how often it tries is not known")
    given = first_of(interpreter.run(function, [Client(RXJS, OBSERVABLE, ())], effects=False).value)
    if not isinstance(given, Client) or given.kind != OBSERVABLE:
        return Told(None, [Unknown("delay", "it is computed")], "how often it tries is not known")
    count: int | None = None
    why = ""
    waits: list[Value] = []
    for one in given.args:
        stage = forced(one)
        operator = model_of(stage, "flat", "take", "wait")
        if not isinstance(stage, ForeignValue):
            continue
        if operator is None:
            why = why or ("how often it tries is not known" if stage.path[-1:] and stage.path[-1] in COUNTING else "")
        elif operator.how == "take":
            number = 1.0 if operator.first else number_of(argument(interpreter, stage.args or (), operator.counts[0]))
            count = count if number is None else int(number) + 1
        elif operator.how == "wait":
            wait = wait_at(interpreter, argument(interpreter, stage.args or (), operator.times[0]), [Unknown("value")])
            waits = [wait if wait is not None else Unknown("delay", "it is computed")] * FEW_DELAYS
        else:
            waits, ended, sure = _flattened(interpreter, forced(stage.args[0]) if stage.args else Undefined())
            count = ended if ended is not None else count
            why = why or ("" if sure else "how often it tries is not known")
    if count is not None and waits:
        waits = (waits * count)[: count - 1] if len(waits) < count - 1 else waits[: count - 1]
    return Told(count, waits, "" if count is not None else why)


def _flattened(interpreter: Interpreter, function: Value) -> tuple[list[Value], int | None, bool]:
    """The waits that a function of the error and its number gives, when it throws, and whether that is sure."""
    waits: list[Value] = []
    sure = True
    if not isinstance(function, Closure):
        return waits, None, False
    for number in range(MOST_DELAYS):
        given = forced(interpreter.run(function, [Unknown("error", given=True), Const(number)], effects=False).value)
        several = given.values if isinstance(given, OneOf) else (given,)
        found = [due for due in (due_of(interpreter, one) for one in several) if due is not None]
        if not found and number:
            return waits, number + 1, True
        sure = sure and len(found) == len(several)
        if not found:
            return waits, None, False
        waits.append(found[0])
    return waits[:FEW_DELAYS], None, sure


def _delays(told: Told) -> tuple[tuple[float, ...], str]:
    delays: list[float] = []
    for wait in told.waits:
        number = number_of(wait)
        if number is None:
            known = forced(wait)
            reason = known.why if isinstance(known, Unknown) and known.why else "it is computed"
            return (), f"a delay is not known: {reason}"
        delays.append(int(number) if number == int(number) else number)
    return tuple(delays), ""
