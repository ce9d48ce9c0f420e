"""What pages ask for by themselves when they open: their costs without those of their triggers.

A trigger says how often one firing asks. That cannot be taken off a page's cost: the page may hold it several times,
as often as its hook is mounted, or not at all, as a function that a hook hands out. So the parts of the tree that
triggers repeat are left out before it is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import Repeated
from callaudit.inventory.reaching import key_of
from callaudit.inventory.tree_cost import cost_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.inventory.model import Entry, Reach, Trigger
    from callaudit.inventory.runs import Run


def with_loads(
    interpreter: Interpreter,
    page: Entry,
    run: Run,
    triggers: Sequence[Trigger],
    reached: Callable[[Cost, tuple[Effect, ...]], tuple[Reach, ...]],
) -> Entry:
    """`page` with what it asks for when it opens, by `reached` of what is left of `run` without `triggers`.

    A tree does not know that a branch returns early; the page's own costs do, and bound what the tree says.
    """
    own = {(one.file, one.line, one.mechanism) for one in triggers if one.is_on(page) and not one.dead}

    def triggered(effect: Effect) -> bool:
        trigger = effect.trigger if isinstance(effect, Repeated) else None
        return trigger is not None and (trigger.file, trigger.line, trigger.mechanism) in own

    left = reached(cost_of(interpreter, run.effects, without=triggered), run.effects)
    bounds = {key_of(reach): reach for reach in page.reaches}
    held = [_held(one, bounds[key_of(one)]) for one in left if key_of(one) in bounds]
    return replace(page, loads=tuple(one for one in held if one.max != 0))


def _held(reach: Reach, whole: Reach) -> Reach:
    known = [most for most in (reach.max, whole.max) if most is not None]
    least = min(reach.min, whole.min)
    return replace(reach, min=least, max=min(known, default=None), conditional=not least, via=())
