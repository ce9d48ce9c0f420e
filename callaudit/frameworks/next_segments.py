"""What files of a route of Next.js export for the framework to read: `dynamic`, `fetchCache`, `revalidate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter


def setting(interpreter: Interpreter, path: str, name: str) -> str:
    """What a file exports as `name`, as a word; empty where it says nothing."""
    exported = interpreter.export(path, name)
    value = forced(exported) if exported is not None else None
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else ""


def seconds(interpreter: Interpreter, path: str) -> object:
    """What a file exports as `revalidate`; None where it says nothing, or keeps for good."""
    exported = interpreter.export(path, "revalidate")
    value = forced(exported) if exported is not None else None
    known = value.value if isinstance(value, Const) else None
    return known if known is not False else None
