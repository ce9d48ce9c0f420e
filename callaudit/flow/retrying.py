"""Which loops send the same request again, and which go on from item to item or from page to page.

A loop is a retry where it ends when the call succeeds (or gives what was waited for) and else makes the same call
again: an error is caught and the next round begins, or the call's arguments do not change from round to round.
A loop that nothing ends but a flag, and that waits, is a timer in other words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from callaudit.flow.effect_walks import walk_effects
from callaudit.flow.effects import Called, Request
from callaudit.flow.records import Retry, Span, Trigger
from callaudit.flow.rounds import Simulation
from callaudit.flow.words import words
from callaudit.syntax.ir import (
    Assign,
    Await,
    Block,
    Call,
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
    Stmt,
    Switch,
    Throw,
    Try,
    Un,
)
from callaudit.syntax.typescript.modules import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.effects import Effect
    from callaudit.flow.rounds import Event, Rounds
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Expr, Node

TAKING = frozenset({"shift", "pop", "next", "splice", "dequeue", "take", "read", "poll"})
"""Methods that give something else each time."""


def retry_of(frame: Frame, loop: Loop, inside: Sequence[Effect], start: dict[str, Value]) -> Retry | None:
    """The retry that a loop over no data is; `None` where it is none."""
    calls = call_lines(inside, frame.scope.module)
    if not calls or not _is_retry(loop, calls):
        return None
    found = Simulation(frame.interpreter, frame.scope, calls).loop(loop, start)
    return retry_from(frame, found, loop.line, "loop", words(loop.test) if loop.test is not None else "")


def retry_from(frame: Frame, found: Rounds, line: int, mechanism: str, test: str) -> Retry | None:
    """The record of the rounds that were found; `None` where there is no second one."""
    delays, before, why = delays_of(found)
    first = next((event.line for event in found.events if event.call), 0)
    attempts = sum(1 for event in found.events if event.call and event.line == first)
    if found.ended and attempts < 2:
        return None
    reason = "" if found.ended else f"its bound is not known: {found.open}" if found.open else "nothing bounds it"
    return Retry(
        mechanism=mechanism,
        file=frame.scope.module,
        line=line,
        function=frame.interpreter.qualified(frame.scope.module, frame.scope.function),
        attempts=attempts if found.ended else None,
        delays=delays if found.ended else delays[:3],
        backoff=backoff_of(delays, power=found.power) if not why else "exponential" if found.power else "unknown",
        jitter=found.jitter,
        before=before,
        stop=test,
        why="; ".join(part for part in (reason, why) if part),
        also=tuple(sorted({event.line for event in found.events if not event.call})),
    )


def delays_of(found: Rounds) -> tuple[tuple[float, ...], bool, str]:
    """The waits between attempts, whether one stands before the first, and what is not known of them."""
    events = found.events
    why = next((event.why or "it is computed" for event in events if not event.call and event.ms is None), "")
    if why:
        return (), False, f"a delay is not known: {why}"
    before = bool(events) and not events[0].call
    delays: list[float] = []
    waiting: float | None = None
    calls = 0
    for event in events:
        if event.call:
            if waiting is not None and (before or calls):
                delays.append(waiting)
            calls, waiting = calls + 1, None
        else:
            waiting = (waiting or 0) + (event.ms or 0)
    return tuple(int(ms) if ms == int(ms) else ms for ms in delays), before, ""


def backoff_of(delays: Sequence[float], *, power: bool = False) -> str:
    """How delays grow; `power` where they are computed with one, which two delays alone do not show."""
    if not delays or not any(delays):
        return "none"
    if len(delays) == 1 or len(set(delays)) == 1:
        return "fixed"
    if power:
        return "exponential"
    steps = {round(second - first, 6) for first, second in pairwise(delays)}
    if len(steps) == 1:
        return "linear"
    grown = [second / first for first, second in pairwise(delays) if first]
    capped = [ratio for ratio in grown if ratio != 1]
    return "exponential" if capped and min(capped) > 1 else "unknown"


def trigger_of(frame: Frame, loop: Loop, inside: Sequence[Effect]) -> Trigger | None:
    """The timer that a loop is which only a flag ends; `None` for one that its work ends."""
    if loop.kind not in ("while", "do", "for") or loop.update is not None or not _is_endless(loop):
        return None
    calls = call_lines(inside, frame.scope.module)
    found = Simulation(frame.interpreter, frame.scope, calls, failing=False).body(loop.body)
    waits = [event for event in found.events if not event.call]
    unknown = next((event.why for event in waits if event.ms is None and not event.spans), "")
    if not unknown and sum(event.ms is None for event in waits) > 1:
        unknown = "several waits, each of several times"
    spans = _waited(waits) if waits and not unknown else ()
    why = (
        ""
        if spans
        else f"its wait is not known: {unknown}"
        if waits
        else "it does not wait: as fast as its work allows"
    )
    return Trigger(
        kind="loop",
        mechanism="while+sleep" if waits else "while",
        file=frame.scope.module,
        line=loop.line,
        function=frame.interpreter.qualified(frame.scope.module, frame.scope.function),
        spans=spans,
        why=why,
        after=True,
        enabled=words(loop.test) if loop.test is not None and not isinstance(loop.test, Lit) else "",
    )


def _waited(waits: Sequence[Event]) -> tuple[Span, ...]:
    """The times that a round waits in all, where at most one of its waits is one of several times."""
    fixed = sum(event.ms if event.ms is not None else 0 for event in waits)
    several = next((event.spans for event in waits if event.spans), (Span(0),))
    totals = ((fixed + span.ms, span.when) for span in several)
    return tuple(Span(int(total) if total == int(total) else total, when) for total, when in totals)


def call_lines(effects: Iterable[Effect], module: str) -> frozenset[int]:
    """The lines of the calls in `module` that `effects` come from."""
    found: set[int] = set()
    for effect in walk_effects(effects, enter=lambda one: not isinstance(one, Called)):
        if isinstance(effect, Called) and effect.file == module:
            found.add(effect.line)
        elif isinstance(effect, Request):
            found.update(one.site.line for one in effect.requests if one.site.file == module)
    return frozenset(found)


# --- what ends a loop ----------------------------------------------------------------------------


def _is_retry(loop: Loop, calls: frozenset[int]) -> bool:
    results = _results(loop.body, calls)
    caught = _caught(loop.body, calls)
    leaves = _leaves_on_success(loop, calls, results)
    if not leaves:
        return False
    changed = _varying(loop, calls) | _filled(loop.body, calls, results)
    return caught or not (_mentioned(loop.body, calls) & changed)


def _is_endless(loop: Loop) -> bool:
    """Whether its test, and what in its body ends it, ask for a flag, not for data."""
    if loop.test is not None and not _is_flag(loop.test, loop.body):
        return False
    return all(
        bool(tests) and all(_is_flag(test, loop.body) for test in tests)
        for _, tests in _leaving(loop.body, loops=False)
    )


def _is_flag(test: Expr, body: Sequence[Stmt]) -> bool:
    """A constant, or a variable or field that the body's own work does not set."""
    if isinstance(test, Lit):
        return bool(test.value)
    if isinstance(test, Un) and test.op == "!":
        test = test.value
    if isinstance(test, Op) and test.op in ("&&", "||"):
        return all(_is_flag(item, body) for item in test.items)
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
    for _ in range(4):
        before = len(found)
        for node in walk(tuple(body)):
            value = node.value if isinstance(node, (Let, Assign)) else None
            if value is not None and isinstance(node, (Let, Assign)) and _depends(value, calls, found):
                found.update(bound_names(node.target))
            elif isinstance(node, If) and _depends(node.test, calls, found):
                found.update(_set_to_constants((*node.then, *node.other)))
        if len(found) == before:
            break
    return found


