"""What a function gives: the values that it returns, joined, or its declared type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.parameters import of_declared_type
from callaudit.flow.values.absence import by_default
from callaudit.flow.values.choices import with_default
from callaudit.flow.values.join import join
from callaudit.flow.values.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function

MOST_GIVEN = 40
"""How often what a function gives may be what it gives itself, with other arguments: `return again(n + 1)`."""

MOST_BRANCHES_GIVEN = 3 * MOST_GIVEN
"""The same over all branches of a function that walks a tree: `nodes.map(walk)`, where depth alone bounds little."""


def given_by(
    interpreter: Interpreter,
    place: tuple[str, int],
    returned: Sequence[Value],
    absent: tuple[Unknown, int] | None,
) -> Value:
    """What a function gives; what it gives by way of itself only so deep and so often, as nothing else ends that."""
    function = interpreter.function(*place)
    deep = interpreter.open.giving.get(place, 0)
    if deep:
        often = interpreter.open.given_again[place] = interpreter.open.given_again.get(place, 0) + 1
        if deep >= MOST_GIVEN or often >= MOST_BRANCHES_GIVEN:
            return Unknown(function.name or "result", "the function gives what it gives itself")
    interpreter.open.giving[place] = deep + 1
    try:
        return _returned(returned, absent, function, place[0])
    finally:
        interpreter.open.giving[place] = deep
        if not deep and interpreter.open.given_again:
            interpreter.open.given_again.pop(place, None)


def _returned(returned: Sequence[Value], absent: tuple[Unknown, int] | None, function: Function, module: str) -> Value:
    """What a function gives; where that is not known, its declared type is."""
    default = by_default(absent[0], returned[absent[1]], returned) if absent is not None else None
    if default is not None:
        return default
    value = with_default(list(returned)) if len(returned) == 2 else join(returned)
    if type(value) is Unknown and function.returns:
        return of_declared_type(value, (module, function.returns))
    return value
