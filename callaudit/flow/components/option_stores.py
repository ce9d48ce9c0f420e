"""Stores of Pinia that are objects of options: https://pinia.vuejs.org/core-concepts/#Option-Stores.

What the hook of such a store gives has its state, its getters and its actions, which have all of that as their `this`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.identity import identity
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Record, Unknown

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import ForeignValue, Value

PACKAGE, MAKING = "pinia", "defineStore"
ACTIONS, STATE, GETTERS = "actions", "state", "getters"


def option_store(interpreter: Interpreter, made: ForeignValue) -> Record | None:
    """What a call of a hook gives that was made of options; nothing where it was made of something else."""
    if made.package != PACKAGE or made.path[-1:] != (MAKING,):
        return None
    for arg in made.args or ():
        options = forced(arg)
        if isinstance(options, Record) and not options.fields.keys().isdisjoint((ACTIONS, STATE, GETTERS)):
            return _once(interpreter, options)
    return None


def _once(interpreter: Interpreter, options: Record) -> Record:
    """The one store of these options."""
    return interpreter.found_once(("store of options", identity(options)), lambda: _store(interpreter, options))


def _store(interpreter: Interpreter, options: Record) -> Record:
    begins = forced(options.fields[STATE]) if STATE in options.fields else None
    first = forced(interpreter.run(begins, [], effects=False).value) if isinstance(begins, Closure) else None
    fields: dict[str, Value] = {}
    for name, value in first.fields.items() if isinstance(first, Record) else ():
        fields[name] = join([forced(value), Unknown(name, "it is set later")])
    for part in (GETTERS, ACTIONS):
        held = forced(options.fields[part]) if part in options.fields else None
        for name, value in held.fields.items() if isinstance(held, Record) else ():
            fields[name] = value if part == ACTIONS else Unknown(name, "what a getter of a store gives")
    return Record(fields, open=True)
