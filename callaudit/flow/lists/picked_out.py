"""What an item surely is that a predicate found: in `queues.find((one) => one.name === name)` the one of that name.

An item that stands for many, a queue that a loop makes for each name, is the one that was looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.members import member
from callaudit.flow.values.comparisons import equal
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Closure, Const, OneOf, Record
from callaudit.libraries.model import Told
from callaudit.syntax.ir import Member, Name, Op, PatObj, Ret
from callaudit.syntax.operators import EQUAL
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr


def picked_out(interpreter: Interpreter, item: Value, predicate: Value) -> Value | None:
    """What `item` is where `predicate` holds for it; `None` where that says nothing more about it."""
    known = forced(predicate)
    if not isinstance(known, Closure):
        return None
    function = interpreter.function(known.module, known.index)
    body = function.body[0] if len(function.body) == 1 else None
    found: Value = item
    for name, other in _demands(function, body.value if isinstance(body, Ret) else None):
        wanted = forced(interpreter.evaluate(other, known.scope))
        ways = [_with(interpreter, found, name, one) for one in getattr(wanted, "values", (wanted,))]
        kept = [one for one in ways if one is not None]
        if kept and len(kept) == len(ways):
            found = join(kept)
    return found if found is not item else None


def _demands(function: Function, test: Expr | None) -> Iterator[tuple[str, Expr]]:
    """The properties of its parameter that a predicate wants to be equal to something, and to what."""
    if isinstance(test, Op) and test.op == "&&":
        for part in test.items:
            yield from _demands(function, part)
    if not isinstance(test, Op) or test.op not in EQUAL or not function.params:
        return
    target = function.params[0].target
    names = {node.id for node in walk((target,)) if isinstance(node, Name)}
    for one, other in (test.items, test.items[::-1]):
        name = _property(target, one)
        if name and not any(isinstance(node, Name) and node.id in names for node in walk((other,))):
            yield name, other
            return


def _property(target: Expr, expr: Expr) -> str:
    """The name of the property of a parameter that `expr` is."""
    if isinstance(target, Name) and isinstance(expr, Member) and isinstance(expr.obj, Name):
        return expr.prop if expr.obj.id == target.id else ""
    if isinstance(target, PatObj) and isinstance(expr, Name):
        for entry in target.entries:
            if isinstance(entry.target, Name) and entry.target.id == expr.id and isinstance(entry.key, str):
                return entry.key
    return ""


def _with(interpreter: Interpreter, item: Value, name: str, wanted: Value) -> Value | None:
    """`item` with a property that is one of several or not known, and may be `wanted`."""
    item, wanted = forced(item), forced(wanted)
    if not isinstance(wanted, Const) or not isinstance(item, (Client, Record)):
        return None
    has = forced(member(interpreter, item, name))
    ways = has.values if isinstance(has, OneOf) else (has,)
    if isinstance(has, Const) or all(equal(one, wanted) is False for one in ways):
        return None
    if isinstance(item, Record):
        fields = {**item.fields, name: wanted}
        return Record(fields, open=item.open, rest=item.rest, is_map=item.is_map) if name in item.fields else None
    told = item.library.clients.get(item.kind, {}).get(name)
    if not isinstance(told, Told):
        return None
    args = tuple(wanted if number == told.index else arg for number, arg in enumerate(item.args))
    return Client(item.library, item.kind, args, item.place)
