"""Requests that are sent once more by what handles their answer: `ask().then((r) => (r.ok ? r : ask()))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.placed_calls import placed
from callaudit.flow.reading.told_numbers import Asking
from callaudit.flow.retries.asked_again import AFTER_AN_ANSWER, SECOND_TRY
from callaudit.flow.retries.failed_answers import HeldAnswers, says_failure
from callaudit.flow.retries.renewals import renewed_before
from callaudit.flow.retries.second_tries import is_running, marked_again, sent_by, written
from callaudit.syntax.ir import Call, Func, Member
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame


def second_by_answer(
    frame: Frame, here: Application, before: Sequence[Effect], again: Sequence[Effect]
) -> tuple[Effect, ...]:
    """What the handler of a promise does, with what it sends again because of the answer marked as a retry."""
    asked = here.expr
    while isinstance(asked.callee, Member) and isinstance(asked.callee.obj, Call):
        asked = asked.callee.obj
    handler = here.expr.args[0] if here.expr.args else None
    if asked is here.expr or not isinstance(handler, Func) or not again:
        return tuple(again)
    interpreter, module = frame.interpreter, here.scope.module
    name = written(asked)
    inside = interpreter.nodes(module, handler.index)
    if not any(isinstance(node, Call) and written(node) == name for node in inside):
        return tuple(again)
    function = interpreter.function(module, handler.index)
    names = bound_names(function.params[0].target) if function.params else ()
    answers = HeldAnswers((), inside, Asking(interpreter, here.scope), names)
    lines = frozenset(
        one.call.line
        for one in placed(function.body)
        if written(one.call) == name
        and any(says_failure(test, answers, holds=holds) for test, holds in one.tests)
        and not renewed_before(interpreter, here.scope, inside, one.call)
    )
    if not lines or is_running(frame, again, handler):
        return tuple(again)
    said = (SECOND_TRY, AFTER_AN_ANSWER)
    return marked_again(frame, min(lines), again, (sent_by(before), lines), inside, said)
