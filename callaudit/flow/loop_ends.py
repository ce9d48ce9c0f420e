"""What ends a loop, and what changes in it from round to round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.floating import floating
from callaudit.flow.going_through import goes_through
from callaudit.flow.values import Closure, forced
from callaudit.syntax.ir import (
    Assign,
    Await,
    Block,
    Call,
    Cond,
    Do,
    If,
    Index,
    Jump,
    Let,
    Lit,
    Loop,
    Member,
    Name,
    Op,
    Ret,
    Switch,
    Throw,
    Try,
    Typed,
    Un,
)
from callaudit.syntax.typescript.modules import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.activation import Frame
    from callaudit.syntax.ir import Expr, Node, Stmt

TAKING = frozenset({"shift", "pop", "next", "splice", "dequeue", "take", "read", "poll"})
"""Methods that give something else each time."""


def is_retry(frame: Frame, loop: Loop, calls: frozenset[int]) -> bool:
    """Whether a loop makes the same call again, and ends when that went well."""
    loose = floating(frame.interpreter, frame.scope, loop.body)
    if not _made(loop.body, calls, loose) and not (loop.test is not None and _made((Do(loop.test, 0),), calls, loose)):
        return False  # nothing waits for it: the loop does not learn how it ends
    results = _results(loop.body, calls)
    caught = _caught(loop.body, calls, loose)
    leaves = _leaves_on_success(loop, calls, results)
    if not leaves or (not caught and goes_through(frame, loop, results)):
        return False
    changed = _varying(loop, calls) | _filled(loop.body, calls, results)
    return caught or not (mentioned_in_calls(loop.body, calls) & changed)


def is_endless(frame: Frame, loop: Loop) -> bool:
    """Whether its test, and what in its body ends it, ask for a flag, not for data."""
    if loop.test is not None and not _is_flag(frame, loop.test, loop.body):
        return False
    return all(
        bool(tests) and all(_is_flag(frame, test, loop.body) for test in tests)
        for _, tests in _leaving(loop.body, loops=False)
    )


def _is_flag(frame: Frame, test: Expr, body: Sequence[Stmt]) -> bool:
    """A constant, a variable or field that the body's own work does not set, or a function that gives such."""
    if isinstance(test, Lit):
        return bool(test.value)
    if isinstance(test, Un) and test.op == "!":
        test = test.value
    if isinstance(test, Op) and test.op in ("&&", "||"):
        return all(_is_flag(frame, item, body) for item in test.items)
    if isinstance(test, Call):
        return not test.args and _gives_flag(frame, test, body)
    return _is_flag_variable(test, body)


def _gives_flag(frame: Frame, call: Call, body: Sequence[Stmt]) -> bool:
    """Whether a function of the program does nothing but tell of a flag: `isStopping()`."""
    callee = forced(frame.interpreter.evaluate(call.callee, frame.scope))
    if not isinstance(callee, Closure):
        return False
    statements = frame.interpreter.function(callee.module, callee.index).body
    given = statements[0].value if len(statements) == 1 and isinstance(statements[0], Ret) else None
    while isinstance(given, Un) and given.op == "!":
        given = given.value
    return given is not None and (isinstance(given, Lit) or _is_flag_variable(given, body))


def _is_flag_variable(test: Expr, body: Sequence[Stmt]) -> bool:
    if isinstance(test, Member):
        if test.prop in ("length", "size"):
            return False
        while isinstance(test, Member):
            test = test.obj
        return isinstance(test, Name) and test.id not in _assigned(body)
    return isinstance(test, Name) and test.id not in _assigned(body)


def _assigned(body: Sequence[Stmt]) -> set[str]:
    found: set[str] = set()
    for node in walk(tuple(body)):
        if isinstance(node, (Let, Assign)):
            found.update(bound_names(node.target))
    return found


def _leaving(body: Sequence[Stmt], *, loops: bool) -> Iterator[tuple[Stmt, tuple[Expr, ...]]]:
    """Each statement that leaves a loop, with the tests that it stands behind; not those of handlers."""
    waiting: list[tuple[Stmt, tuple[Expr, ...], bool]] = [(statement, (), loops) for statement in body]
    while waiting:
        statement, tests, inner = waiting.pop()
        if isinstance(statement, Ret) or (isinstance(statement, Jump) and statement.kind == "break" and not inner):
            yield statement, tests
        elif isinstance(statement, If):
            waiting.extend((one, (*tests, statement.test), inner) for one in (*statement.then, *statement.other))
        elif isinstance(statement, Try):
            waiting.extend((one, tests, inner) for one in (*statement.body, *statement.final))
        elif isinstance(statement, Block):
            waiting.extend((one, tests, inner) for one in statement.body)
        elif isinstance(statement, Loop):
            waiting.extend((one, tests, True) for one in statement.body)
        elif isinstance(statement, Switch):
            waiting.extend((one, (*tests, statement.value), True) for case in statement.cases for one in case.body)


