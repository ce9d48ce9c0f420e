"""What a constructor surely sets: a field holds what it was set to last, and what it held before where it may not be.

A class that extends another sets its own fields after the constructor of that one has run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import ClassValue, Instance
    from callaudit.syntax.ir import Assign

CONSTRUCTOR = "constructor"


def surely_set(frame: Frame, assignment: Assign, made: Instance, name: str) -> bool:
    """Whether an assignment that is being taken leaves nothing of what the field `name` of `made` was before."""
    if assignment.op != "=" or frame.ways or frame.loops:
        return False
    interpreter, scope = frame.interpreter, frame.scope
    function = interpreter.function(scope.module, scope.function)
    if function.name != CONSTRUCTOR or function.cls < 0:
        return False
    for cls in interpreter.classes.lineage(made.cls):
        if (cls.module, cls.index) == (scope.module, function.cls):
            return True
        if _declares(interpreter, cls, name):
            return False
    return False


def _declares(interpreter: Interpreter, cls: ClassValue, name: str) -> bool:
    """Whether a class itself gives a field its value, where it declares it or as a property of its constructor."""
    if any(one.name == name and one.value is not None for one in interpreter.class_facts(cls).fields):
        return True
    constructor = interpreter.classes.method(cls, CONSTRUCTOR, static=False)
    params = interpreter.function(cls.module, constructor).params if constructor is not None else ()
    return any(param.property and isinstance(param.target, Name) and param.target.id == name for param in params)
