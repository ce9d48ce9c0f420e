"""Modules around components: what takes them up runs in a browser; of what no component is seen to use, some may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.frameworks.place import app_of
from callaudit.project.resolution import InFile

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

ENDINGS: Final = (".vue", ".svelte")


def takes_components(interpreter: Interpreter, path: str) -> bool:
    """Whether the module at `path` imports a component."""
    return any(one.source.endswith(ENDINGS) for one in interpreter.program.modules[path].facts.imports)


def may_be_theirs(interpreter: Interpreter, path: str) -> bool:
    """Whether a module that does nothing itself may be used by components that are not wholly read alone."""
    if takes_components(interpreter, path) or app_of(interpreter, path) not in _apps(interpreter):
        return False
    return not interpreter.top_level(path).effects


def _apps(interpreter: Interpreter) -> frozenset[str]:
    """The apps with such components."""
    return interpreter.found_once(
        "apps with unread components",
        lambda: frozenset(
            app_of(interpreter, path)
            for path, module in interpreter.program.modules.items()
            if module.facts.unread or _takes_missing(interpreter, path)
        ),
    )


def _takes_missing(interpreter: Interpreter, path: str) -> bool:
    """Whether a module imports a component that is not there."""
    program = interpreter.program
    taken = [one.source for one in program.modules[path].facts.imports if one.source.endswith(ENDINGS)]
    return any(not isinstance(program.resolve(path, source), InFile) for source in taken)
