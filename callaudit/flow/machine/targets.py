"""Which of the things that a call may mean are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.objects.members import member
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Instance, ModuleValue, Undefined, Unknown

if TYPE_CHECKING:
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST_TARGETS = 12
MOST_OBJECTS = 32
"""Targets that are objects of the program's classes: what is chosen among them is told by a name at run time."""
MOST_FUNCTIONS = 256
"""Targets that are functions or modules alone: a table of handlers, or a folder of modules that are loaded by name."""


def taken_of(frame: Frame, here: Application, targets: list[Value], method: str = "") -> list[Value]:
    """As many of the targets as are looked at, what is known first; the others are said to be left out.

    `method` is called of them, or they are called themselves.
    """
    if len(targets) <= MOST_TARGETS:
        return targets
    targets = sorted(targets, key=_is_not_known)
    known = [item for item in targets if not _is_not_known(item)]
    if all(isinstance(item, (Closure, ModuleValue)) for item in known):
        most = MOST_FUNCTIONS
    else:
        most = (
            MOST_OBJECTS if all(isinstance(item, (Closure, ModuleValue, Instance)) for item in known) else MOST_TARGETS
        )
    left = [item for item in targets[most:] if _matters(frame.interpreter, item, method)]
    if left:
        why = f"{len(left)} more things that it may be are not looked at"
        frame.interpreter.gap(here.scope.module, here.expr.line, words(here.expr.callee), why)
    return targets[:most]


def _is_not_known(value: Value) -> bool:
    return isinstance(value, (Unknown, Undefined))


def _matters(interpreter: Interpreter, target: Value, method: str) -> bool:
    if method and isinstance(target, Instance):
        target = forced(member(interpreter, target, method))
    return matters(interpreter, target)
