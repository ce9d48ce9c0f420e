"""Run what no entry reaches, to know its call sites and what guards them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.static import static_scope
from callaudit.flow.values import ClassValue, Closure
from callaudit.frameworks.model import unknown_args

if TYPE_CHECKING:
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter


Unreached = list[tuple[str, tuple["Effect", ...]]]
"""What each function does, with its file."""


def functions_run(interpreter: Interpreter) -> frozenset[tuple[str, str]]:
    """The functions that have sent a request so far: file and name of each."""
    return frozenset((site.file, site.function) for site in (r.site for r in interpreter.requests))


def run_unreached(interpreter: Interpreter, run: frozenset[tuple[str, str]]) -> Unreached:
    """Run every function that may reach the network and is not among those that were `run`, with unknown arguments.

    Functions of which a part stands behind a call that never comes back are run as if it did.
    """
    found: Unreached = []
    for path in sorted(interpreter.program.modules):
        module = interpreter.program.modules[path]
        for index, _ in enumerate(module.functions):
            if not index or not interpreter.relevance.sends(path, index):
                continue
            if (path, interpreter.qualified(path, index)) not in run:
                found.append((path, _run(interpreter, path, index)))
    return found + _run_cut(interpreter)


def _run(interpreter: Interpreter, path: str, index: int) -> tuple[Effect, ...]:
    function = interpreter.function(path, index)
    if function.cls >= 0:
        cls = ClassValue(path, function.cls, static_scope(interpreter, path, function.parent))
        this = interpreter.injection.injected(cls)
        closure = Closure(path, index, cls.scope, cls if function.static else this)
    else:
        closure = Closure(path, index, static_scope(interpreter, path, function.parent))
    return interpreter.run(closure, unknown_args(interpreter, closure)).effects


def _run_cut(interpreter: Interpreter) -> Unreached:
    """What the functions would do of which a part was passed over; nothing else is to know of it."""
    cut = [place for place in sorted(interpreter.endings.cut) if interpreter.relevance.function(*place) and place[1]]
    if not cut:
        return []
    kept, interpreter.summaries = interpreter.summaries, {}
    interpreter.endings.ignored = True
    found = [(path, _run(interpreter, path, index)) for path, index in cut]
    interpreter.endings.ignored = False
    interpreter.summaries = kept
    return found
