"""The state of a component that is a class: what its constructor gives it, and whatever `setState` sets later.

https://react.dev/reference/react/Component#setstate
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Instance, Record, Unknown, Value

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

STATE = "state"
SETTER = ".setState"
SET_LATER = "a state that is set later"


def set_later(interpreter: Interpreter, owner: Instance, state: Value) -> Value:
    """`state` of `owner`, each part of which may be set to something else, if it is a component that sets any."""
    known = forced(state)
    cls = owner.cls
    if type(known) is not Record:
        return state
    sets = interpreter.found_once(("sets its state", cls.module, cls.index), lambda: _sets(interpreter, owner))
    return Record({name: _later(name, value) for name, value in known.fields.items()}, open=True) if sets else state


def _later(name: str, value: Value) -> Value:
    return Lazy(lambda: join([value, Unknown(name, SET_LATER)]))


def _sets(interpreter: Interpreter, owner: Instance) -> bool:
    if not interpreter.classes.draws(owner.cls):
        return False
    functions = interpreter.program.modules[owner.cls.module].functions
    return any(SETTER in functions[index].refs for index in interpreter.class_facts(owner.cls).methods)
