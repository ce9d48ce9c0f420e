"""Helpers of libraries that are handed a function and call it again while it fails."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Effect, Repeated
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.retries.retry_waits import retry_of, waits_of
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.values import Undefined, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.libraries.model import Invoke


def run_again(
    frame: Frame,
    here: Application,
    model: Invoke,
    callbacks: list[Value],
    args: list[Value],
    tree: list[Effect],
    handed: Sequence[Value] = (),
    run: Callable[[list[Effect]], Cost] | None = None,
) -> Cost:
    """Run a function that a library calls again while it fails; it is `handed` the same each time.

    `run` does what is tried instead where that is no function of the program.
    """
    interpreter = frame.interpreter
    most: float = model.most
    why = ""
    for place, more in ((model.more, 1), (model.attempts, 0)):
        value = argument(interpreter, args, place) if place is not None else Undefined()
        if isinstance(value, Undefined):
            continue
        number = number_of(value)
        most = inf if number is None else number + more
        why = "how often it tries is not known" if number is None else ""
    inside: list[Effect] = []
    spent = (
        run(inside)
        if run is not None
        else run_callbacks(frame, here, callbacks, inside, "once", handed, awaited=here.awaited)
    )
    if inside:
        attempts = None if most == inf else int(most)
        found = waits_of(interpreter, model.backoff, args, attempts)
        retry = retry_of(frame, here.scope, model.mechanism or "retry", here.expr.line, attempts, found, why)
        retries = (retry,) if attempts is None or attempts > 1 else ()
        tree.append(Repeated("loop", here.expr.line, 1, attempts, tuple(inside), "while it fails", retries=retries))
    return costs.repeat(spent, 1, most)
