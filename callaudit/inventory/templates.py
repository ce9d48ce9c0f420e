"""Files with components that are not read: what only they use is not known to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter

ENDINGS = frozenset({".vue", ".svelte", ".astro"})
WHY = "nothing that is read reaches it, and components are not read (.vue, .svelte, .astro)"


def has_unread_templates(interpreter: Interpreter) -> bool:
    """Whether the project has such files."""
    skipped = interpreter.program.project.skipped
    return any(not ENDINGS.isdisjoint(one.why.split()) for one in skipped if one.what == "language")
