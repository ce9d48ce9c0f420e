"""Gates: tests that let only some of the runs of a timer through, and what then runs how often.

`if (tick % 5 === 0)` opens every fifth time, where `tick` counts the runs. A limiter (`if (now - last < 60_000)
return`) opens again when its time is over. What is behind a gate repeats by itself, at an interval of its own.
"""

from __future__ import annotations

from math import ceil, lcm
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.conditions import both, negated
from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import Choice, Guarded, Repeated, parts_of
from callaudit.flow.effects.records import GATE, Guard, Span
from callaudit.flow.effects.words import words
from callaudit.flow.gates.calendar_gates import equal_in, opens_at
from callaudit.flow.gates.elapsed import elapsed, waits_for_time
from callaudit.flow.gates.gate_tests import counted, due, run_down
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Assign, Call, Let, Lit, Member, Name, Op, Ret, Un
from callaudit.syntax.operators import EQUAL, UNEQUAL
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Trigger
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Node

MOST_GATES = 20
MOST_FUNCTIONS = 40
"""Functions of a file in which the counter of a gate is looked for."""


def gate(interpreter: Interpreter, test: Expr, scope: Scope, line: int, *, holds: bool) -> Guard | None:
    """The gate that `test` is, if it shuts where it is `holds`: nothing runs behind it in most of the runs."""
    function = interpreter.qualified(scope.module, scope.function)
    parts = test.items if isinstance(test, Op) and test.op == ("||" if holds else "&&") else (test,)
    found = next((one for part in parts if (one := _remainder(part, opens=not holds)) is not None), None)
    if found is None or not _counts(interpreter, found[0], scope):
        return _by_time(interpreter, test, scope, line, opens=not holds)
    counter, divisor = found
    number = number_of(interpreter.evaluate(divisor, scope))
    if number is None or number < 2 or number != int(number):
        return None
    name = words(counter.value if isinstance(counter, Un) else counter)
    return Guard(GATE, words(test), scope.module, line, function, key=name, nth=int(number))


def _by_time(interpreter: Interpreter, test: Expr, scope: Scope, line: int, *, opens: bool) -> Guard | None:
    """The gate of a test that waits for a time, or counts from the beginning each time."""
    function = interpreter.qualified(scope.module, scope.function)
    at = opens_at(interpreter, test, scope, opens=opens)
    if at is not None:
        when = words(equal_in(test)) if not opens else words(test)
        return Guard(GATE, words(test), scope.module, line, function, ttl=(Span(at[1], when),), lasts=at[0])
    waits = elapsed(interpreter, test, scope, opens=opens)
    ms = waits.ms if waits is not None else due(interpreter, test, scope, opens=opens)
    if ms is not None:
        return Guard(GATE, words(test), scope.module, line, function, ttl=(Span(ms),))
    found = counted(interpreter, test, scope, opens=opens)
    if found is not None:
        return Guard(GATE, words(test), scope.module, line, function, key=found[0], nth=found[1])
    down = run_down(interpreter, test, scope, opens=opens)
    if down is None:
        return None
    if down[1] is not None:
        return Guard(GATE, words(test), scope.module, line, function, key=down[0], nth=down[1])
    why = f"only when {words(test)}" if opens else f"only unless {words(test)}"
    return Guard(GATE, words(test), scope.module, line, function, why=why)


def by_clock(interpreter: Interpreter, test: Expr, scope: Scope, line: int, *, opens: bool) -> Guard | None:
    """The gate of a test that waits for a time of which is not known when it comes: how often it opens is not known."""
    if not waits_for_time(interpreter, test, scope, opens=opens):
        return None
    function = interpreter.qualified(scope.module, scope.function)
    why = f"only when {words(test)}" if opens else f"only unless {words(test)}"
    return Guard(GATE, words(test), scope.module, line, function, why=why)


def is_gate(interpreter: Interpreter, test: Expr, scope: Scope) -> bool:
    """Whether `test` is a gate, whichever way is shut."""
    return any(gate(interpreter, test, scope, 0, holds=holds) is not None for holds in (True, False))


