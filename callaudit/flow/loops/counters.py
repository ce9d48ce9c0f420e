"""Loops that count by hand: `while (n < 3) { … n++ }`, and `while (true)` that a counter leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.reading.jumps import may_go_round
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const
from callaudit.syntax.ir import Assign, Block, Do, If, Jump, Let, Lit, Name, Op, Ret, Throw, Try, Un
from callaudit.syntax.operators import FLIPPED, OPPOSITE
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Loop, Stmt

MOST_ROUNDS = 1_000_000


def counted_rounds(loop: Loop, scope: Scope, *, forever: bool) -> tuple[int, int] | None:
    """(least, most) rounds of a loop that a counter ends; `None` where no counter is seen to end it."""
    if forever:
        for statement in _flat(loop.body):
            if isinstance(statement, If) and _leaves(statement.then):
                found = _limit(statement.test, loop, scope, ends=True)
                if found is not None:
                    return 1, found
        return None
    if loop.test is None:
        return None
    most = _limit(loop.test, loop, scope, ends=False)
    if most is None:
        return None
    if loop.kind == "do":
        most = max(most, 1)
    sure = isinstance(loop.test, Op) and loop.test.op in FLIPPED and _steps_plainly(loop, loop.test)
    whole = loop.kind == "do" or not (isinstance(loop.test, Op) and loop.test.op == "&&")
    return (most if sure else min(most, 1) if whole else 0), most


def _limit(test: Expr, loop: Loop, scope: Scope, *, ends: bool) -> int | None:
    """How many rounds `test` allows, as the condition to go on or, with `ends`, to leave."""
    word = "||" if ends else "&&"
    for part in test.items if isinstance(test, Op) and test.op == word else (test,):
        if not isinstance(part, Op) or part.op not in FLIPPED or len(part.items) != 2:
            continue
        left, right, op = part.items[0], part.items[1], part.op
        if _counter(left) is None:
            left, right, op = right, left, FLIPPED[op]
        name = _counter(left)
        bound = _constant(right, scope)
        first = _start(name, scope) if name is not None else None
        if name is None or bound is None or first is None:
            continue
        step = _step(loop, name)
        if step is None or not _each_round(loop, name):
            continue
        rounds = rounds_of(first, bound, step, OPPOSITE[op] if ends else op)
        if rounds is None:
            continue
        # `++n >= 3` and a test after the step see the new value; one before it sees a round more
        return rounds + (1 if ends and isinstance(left, Name) and _test_first(loop, part, name) else 0)
    return None


def _counter(expr: Expr) -> str | None:
    if isinstance(expr, Un) and expr.op in ("++", "--"):
        expr = expr.value
    return expr.id if isinstance(expr, Name) else None


def _constant(expr: Expr, scope: Scope) -> float | None:
    if isinstance(expr, Lit):
        return _number(expr.value)
    return _start(expr.id, scope) if isinstance(expr, Name) else None


def _start(name: str | None, scope: Scope) -> float | None:
    owner = scope.find(name) if name is not None else None
    value = forced(owner.vars[name]) if owner is not None and name is not None else None
    return _number(value.value) if isinstance(value, Const) else None


def _number(value: object) -> float | None:
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _changes(node: object, name: str) -> float | None:
    """By how much `node` itself changes the variable; 0 where it does not, `None` where that is not known."""
    if isinstance(node, Un) and node.op in ("++", "--") and _counter(node) == name:
        return 1 if node.op == "++" else -1
    if isinstance(node, Assign) and isinstance(node.target, Name) and node.target.id == name:
        amount = _number(node.value.value) if isinstance(node.value, Lit) else None
        if node.op in ("+=", "-=") and amount is not None:
            return amount if node.op == "+=" else -amount
        return None
    return 0


def _step(loop: Loop, name: str) -> float | None:
    """The one amount by which the loop changes its counter."""
    amounts: set[float] = set()
    rest = tuple(item for item in (loop.test, loop.update) if item is not None)
    for node in walk((*loop.body, *rest)):
        amount = _changes(node, name)
        if amount is None:
            return None
        if amount:
            amounts.add(amount)
    return amounts.pop() if len(amounts) == 1 else None


def _each_round(loop: Loop, name: str) -> bool:
    """Whether no round goes on to the next without a step of the counter."""
    tested = (loop.test,) if loop.test is not None else ()
    return _steps(tested, name) or _always(loop.body, name)


def _steps(nodes: Sequence[object], name: str) -> bool:
    return any(bool(_changes(node, name)) for node in walk(nodes))  # type: ignore[arg-type]


def _always(body: Sequence[Stmt], name: str) -> bool:
    for statement in body:
        if _leaves((statement,)):
            return True
        if isinstance(statement, (Do, Let)) and statement.value is not None and _steps((statement.value,), name):
            return True
        if isinstance(statement, If):
            if _steps((statement.test,), name):
                return True
            if _always(statement.then, name) and _always(statement.other, name):
                return True
        if isinstance(statement, Block) and _always(statement.body, name):
            return True
        if isinstance(statement, Try):
            caught = statement.handler is None or _always(statement.handler, name)
            if (_always(statement.body, name) and caught) or _always(statement.final, name):
                return True
        if _continues(statement):
            return False
    return False


def _continues(statement: Stmt) -> bool:
    return any(map(may_go_round, walk((statement,))))


def _leaves(body: Sequence[Stmt]) -> bool:
    """Whether the statements surely end the loop."""
    for statement in body:
        if isinstance(statement, (Ret, Throw)) or (isinstance(statement, Jump) and statement.kind == "break"):
            return True
        if isinstance(statement, Block) and _leaves(statement.body):
            return True
        if isinstance(statement, If) and _leaves(statement.then) and _leaves(statement.other):
            return True
    return False


def _flat(body: Sequence[Stmt]) -> list[Stmt]:
    """The statements of a loop's body, those of blocks and of `try` included."""
    found: list[Stmt] = []
    for statement in body:
        found.append(statement)
        if isinstance(statement, Block):
            found.extend(_flat(statement.body))
        elif isinstance(statement, Try):
            found.extend(_flat((*statement.body, *(statement.handler or ()), *statement.final)))
    return found


def _steps_plainly(loop: Loop, test: Op) -> bool:
    """Whether each round steps once, at the level of the body itself."""
    name = _counter(test.items[0]) or _counter(test.items[1])
    if name is None:
        return False
    plain = [item for item in loop.body if isinstance(item, Do) and _steps((item.value,), name)]
    tested = _steps((test,), name)
    return (len(plain) == 1) != tested and sum(bool(_changes(n, name)) for n in walk((*loop.body, test))) == 1


def _test_first(loop: Loop, test: Op, name: str) -> bool:
    """Whether the test that leaves the loop comes before the step."""
    for node in walk(loop.body):
        if node is test:
            return True
        if _changes(node, name):
            return False
    return False


def rounds_of(first: float | None, bound: float | None, step: float | None, op: str) -> int | None:
    """How often `counter op bound` holds as it goes from `first` by `step`; `None` where that is not known to end."""
    if first is None or bound is None or not step:
        return None
    if op not in ("<", "<=", ">", ">=") or (op in ("<", "<=")) != (step > 0):
        return None
    distance = bound - first if step > 0 else first - bound
    rounds = int(distance // abs(step)) + 1 if op in ("<=", ">=") else -int(-distance // abs(step))
    return rounds if 0 <= rounds <= MOST_ROUNDS else 0 if rounds < 0 else None
