"""Times that every run notes, whether its test then opens or not: `at = Date.now(); … if (Date.now() - at > 9_500)`.

Such a test asks how long this run took, or how long ago the run before it was, and no time of the last opening: how
often it opens is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.guards.ages import is_clock
from callaudit.syntax.blocks import blocks_of
from callaudit.syntax.ir import Assign, Cond, Do, If, Jump, Loop, Name, Ret, Throw
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt

MOST_NESTED = 20


def always_stamped(interpreter: Interpreter, test: Expr, scope: Scope, is_it: Callable[[Expr], bool]) -> bool:
    """Whether each run, or round of the loop around `test`, sets to the time what `is_it` holds of."""
    body = interpreter.function(scope.module, scope.function).body
    return any(
        isinstance(statement, Do)
        and isinstance(statement.value, Assign)
        and statement.value.op == "="
        and is_clock(interpreter, statement.value.value, scope)
        and is_it(statement.value.target)
        for statement in _in_each_run(body, test, MOST_NESTED)
    )


def _in_each_run(body: Sequence[Stmt], test: Expr, depth: int) -> Iterator[Stmt]:
    """The statements around `test` that a run takes whichever way it goes; inside a loop, those of its rounds."""
    lists = list(_lists_around(body, test, depth))
    first = next((at + 1 for at in range(len(lists) - 1, -1, -1) if type(lists[at][0][lists[at][1]]) is Loop), 0)
    leaves = False
    for statements, at in reversed(lists[first:]):
        here = statements[at]
        yield from statements[:at]
        leaves = leaves or (isinstance(here, If) and (_leaves(here.then) or _leaves(here.other)))
        if not leaves:
            yield from statements[at + 1 :]


def _lists_around(body: Sequence[Stmt], test: Expr, depth: int) -> Iterator[tuple[Sequence[Stmt], int]]:
    """The lists of statements that `test` stands in, from without inwards, each with where it stands."""
    at = next((number for number, one in enumerate(body) if _asks(one, test)), None)
    if at is None or not depth:
        return
    yield body, at
    for inner in blocks_of(body[at]):
        yield from _lists_around(inner, test, depth - 1)


def _asks(statement: Stmt, test: Expr) -> bool:
    nodes = walk((statement,))
    if isinstance(test, Name):  # other mentions of a name may be the same record
        return any(isinstance(node, (If, Cond)) and node.test is test for node in nodes)
    return any(node is test for node in nodes)


def _leaves(way: Sequence[Stmt]) -> bool:
    return bool(way) and isinstance(way[-1], (Ret, Jump, Throw))
