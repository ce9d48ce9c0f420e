"""Declared types of members: what an interface says of one, and `Settings["api"]`, which is the type of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

INDEXED = re.compile(r"""^([A-Za-z_$][\w$.]*)\[\s*["']([\w$]+)["']\s*\]$""")
"""The type of a member: `Settings["api"]`."""


def member_type(interpreter: Interpreter, module: str, text: str, name: str, depth: int = 4) -> tuple[str, str] | None:
    """The declared type of the member `name` of a value declared as `text` in `module`."""
    picked = INDEXED.match(text.strip())
    if picked:
        inner = member_type(interpreter, module, picked[1], picked[2], depth - 1) if depth else None
        return member_type(interpreter, *inner, name, depth - 1) if inner is not None else None
    for part in text.split("&") if "<" not in text else (text,):
        declared = interpreter.program.interface(module, part.strip().partition("<")[0])
        if declared is None:
            continue
        owner, interface = declared
        for member_name, found in interface.members:
            if member_name == name:
                return owner, found
        for base in (*interface.extends, *((interface.text,) if interface.text else ())):
            inherited = member_type(interpreter, owner, base, name, depth - 1) if depth else None
            if inherited is not None:
                return inherited
    return None


_CONTAINER = re.compile(
    r"^(?:Record|Map|WeakMap)<[^,<>]*,(.*)>$|^(?:Array|ReadonlyArray|Set|Iterable)<(.*)>$"
    r"|^\{\s*(?:readonly\s+)?\[[^\]]+\]\s*:\s*([^;{}]+);?\s*\}$",
    re.DOTALL,
)


def item_type(text: str) -> str:
    """The type of an item of the container type `text`; empty where it is none."""
    text = text.strip()
    if text.endswith("[]"):
        return text[:-2]
    found = _CONTAINER.match(text)
    return (found[1] or found[2] or found[3] or "").strip() if found else ""


def property_type(text: str) -> str:
    """The type of any property of an object that is declared as a table; of a list or a map there is none."""
    return item_type(text) if text.strip().startswith(("Record<", "{")) else ""
