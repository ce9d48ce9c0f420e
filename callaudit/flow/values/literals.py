"""Literals of objects and arrays: what they hold is evaluated when it is asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow.lists.lent_lists import lent, with_more
from callaudit.flow.lists.maps import walked
from callaudit.flow.lists.most import most_items, of_any_size
from callaudit.flow.machine.static import static_scope
from callaudit.flow.objects.fluent import sets_own
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.computed import computed_name
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import MOST_FIELDS
from callaudit.flow.values.values import (  # fmt: skip
    UNDEFINED,
    Const,
    ForeignValue,
    OneOf,
    Record,
    Seq,
    Undefined,
    Unknown,
    Value,
)
from callaudit.syntax.ir import Arr, Func, Obj, Op, Prop, Spread

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
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
            if not filled and "." + key in lent(interpreter, scope.module):
                value = with_more(value) if isinstance(prop.value, Arr) else of_any_size(value)
            elif not filled and "." + key in interpreter.program.modules[scope.module].filled:
                value = of_any_size(value)
            fields[key] = _filled_later(value) if filled else value
        elif isinstance(prop, Spread):
            opened = _spread_into(fields, _spread(interpreter, prop.value, scope)) or opened
    if "this" in interpreter.program.modules[scope.module].changed:
        _set_by_methods(interpreter, expr, scope, fields)
    return Record(fields, open=opened or len(expr.props) > MOST_FIELDS)


def _set_by_methods(interpreter: Interpreter, expr: Obj, scope: Scope, fields: dict[str, Value]) -> None:
    """Properties that methods of the object set may be what they are set to."""
    known: dict[int, dict[str, list[tuple[int, Expr]]]] = interpreter.found_once("objects that set themselves", dict)
    if id(expr) not in known:
        methods = [one.value for one in expr.props if isinstance(one, Prop) and isinstance(one.value, Func)]
        known[id(expr)] = sets_own(interpreter, scope.module, methods)
    for name, places in known[id(expr)].items():
        fields[name] = Lazy(partial(_set_to, interpreter, scope.module, fields.get(name, UNDEFINED), places))


def _set_to(interpreter: Interpreter, module: str, first: Value, places: list[tuple[int, Expr]]) -> Value:
    return join([first, *(interpreter.evaluate(value, static_scope(interpreter, module, at)) for at, value in places)])


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
    if isinstance(value, (Const, Undefined)):
        return False
    for name, item in fields.items():
        fields[name] = Lazy(partial(_or_otherwise, name, item), getattr(item, "expr", None), *_written(item))
    return True


def _written(value: Value) -> tuple[Scope | None, int]:
    return (value.scope, value.line) if isinstance(value, Lazy) else (None, 0)


def _or_otherwise(name: str, value: Value) -> Value:
    """A property that something unknown is spread over: other words stand for it by default, a switch may be turned."""
    known = forced(value)
    if isinstance(known, Const) and (isinstance(known.value, bool) or known.value in (None, "")):
        return join([known, Unknown(name, "it may be set by what is spread over it")])
    return known


def array_of(interpreter: Interpreter, expr: Arr, scope: Scope) -> Value:
    """`[one, ...rest]`."""
    items: list[Value] = []
    opened = lacking = False
    most: int | None = None
    for item in expr.items[:MOST_FIELDS]:
        if isinstance(item, Spread):
            value = walked(forced(interpreter.evaluate(item.value, scope)))
            most = most_items(value) if len(expr.items) == 1 else None
            if isinstance(value, Seq):
                items.extend(value.items)
                opened, lacking = opened or value.open, lacking or value.chosen
            else:  # of `...(test ? [one] : [])` it is known what may be in it
                found = value.values if isinstance(value, OneOf) else ()
                items.extend(one for part in found if isinstance(part, Seq) for one in part.items)
                opened = True
        else:
            items.append(interpreter.lazy(item, scope))
    return Seq(tuple(items), open=opened or len(expr.items) > MOST_FIELDS, chosen=lacking, most=most)
