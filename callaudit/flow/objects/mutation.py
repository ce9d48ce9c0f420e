"""Assignments to properties: of objects at any depth, of `URL` objects, and of what a module shares.

Values are immutable, so that an assignment makes a new object of the old one. An object that belongs to a module
is what every function of the module may make of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.property_writes import property_writes
from callaudit.flow.reading.counting import stepped
from callaudit.flow.text.url_objects import with_url_part
from callaudit.flow.values.computed import computed_name
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.set_values import set_at
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import (
    UNDEFINED,
    Cell,
    Const,
    ForeignValue,
    Instance,
    OneOf,
    Record,
    Seq,
    Unknown,
    Url,
)
from callaudit.syntax.ir import Arr, Assign, Expr, Un

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.objects.property_writes import Keys
    from callaudit.flow.values.values import Closure, Value

MOST_MADE = 64
"""Objects that are made of one by setting its fields."""
MOST_SET = 16
"""How often fields of an object are set one after the other."""
MOST_WRITES = 32
CHANGES = "it changes"


def changed(interpreter: Interpreter, value: Value, path: Keys, new: Value, scope: Scope) -> Value | None:
    """`value` with `new` at `path`; `None` where nothing is known of it that could change."""
    known = forced(value)
    if isinstance(known, OneOf):
        ways = [changed(interpreter, item, path, new, scope) or item for item in known.values]
        return join(ways) if any(one is not item for one, item in zip(ways, known.values, strict=True)) else None
    head = path[0]
    if isinstance(known, Url):
        return with_url_part(known, head, new) if isinstance(head, str) and len(path) == 1 else None
    if not isinstance(known, (Record, Instance)) or isinstance(known, Cell):
        return None
    name = name_at(interpreter, head, scope)
    if not name:
        return None  # what is put under keys that are not known is found from the declaration
    if len(path) > 1:
        if isinstance(known, Instance):
            interpreter.classes.initialize(known)
        inner = changed(interpreter, known.fields.get(name, UNDEFINED), path[1:], new, scope)
        if inner is None:
            return None
        new = inner
    return with_fields(interpreter, known, {name: new})


def with_fields(
    interpreter: Interpreter, receiver: Instance | Record, fields: dict[str, Value], *, fresh: bool = False
) -> Value:
    """`receiver` with other values in some fields, or what it was made of where it was set too often.

    One that is `fresh` has in its other fields what it was made with: nobody has set them yet.
    """
    if isinstance(receiver, Record):
        return Record({**receiver.fields, **fields}, open=receiver.open, rest=receiver.rest, is_map=receiver.is_map)
    interpreter.classes.initialize(receiver)
    root, known, often = receiver.origin or (receiver, dict(receiver.fields) if fresh else {}, 0)
    held = {**known, **fields}
    made: dict[object, Instance] = interpreter.found_once(("made by setting", root.place), dict)
    name = tuple((one, key(held[one])) for one in sorted(held))
    if name not in made:
        if len(made) >= MOST_MADE or often >= MOST_SET:
            return root
        new = made[name] = Instance(root.cls, root.args, ("set", root.place, name))
        new.fields = {**root.fields, **held}
        new.later = {one: Lazy(lambda value=value: forced(value)) for one, value in held.items()}  # type: ignore[misc]
        new.origin, new.state = (root, held, often + 1), 2
    return made[name]


def assigned(interpreter: Interpreter, expr: Assign, scope: Scope) -> Value:
    """What an assignment to a property gives it. An array without items is there to be filled, by whatever name."""
    if isinstance(expr.value, Arr) and not expr.value.items:
        return Seq((), open=True)
    return set_at(interpreter.evaluate(expr, scope), scope.module, expr.line)


def name_at(interpreter: Interpreter, key: str | Expr, scope: Scope) -> str:
    """The name of the property at a key that is known, or that a library exports; empty for others."""
    if isinstance(key, str):
        return key
    name = forced(interpreter.evaluate(key, scope))
    if isinstance(name, Const):
        return str(name.value)
    return computed_name(name) if isinstance(name, ForeignValue) and name.package and name.args is None else ""


def shared_value(interpreter: Interpreter, scope: Scope, name: str, first: Value) -> Value:
    """An object of a module with everything that the module's functions ever assign to its properties."""
    from callaudit.flow.objects.removing import removed

    value = forced(first)
    if not isinstance(value, (Record, Instance)):
        return value
    for number, (path, assign, surely) in enumerate(property_writes(interpreter, scope, name)):
        if number >= MOST_WRITES:
            return Record(value.fields, open=True, rest=value.rest) if isinstance(value, Record) else value
        inside, node = assign
        if isinstance(node, Un):
            without = removed(interpreter, value, path, inside)
            value = value if without is None else without if surely else join([value, without])
            continue
        new: Value = (
            Unknown(str(path[-1]), CHANGES, given=True)
            if stepped(node) is not None
            else Lazy(lambda node=node, inside=inside: assigned(interpreter, node, inside))  # type: ignore[misc]
        )
        after = changed(interpreter, value, path, new, inside)
        if after is not None:
            value = after if surely else join([value, after])
    return value


def property_of(interpreter: Interpreter, function: Closure, name: str) -> Value | None:
    """The property `name` that a module gives a function of its top level; `None` where it gives none."""
    facts = interpreter.function(function.module, function.index)
    if facts.parent or facts.name not in interpreter.program.modules[function.module].changed:
        return None
    scope = interpreter.module_scope(function.module)
    found: list[Value] = []
    for number, (path, (inside, node), surely) in enumerate(property_writes(interpreter, scope, facts.name)):
        if path != (name,) or number >= MOST_WRITES:
            continue
        found = [] if surely else found or [UNDEFINED]
        if isinstance(node, Un):
            continue
        found.append(Lazy(lambda node=node, inside=inside: assigned(interpreter, node, inside)))  # type: ignore[misc]
    return join(found) if found else None
