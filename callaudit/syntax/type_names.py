"""Names inside a type that is kept as text."""

from __future__ import annotations

import re

_NAME = re.compile(r"[A-Za-z_$][\w$.]*")
_PLAIN = frozenset(
    {
        "string", "number", "boolean", "void", "null", "undefined", "any", "unknown", "never", "object", "Promise",
        "Record", "Partial", "Array", "Readonly", "typeof", "keyof", "readonly", "Map", "Set", "true", "false",
        "extends",
    }
)  # fmt: skip


def type_names(text: str) -> list[str]:
    """The names in `text` that may be classes or interfaces, in order."""
    if not text:
        return []
    return [name.split(".")[0] if "." in name else name for name in _NAME.findall(text[:200]) if name not in _PLAIN]
