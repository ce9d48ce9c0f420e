"""What ends a loop, and whether it makes the same call again until that went well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.loops.collecting import collects
from callaudit.flow.loops.going_through import goes_through
from callaudit.flow.loops.loop_results import depends, results_of
from callaudit.flow.loops.round_changes import filled_with, mentioned_in_calls, varying
from callaudit.flow.machine.floating import floating
from callaudit.flow.reading.jumps import ends, goes_round
from callaudit.syntax.ir import (
    Block,
    Call,
    Do,
    If,
    Loop,
    Name,
    Ret,
    Switch,
    Throw,
    Try,
    Un,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.syntax.ir import Expr, Stmt


def is_retry(frame: Frame, loop: Loop, calls: Calls) -> bool:
    """Whether a loop makes the same call again, and ends when that went well."""
    loose = floating(frame.interpreter, frame.scope, loop.body)
    if not _made(loop.body, calls, loose) and not (loop.test is not None and _made((Do(loop.test, 0),), calls, loose)):
        return False  # nothing waits for it: the loop does not learn how it ends
    results = results_of(loop.body, calls)
    caught = _caught(loop, calls, loose)
    leaves = _leaves_on_success(loop, calls, results)
    if not leaves or (not caught and (goes_through(frame, loop, results) or collects(frame, loop, calls, results))):
        return False
    changed = varying(loop, calls) | filled_with(loop.body, calls, results)
    return caught or not (mentioned_in_calls(loop.body, calls) & changed)


def leaving(loop: Loop) -> Iterator[tuple[Stmt, tuple[Expr, ...]]]:
    """Each statement that leaves a loop, with the tests that hold where it stands; not those of handlers."""
    waiting: list[tuple[Stmt, tuple[Expr, ...], bool]] = [(statement, (), False) for statement in loop.body]
    while waiting:
        statement, tests, inner = waiting.pop()
        if isinstance(statement, Ret) or ends(loop, statement, inner=inner):
            yield statement, tests
        elif isinstance(statement, If):
            waiting.extend((one, (*tests, statement.test), inner) for one in statement.then)
            waiting.extend((one, (*tests, Un("!", statement.test)), inner) for one in statement.other)
        elif isinstance(statement, Try):
            waiting.extend((one, tests, inner) for one in (*statement.body, *statement.final))
        elif isinstance(statement, Block):
            waiting.extend((one, tests, inner) for one in statement.body)
        elif isinstance(statement, Loop):
            waiting.extend((one, tests, True) for one in statement.body)
        elif isinstance(statement, Switch):
            waiting.extend((one, (*tests, statement.value), True) for case in statement.cases for one in case.body)


def _leaves_on_success(loop: Loop, calls: Calls, results: set[str]) -> bool:
    """Whether the loop ends because of what a call gave, or because it gave anything at all."""
    for statement, tests in leaving(loop):
        value = statement.value if isinstance(statement, Ret) else None
        if not tests or any(depends(test, calls, results) for test in tests):
            return True
        if value is not None and depends(value, calls, results):
            return True
    if loop.test is None:
        return False
    names = {node.id for node in walk((loop.test,)) if isinstance(node, Name)}
    return bool(names & results) or depends(loop.test, calls, results)


def _made(body: Sequence[Stmt], calls: Calls, loose: frozenset[int]) -> bool:
    """Whether `body` makes one of the calls, and not only such as nobody waits for."""
    return any(isinstance(one, Call) and one.place in calls and id(one) not in loose for one in walk(tuple(body)))


def _caught(loop: Loop, calls: Calls, loose: frozenset[int]) -> bool:
    """Whether an error of a call is caught inside the loop, which then goes on."""
    for node in walk(loop.body):
        if not isinstance(node, Try) or node.handler is None:
            continue
        if _made(node.body, calls, loose):
            if any(
                isinstance(one, If) and (_goes_round(loop, one.then) or _goes_round(loop, one.other))
                for one in node.handler
            ):
                return True
            return not any(isinstance(one, (Ret, Throw)) for one in node.handler) and not (
                node.handler and ends(loop, node.handler[-1])
            )
    return False


def _goes_round(loop: Loop, way: Sequence[Stmt]) -> bool:
    return bool(way) and goes_round(loop, way[-1])
