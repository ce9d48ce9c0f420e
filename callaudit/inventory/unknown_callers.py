"""Call sites that nothing seems to reach, and that a call of which the receiver is not known may reach all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.inventory.computed_names import under_computed_names
from callaudit.inventory.templates import WHY, has_unread_templates
from callaudit.link.handed_to_missing import handed_to_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.inventory.model import Call
    from callaudit.link.module import Module
    from callaudit.syntax.facts import Function

MOST_FUNCTIONS = 60
"""Functions of a module that are looked at on the way from a call to what may run it."""


def perhaps_alive(
    interpreter: Interpreter, calls: Iterable[Call], called: Mapping[str, tuple[str, int]]
) -> tuple[Call, ...]:
    """The calls; none is dead to which a method leads that is among the methods `called` on unknown receivers.

    Where such a method is called is then reported as not known; so is every one where components are not read.
    """
    if has_unread_templates(interpreter):
        return tuple(_perhaps_used(interpreter, call) if call.dead else call for call in calls)
    found = tuple(_alive(interpreter, call, called) if call.dead and called else call for call in calls)
    found = _through_missing(interpreter, found) if any(call.dead for call in found) else found
    return under_computed_names(interpreter, found) if any(call.dead for call in found) else found


def _through_missing(interpreter: Interpreter, calls: tuple[Call, ...]) -> tuple[Call, ...]:
    """The calls; none is dead to which code leads that is handed to something the repository does not have."""
    program = interpreter.program
    handed = handed_to_missing(program, interpreter.relevance.function)
    if not handed:
        return calls
    lead = {(path, interpreter.qualified(path, index)): place for (path, index), place in sorted(handed.items())}
    found: list[Call] = []
    for call in calls:
        place = lead.get((call.file, call.function)) if call.dead else None
        if place is not None:
            file, line, name = place
            meant = f"{call.function} at {call.file}:{call.line}"
            why = f"it is missing, and may call what it is handed: that leads to {meant}"
            interpreter.gap(file, line, name, why)
        found.append(replace(call, dead=False) if place is not None else call)
    return tuple(found)


def _perhaps_used(interpreter: Interpreter, call: Call) -> Call:
    """A call that a component may come to which is not read."""
    interpreter.gap(call.file, call.line, call.function, WHY)
    return replace(call, dead=False)


def _alive(interpreter: Interpreter, call: Call, called: Mapping[str, tuple[str, int]]) -> Call:
    module = interpreter.program.modules.get(call.file)
    for index, method in _methods_to(interpreter, module, call.function) if module is not None else ():
        if method.member in called:
            file, line = called[method.member]
            meant = f"{interpreter.qualified(call.file, index)} at {call.file}:{method.line}"
            why = f"called on a receiver that is not known: it may be {meant}, which nothing else is seen to call"
            interpreter.gap(file, line, f"{method.member}()", why)
            return replace(call, dead=False)
    return call


def _methods_to(interpreter: Interpreter, module: Module, name: str) -> Iterator[tuple[int, Function]]:
    """The methods of `module` that come to its function `name`, by calls inside the module; the nearest first."""
    functions = module.functions
    waiting = [index for index in range(1, len(functions)) if interpreter.qualified(module.path, index) == name]
    seen = set(waiting)
    for index in waiting:  # grows
        function = functions[index]
        if function.member:
            yield index, function
        used = "." + function.member if function.member else function.name
        for number, other in enumerate(functions):
            calls = number == function.parent or (used and used in other.refs)
            if number and calls and number not in seen and len(waiting) < MOST_FUNCTIONS:
                seen.add(number)
                waiting.append(number)
