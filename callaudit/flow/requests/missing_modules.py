"""Calls of what the repository's own code imports and does not have: each may send a request, to nobody knows where.

A client that is generated when the program is built is not committed; a poll that asks through it polls all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import UNSEEN, Choice, Request, Requested, Site, Target
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.types import HEAD
from callaudit.flow.values.values import IMPORTED, Unknown
from callaudit.link.definitions import Unlinked
from callaudit.link.missing import NO_EXPORT, missing_value, says_missing

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST_LINKS = 12
INJECTED = "it is injected"
MAY_SEND = "it sends requests"


def send_unseen(frame: Frame, here: Application, target: Value, tree: list[Effect]) -> Cost:
    """Add the request that a call of `target`, or of a member of it, may send if it is missing; its cost."""
    interpreter = frame.interpreter
    found = _missing(interpreter, target)
    if found is None:
        return costs.NONE
    specifier, why = found
    module, line = here.scope.module, here.expr.line
    imported = (item for item in interpreter.program.modules[module].facts.imports if item.source == specifier)
    first = next(imported, None)
    reason = f"{why}; what is called of it may send requests"
    interpreter.gap(module, first.line if first is not None else line, specifier, reason)
    site = Site(module, line, here.expr.column, interpreter.qualified(module, here.scope.function), UNSEEN)
    sent = Requested(site, Target("", "", "", "", unknown=f"import of {specifier}: {why}"))
    number = interpreter.request(site, sent.target, ())
    tree.append(Choice(line, ((MAY_SEND, (Request((sent,)),)),)))
    return costs.maybe(costs.one(number))


def _missing(interpreter: Interpreter, target: Value) -> tuple[str, str] | None:
    """What a value is imported from that is missing, and why it is."""
    root = forced(target)
    for _ in range(MOST_LINKS):
        if not isinstance(root, Unknown) or root.receiver is None:
            break
        root = forced(root.receiver)
    if not isinstance(root, Unknown):
        return None
    if root.why.startswith(IMPORTED) and says_missing(root.why):
        specifier, _, why = root.why.removeprefix(IMPORTED).partition(": ")
        module, exports_no, name = why.partition(NO_EXPORT)
        only_type = exports_no and interpreter.program.interface(module, name) is not None
        return None if only_type else (specifier, why)
    if root.why != INJECTED or root.type is None:
        return None
    module, text = root.type
    head = HEAD.match(text)
    definition = interpreter.program.name(module, head[0]) if head is not None else None
    if head is not None and isinstance(definition, Unlinked) and missing_value(interpreter.program, module, head[0]):
        return definition.specifier, definition.why
    return None
