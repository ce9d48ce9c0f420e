"""On which side of an app code runs by its directives: in browsers or on a server.

https://react.dev/reference/rsc/use-client and https://react.dev/reference/rsc/use-server
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.requests.server_functions import server_functions, uses_them

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Called
    from callaudit.flow.machine.interpreter import Interpreter

SERVER = "server"
SIDES = {"use client": "browser", "use server": SERVER}
"""What a directive says of the functions of its file, or of the function that begins with it."""


def side_of(interpreter: Interpreter, file: str, line: int) -> str:
    """The side that a directive names for the function at a place; empty where none does."""
    module = interpreter.program.modules.get(file)
    if module is None:
        return ""

    def found() -> str:
        words = list(module.facts.directives)
        for function in module.functions:
            if function.line == line:
                words.extend(function.directives)
        if uses_them(interpreter) and line in server_functions(interpreter, file):
            return SERVER
        return next((SIDES[word] for word in reversed(words) if word in SIDES), "")

    return interpreter.found_once(("side", file, line), found)


def entered(interpreter: Interpreter, called_in: str, defined_in: str, line: int) -> str:
    """The side that a call leads to; empty where it leaves none, as within files of one side."""
    side = side_of(interpreter, defined_in, line)
    return side if side and side != side_of(interpreter, called_in, 0) else ""


def side_of_call(interpreter: Interpreter, effect: Called) -> str:
    """The same for a call in a tree."""
    return entered(interpreter, effect.file, effect.defined_in, effect.defined)