def _remainder(test: Expr, *, opens: bool) -> tuple[Expr, Expr] | None:
    """The counter and the divisor of a test that is `opens` for one remainder alone."""
    if isinstance(test, Un) and test.op == "!":
        return _remainder(test.value, opens=not opens)
    if isinstance(test, Op) and test.op in EQUAL | UNEQUAL and len(test.items) == 2:
        first, second = test.items
        value, rest = (second, first) if isinstance(first, Lit) else (first, second)
        return _divided(value) if isinstance(rest, Lit) and opens == (test.op in EQUAL) else None
    return None if opens else _divided(test)  # `if (n % 5) return`


def _divided(expr: Expr) -> tuple[Expr, Expr] | None:
    if isinstance(expr, Op) and expr.op == "%" and len(expr.items) == 2:
        return expr.items[0], expr.items[1]
    return None


def _counts(interpreter: Interpreter, counter: Expr, scope: Scope) -> bool:
    """Whether `counter` goes up by one: in the test itself, or somewhere in the file."""
    if isinstance(counter, Un) and counter.op == "++":
        return True
    name = counter.id if isinstance(counter, Name) else counter.prop if isinstance(counter, Member) else ""
    if not name:
        return False
    functions = interpreter.program.modules[scope.module].functions
    users = [one for one in functions if name in one.refs or "." + name in one.refs][:MOST_FUNCTIONS]
    own = interpreter.function(scope.module, scope.function)
    nodes = (node for one in (own, *users) for node in walk(one.body))
    return any(_steps(node, words(counter)) for node in nodes)


def _steps(node: Node, counter: str) -> bool:
    if isinstance(node, Un):
        return node.op == "++" and words(node.value) == counter
    if not isinstance(node, Assign) or words(node.target) != counter:
        return False
    if node.op == "+=":
        return isinstance(node.value, Lit) and node.value.value == 1
    value = node.value
    if isinstance(value, Op) and value.op == "%":  # `tick = (tick + 1) % 3600` counts on after an hour
        value = value.items[0]
    return node.op == "=" and isinstance(value, Op) and value.op == "+" and _adds_one(value, counter)


def _adds_one(value: Op, counter: str) -> bool:
    ones = [item for item in value.items if isinstance(item, Lit) and item.value == 1]
    return len(value.items) == 2 and len(ones) == 1 and any(words(item) == counter for item in value.items)


def keeps_nothing(way: Sequence[Node]) -> bool:
    """Whether a way of a test asks and leaves what it gets: no variable has it later, and nobody is given it."""
    nodes = list(walk(tuple(way)))
    got = {
        name
        for node in nodes
        if isinstance(node, Let) and node.value is not None and _asks(node.value, frozenset())
        for name in bound_names(node.target)
    }
    kept = (node.value for node in nodes if isinstance(node, (Assign, Ret)) and node.value is not None)
    return not any(_asks(value, got) for value in kept)


def _asks(value: Expr, got: Container[str]) -> bool:
    """Whether a value is, or is made of, what a call gave; the time is none that is asked for."""
    return any(
        (isinstance(node, Call) and not _is_clock_call(node)) or (isinstance(node, Name) and node.id in got)
        for node in walk((value,))
    )


def _is_clock_call(call: Call) -> bool:
    return not call.args and isinstance(call.callee, Member) and call.callee.prop in ("now", "getTime")


