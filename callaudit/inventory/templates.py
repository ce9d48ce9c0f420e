"""Components that are not wholly read: what only they use is not known to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

WHY = "nothing that is read reaches it, and components are not wholly read"


def has_unread_templates(interpreter: Interpreter) -> bool:
    """Whether the project has components of which a part is not read."""
    return interpreter.found_once(
        "components that are not wholly read",
        lambda: any(module.facts.unread for module in interpreter.program.modules.values()),
    )
