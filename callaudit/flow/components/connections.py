"""Components that are handed to what `connect(…)` of a Redux store gives, noted as that is evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Client, Value

CONNECTOR: Final = "connector"
MOST: Final = 5_000


def note_connection(interpreter: Interpreter, connector: Client, component: Value) -> None:
    """Note that a component is connected."""
    found = connections(interpreter)
    if len(found) < MOST:
        found.append((connector, component))


def connections(interpreter: Interpreter) -> list[tuple[Client, Value]]:
    """The connections that were noted so far, in order."""
    return interpreter.found_once("connections", list)
