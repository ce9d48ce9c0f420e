"""Scripts: modules that nobody imports and that do something at their top level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.frameworks.model import Entry
from callaudit.frameworks.modules import imported_modules
from callaudit.frameworks.next_startup import instrumentations, loaded
from callaudit.frameworks.place import app_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter


class Scripts:
    """Entry modules of processes and command lines."""

    name = "script"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A script for each unimported module whose top level reaches the network."""
        imported = set(imported_modules(interpreter))
        for _, path in instrumentations(interpreter):  # a server loads these when it starts
            imported.update(loaded(interpreter, path))
        for path in sorted(interpreter.program.modules):
            if path not in imported and interpreter.process(path).effects:
                yield Entry("script", path, path, 1, "server", app_of(interpreter, path), ())


FRAMEWORK = Scripts()
