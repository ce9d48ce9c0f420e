"""Literals of objects and arrays: what they hold is evaluated when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.computed import computed_name
from callaudit.flow.join import MOST_FIELDS, join, truth
from callaudit.flow.maps import walked
from callaudit.flow.values import (
    UNDEFINED,
    Const,
    ForeignValue,
    Lazy,
    OneOf,
    Record,
    Seq,
    Undefined,
    Value,
    forced,
)  # fmt: skip
from callaudit.syntax.ir import Arr, Obj, Op, Prop, Spread

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Expr


def object_of(interpreter: Interpreter, expr: Obj, scope: Scope) -> Value:
    """`{ name: value, ...rest }`."""
    fields: dict[str, Value] = {}
    opened = False
    for prop in expr.props[:MOST_FIELDS]:
        if isinstance(prop, Prop):
            key = prop.key
            if not isinstance(key, str):
                known = forced(interpreter.evaluate(key, scope))
                if not isinstance(known, Const):
                    opened = opened or not (isinstance(known, ForeignValue) and known.package)
                key = str(known.value) if isinstance(known, Const) else computed_name(known, len(fields))
            fields.pop(key, None)
            value = interpreter.lazy(prop.value, scope, prop.line)
            filled = (
                isinstance(prop.value, (Arr, Obj)) and "." + key in interpreter.program.modules[scope.module].filled
            )
            fields[key] = _filled_later(value) if filled else value
        elif isinstance(prop, Spread):
            opened = _spread_into(fields, _spread(interpreter, prop.value, scope)) or opened
    return Record(fields, open=opened or len(expr.props) > MOST_FIELDS)


def _filled_later(value: Value) -> Value:
    """An array or object in a property that is filled later has more than its literal says."""

    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Record):
            return Record(known.fields, open=True, rest=known.rest)
        return Seq(known.items, open=True) if isinstance(known, Seq) else known

    return Lazy(compute)


def _spread(interpreter: Interpreter, expr: Expr, scope: Scope) -> Value:
    """What is spread; of `test && { … }` the object or nothing, whatever a test gives that does not hold."""
    if not isinstance(expr, Op) or expr.op != "&&":
        return interpreter.evaluate(expr, scope)
    tests = [truth(interpreter.evaluate(item, scope)) for item in expr.items[:-1]]
    if False in tests:
        return UNDEFINED
    value = interpreter.evaluate(expr.items[-1], scope)
    return value if all(tests) else join([value, UNDEFINED])


def _spread_into(fields: dict[str, Value], value: Value) -> bool:
    """Copy the properties of `value`; whether it may have some that are not known."""
    value = forced(value)
    if isinstance(value, Record):
        fields.update(value.fields)
        return value.open
    if isinstance(value, OneOf):
        records = [item for item in value.values if isinstance(item, Record)]
        nothing = [item for item in value.values if isinstance(item, (Const, Undefined))]
        for record in records:
            for name, item in record.fields.items():
                maybe = name in fields or len(records) + len(nothing) > 1
                fields[name] = join([item, fields.get(name, UNDEFINED)]) if maybe else item
        return len(records) + len(nothing) < len(value.values) or any(record.open for record in records)
    return not isinstance(value, (Const, Undefined))


def array_of(interpreter: Interpreter, expr: Arr, scope: Scope) -> Value:
    """`[one, ...rest]`."""
    items: list[Value] = []
    opened = False
    for item in expr.items[:MOST_FIELDS]:
        if isinstance(item, Spread):
            value = walked(forced(interpreter.evaluate(item.value, scope)))
            if isinstance(value, Seq):
                items.extend(value.items)
                opened = opened or value.open
            else:  # of `...(test ? [one] : [])` it is known what may be in it
                found = value.values if isinstance(value, OneOf) else ()
                items.extend(one for part in found if isinstance(part, Seq) for one in part.items)
                opened = True
        else:
            items.append(interpreter.lazy(item, scope))
    return Seq(tuple(items), open=opened or len(expr.items) > MOST_FIELDS)
