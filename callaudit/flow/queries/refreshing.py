"""Refreshes: a router that lets the server render the page again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.effects.records import Trigger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame

REFRESH = "router.refresh"


def refresh(frame: Frame, here: Application, tree: list[Effect]) -> None:
    """Note that the page is asked for again: by an event, if no timer is around it."""
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    trigger = Trigger("event", REFRESH, here.scope.module, here.expr.line, function)
    tree.append(Repeated("event", here.expr.line, 1, 1, (), trigger=trigger))


def refreshes(effects: Sequence[Effect]) -> bool:
    """Whether one of `effects` asks for the page again."""
    repeated = (effect.trigger for effect in walk_effects(effects) if isinstance(effect, Repeated))
    return any(trigger is not None and trigger.mechanism == REFRESH for trigger in repeated)
