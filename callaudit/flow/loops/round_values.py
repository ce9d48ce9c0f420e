"""What variables may be in any round of a loop whose body is taken once for all rounds.

In the first round a variable is what it was before the loop: `let first = true; for (…) { if (first) { first = false;
continue; } … }`. In the others it is what the loop gives it, so that a test of it is decided for none of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from callaudit.flow.loops.round_changes import names
from callaudit.flow.machine.variables import assigned_in
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, Text, Unknown
from callaudit.syntax.ir import Assign, Await, Let, Name, Un
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Loop

CHANGES = "it changes in the loop"
Given = dict[str, "tuple[tuple[Expr, ...], bool, bool]"]
"""By the name of a variable of a loop: the values that it is given, if it is given others too, and if it only grows."""


def in_any_round(frame: Frame, statement: Loop, counter: str) -> None:
    """Let the variables that a loop changes be what they are in any of its rounds; `counter` is what it counts by."""
    interpreter, scope = frame.interpreter, frame.scope
    if not assigned_in(interpreter, scope):
        return
    known: dict[int, Given] = interpreter.found_once("given in loops", dict)
    if id(statement) not in known:
        known[id(statement)] = _given(statement)
    for name, (values, others, grows) in known[id(statement)].items():
        owner = scope.find(name) if name != counter else None
        if owner is None or owner.parent is None:
            continue  # variables of a module are what is ever assigned to them
        before = owner.vars[name]
        if grows and isinstance(forced(before), (Text, Const)) and _is_text(forced(before)):
            continue  # text that is put together
        owner.vars[name] = Lazy(partial(_any, interpreter, scope, before, values, name if others else ""))


def _is_text(value: Value) -> bool:
    return isinstance(value, Text) or (isinstance(value, Const) and isinstance(value.value, str))


def _any(interpreter: Interpreter, scope: Scope, before: Value, values: Sequence[Expr], other: str) -> Value:
    given = [interpreter.evaluate(value, scope) for value in values]
    return join([before, *given, *([Unknown(other, CHANGES)] if other else [])])


def moved_by_itself(statement: Loop) -> frozenset[str]:
    """The variables that rounds of a loop make of themselves: `wait *= 2`, `wait = Math.min(wait * 2, 60)`.

    And those that rounds declare and make of these, not those for which they wait: `const ms = wait * 1000`.
    """
    nodes = walk(statement.body)
    found = {
        name
        for node in nodes
        for name, op, value in _changes(node)
        if value is not None and (op not in ("=", "??=", "||=", "") or (op == "=" and name in names(value)))
    }
    for node in nodes:
        if isinstance(node, Let) and node.value is not None and _is_made_of(node.value, found):
            found.update(bound_names(node.target))
    return frozenset(found)


def _is_made_of(value: Expr, found: set[str]) -> bool:
    """Whether a value is made of variables, and does not wait for what these ask for."""
    parts = walk((value,))
    return bool(names(value) & found) and not any(isinstance(part, Await) for part in parts)


def _given(statement: Loop) -> Given:
    """What a loop gives to variables that it does not declare itself."""
    parts = (*statement.body, *(one for one in (statement.test, statement.update) if one is not None))
    nodes = list(walk(parts))
    inner = set(bound_names(statement.target)) if statement.target is not None else set()
    inner.update(name for node in nodes if isinstance(node, Let) for name in bound_names(node.target))
    changes = [one for node in nodes for one in _changes(node) if one[0] not in inner]
    moving = inner.union(name for name, _, _ in changes)
    found: Given = {}
    for name, op, value in changes:
        values, others, grows = found.get(name, ((), False, True))
        plain = op == "=" and value is not None and names(value).isdisjoint(moving)
        if plain and value is not None:
            values = (*values, value)
        found[name] = values, others or not plain, grows and op == "+="
    return found


def _changes(node: object) -> Iterator[tuple[str, str, Expr | None]]:
    if isinstance(node, Assign) and isinstance(node.target, Name):
        yield node.target.id, node.op, node.value
    elif isinstance(node, Assign):
        yield from ((name, "", None) for name in bound_names(node.target))
    elif isinstance(node, Un) and node.op in ("++", "--") and isinstance(node.value, Name):
        yield node.value.id, node.op, None
