"""Statements of which one of several ways is taken: if, switch, try. Variables are what either leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice
from callaudit.flow.effects.words import opposite, words
from callaudit.flow.gates.gates import is_gate
from callaudit.flow.gates.passing_by import asks_kept
from callaudit.flow.guards.guards import giving, guard_ways, leaving
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.floating import never_throws
from callaudit.flow.machine.narrowing import narrow, widen
from callaudit.flow.machine.outcome import Outcome, after, handled_matters, with_failures
from callaudit.flow.machine.perform import perform
from callaudit.flow.machine.variables import merged
from callaudit.flow.reading.silence import is_silent
from callaudit.flow.reading.ways_left import FIRST, SECOND, note_left
from callaudit.flow.reading.ways_out import THROWS
from callaudit.flow.requests.requested import RequestWord
from callaudit.flow.retries.refusals import note_refusal
from callaudit.flow.retries.second_tries import second_try
from callaudit.flow.timers.next_runs import changes_later, waits_either_way
from callaudit.flow.values.absence import when_absent
from callaudit.flow.values.choices import decided
from callaudit.flow.values.chosen import note_chosen
from callaudit.flow.values.comparisons import equal
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Unknown
from callaudit.syntax.ir import Block, Jump, Let, Member, Name, Ret, Throw
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.absence import Absence
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, If, Stmt, Switch, Try


def effects_of(frame: Frame, expr: Expr | None, tree: list[Effect], *, awaited: bool = True) -> Cost:
    if expr is None or not frame.effects or is_silent(frame.interpreter, expr):
        return costs.NONE
    return perform(frame, expr, frame.scope, tree, awaited=awaited)


def scoped(frame: Frame, statement: Block, tree: list[Effect], ended: Callable[[], None] | None = None) -> Outcome:
    """The statements of a block, after which what it declares is gone; `ended` is called before that."""
    shadowed = _shadowed(frame.scope, statement.body)
    outcome = frame.block(statement.body, tree)
    if ended is not None:
        ended()
    for name, value in shadowed.items():
        if value is None:
            frame.scope.vars.pop(name, None)
        else:
            frame.scope.vars[name] = value
    return outcome.without(statement.label) if statement.label else outcome


def _shadowed(scope: Scope, body: Sequence[Stmt]) -> dict[str, Value | None]:
    """Variables that a declaration inside a block hides; None where the scope around this one has it."""
    names = [name for item in body if isinstance(item, Let) for name in bound_names(item.target)]
    around = scope.parent.vars if scope.ordered is not None and scope.parent is not None else {}
    return {name: scope.vars.get(name) for name in names if name in scope.vars or name in around}


def one_of(
    frame: Frame,
    ways: Sequence[tuple[str, Callable[[list[Effect]], Outcome]]],
    line: int,
    tree: list[Effect],
    spent: Cost,
) -> Outcome:
    """One of several ways: costs are bounds over all, variables are what either leaves behind."""
    start = dict(frame.scope.vars)
    ends: list[tuple[str, dict[str, Value]]] = []
    outcomes: list[Outcome] = []
    shown: list[tuple[str, tuple[Effect, ...]]] = []
    leaves: list[int] = []
    frame.ways += 1
    for label, take in ways:
        frame.scope.vars = dict(start)
        inside: list[Effect] = []
        outcome = take(inside)
        outcomes.append(outcome)
        goes_on = outcome.goes_on
        if goes_on:
            ends.append((label, frame.scope.vars))
        if inside:
            if not goes_on and outcome.throws is None:
                leaves.append(len(shown))
            shown.append((label, tuple(inside)))
    if not any(outcome.returns is not None for outcome in outcomes):
        frame.ways -= 1  # else what follows is not always reached
    frame.scope.vars = merged(start, [end for _, end in ends])
    note_chosen(frame.scope, ends)
    if shown:
        tree.append(Choice(line, tuple(shown), tuple(leaves)))
    return after(spent, outcomes)


def branch(frame: Frame, statement: If, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, statement.test, tree)
    if frame.end == THROWS:
        return Outcome(None, throws=spent)
    holds = decided(frame.interpreter, statement.test, frame.scope)
    if frame.interpreter.exploring:
        _note_words(frame, statement.test, statement.line)
    if holds is not None and frame.effects:
        holds = _known_way(frame, statement, holds)
    if holds is not None:
        outcome = scoped(frame, Block(statement.then if holds else statement.other), tree)
        return after(spent, [outcome])
    label = _label(frame, statement.test)
    ways: list[tuple[str, Callable[[list[Effect]], Outcome]]] = [
        (label, lambda inside: _way(frame, statement, inside, holds=True)),
        ("otherwise", lambda inside: _way(frame, statement, inside, holds=False)),
    ]
    mark = len(tree)
    absence = when_absent(frame.interpreter, statement.test, frame.scope) if frame.absent is None else None
    if absence is not None:
        number = 0 if absence.answer else 1
        ways[number] = (ways[number][0], _noting(frame, absence, ways[number][1]))
    left: list[bool] = []
    outcome = one_of(frame, [_watched(one, left) for one in ways], statement.line, tree, spent)
    if sum(left) == 1:
        narrow(frame.interpreter, frame.scope, statement.test, holds=left[1])
    if frame.effects:
        frame.early.extend(leaving(frame, statement, mark, tree))
        guard_ways(frame, statement, mark, tree)
        note_refusal(frame, statement, mark, tree)
    return outcome


def _label(frame: Frame, test: Expr) -> str:
    spoken = frame.interpreter.answers.spoken
    if test not in spoken:
        spoken[test] = words(test)
    return spoken[test]


def _watched(
    way: tuple[str, Callable[[list[Effect]], Outcome]], left: list[bool]
) -> tuple[str, Callable[[list[Effect]], Outcome]]:
    """A way of a branch that notes whether it leaves what stands around it."""
    label, take = way

    def taken(inside: list[Effect]) -> Outcome:
        outcome = take(inside)
        left.append(not outcome.goes_on)
        return outcome

    return label, taken


def _known_way(frame: Frame, statement: If, holds: bool) -> bool | None:
    """Which way is taken alone; `None` where the other may be too, or is to be seen."""
    endings = frame.interpreter.endings
    if endings.ignored or _decided_anew(frame, statement):
        return None
    note_left(frame, statement, statement.other if holds else statement.then, FIRST if holds else SECOND)
    return holds


def _way(frame: Frame, statement: If, tree: list[Effect], *, holds: bool) -> Outcome:
    """One way of a branch; the tests in it that leave are asked only there."""
    known = len(frame.early)
    when = statement.test if holds else opposite(statement.test)
    narrowed = narrow(frame.interpreter, frame.scope, statement.test, holds=holds)
    outcome = scoped(frame, Block(statement.then if holds else statement.other), tree)
    widen(frame.scope, narrowed)
    if len(frame.early) > known:
        frame.early[known:] = [early.only(when) for early in frame.early[known:]]
    return outcome


def _decided_anew(frame: Frame, statement: If) -> bool:
    """Whether a test that this run decides is decided otherwise in other runs, or in later rounds of a loop."""
    interpreter, test, scope = frame.interpreter, statement.test, frame.scope
    if asks_kept(interpreter, test, scope) or is_gate(interpreter, test, scope):
        return True
    return waits_either_way(statement) and changes_later(interpreter, test, scope)


def _noting(
    frame: Frame, absence: Absence, take: Callable[[list[Effect]], Outcome]
) -> Callable[[list[Effect]], Outcome]:
    """Take a way that is surely taken where a variable is not set, and note what it returns."""

    def taken(inside: list[Effect]) -> Outcome:
        before = len(frame.returned)
        outcome = take(inside)
        if not outcome.goes_on and len(frame.returned) == before + 1:
            frame.absent = absence.env, before
        return outcome

    return taken


def _note_words(frame: Frame, test: Expr, line: int) -> None:
    """Where a test compares the request with constants, remember in which line."""
    for node in walk((test,)):
        if isinstance(node, (Name, Member)):
            value = frame.interpreter.evaluate(node, frame.scope)
            if isinstance(value, RequestWord):
                value.place(line)


def switch(frame: Frame, statement: Switch, tree: list[Effect]) -> Outcome:
    spent = effects_of(frame, statement.value, tree)
    if frame.end == THROWS:
        return Outcome(None, throws=spent)
    value = frame.interpreter.evaluate(statement.value, frame.scope)
    ways: list[tuple[str, Callable[[list[Effect]], Outcome]]] = []
    has_default = decided = False
    for number, case in enumerate(statement.cases):
        body = _fall_through(statement, number)
        has_default = has_default or case.test is None
        answer = equal(value, frame.interpreter.evaluate(case.test, frame.scope)) if case.test is not None else None
        word = forced(value)
        if isinstance(word, RequestWord):
            word.place(case.line)
        if answer is False and not frame.interpreter.endings.ignored:
            if frame.effects:
                note_left(frame, case, case.body, FIRST)
            continue
        label = f"{words(statement.value)} is {words(case.test)}" if case.test is not None else "otherwise"
        if answer is not False and id(case) in frame.interpreter.endings.decided:
            frame.interpreter.endings.note_way(frame.scope, case, SECOND)
        if answer is True and not frame.interpreter.endings.ignored:
            ways, decided = [(label, _case(frame, body))], True
            break
        ways.append((label, _case(frame, body)))
    if not has_default and not decided:
        ways.append(("otherwise", lambda _inside: Outcome(costs.NONE)))
    outcome = one_of(frame, ways, statement.line, tree, spent) if ways else Outcome(spent)
    return outcome.left_switch()


def _case(frame: Frame, body: tuple[Stmt, ...]) -> Callable[[list[Effect]], Outcome]:
    return lambda inside: scoped(frame, Block(body), inside)


def _fall_through(statement: Switch, number: int) -> tuple[Stmt, ...]:
    """The statements that run from case `number` on until one leaves the switch."""
    found: list[Stmt] = []
    for case in statement.cases[number : number + 40]:
        found.extend(case.body)
        if case.body and isinstance(case.body[-1], (Jump, Ret, Throw)):
            break
    return tuple(found)


def attempt(frame: Frame, statement: Try, tree: list[Effect]) -> Outcome:
    before = len(tree)
    frame.ways += 1
    body = scoped(frame, Block(statement.body), tree)
    kept = giving(frame, statement, before, tree)
    outcomes = [body]
    if statement.handler is not None and not never_throws(frame.interpreter, frame.scope, statement.body):
        start = dict(frame.scope.vars)
        inside: list[Effect] = []
        if statement.param is not None:
            bind(frame.interpreter, statement.param, Unknown("error"), frame.scope)
        frame.interpreter.reentries.failing += 1
        known = len(frame.early)
        if len(tree) > before:
            frame.tried.append((tree, len(tree)))
        try:
            handled = scoped(frame, Block(statement.handler), inside)
        finally:
            frame.interpreter.reentries.failing -= 1
            del frame.early[known:]  # what a handler falls back to stands before nothing
            if len(tree) > before:
                frame.tried.pop()
        frame.early.extend(kept)
        frame.scope.vars = merged(start, [start, frame.scope.vars])
        if inside:
            code = (statement.body, statement.handler)
            again = second_try(frame, statement.line, tree[before:], inside, code)
            tree.append(Choice(statement.line, (("an error is caught", again),)))
        tried = [way for way in (body.through, body.returns, body.breaks, *body.jumps.values()) if way is not None]
        outcomes = [Outcome(body.through, body.returns, None, body.breaks, body.jumps)]
        attempted = costs.either(tried) if tried else body.throws
        if attempted is not None:
            if body.throws:
                attempted = with_failures(attempted, body.throws)
            outcomes.append(after(attempted, [handled]))
        if not handled_matters(handled):
            outcomes = outcomes[:1] if tried else outcomes
    outcome = after(costs.NONE, outcomes)
    if outcome.returns is None:
        frame.ways -= 1
    if statement.final:
        frame.interpreter.reentries.finishing += 1
        try:
            last = scoped(frame, Block(statement.final), tree)
        finally:
            frame.interpreter.reentries.finishing -= 1
        return outcome.finished(last.through or costs.NONE)
    return outcome
