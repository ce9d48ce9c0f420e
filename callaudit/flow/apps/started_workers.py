"""Workers of browsers and threads of Node: a module that another one starts beside itself runs where that one runs.

https://developer.mozilla.org/docs/Web/API/Worker, https://nodejs.org/api/worker_threads.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Called
from callaudit.flow.reading.bound import written_as
from callaudit.link.definitions import ModuleObject
from callaudit.syntax.beside import MAKERS, paths_beside
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import ForeignValue
    from callaudit.syntax.ir import Call

PACKAGES = ("", "worker_threads", "node:worker_threads")


def starts_worker(target: ForeignValue) -> bool:
    """Whether calling `target` with `new` starts a module of its own."""
    return target.args is None and target.package in PACKAGES and target.path[-1:] != () and target.path[-1] in MAKERS


def started(frame: Frame, expr: Call, scope: Scope, tree: list[Effect]) -> Cost | None:
    """Add what the module does that `expr` starts; `None` where that is none of the program."""
    interpreter = frame.interpreter
    module = _module(interpreter, expr, scope)
    starting = interpreter.found_once("workers that are being started", set[str])
    cut = interpreter.found_once("workers that start each other", set[str])
    if not module or module in starting:
        cut.update([module] if module else [])
        return None
    starting.add(module)
    try:
        summary = interpreter.process(module)
    finally:
        starting.discard(module)
        cut.intersection_update(starting)
    if cut:  # without what one of those does that are being started: it is run again by who starts it first
        interpreter.forget_process(module)
    if summary.effects:
        tree.append(Called("worker", scope.module, expr.line, module, 1, summary.effects, awaited=False))
    return summary.cost if summary.effects else costs.NONE


def _module(interpreter: Interpreter, expr: Call, scope: Scope) -> str:
    """The module that the first argument names, or the variable that it is; empty for none of the program."""
    args, here = expr.args[:1], scope
    if args and type(args[0]) is Name:
        owner = scope.find(args[0].id)
        value = owner.vars.get(args[0].id) if owner is not None else None
        written = written_as(value) if value is not None else None
        if written is not None:
            args, here = (written[0],), written[1]
    for path in paths_beside(args):
        origin = interpreter.program.source(here.module, path)
        if isinstance(origin, ModuleObject):
            return origin.module
    return ""
