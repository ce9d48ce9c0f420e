"""What observables do that values are piped through: polls, and what is asked for again after an error or an end."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.effects.records import Trigger
from callaudit.flow.effects.words import words
from callaudit.flow.gates.gates import repeated
from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.callbacks import Application, run_callbacks
from callaudit.flow.retries.resubscribing import CATCHING, Before, ask_again
from callaudit.flow.timers.observables import after, due_of, model_of, piped, stages, ticks_of
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Unknown
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.timers.observables import Ticks
    from callaudit.flow.timers.spans import Times
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

    Perform = Callable[[Frame, Expr, Scope, list[Effect]], Cost]

CHAINS = frozenset({"pipe", "subscribe", "forEach"})
ANSWER = "what a request gives"
"""Why a value is not known that a request gives, as `calls.py` has it."""


def perform_chain(frame: Frame, expr: Call, scope: Scope, tree: list[Effect], perform: Perform) -> Cost | None:
    """Add what `x.pipe(…)` or `x.subscribe(…)` does, if it is a poll or asks again; `None` where it is neither."""
    callee = expr.callee
    if not isinstance(callee, Member):
        return None
    interpreter = frame.interpreter
    args = arguments(interpreter, expr.args, scope)
    here = Application(expr, scope, awaited=True)
    ticks = ticks_of(interpreter, interpreter.evaluate(callee.obj, scope))
    if callee.prop == "pipe":
        through = _Pipe(frame, here, ticks, perform)
        return through.run(callee.obj, args, tree) if through.is_one(args) else None
    if ticks is None:
        return None
    spent = perform(frame, callee.obj, scope, tree)
    inside: list[Effect] = []
    for arg in expr.args:
        spent = costs.add(spent, perform(frame, arg, scope, inside))
    ran = run_callbacks(frame, here, args, inside, "maybe" if ticks.dropping else "once", awaited=True)
    return costs.add(spent, _tick(frame, here, ticks, inside, ran, tree))


class _Pipe:
    """One call of `pipe`, taken operator by operator."""

    def __init__(self, frame: Frame, here: Application, ticks: Ticks | None, perform: Perform) -> None:
        self._frame = frame
        self._here = here
        self._ticks = ticks
        self._perform = perform

    def is_one(self, args: Sequence[Value]) -> bool:
        """Whether there is anything here beside functions that run for a value."""
        if self._ticks is not None:
            return True
        inside = list(stages(self._frame.interpreter, args))
        return any(model_of(stage, "again", "expand") is not None for stage in inside) or (
            piped(self._frame.interpreter, Unknown("source"), args) is not None
        )

    def run(self, source: Expr, args: Sequence[Value], tree: list[Effect]) -> Cost:
        """Add what the source and each operator do to `tree`."""
        frame, scope = self._frame, self._here.scope
        rounds = self._rounds(args)
        inside: list[Effect] = []
        spent = self._perform(frame, source, scope, inside)
        caught = False
        for written, arg in zip(self._here.expr.args, args, strict=False):
            for stage in stages(frame.interpreter, [arg]) if rounds != 1 else ():
                again = model_of(stage, "again")
                if again is not None and not inside:
                    self._miss(frame.interpreter.evaluate(source, scope), source, _line(written))
                if again is not None:
                    before = Before(inside, spent, caught=caught)
                    spent = ask_again(frame, self._here, _line(written), again, stage, before)
                caught = caught or (isinstance(stage, ForeignValue) and stage.path[-1:] == CATCHING)
            made: list[Effect] = []
            ran = self._stage(written, forced(arg), made)
            if self._ticks is not None:
                ran = _tick(frame, self._here, self._ticks, made, ran, inside, rounds)
            else:
                inside.extend(made)
            spent = costs.add(spent, ran)
            for stage in stages(frame.interpreter, [arg]):
                self._ticks = after(frame.interpreter, self._ticks, stage)
        tree.extend(inside)
        return spent

    def _rounds(self, args: Sequence[Value]) -> int | None:
        """How many values come at all, where the pipe says so somewhere and leaves none out before."""
        ticks = self._ticks
        for arg in args:
            for stage in stages(self._frame.interpreter, [arg]):
                taken = model_of(stage, "take", "drop")
                if taken is not None and taken.how == "drop":
                    return None
                ticks = after(self._frame.interpreter, ticks, stage)
                if taken is not None and taken.first == 1 and not (isinstance(stage, ForeignValue) and stage.args):
                    return 1
                if ticks is not None and ticks.rounds is not None:
                    return ticks.rounds
        return None

    def _stage(self, written: Expr, operator: Value, made: list[Effect]) -> Cost:
        frame, scope = self._frame, self._here.scope
        how = model_of(operator, "flat", "expand")
        if how is None or not isinstance(written, Call) or not isinstance(operator, ForeignValue):
            return self._perform(frame, written, scope, made)
        functions = list(operator.args or ())
        if how.how == "expand":
            inside: list[Effect] = []
            ran = run_callbacks(frame, self._here, functions, inside, "once", awaited=True)
            return _expanded(frame, self._here, _line(written), functions, inside, ran, made)
        certain = self._ticks is not None and not self._ticks.dropping
        ran = run_callbacks(frame, self._here, functions, made, "once" if certain else "maybe", awaited=True)
        function = forced(functions[0]) if functions and self._ticks is not None and not made else None
        if isinstance(function, Closure):
            given = frame.interpreter.run(function, [Unknown("value")], effects=False).value
            self._miss(given, written.args[0], _line(written))
        return ran

    def _miss(self, given: Value, written: Expr, line: int) -> None:
        """Say that a request is sent again that stands elsewhere: a variable has what it gives."""
        value = forced(given)
        if isinstance(value, Unknown) and value.why == ANSWER:
            said = words(written) if isinstance(written, (Name, Member)) else value.name
            why = f"the request that is sent again is made elsewhere: {said}"
            self._frame.interpreter.gap(self._here.scope.module, line or self._here.expr.line, "observable", why)


def _tick(
    frame: Frame,
    here: Application,
    ticks: Ticks,
    inside: Sequence[Effect],
    spent: Cost,
    tree: list[Effect],
    rounds: int | None = None,
) -> Cost:
    """Add what runs for each value that comes by itself: again and again, or so many times."""
    if not inside:
        return spent
    rounds = rounds if rounds is not None else ticks.rounds
    line = _source_line(here.expr)
    if rounds is not None:
        tree.append(Repeated("loop", line, rounds, rounds, tuple(inside)))
        return costs.repeat(spent, rounds, rounds)
    tree.extend(repeated(_trigger(frame, here, ticks.mechanism, line, ticks.times), line, inside))
    return spent


def _trigger(
    frame: Frame, here: Application, mechanism: str, line: int, found: Times, *, after: bool = False
) -> Trigger:
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    why = found.why if not found.spans else ""
    if not found.spans and not why:
        why = "no interval is given: as often as answers come"
    return Trigger("timer", mechanism, here.scope.module, line, function, found.spans, why, after=after)


def _expanded(
    frame: Frame,
    here: Application,
    line: int,
    functions: Sequence[Value],
    inside: Sequence[Effect],
    spent: Cost,
    tree: list[Effect],
) -> Cost:
    """Add what runs for each value that it gave itself: after a wait it is a poll, else data says how often."""
    interpreter = frame.interpreter
    function = forced(functions[0]) if functions else None
    given = (
        interpreter.run(function, [Unknown("value")], effects=False).value if isinstance(function, Closure) else None
    )
    due = due_of(interpreter, given) if given is not None else None
    if not inside:
        return spent
    if due is not None:
        trigger = _trigger(frame, here, "expand", line, times(interpreter, due), after=True)
        tree.extend(repeated(trigger, line, inside))
        return spent
    tree.append(Repeated("items", line, 0, None, tuple(inside)))
    return costs.repeat(spent, 0, inf)


def _source_line(expr: Call) -> int:
    """The line of the call that a chain begins with, where it is written in the chain."""
    line = expr.line
    owner: Expr = expr
    while isinstance(owner, Call) and isinstance(owner.callee, (Member, Name)):
        line = owner.line
        if isinstance(owner.callee, Name):
            break
        owner = owner.callee.obj
    return line


def _line(written: Expr) -> int:
    return written.line if isinstance(written, Call) else 0
