"""Constructors, and `super`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.budget import MOST_DEPTH
from callaudit.flow.machine.callbacks import call
from callaudit.flow.machine.scope import Scope
from callaudit.flow.reading.relevant import matters
from callaudit.flow.reading.silence import is_silent
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Instance, Proxied
from callaudit.syntax.ir import Do

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import ClassValue, Value
    from callaudit.syntax.ir import Stmt

MADE_AGAIN = "an object of it begins with further objects of it, which are not followed"


def construct_object(frame: Frame, here: Application, cls: ClassValue, args: list[Value], tree: list[Effect]) -> Cost:
    interpreter = frame.interpreter
    if not matters(interpreter, cls) and not any(matters(interpreter, arg) for arg in args):
        return costs.NONE
    instance = interpreter.evaluate(here.expr, here.scope)
    while isinstance(instance, Proxied):  # the constructor returns itself behind one
        instance = forced(instance.target)
    if not isinstance(instance, Instance):
        return costs.NONE
    spent = begin_fields(frame, instance, tree)
    for base in interpreter.classes.lineage(cls):
        constructor = interpreter.classes.method(base, "constructor", static=False)
        if constructor is not None:
            closure = Closure(base.module, constructor, base.scope, instance)
            if (
                not _runs_program(interpreter, base.module, constructor)
                and not any(matters(interpreter, arg) for arg in args)
                and interpreter.quiet.holds(closure, None)
            ):
                return spent  # errors, most of all: their fields are filled when somebody asks for one
            interpreter.classes.initialize(instance)
            return costs.add(spent, call(frame, closure, args, here.scope, here.expr.line, tree))
    return spent


def _runs_program(interpreter: Interpreter, module: str, constructor: int) -> bool:
    """Whether a constructor that is told nothing may begin something: tried out, it would run twice."""
    return not interpreter.function(module, constructor).params and interpreter.relevance.function(module, constructor)


def begin_fields(frame: Frame, instance: Instance, tree: list[Effect]) -> Cost:
    """Do what the fields of an object begin with, before its constructor: `timer = setInterval(…)`."""
    total = costs.NONE
    begun = fields_begun(frame.interpreter)
    for cls in reversed(list(frame.interpreter.classes.lineage(instance.cls))):
        if loud := _loud(frame.interpreter, cls, static=False):
            begun.add((cls.module, cls.index))
            scope = frame.interpreter.classes.fields_scope(instance, cls)
            total = costs.add(total, _begun(frame, cls, loud, scope, tree))
    return total


def _begun(frame: Frame, cls: ClassValue, loud: list[Stmt], scope: Scope, tree: list[Effect]) -> Cost:
    """Do what fields begin with; an object that begins with others of its own class would never be made."""
    opened, place = frame.interpreter.open, (cls.module, cls.index)
    if place in opened.making or opened.depth >= MOST_DEPTH:
        facts = frame.interpreter.class_facts(cls)
        frame.interpreter.gap(cls.module, facts.line, facts.name or "class", MADE_AGAIN)
        return costs.NONE
    opened.making.add(place)
    opened.depth += 1
    try:
        return _done(frame, loud, scope, tree)
    finally:
        opened.depth -= 1
        opened.making.discard(place)


def fields_begun(interpreter: Interpreter) -> set[tuple[str, int]]:
    """The classes of which an object was made whose fields began with something."""
    return interpreter.found_once("fields begun", set[tuple[str, int]])


def has_loud_fields(interpreter: Interpreter, cls: ClassValue) -> bool:
    """Whether what an object of a class begins with may reach the network."""
    return any(_loud(interpreter, one, static=False) for one in interpreter.classes.lineage(cls))


def static_fields(frame: Frame, cls: ClassValue, tree: list[Effect]) -> Cost:
    """Do what the static fields of a class begin with, where it is declared."""
    loud = _loud(frame.interpreter, cls, static=True)
    if not loud:
        return costs.NONE
    scope = Scope(cls.module, cls.scope, this=cls)
    scope.mark = ("static", cls.module, cls.index, cls.scope.mark)
    return _done(frame, loud, scope, tree)


def _loud(interpreter: Interpreter, cls: ClassValue, *, static: bool) -> list[Stmt]:
    """The fields of a class whose values may do something."""
    return [
        Do(field.value, field.line)
        for field in interpreter.class_facts(cls).fields
        if field.value is not None and field.static == static and not is_silent(interpreter, field.value)
        if interpreter.relevance.member(field.name)
    ]


def _done(frame: Frame, statements: list[Stmt], scope: Scope, tree: list[Effect]) -> Cost:
    around, frame.scope = frame.scope, scope
    try:
        return frame.block(statements, tree).through or costs.NONE
    finally:
        frame.scope = around


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
