"""Statements in order, and those that do one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.declared_routes import keeps_routes
from callaudit.flow.components.taking import taken, when_taken
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Guarded
from callaudit.flow.effects.records import MAY_BE_LEFT_OUT
from callaudit.flow.loops.repetition import loop
from callaudit.flow.machine.branches import attempt, branch, effects_of, scoped, switch
from callaudit.flow.machine.decorator_effects import run_decorators
from callaudit.flow.machine.outcome import Outcome, joined, ways_of
from callaudit.flow.machine.unperformed import only_assignments, only_steps
from callaudit.flow.machine.variables import declare, depends_on_assigned
from callaudit.flow.objects.accessors import run_getters_of
from callaudit.flow.objects.construct import static_fields
from callaudit.flow.objects.fluent import note_set
from callaudit.flow.reading.jumps import may_go_round
from callaudit.flow.reading.silence import is_silent
from callaudit.flow.reading.ways_out import THROWS
from callaudit.flow.requests.header_bags import put_into
from callaudit.flow.retries.failures import reports_failure
from callaudit.flow.values.values import UNDEFINED, ClassValue
from callaudit.syntax.ir import (
    BREAK,
    Await,
    Block,
    Call,
    ClassRef,
    Do,
    If,
    Jump,
    Let,
    Loop,
    Op,
    PatObj,
    Ret,
    Switch,
    Throw,
    Try,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.guards.guards import Early
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.outcome import Jumps
    from callaudit.syntax.ir import Node, Stmt


_CALLS = frozenset({Call, Await})


def block(frame: Frame, body: Sequence[Stmt], tree: list[Effect]) -> Outcome:
    """Take statements in order until one of them cannot be passed."""
    through: Cost | None = costs.NONE
    returns: list[Cost] = []
    throws: list[Cost] = []
    breaks: list[Cost] = []
    jumps: list[tuple[Cost, Jumps]] = []
    inside = tree
    behind: list[tuple[Early | None, bool, list[Effect]]] = []
    silent = frame.interpreter.answers.silent
    waits = frame.effects and frame.scope.module in frame.interpreter.takers
    for number, statement in enumerate(body):
        if through is None:
            if frame.cut:
                frame.interpreter.endings.pass_over(frame.scope)
            break
        quiet = silent.get(id(statement))
        if quiet or (quiet is None and is_silent(frame.interpreter, statement)):
            continue
        known = len(frame.early)
        outcome = _STATEMENTS[type(statement)](frame, statement, inside)
        if frame.end:
            outcome = _ended(frame, statement, outcome)
        if type(statement) is Loop:
            del frame.early[known:]  # what leaves a round, or looks for an item, guards nothing behind the loop
        ends = outcome.through is None or (outcome.returns is None and outcome.breaks is None and not outcome.jumps)
        leaves = not ends and (not frame.loops or _goes_on(frame, statement))
        if leaves or len(frame.early) > known:
            for test in frame.early[known:] or (None,):
                behind.append((test, leaves, inside))
                inside = []
        if outcome.returns is not None:
            returns.append(costs.add(through, outcome.returns))
        if outcome.throws is not None:
            throws.append(costs.add(through, outcome.throws))
        if outcome.breaks is not None:
            breaks.append(costs.add(through, outcome.breaks))
        if outcome.jumps:
            jumps.append((through, outcome.jumps))
        through = None if outcome.through is None else costs.add(through, outcome.through)
        call = taken(frame, statement) if waits else None
        if call is not None:
            when_taken(frame, call, body[number + 1 :], inside)
            break
    for test, leaves, before in reversed(behind):
        _put_behind(frame, test, before, inside, leaves=leaves)
        inside = before
    return Outcome(
        through,
        costs.either(returns) if returns else None,
        costs.either(throws) if throws else None,
        costs.either(breaks) if breaks else None,
        joined(jumps),
    )


def _ended(frame: Frame, statement: Stmt, outcome: Outcome) -> Outcome:
    """The outcome of a statement whose last call never comes back, unless that is a promise nobody waits for.

    At the very end of a function such a call is how a run ends that went well: `redirect("/done")`.
    """
    ended, frame.end = frame.end == THROWS, ""
    if not ended:
        return outcome
    frame.cut = True
    spent = next((way for way in ways_of(outcome) if way is not None), costs.NONE)
    body = frame.interpreter.function(frame.scope.module, frame.scope.function).body
    return Outcome(None, returns=spent) if statement is body[-1] else Outcome(None, throws=spent)


def _goes_on(frame: Frame, statement: Stmt) -> bool:
    """Whether a statement of a loop leaves rounds after which there are others; what ends the loop leaves none out."""
    known = frame.interpreter.found_once("goes on", dict[int, bool])
    if id(statement) not in known:
        known[id(statement)] = any(map(may_go_round, walk((statement,))))
    return known[id(statement)]


def _put_behind(
    frame: Frame, test: Early | None, before: list[Effect], following: list[Effect], *, leaves: bool
) -> None:
    """Add what follows a statement that may have left, guarded where its test is a guard."""
    guard = test.guard(frame.interpreter) if following and test is not None else None
    if guard is not None:
        before.append(Guarded(guard, tuple(following)))
    elif leaves and following and not (len(following) == 1 and _is_rest(following[0])):
        before.append(Guarded(MAY_BE_LEFT_OUT, tuple(following)))
    else:
        before.extend(following)


def _is_rest(effect: Effect) -> bool:
    return type(effect) is Guarded and effect.guard is MAY_BE_LEFT_OUT


def _let(frame: Frame, let: Let, tree: list[Effect]) -> Outcome:
    if let.value is None or keeps_routes(frame.interpreter, let, frame.scope):
        spent = costs.NONE
    else:
        spent = effects_of(frame, let.value, tree)
        if frame.effects and type(let.target) is PatObj:
            spent = costs.add(spent, run_getters_of(frame, let, tree))
    if frame.effects and type(let.value) is ClassRef:
        cls = ClassValue(frame.scope.module, let.value.index, frame.scope)
        spent = costs.add(spent, costs.add(run_decorators(frame, cls, tree), static_fields(frame, cls, tree)))
    if id(let) not in frame.scope.kept:  # names of a module are declared before it runs
        declare(frame.interpreter, let, frame.scope)
        if type(let.value) in _CALLS and frame.interpreter.setters:
            note_set(frame, let)
    return Outcome(spent)


def _do(frame: Frame, statement: Do, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, statement.value, tree, awaited=False)
    if type(statement.value) is Call or type(statement.value) is Op:
        put_into(frame, statement.value)
    if type(statement.value) in _CALLS and frame.interpreter.setters:
        note_set(frame, statement)
    if not frame.effects:
        only_assignments(frame, statement.value)
        if frame.interpreter.endings.ends(statement.value, frame.scope):
            return Outcome(None, throws=spent)
    return Outcome(spent)


def _ret(frame: Frame, statement: Ret, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, statement.value, tree)
    if not frame.effects and statement.value is not None:
        only_steps(frame, statement.value)
    if statement.value is None:
        frame.returned.append(UNDEFINED)
    elif depends_on_assigned(frame.interpreter, statement.value, frame.scope):
        frame.returned.append(frame.interpreter.evaluate(statement.value, frame.scope))
    else:
        frame.returned.append(frame.interpreter.lazy(statement.value, frame.scope))
    if reports_failure(statement.value):
        return Outcome(None, throws=spent)
    return Outcome(None, returns=spent)


def _throw(frame: Frame, statement: Throw, tree: list[Effect]) -> Outcome:
    return Outcome(None, throws=effects_of(frame, statement.value, tree))


def _jump(_frame: Frame, statement: Jump, _tree: list[Effect]) -> Outcome:
    if statement.kind == BREAK:
        return Outcome(None, breaks=costs.NONE)
    return Outcome(None, jumps={(statement.kind, statement.label): costs.NONE})


_STATEMENTS: dict[type[Node], Callable[[Frame, Any, list[Effect]], Outcome]] = {
    Let: _let,
    Do: _do,
    Ret: _ret,
    Throw: _throw,
    If: branch,
    Switch: switch,
    Loop: loop,
    Try: attempt,
    Jump: _jump,
    Block: scoped,
}
