"""Fields that are set after their class, or an object of it, was made; of static ones what they may hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import CHANGES, static_scope
from callaudit.flow.reading.counting import steps_of_others
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import UNDEFINED, Closure, Unknown
from callaudit.syntax.ir import Assign, Member, Name, Un

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import ClassValue, Value
    from callaudit.link.module import Module
    from callaudit.syntax.facts import Field
    from callaudit.syntax.ir import Expr

MOST_WRITES = 8


def static_value(interpreter: Interpreter, cls: ClassValue, field: Field) -> Value | None:
    """What a static field may hold; `None` where neither its declaration nor an assignment says."""
    first = interpreter.evaluate(field.value, cls.scope) if field.value is not None else None
    if isinstance(first, Closure):
        return first
    place = ("static field", cls.module, cls.index, field.name)
    later = interpreter.found_once(place, lambda: Lazy(lambda: _written(interpreter, cls, field.name)))
    written = UNDEFINED if later.busy else later.force()  # it is asked for by what is assigned to it
    if written is UNDEFINED:
        return first
    return join([first if first is not None else UNDEFINED, written])


def undeclared(interpreter: Interpreter, cls: ClassValue, name: str) -> Value | None:
    """What a static field that the class does not declare may hold: `Client.url = "…"`; `None` where nothing does."""
    place = ("static field", cls.module, cls.index, name)
    written = interpreter.found_once(place, lambda: Lazy(lambda: _written(interpreter, cls, name)))
    value = UNDEFINED if written.busy else written.force()
    return None if value is UNDEFINED else value


def _written(interpreter: Interpreter, cls: ClassValue, name: str) -> Value:
    """Everything that the module of a class assigns to its static field `name`; `undefined` where it does not."""
    owner = interpreter.class_facts(cls).name
    counted = steps_of_others(interpreter, interpreter.program.modules[cls.module]).get(name, ())
    named = any(isinstance(one, Name) and one.id == owner for _, one in counted)
    found: list[Value] = [Unknown(name, CHANGES, given=True)] if named else []
    for index, value in _assignments(interpreter, cls, name):
        function = interpreter.function(cls.module, index)
        this = cls if function.cls == cls.index and function.static else None
        found.append(forced(interpreter.evaluate(value, static_scope(interpreter, cls.module, index, this))))
        if len(found) == MOST_WRITES:
            break
    return join(found) if found else UNDEFINED


def _assignments(interpreter: Interpreter, cls: ClassValue, name: str) -> Iterator[tuple[int, Expr]]:
    own = interpreter.class_facts(cls).name
    module = interpreter.program.modules[cls.module]
    for index, function in enumerate(module.functions):
        if "." + name not in function.refs:
            continue
        for node in module.nodes_of(index, Assign):
            if not isinstance(node.target, Member) or node.target.prop != name:
                continue
            owner = node.target.obj
            is_own = function.cls == cls.index and function.static and isinstance(owner, Name) and owner.id == "this"
            if node.op in ("=", "??=", "||=") and (is_own or (isinstance(owner, Name) and owner.id == own)):
                yield index, node.value


def is_set_later(module: Module, name: str) -> bool:
    """Whether a function of `module` other than a constructor sets a field of that name."""
    for index, function in enumerate(module.functions):
        if "." + name not in function.refs or function.name == "constructor":
            continue
        targets = [node.target for node in module.nodes_of(index, Assign)]
        targets += [node.value for node in module.nodes_of(index, Un)]
        if any(isinstance(target, Member) and target.prop == name for target in targets):
            return True
    return False
