"""Rules of node-schedule 2: objects whose fields are given one by one, and ranges of numbers as their values.

https://github.com/node-schedule/node-schedule#recurrence-rule-scheduling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import ForeignValue, Record, is_nothing
from callaudit.libraries.tables.node_schedule import RANGE, RULE, RULE_GIVEN
from callaudit.syntax.ir import Assign, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value


def ruled(interpreter: Interpreter, value: Value) -> Value:
    """A rule, also one with its start and end (`{ start, rule }`), as an object of its fields."""
    known = forced(value)
    if isinstance(known, Record) and "rule" in known.fields:
        rule = ruled(interpreter, known.fields["rule"])
        return value if rule is known.fields["rule"] else Record({**known.fields, "rule": rule}, open=known.open)
    if not (isinstance(known, ForeignValue) and known.path[-1:] == (RULE,)):
        return value
    fields = {name: arg for name, arg in zip(RULE_GIVEN, known.args or (), strict=False) if not is_nothing(forced(arg))}
    expr = value.expr if isinstance(value, Lazy) else None
    if isinstance(value, Lazy) and isinstance(expr, Name) and value.scope is not None:
        scope = value.scope
        for node in interpreter.nodes_of(scope.module, scope.function, Assign):
            target = node.target
            if isinstance(target, Member) and isinstance(target.obj, Name) and target.obj.id == expr.id:
                fields[target.prop] = interpreter.lazy(node.value, scope)
    elif not fields:
        return value
    return Record(fields)


def range_of(value: ForeignValue) -> str | None:
    """What `new Range(0, 59, 10)` says as a field of a cron expression; `None` where it is no such range."""
    if value.path[-1:] != (RANGE,) or not value.args or len(value.args) < 2:
        return None
    numbers = [number_of(arg) for arg in value.args[:3]]
    if any(number is None or number != int(number) or number < 0 for number in numbers):
        return None
    first, last, step = (*(int(number or 0) for number in numbers), 1)[:3]
    return f"{first}-{last}/{step}" if step > 1 else f"{first}-{last}"
