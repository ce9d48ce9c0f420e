"""What checks of data give: the data, with the defaults of the schema where it may have nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.members import ENVIRONMENTS, member
from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.settings import defaults_in
from callaudit.flow.values.values import Const, ForeignValue, OneOf, Record, Undefined, Unknown
from callaudit.libraries.schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.schemas import Schemas

DEPTH = 6
MOST_PARTS = 8
"""Schemas that one is put together of."""


def of_schema(interpreter: Interpreter, receiver: ForeignValue, name: str, args: Sequence[Value]) -> Value | None:
    """What a method of a schema gives, or a function that is handed one; `None` where it is neither."""
    known = SCHEMAS.get(receiver.package)
    if known is None:
        return None
    if receiver.args is None:
        return of_check(interpreter, ForeignValue(receiver.package, (*receiver.path, name)), args)
    if not _is_object(receiver, known):
        return None
    if name in known.same:
        return receiver
    if name in known.more:
        return ForeignValue(receiver.package, receiver.path, (*args[:1], *receiver.args))
    if name in known.checks and args:
        return _checked(interpreter, receiver, args[0], DEPTH)
    kept = dict(known.wrapped).get(name)
    if kept is None or not args:
        return None
    return Record({kept: Lazy(lambda: _checked(interpreter, receiver, args[0], DEPTH))}, open=True)


def of_check(interpreter: Interpreter, target: ForeignValue, args: Sequence[Value]) -> Value | None:
    """What a function that checks gives; `None` where `target` is none."""
    known = SCHEMAS.get(target.package)
    for name, data, schema in known.functions if known is not None and target.path else ():
        if target.path[-1] == name and len(args) > max(data, schema):
            return _checked(interpreter, args[schema], args[data], DEPTH)
    return None


def _is_object(schema: ForeignValue, known: Schemas) -> bool:
    return bool(schema.path) and schema.path[-1] in known.objects


def _shapes(schema: Value, depth: int = DEPTH) -> Iterator[Record]:
    """The properties that a schema declares, those that were added last first."""
    schema = forced(schema)
    if isinstance(schema, Record):
        yield schema
    elif isinstance(schema, ForeignValue) and depth:
        known = SCHEMAS.get(schema.package)
        if known is not None and _is_object(schema, known):
            for part in (schema.args or ())[:MOST_PARTS]:
                yield from _shapes(part, depth - 1)


def _checked(interpreter: Interpreter, schema: Value, data: Value, depth: int) -> Value:
    declared: dict[str, Value] = {}
    for shape in _shapes(schema):
        for name, value in shape.fields.items():
            declared.setdefault(name, value)
    data = forced(data)
    environment = isinstance(data, ForeignValue) and data.package == "" and data.path in ENVIRONMENTS
    if not declared or not depth or not (environment or isinstance(data, Record)):
        return data
    fields: dict[str, Value] = dict(data.fields) if isinstance(data, Record) else {}
    for name, said in declared.items():
        fields[name] = Lazy(lambda name=name, said=said: _field(interpreter, said, data, name, depth - 1))  # type: ignore[misc]
    return Record(fields, open=environment or (isinstance(data, Record) and data.open))


def _field(interpreter: Interpreter, said: Value, data: Value, name: str, depth: int) -> Value:
    value = forced(member(interpreter, data, name))
    default = _default(interpreter, said)
    if isinstance(value, Undefined):
        return default if default is not None else value
    if default is not None and isinstance(value, OneOf):
        values = tuple(default if isinstance(forced(item), Undefined) else item for item in value.values)
        return OneOf(values)
    if isinstance(value, Unknown) and value.env and not value.default and isinstance(default, Const):
        text = show(default.value) if default.value is not None else ""
        return Unknown(value.name, value.why, env=value.env, default=text)
    return _checked(interpreter, said, value, depth) if isinstance(value, Record) else value


def _default(interpreter: Interpreter, said: Value) -> Value | None:
    """The default that the schema of a property declares."""
    if not isinstance(said, Lazy) or said.expr is None or said.scope is None:
        return None
    scope = said.scope
    return next((forced(interpreter.evaluate(expr, scope)) for expr in defaults_in(said.expr)), None)
