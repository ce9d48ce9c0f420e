"""Handlers that a library wraps: `export default wrap(handler)`, `app.get(path, wrap(handler))`.

The library may call what it is handed at once, so that the module seems to do what its handler does when it is loaded.
Where the outcome is a handler, that is what it was made for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Called, Choice, parts_of
from callaudit.flow.machine.callbacks import CALLED_BACK, CALLED_LATER, closures_in
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry

DEPTH = 4
_Handlers = frozenset[tuple[str, int]]


def only_wrapped(interpreter: Interpreter, entries: Iterable[Entry], scripts: Sequence[Entry]) -> frozenset[str]:
    """The files of scripts that do nothing but what handlers do which a library wraps."""
    found = {
        (closure.module, interpreter.function(closure.module, closure.index).line)
        for entry in entries
        for start in entry.starts
        if isinstance(value := forced(start.value), ForeignValue)
        for closure in closures_in(value, DEPTH, wrapped=True)
    }
    handlers = frozenset(found)
    plain = frozenset(
        (value.module, interpreter.function(value.module, value.index).line)
        for entry in entries
        for start in entry.starts
        if isinstance(value := forced(start.value), Closure)
    )
    return frozenset(
        entry.file
        for entry in scripts
        if (handlers or plain) and not entry.starts and _are(interpreter.process(entry.file).effects, handlers, plain)
    )


def _are(effects: Sequence[Effect], handlers: _Handlers, later: _Handlers, deep: int = DEPTH) -> bool:
    """Whether effects are nothing but calls of handlers, or of such as are called `later` if at all."""
    if not effects:
        return False
    for effect in effects:
        if isinstance(effect, Called) and (effect.defined_in, effect.defined) in handlers:
            continue
        handed = isinstance(effect, Choice) and all(label in (CALLED_BACK, CALLED_LATER) for label, _ in effect.ways)
        if not deep or not _are(parts_of(effect), handlers | later if handed else handlers, later, deep - 1):
            return False
    return True
