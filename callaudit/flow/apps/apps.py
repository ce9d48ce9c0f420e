"""Which app of a repository a file belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter


def app_of(interpreter: Interpreter, path: str) -> str:
    """The folder of the nearest package.json above `path`."""
    project = interpreter.program.project
    folder = path.rpartition("/")[0]
    while folder and project.package_at(folder) is None:
        folder = folder.rpartition("/")[0]
    return folder
