"""Counters that run down: `left -= 1; if (left <= 0) { left = 30; refresh(); }` opens every thirtieth time.

How often it opens is not known where the counter begins anew with what is not known, or does not run in every round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.machine.static import scope_inside
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Assign, Lit, Member, Name, Op, Un

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Node

_AT_END = {"<=": 0, "===": 0, "==": 0, "<": 1}
"""Comparisons of a counter with a number that hold at its end, and the number there."""
_BEFORE = {">": 0, "!==": 0, "!=": 0, ">=": 1}


def runs_down(
    interpreter: Interpreter, test: Expr, scope: Scope, *, opens: bool, every: frozenset[str]
) -> tuple[str, int | None] | None:
    """The counter that `test` is `opens` at the end of, and of how many rounds; `None` where that is not known.

    `every` are the counters that each round steps.
    """
    counter = _counter(test, opens=opens)
    name = words(counter) if counter is not None else ""
    if not name or not _is_stepped(interpreter, scope, name):
        return None
    begins = list(_begins_anew(interpreter, scope, name))
    if not begins:
        return None
    known = {number for number in begins if number is not None and number > 1}
    surely = len(known) == 1 and len(known) == len(set(begins)) and name in every
    return name, int(known.pop()) if surely else None


def _counter(test: Expr, *, opens: bool) -> Expr | None:
    """The counter that a test compares with its end."""
    if isinstance(test, Un) and test.op == "!":
        stepped = stepped_down(test.value)
        return stepped if opens and stepped is not None else _counter(test.value, opens=not opens)
    if not isinstance(test, Op) or len(test.items) != 2 or not isinstance(test.items[1], Lit):
        return None
    end = (_AT_END if opens else _BEFORE).get(test.op)
    counter = stepped_down(test.items[0]) or test.items[0]
    return counter if end is not None and test.items[1].value == end and isinstance(counter, (Name, Member)) else None


def stepped_down(expr: Expr | Node) -> Expr | None:
    """What an expression takes one from."""
    if isinstance(expr, Un) and expr.op == "--":
        return expr.value
    one = isinstance(expr, Assign) and expr.op == "-=" and isinstance(expr.value, Lit) and expr.value.value == 1
    return expr.target if one and isinstance(expr, Assign) else None


def _is_stepped(interpreter: Interpreter, scope: Scope, name: str) -> bool:
    place = scope.module, scope.function
    nodes = (*interpreter.nodes_of(*place, Un), *interpreter.nodes_of(*place, Assign))
    return any((found := stepped_down(node)) is not None and words(found) == name for node in nodes)


def _begins_anew(interpreter: Interpreter, scope: Scope, name: str) -> Iterator[float | None]:
    """What the functions of a file set a counter to, where that is a number that is known."""
    last = "." + name.rpartition(".")[2] if "." in name else name
    for index, function in enumerate(interpreter.program.modules[scope.module].functions):
        if last not in function.refs or not index:
            continue
        for node in interpreter.nodes_of(scope.module, index, Assign):
            if node.op == "=" and words(node.target) == name:
                yield number_of(interpreter.evaluate(node.value, scope_inside(interpreter, scope.module, index)))
