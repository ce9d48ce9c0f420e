"""Modules around components that are not read: what takes them up runs in a browser, and others may be theirs alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter

ENDINGS: Final = (".vue", ".svelte")


def takes_components(interpreter: Interpreter, path: str) -> bool:
    """Whether the module at `path` imports a component of a kind that is not read."""
    return any(one.source.endswith(ENDINGS) for one in interpreter.program.modules[path].facts.imports)


def may_be_theirs(interpreter: Interpreter, path: str) -> bool:
    """Whether a module that does nothing itself may be imported by components that are not read, and only by them."""
    if takes_components(interpreter, path) or app_of(interpreter, path) not in _apps(interpreter):
        return False
    return not interpreter.top_level(path).effects


def _apps(interpreter: Interpreter) -> frozenset[str]:
    """The apps with such components."""
    return interpreter.found_once(
        "apps with unread components",
        lambda: frozenset(
            app_of(interpreter, path) for path in interpreter.program.modules if takes_components(interpreter, path)
        ),
    )
