"""How often a loop runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.words import words
from callaudit.flow.lists.alone import alone_in
from callaudit.flow.lists.maps import walked
from callaudit.flow.lists.most import most_items, most_number
from callaudit.flow.loops.counters import counted_rounds, rounds_of
from callaudit.flow.reading.within import item_of, items_apart
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Seq, Unknown, Value
from callaudit.syntax.ir import Assign, Let, Lit, Loop, Name, Op, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr


class Count(Struct):
    """Bounds of a loop's rounds; `most` is None where data decides. `kind` is `loop`, `items` or `forever`."""

    kind: str
    least: int
    most: int | None
    item: Value
    over: str = ""
    variable: str = ""
    items: tuple[Value, ...] = ()
    """The items themselves, where all are known."""
    apart: tuple[Value, ...] = ()
    """What one item may be, where those are objects of which there may be more."""
    alone: frozenset[int] = frozenset()
    """The identities of those of `apart` that are in the list once."""


def iterations(interpreter: Interpreter, loop: Loop, scope: Scope) -> Count:
    """How often the body of `loop` runs, as far as the code tells."""
    if loop.source is not None:
        return _over_items(interpreter, loop, scope)
    if loop.kind == "for":
        counted = _counted(interpreter, loop, scope)
        if counted is not None:
            return counted
    least = 1 if loop.kind == "do" else 0
    constant = loop.test is None or isinstance(loop.test, Lit)
    forever = loop.test is None or (constant and truth(interpreter.evaluate(loop.test, scope)) is True)
    counted_by_hand = counted_rounds(loop, scope, forever=forever)
    if counted_by_hand is not None:
        return Count("loop", *counted_by_hand, Unknown("item"), over=words(loop.test) if loop.test else "")
    if forever:
        return Count("forever", 1, None, Unknown("item"))
    return Count("loop", least, None, Unknown("item"), over=words(loop.test))


def _over_items(interpreter: Interpreter, loop: Loop, scope: Scope) -> Count:
    source = loop.source
    if source is None:
        return Count("items", 0, None, Unknown("item"))
    value = walked(forced(interpreter.evaluate(source, scope)))
    if isinstance(value, Seq) and not value.open and loop.kind == "of":
        rounds = len(value.items)
        return Count(
            "items",
            0 if value.chosen else rounds,
            rounds,
            join(value.items) if rounds else Unknown("item"),
            over=words(source),
            items=value.items,
        )
    item = item_of(value) if loop.kind == "of" else Unknown("item", "an item of data")
    apart = items_apart(value) if loop.kind == "of" else ()
    alone = alone_in(interpreter, value) if apart else frozenset()
    most = most_items(value) if loop.kind == "of" else None
    return Count("items", 0, most, item, over=words(source), apart=apart, alone=alone)


def _counted(interpreter: Interpreter, loop: Loop, scope: Scope) -> Count | None:
    """A loop that counts from one constant to another by a constant."""
    let = next((item for item in loop.init if isinstance(item, Let) and isinstance(item.target, Name)), None)
    if let is None or not isinstance(let.target, Name) or let.value is None or not isinstance(loop.test, Op):
        return None
    name = let.target.id
    first = _number(interpreter, let.value, scope)
    step = _step(interpreter, loop, name, scope)
    for test in loop.test.items if loop.test.op == "&&" else (loop.test,):
        if (
            isinstance(test, Op)
            and len(test.items) == 2
            and isinstance(test.items[0], Name)
            and test.items[0].id == name
        ):
            if any(_is_moved(loop, node.id) for node in walk((test.items[1],)) if isinstance(node, Name)):
                return Count("loop", 0, None, Unknown(name), over=words(test.items[1]), variable=name)
            bound = _number(interpreter, test.items[1], scope)
            rounds = rounds_of(first, bound, step, test.op)
            if _is_moved(loop, name):  # it skips some of its rounds, or takes them again
                most = rounds if _only_goes_on(interpreter, loop, name, scope, step) else None
                least = min(rounds or 0, 1) if test is loop.test else 0
                return Count("loop", least, most, Unknown(name), over=words(test.items[1]), variable=name)
            if rounds is not None:
                return Count("loop", rounds if test is loop.test else 0, rounds, Unknown(name), variable=name)
            greatest = most_number(interpreter.evaluate(test.items[1], scope)) if (step or 0) > 0 else None
            most = rounds_of(first, greatest, step, test.op)
            return Count("loop", 0, most, Unknown(name), over=words(test.items[1]), variable=name)
    return None


def _is_moved(loop: Loop, name: str) -> bool:
    """Whether the body of a loop sets its counter as well."""
    return any(_sets(node, name) for node in walk(loop.body))


def _sets(node: object, name: str) -> bool:
    target = node.target if isinstance(node, Assign) else None
    if isinstance(node, Un) and node.op in ("++", "--"):
        target = node.value
    return isinstance(target, Name) and target.id == name


def _only_goes_on(interpreter: Interpreter, loop: Loop, name: str, scope: Scope, step: float | None) -> bool:
    """Whether the body only moves the counter the way that the loop goes: no round is taken twice."""
    up = (step or 0) > 0
    for node in walk(loop.body):
        if isinstance(node, Un) and _sets(node, name) and (node.op == "++") != up:
            return False
        if isinstance(node, Assign) and _sets(node, name):
            by = _number(interpreter, node.value, scope) if node.op in ("+=", "-=") else None
            if by is None or ((by > 0) == (node.op == "+=")) != up:
                return False
    return True


def _number(interpreter: Interpreter, expr: Expr, scope: Scope) -> float | None:
    value = forced(interpreter.evaluate(expr, scope))
    if isinstance(value, Const) and isinstance(value.value, (int, float)) and not isinstance(value.value, bool):
        return value.value
    if isinstance(value, Unknown) and value.default:
        try:
            return float(value.default)
        except ValueError:
            return None
    return None


def _step(interpreter: Interpreter, loop: Loop, name: str, scope: Scope) -> float | None:
    update = loop.update
    if isinstance(update, Un) and isinstance(update.value, Name) and update.value.id == name:
        return 1 if update.op == "++" else -1
    if isinstance(update, Assign) and isinstance(update.target, Name) and update.target.id == name:
        amount = _number(interpreter, update.value, scope) if update.op in ("+=", "-=") else None
        return amount if amount is None or update.op == "+=" else -amount
    return None
