"""Types that several modules write alike and that mean the same in each: a value of one is none of its own there.

Else what is handed through many modules, each of which imports its type, has as many contexts in what they call.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.link.definitions import Unlinked

if TYPE_CHECKING:
    from collections.abc import Hashable

    from callaudit.flow.machine.interpreter import Interpreter

Declared = tuple[str, str]

LONGEST = 200
"""Longer types are seldom written twice."""
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_OF_THE_MODULE = re.compile(r"\btypeof\b|\bimport\s*\(")
"""What means something that the module declares or a path from it, however alike it is written."""


def declared(interpreter: Interpreter, module: str, text: str) -> Declared:
    """The type that `text` is in `module`: by the first module that wrote it where it means the same."""
    known = interpreter.found_once("types of modules", dict[Declared, Declared])
    found = known.get((module, text))
    if found is None:
        found = known[module, text] = _first(interpreter, module, text)
    return found


def _first(interpreter: Interpreter, module: str, text: str) -> Declared:
    if len(text) > LONGEST or _OF_THE_MODULE.search(text):
        return module, text
    meant: list[Hashable] = []
    for name in dict.fromkeys(_NAME.findall(text)):
        definition = interpreter.program.name(module, name.partition(".")[0])
        interface = interpreter.program.interface(module, name)
        if isinstance(definition, Unlinked):
            if interface is None:
                return module, text
            definition = None
        meant.append((definition, interface and (interface[0], interface[1].name)))
    firsts = interpreter.found_once("types by what they mean", dict[object, Declared])
    return firsts.setdefault((text, *meant), (module, text))
