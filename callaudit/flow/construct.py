"""Constructors, and `super`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.callbacks import call
from callaudit.flow.relevant import matters
from callaudit.flow.values import Closure, Instance

if TYPE_CHECKING:
    from callaudit.flow.activation import Frame
    from callaudit.flow.callbacks import Application
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.values import ClassValue, Value


def construct_object(frame: Frame, here: Application, cls: ClassValue, args: list[Value], tree: list[Effect]) -> Cost:
    interpreter = frame.interpreter
    if not matters(interpreter, cls) and not any(matters(interpreter, arg) for arg in args):
        return costs.NONE
    instance = interpreter.evaluate(here.expr, here.scope)
    if not isinstance(instance, Instance):
        return costs.NONE
    for base in interpreter.classes.lineage(cls):
        constructor = interpreter.classes.method(base, "constructor", static=False)
        if constructor is not None:
            closure = Closure(base.module, constructor, base.scope, instance)
            if not any(matters(interpreter, arg) for arg in args) and interpreter.is_quiet(closure, None):
                return costs.NONE  # errors, most of all: their fields are filled when somebody asks for one
            interpreter.classes.initialize(instance)
            return call(frame, closure, args, here.scope, here.expr.line, tree)
    return costs.NONE


def call_super(frame: Frame, here: Application, args: list[Value], tree: list[Effect]) -> Cost:
    receiver = here.scope.receiver()
    if not isinstance(receiver, Instance):
        return costs.NONE
    interpreter = frame.interpreter
    bases = [base for base in interpreter.classes.lineage(receiver.cls) if base.module and base is not receiver.cls]
    owner = interpreter.function(here.scope.module, here.scope.function).cls
    for number, base in enumerate(bases):
        if base.module == here.scope.module and base.index == owner:
            bases = bases[number + 1 :]
            break
    for base in bases:
        constructor = interpreter.classes.method(base, "constructor", static=False)
        if constructor is not None:
            if receiver.state == 1:
                interpreter.classes.construct(receiver, base, constructor, tuple(args))
            closure = Closure(base.module, constructor, base.scope, receiver)
            return call(frame, closure, args, here.scope, here.expr.line, tree) if frame.effects else costs.NONE
    return costs.NONE
