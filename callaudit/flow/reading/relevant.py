"""Whether a value may come to the network: what is not evaluated costs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.holding import may_hold
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (  # fmt: skip
    ClassValue,
    Client,
    Closure,
    Const,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Proxied,
    Record,
    Rendered,
    Seq,
    Text,
    Undefined,
    Unknown,
    Value,
)
from callaudit.libraries.class_containers import is_container
from callaudit.libraries.model import Connect, Make, Operation, Part, Register, Repeat, Request, Schedule
from callaudit.libraries.registry import exported, holds_requests

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

DEPTH = 2
"""Functions that capture functions that capture … what matters."""
NESTED = 6
"""Lists and objects inside each other: the columns of a table, each with a function that draws its cells."""
MOST_ITEMS = 32


def matters(interpreter: Interpreter, value: Value, depth: int = DEPTH, nested: int = NESTED) -> bool:
    """Whether calling `value`, or something that it holds, may send a request."""
    value = forced(value)
    kind = type(value)
    if kind is Const or kind is Undefined or kind is Text or (kind is Unknown and value.type is None):  # type: ignore[attr-defined]
        return False
    if isinstance(value, Closure):
        known = interpreter.relevance
        if known.function(value.module, value.index):
            return True
        if known.inner(interpreter.program.modules[value.module], value.index):
            return True
        return _captures(interpreter, value, depth) or _holds(
            interpreter, value.this or _around(interpreter, value), depth
        )
    if isinstance(value, (Client, ModuleValue, Rendered)):
        return True
    if isinstance(value, ForeignValue):
        found = exported(value.package, value.path) if value.args is None else None
        if found is not None:
            return isinstance(found[1], (Request, Connect, Make, Operation, Part, Register, Schedule, Repeat))
        if value.args is None and holds_requests(value.package, value.path):
            return True
        if value.path and is_container(value.package, value.path[0]):
            return True
        return bool(depth) and any(matters(interpreter, arg, depth - 1) for arg in value.args or ())
    if isinstance(value, (Instance, ClassValue)):
        cls = value.cls if isinstance(value, Instance) else value
        place = ("may send", cls.module, cls.index)
        return interpreter.found_once(place, lambda: _may_send(interpreter, cls)) or (
            isinstance(value, Instance) and _holds(interpreter, value, depth)
        )
    if isinstance(value, Proxied):
        return any(matters(interpreter, item, depth, nested) for item in (value.target, value.traps))
    if isinstance(value, OneOf):
        return any(matters(interpreter, item, depth, nested) for item in value.values)
    if isinstance(value, (Record, Seq)):
        items = value.fields.values() if isinstance(value, Record) else value.items[:MOST_ITEMS]
        return bool(nested) and any(may_hold(item) and matters(interpreter, item, depth, nested - 1) for item in items)
    if not depth:
        return False
    if isinstance(value, Unknown) and value.type is not None:
        of_type = interpreter.types.of_type(*value.type)
        return of_type is not None and not isinstance(of_type, Unknown) and matters(interpreter, of_type, depth - 1)
    return False


def _may_send(interpreter: Interpreter, cls: ClassValue) -> bool:
    """Whether a method of a class or of one that it extends, or what a field begins with, may send a request."""
    relevance = interpreter.relevance
    for one in interpreter.classes.lineage(cls):
        facts = interpreter.class_facts(one)
        if any(relevance.function(one.module, index) for index in facts.methods):
            return True
        if any(field.value is not None and relevance.member(field.name) for field in facts.fields):
            return True
    return False


def _around(interpreter: Interpreter, closure: Closure) -> Value | None:
    """The object that an arrow function speaks of: `refresh = () => this.load()` of a class."""
    function = interpreter.function(closure.module, closure.index)
    return closure.scope.receiver() if function.arrow else None


def _holds(interpreter: Interpreter, receiver: Value | None, depth: int) -> bool:
    """Whether the object of a method was made with something that matters."""
    if not depth or not isinstance(receiver, Instance) or not receiver.args:
        return False
    return any(matters(interpreter, arg, depth - 1) for arg in receiver.args)


def _captures(interpreter: Interpreter, closure: Closure, depth: int) -> bool:
    """Whether a function uses a parameter or variable of an enclosing function that matters."""
    if not depth or closure.scope.parent is None:
        return False
    refs = interpreter.function(closure.module, closure.index).refs
    for name in refs:
        if name[:1] == ".":
            continue
        owner = closure.scope.find(name)
        if owner is not None and owner.parent is not None:
            value = owner.vars[name]
            if getattr(value, "busy", False):
                continue
            known = forced(value)
            if known is not closure and matters(interpreter, known, depth - 1):
                return True
    return False
