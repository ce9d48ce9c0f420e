"""Scripts: modules that nobody imports and that do something at their top level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.frameworks.model import Entry
from callaudit.frameworks.next_startup import instrumentations, loaded
from callaudit.frameworks.place import app_of
from callaudit.frameworks.single_page import DOM
from callaudit.link.computed_imports import loaded_by, patterns
from callaudit.link.program import ModuleObject
from callaudit.syntax.ir import HOLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter


class Scripts:
    """Entry modules of processes and command lines."""

    name = "script"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A script for each unimported module whose top level reaches the network."""
        imported = _imported(interpreter)
        imported.update(_in_browsers(interpreter))
        for _, path in instrumentations(interpreter):  # a server loads these when it starts
            imported.update(loaded(interpreter, path))
        for path in sorted(interpreter.program.modules):
            if path not in imported and interpreter.process(path).effects:
                yield Entry("script", path, path, 1, "server", app_of(interpreter, path), ())


def _imported(interpreter: Interpreter) -> set[str]:
    found: set[str] = set()
    for path in interpreter.program.modules:
        found.update(_sources(interpreter, path) - {path})
    return found


def _in_browsers(interpreter: Interpreter) -> set[str]:
    """What an app that renders itself into a document loads, `import()` included: no process begins there."""
    modules = interpreter.program.modules
    waiting = [path for path, module in modules.items() if any(item.source in DOM for item in module.facts.imports)]
    found: set[str] = set()
    while waiting:
        path = waiting.pop()
        refs = {ref for function in modules[path].functions for ref in function.refs if ref[:1] == "!"}
        computed = [one for pattern in patterns(refs) for one in loaded_by(interpreter.program, path, pattern)]
        inside = {*_sources(interpreter, path, (ref[1:] for ref in refs)), *computed} - found
        found |= inside
        waiting.extend(inside & modules.keys())
    return found


def _sources(interpreter: Interpreter, path: str, more: Iterable[str] = ()) -> set[str]:
    """The modules of the program that a module imports, and those called `more`."""
    facts = interpreter.program.modules[path].facts
    names = {*(item.source for item in facts.imports), *(item.source for item in facts.exports if item.source), *more}
    origins = (interpreter.program.source(path, name) for name in names if HOLE not in name)
    return {origin.module for origin in origins if isinstance(origin, ModuleObject)}


FRAMEWORK = Scripts()
