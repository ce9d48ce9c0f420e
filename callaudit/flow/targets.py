"""Which of the things that a call may mean are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.relevant import matters
from callaudit.flow.values import Closure, ModuleValue
from callaudit.flow.words import words

if TYPE_CHECKING:
    from callaudit.flow.activation import Frame
    from callaudit.flow.callbacks import Application
    from callaudit.flow.values import Value

MOST_TARGETS = 12
MOST_FUNCTIONS = 256
"""Targets that are functions or modules alone: a table of handlers, or a folder of modules that are loaded by name."""


def taken_of(frame: Frame, here: Application, targets: list[Value]) -> list[Value]:
    """As many of the targets as are looked at; the others are said to be left out."""
    if len(targets) <= MOST_TARGETS:
        return targets
    most = MOST_FUNCTIONS if all(isinstance(item, (Closure, ModuleValue)) for item in targets) else MOST_TARGETS
    left = [item for item in targets[most:] if matters(frame.interpreter, item)]
    if left:
        why = f"{len(left)} more things that it may be are not looked at"
        frame.interpreter.gap(here.scope.module, here.expr.line, words(here.expr.callee), why)
    return targets[:most]
