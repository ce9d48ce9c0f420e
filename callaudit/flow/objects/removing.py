"""What `delete` takes from an object: a property, or any of them where its name is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.mutation import name_at, with_fields
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Cell, Instance, OneOf, Record

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.objects.property_writes import Keys
    from callaudit.flow.values.values import Value


def removed(interpreter: Interpreter, value: Value, path: Keys, scope: Scope) -> Value | None:
    """`value` without what stands at `path`; `None` where nothing is known of it that could be gone."""
    known = forced(value)
    if isinstance(known, OneOf):
        ways = [removed(interpreter, item, path, scope) or item for item in known.values]
        return join(ways) if any(one is not item for one, item in zip(ways, known.values, strict=True)) else None
    if not isinstance(known, (Record, Instance)) or isinstance(known, Cell):
        return None
    if isinstance(known, Instance):
        interpreter.classes.initialize(known)
    name = name_at(interpreter, path[0], scope)
    if len(path) > 1:
        inner = removed(interpreter, known.fields.get(name, UNDEFINED), path[1:], scope) if name else None
        return with_fields(interpreter, known, {name: inner}) if inner is not None else None
    if isinstance(known, Instance):
        return with_fields(interpreter, known, {name: UNDEFINED}) if name else None
    if not name:
        fields: dict[str, Value] = {key: join([field, UNDEFINED]) for key, field in known.fields.items()}
    elif known.open or known.rest is not None:
        fields = {**known.fields, name: UNDEFINED}
    else:
        fields = {key: field for key, field in known.fields.items() if key != name}
    return Record(fields, open=known.open, rest=known.rest, is_map=known.is_map)
