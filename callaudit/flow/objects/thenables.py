"""Objects of the program that are awaited: their class has a `then`, which asks when somebody waits for it.

`await builder.get('/x').query({ a: 1 })` sends what `then` sends (ECMA-262, Await: PromiseResolve calls `then`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.apply import applied
from callaudit.flow.machine.callbacks import Application
from callaudit.flow.objects.thenable_classes import THEN, are_there, thens_of
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr


def when_awaited(frame: Frame, expr: Expr, scope: Scope, tree: list[Effect]) -> Cost:
    """Add what the `then` of an object does that `expr` is, whom somebody waits for; its cost."""
    interpreter = frame.interpreter
    if not are_there(interpreter):
        return costs.NONE
    total = costs.NONE
    for method in thens_of(interpreter, interpreter.evaluate(expr, scope)):
        made = Call(Member(expr, THEN), (), getattr(expr, "line", 0), 0)
        call = interpreter.found_once(("awaited", id(expr)), lambda made=made: made)  # type: ignore[misc]
        here = Application(call, scope, awaited=True)
        total = costs.add(total, applied(frame, here, method, [], tree))
    return total
