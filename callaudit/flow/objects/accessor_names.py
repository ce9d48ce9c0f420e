"""Which properties are read or set by code that may reach the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Function


def getters(interpreter: Interpreter) -> frozenset[str]:
    """The names of getters that may reach the network."""
    return interpreter.found_once("getters", lambda: _names(interpreter, setting=False))


def setters(interpreter: Interpreter) -> frozenset[str]:
    """The names of setters that may."""
    return interpreter.found_once("setters", lambda: _names(interpreter, setting=True))


def _names(interpreter: Interpreter, *, setting: bool) -> frozenset[str]:
    return frozenset(
        function.member or function.name
        for path, index, function in _accessors(interpreter, setting=setting)
        if interpreter.relevance.function(path, index)
    )


def _accessors(interpreter: Interpreter, *, setting: bool) -> Iterator[tuple[str, int, Function]]:
    for path, module in interpreter.program.modules.items():
        for index, function in enumerate(module.functions):
            if function.setter if setting else function.accessor:
                yield path, index, function