def _leaves_on_success(loop: Loop, calls: frozenset[int], results: set[str]) -> bool:
    """Whether the loop ends because of what a call gave, or because it gave anything at all."""
    for statement, tests in _leaving(loop.body, loops=False):
        value = statement.value if isinstance(statement, Ret) else None
        if not tests or any(_depends(test, calls, results) for test in tests):
            return True
        if value is not None and _depends(value, calls, results):
            return True
    if loop.test is None:
        return False
    names = {node.id for node in walk((loop.test,)) if isinstance(node, Name)}
    return bool(names & results) or _depends(loop.test, calls, results)


def _depends(expr: Expr, calls: frozenset[int], results: set[str]) -> bool:
    return any(
        (isinstance(node, Name) and node.id in results) or (isinstance(node, Call) and node.line in calls)
        for node in walk((expr,))
    )


def _results(body: Sequence[Stmt], calls: frozenset[int]) -> set[str]:
    """Variables that hold what a call gave, or are set where that decides."""
    found: set[str] = set()
    nodes = walk(tuple(body))
    for node in nodes:
        if type(node) is Try and node.handler is not None:
            found.update(_set_to_constants(_behind_call(node.body, calls)))
    for _ in range(4):
        before = len(found)
        for node in nodes:
            value = node.value if isinstance(node, (Let, Assign)) else None
            if value is not None and isinstance(node, (Let, Assign)) and _depends(value, calls, found):
                found.update(bound_names(node.target))
            elif isinstance(node, If) and _depends(node.test, calls, found):
                found.update(_set_to_constants((*node.then, *node.other)))
        if len(found) == before:
            break
    return found


def _behind_call(body: Sequence[Stmt], calls: frozenset[int]) -> Sequence[Stmt]:
    """What is done only where a call did not fail: the statements that follow it in its block."""
    for number, statement in enumerate(body):
        if any(isinstance(node, Call) and node.line in calls for node in walk((statement,))):
            return body[number + 1 :]
    return ()


STATUSES = frozenset({"ok", "status", "statusCode"})
"""What says of an answer that the request went well (fetch, axios, got, Node)."""


def waits_for_content(loop: Loop, calls: frozenset[int]) -> bool:
    """Whether a loop asks again until an answer has what it waits for, not only after failures."""
    results = _results(loop.body, calls)
    nodes = walk(loop.body)
    answers = {
        name
        for node in nodes
        if isinstance(node, (Let, Assign)) and node.value is not None and _is_answer(node.value, calls)
        for name in bound_names(node.target)
    }
    tests = [node.test for node in nodes if isinstance(node, (If, Cond))]
    return any(
        _asks_content(part, answers)
        for test in (*tests, *((loop.test,) if loop.test is not None else ()))
        for part in _parts(test)
        if _depends(part, calls, results) and not _is_set_flag(part, nodes)
    )


def _is_answer(value: Expr, calls: frozenset[int]) -> bool:
    """Whether a value is what a call gave, or nothing where it failed: `await load().catch(() => null)`."""
    while isinstance(value, (Await, Typed)):
        value = value.value
    if not isinstance(value, Call):
        return False
    inner = value.callee.obj if isinstance(value.callee, Member) and value.callee.prop == "catch" else None
    return _is_answer(inner, calls) if inner is not None else value.line in calls


def _parts(test: Expr) -> Iterator[Expr]:
    if isinstance(test, Op) and test.op in ("&&", "||"):
        for item in test.items:
            yield from _parts(item)
    elif isinstance(test, Un) and test.op == "!":
        yield from _parts(test.value)
    else:
        yield test


def _asks_content(test: Expr, answers: set[str]) -> bool:
    """Whether a test asks more of an answer than whether there is one, or its status."""
    if isinstance(test, Op):
        if any(isinstance(item, Lit) and isinstance(item.value, str) for item in test.items):
            return True  # a status of HTTP is a number
        return any(_asks_content(item, answers) for item in test.items if not isinstance(item, Lit))
    if isinstance(test, Name):
        return test.id not in answers
    return not (isinstance(test, Member) and test.prop in STATUSES)


