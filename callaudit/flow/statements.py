"""Statements in order, and those that do one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.branches import attempt, branch, effects_of, scoped, switch
from callaudit.flow.failures import reports_failure
from callaudit.flow.outcome import Outcome
from callaudit.flow.perform import ends_process, only_assignments
from callaudit.flow.repetition import loop
from callaudit.flow.silence import is_silent
from callaudit.flow.values import UNDEFINED
from callaudit.flow.variables import declare, depends_on_assigned
from callaudit.syntax.ir import Block, Do, If, Jump, Let, Loop, Ret, Switch, Throw, Try

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from callaudit.flow.activation import Frame
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.syntax.ir import Node, Stmt


def block(frame: Frame, body: Sequence[Stmt], tree: list[Effect]) -> Outcome:
    """Take statements in order until one of them cannot be passed."""
    through: Cost | None = costs.NONE
    returns: list[Cost] = []
    throws: list[Cost] = []
    breaks: list[Cost] = []
    for statement in body:
        if through is None:
            break
        if is_silent(frame.interpreter, statement):
            continue
        outcome = _STATEMENTS[type(statement)](frame, statement, tree)
        for ways, ended in ((returns, outcome.returns), (throws, outcome.throws), (breaks, outcome.breaks)):
            if ended is not None:
                ways.append(costs.add(through, ended))
        through = None if outcome.through is None else costs.add(through, outcome.through)
    return Outcome(through, *(costs.either(ways) if ways else None for ways in (returns, throws, breaks)))


def _let(frame: Frame, let: Let, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, let.value, tree) if let.value is not None else costs.NONE
    if id(let) not in frame.scope.kept:  # names of a module are declared before it runs
        declare(frame.interpreter, let, frame.scope)
    return Outcome(spent)


def _do(frame: Frame, statement: Do, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, statement.value, tree, awaited=False)
    if not frame.effects:
        only_assignments(frame, statement.value)
    if ends_process(frame, statement.value):
        return Outcome(None, throws=spent)
    return Outcome(spent)


def _ret(frame: Frame, statement: Ret, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, statement.value, tree)
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


def _jump(_frame: Frame, _statement: Jump, _tree: list[Effect]) -> Outcome:
    return Outcome(None, breaks=costs.NONE)


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