def repeated(trigger: Trigger, line: int, inside: Sequence[Effect]) -> Iterator[Effect]:
    """What a trigger repeats, as effects: what stands behind gates each with an interval of its own.

    Gates inside gates multiply, as far as they count by different counters. Where the trigger's own interval is not
    known, its gates say nothing.
    """
    waiting: list[tuple[Trigger, int, tuple[Effect, ...], dict[str, int]]] = [(trigger, line, tuple(inside), {})]
    passed: dict[int, Guarded] = {}
    while waiting:
        whole, at, effects, counted = waiting.pop(0)
        gates = _outermost(effects, passed) if whole.spans and len(passed) < MOST_GATES else []
        rest = _without(effects, {id(one) for one in gates}) if gates else effects
        if rest:
            yield Repeated("timer", at, 1, 1, rest, trigger=whole)
        for one in gates:
            opened = replace(one)  # another object, so that it is not taken for a gate again
            passed[id(opened)] = opened
            place = (one.guard.file, one.guard.line) if rest or len(gates) > 1 else (whole.file, whole.line)
            before = counted.get(one.guard.key, 1)
            now = lcm(before, one.guard.nth or 1)
            spans = _slowed(whole.spans, one.guard, now // before)
            if one.guard.lasts and any(span.when for span in spans):
                opened = replace(opened, guard=replace(one.guard, part=True))
            slower = replace(whole, file=place[0], line=place[1], spans=spans, why=_why(one.guard, spans) or whole.why)
            inner = {**counted, one.guard.key: now} if one.guard.nth else counted
            waiting.append((slower, one.guard.line, _only(effects, one, opened, passed), inner))


def _why(guard: Guard, spans: Sequence[Span]) -> str:
    """Why an interval behind a gate is not known."""
    if spans:
        return ""
    return guard.why or (f"whether a run comes while {guard.ttl[0].when}" if guard.lasts else "")


def _outermost(effects: Sequence[Effect], passed: Container[int]) -> list[Guarded]:
    """The gates of a tree that stand behind no other gate and inside no other trigger, without those in `passed`."""
    walked = walk_effects(effects, enter=lambda effect: id(effect) in passed or _is_run_at_once(effect))
    return [one for one in walked if isinstance(one, Guarded) and _is_gate(one.guard) and id(one) not in passed]


def _without(effects: Sequence[Effect], shut: Container[int]) -> tuple[Effect, ...]:
    return rebuilt(effects, lambda effect: None if id(effect) in shut else effect)


def _only(effects: Sequence[Effect], wanted: Guarded, opened: Guarded, passed: Container[int]) -> tuple[Effect, ...]:
    """The tree with nothing in it but what is behind one gate."""

    def change(effect: Effect) -> Effect | None:
        if effect is wanted or (isinstance(effect, Choice) and any(way == (wanted,) for _, way in effect.ways)):
            return opened  # the test that decides is the gate
        holds = parts_of(effect) and (id(effect) in passed or _is_run_at_once(effect))
        return effect if holds else None

    return rebuilt(effects, change)


def _is_run_at_once(effect: Effect) -> bool:
    if isinstance(effect, Guarded):
        return not _is_gate(effect.guard)
    return not (isinstance(effect, Repeated) and effect.trigger is not None)


def _is_gate(guard: Guard) -> bool:
    known = len(guard.ttl) == 1 and not guard.ttl[0].when and (not guard.why or bool(guard.passed))
    drops = guard.kind == "limiter" or guard.drops
    return guard.kind == GATE or (drops and known and guard.store == "process" and not guard.key)


def _slowed(spans: Sequence[Span], guard: Guard, nth: int) -> tuple[Span, ...]:
    """The intervals behind a gate: every `nth` run, or the first run after its time is over.

    Where a run may pass the gate by, the interval is the timer's own then.
    """
    if guard.passed:
        shut = _slowed(spans, replace(guard, passed="", why=""), nth)
        return (
            *(replace(span, when=both(span.when, guard.passed)) for span in spans),
            *(replace(span, when=both(span.when, negated(guard.passed))) for span in shut),
        )
    if guard.why:
        return ()
    if guard.lasts:
        return tuple(one for span in spans for one in _while_open(span, guard.ttl[0], guard.lasts))
    if guard.nth:
        return tuple(replace(span, ms=_whole(span.ms * nth)) for span in spans)
    return tuple(replace(span, ms=_whole(ceil(guard.ttl[0].ms / span.ms) * span.ms)) for span in spans)


def _while_open(span: Span, each: Span, lasts: float) -> Iterator[Span]:
    """The runs of a timer that a gate of the calendar lets through: one, or some at the timer's own interval."""
    if span.ms == lasts:
        yield replace(span, ms=each.ms)
    elif span.ms < lasts:
        yield replace(span, when=both(span.when, each.when))


def _whole(ms: float) -> float:
    """Milliseconds without what division leaves behind the point."""
    return round(ms) if abs(ms - round(ms)) < 1e-6 else ms
