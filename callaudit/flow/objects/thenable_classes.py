"""Classes of the program with a `then` of their own: what is given for an object of one is what that hands on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Instance, Unknown

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.link.module import Module

THEN = "then"


def thens_of(interpreter: Interpreter, value: Value) -> list[Closure]:
    """The methods that run when somebody waits for `value`."""
    if not are_there(interpreter):
        return []
    known = forced(value)
    objects = [one for one in getattr(known, "values", (known,)) if isinstance(forced(one), Instance)]
    found = (interpreter.classes.member(forced(one), THEN) for one in objects)  # type: ignore[arg-type]
    return [one for one in found if isinstance(one, Closure)]


def awaited(interpreter: Interpreter, value: Value) -> Value:
    """What `await` gives for `value`."""
    if not thens_of(interpreter, value):
        return value
    return Unknown("answer", "what an object gives that is waited for")


def are_there(interpreter: Interpreter) -> bool:
    """Whether a class of the program has a method of that name."""
    modules = interpreter.program.modules.values()
    return interpreter.found_once("thenables", lambda: any(map(_has_one, modules)))


def _has_one(module: Module) -> bool:
    return any(function.name == THEN and function.cls >= 0 for function in module.functions)