def _set_to_constants(body: Sequence[Stmt]) -> set[str]:
    """Flags that are set in statements."""
    return {
        node.target.id
        for node in walk(tuple(body))
        if isinstance(node, Assign) and isinstance(node.target, Name) and isinstance(node.value, Lit)
    }


def _caught(body: Sequence[Stmt], calls: frozenset[int]) -> bool:
    """Whether an error of a call is caught inside the loop, which then goes on."""
    for node in walk(tuple(body)):
        if not isinstance(node, Try) or node.handler is None:
            continue
        if any(isinstance(one, Call) and one.line in calls for one in walk(node.body)):
            if any(isinstance(one, If) and (_goes_round(one.then) or _goes_round(one.other)) for one in node.handler):
                return True
            return not any(isinstance(one, (Ret, Throw)) for one in node.handler) and not (
                node.handler and isinstance(node.handler[-1], Jump) and node.handler[-1].kind == "break"
            )
    return False


def _goes_round(way: Sequence[Stmt]) -> bool:
    return bool(way) and isinstance(way[-1], Jump) and way[-1].kind == "continue"


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
            holder = node.callee.obj if any(_names(arg) & results for arg in node.args) else None
            if node.callee.prop == "assign" and len(node.args) > 1:  # Object.assign(query, { after })
                holder = node.args[0] if holder is not None else None
        elif isinstance(node, Assign) and isinstance(node.target, (Member, Index)):
            holder = node.target if _names(node.value) & results else None
        if holder is not None:
            found.update(_held_by(holder))
    return found


def _held_by(expr: Expr) -> Iterator[str]:
    """The variable that an object belongs to; of what belongs to `this`, its field."""
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id == "this":
            yield f"this.{expr.prop}"
            return
        expr = expr.obj
    if isinstance(expr, Name):
        yield expr.id


def _names(expr: Expr) -> set[str]:
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


def _mentioned(body: Sequence[Stmt], calls: frozenset[int]) -> set[str]:
    """Names in the arguments of the calls."""
    found: set[str] = set()
    for node in walk(tuple(body)):
        if isinstance(node, Call) and node.line in calls:
            found.update(one.id for one in walk(node.args) if isinstance(one, Name))
            found.update(one.id for one in walk((node.callee,)) if isinstance(one, Name))
            found.update(name for one in walk((node,)) if isinstance(one, Member) for name in _held_by(one))
    return found