def _is_set_flag(test: Expr, nodes: Sequence[Node]) -> bool:
    """Whether a test asks a flag, which another test has set."""
    return isinstance(test, Name) and test.id in _set_to_constants(nodes)


def _set_to_constants(body: Sequence[Node]) -> set[str]:
    """Flags that are set in statements."""
    return {
        node.target.id
        for node in walk(tuple(body))
        if isinstance(node, Assign) and isinstance(node.target, Name) and isinstance(node.value, Lit)
    }


def _made(body: Sequence[Stmt], calls: frozenset[int], loose: frozenset[int]) -> bool:
    """Whether `body` makes one of the calls, and not only such as nobody waits for."""
    return any(isinstance(one, Call) and one.line in calls and id(one) not in loose for one in walk(tuple(body)))


def _caught(body: Sequence[Stmt], calls: frozenset[int], loose: frozenset[int]) -> bool:
    """Whether an error of a call is caught inside the loop, which then goes on."""
    for node in walk(tuple(body)):
        if not isinstance(node, Try) or node.handler is None:
            continue
        if _made(node.body, calls, loose):
            if any(isinstance(one, If) and (_goes_round(one.then) or _goes_round(one.other)) for one in node.handler):
                return True
            return not any(isinstance(one, (Ret, Throw)) for one in node.handler) and not (
                node.handler and isinstance(node.handler[-1], Jump) and node.handler[-1].kind == "break"
            )
    return False


# --- what changes from round to round --------------------------------------------------------------


def _varying(loop: Loop, calls: frozenset[int]) -> set[str]:
    """Variables that differ from round to round."""
    nodes: list[Node] = [*walk((*loop.init, *loop.body))]
    if loop.update is not None:
        nodes.extend(walk((loop.update,)))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Assign):
            found.update(bound_names(node.target))
        elif isinstance(node, Un) and node.op in ("++", "--") and isinstance(node.value, Name):
            found.add(node.value.id)
    for _ in range(4):
        before = len(found)
        for node in nodes:
            if isinstance(node, Let) and node.value is not None and _changes(node.value, calls, found):
                found.update(bound_names(node.target))
        if len(found) == before:
            break
    return found


def _filled(body: Sequence[Stmt], calls: frozenset[int], results: set[str]) -> set[str]:
    """Objects that are given something of an answer: `params.set("cursor", next)`, `query.page = next`."""
    found: set[str] = set()
    for node in walk(tuple(body)):
        holder: Expr | None = None
        if isinstance(node, Call) and node.line not in calls and isinstance(node.callee, Member):
            holder = node.callee.obj if any(names(arg) & results for arg in node.args) else None
            if node.callee.prop == "assign" and len(node.args) > 1:  # Object.assign(query, { after })
                holder = node.args[0] if holder is not None else None
        elif isinstance(node, Assign) and isinstance(node.target, (Member, Index)):
            holder = node.target if names(node.value) & results else None
        if holder is not None:
            found.update(held_by(holder))
    return found


def _goes_round(way: Sequence[Stmt]) -> bool:
    return bool(way) and isinstance(way[-1], Jump) and way[-1].kind == "continue"


def held_by(expr: Expr) -> Iterator[str]:
    """The variable that an object belongs to; of what belongs to `this`, its field."""
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id == "this":
            yield f"this.{expr.prop}"
            return
        expr = expr.obj
    if isinstance(expr, Name):
        yield expr.id


def names(expr: Expr) -> set[str]:
    """The names in an expression."""
    return {node.id for node in walk((expr,)) if isinstance(node, Name)}


def _changes(value: Expr, calls: frozenset[int], varying: set[str]) -> bool:
    for node in walk((value,)):
        if isinstance(node, Name) and node.id in varying:
            return True
        if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop in TAKING:
            return True
        if isinstance(node, Await) and isinstance(node.value, Call) and node.value.line not in calls:
            return True
    return False


def mentioned_in_calls(body: Sequence[Stmt], calls: frozenset[int]) -> set[str]:
    """Names in the arguments of the calls."""
    found: set[str] = set()
    for node in walk(tuple(body)):
        if isinstance(node, Call) and node.line in calls:
            found.update(one.id for one in walk(node.args) if isinstance(one, Name))
            found.update(one.id for one in walk((node.callee,)) if isinstance(one, Name))
            found.update(name for one in walk((node,)) if isinstance(one, Member) for name in held_by(one))
    return found
