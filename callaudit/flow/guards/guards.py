"""Guards that code writes itself: it looks into a store, and reaches the network only where that does not answer.

Recognized by what code does, not by names: a test asks a store that outlives the run; where the store answers, the
code leaves or takes a way without requests; where it does not, requests follow, and something writes to the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.conditions import label
from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Called, Choice, Effect, Guarded, Request
from callaudit.flow.effects.records import FAILED, GATE, LOCK, ONCE
from callaudit.flow.effects.words import opposite, words
from callaudit.flow.gates.always_stamped import always_stamped
from callaudit.flow.gates.elapsed import elapsed
from callaudit.flow.gates.gates import by_clock, gate, keeps_nothing
from callaudit.flow.gates.passing_by import passing_by
from callaudit.flow.gates.stamped_late import stamped_late
from callaudit.flow.guards.freshness import asked
from callaudit.flow.guards.guard_making import Maker
from callaudit.flow.guards.misses import Misses
from callaudit.flow.guards.writes import place_of
from callaudit.flow.machine.floating import floating_lines
from callaudit.syntax.ir import Await, Call, If, Jump, Lit, Member, Name, Op, Ret, Throw
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.records import Guard
    from callaudit.flow.guards.freshness import Asked
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt, Try

MOST_TESTS = 6
MOST_NESTED = 3
"""Tests inside a way that leaves in some of their own ways."""


class Early:
    """A test that leaves: what follows it runs only where it did not hold."""

    __slots__ = ("_guard", "_known", "_leaves", "_scope", "_statement", "_when")

    def __init__(self, statement: If, scope: Scope, leaves: bool, when: Expr | None = None) -> None:
        """`leaves` says which way leaves: where the test holds, or where it does not."""
        self._statement = statement
        self._scope = scope
        self._leaves = leaves
        self._when = when
        self._known = False
        self._guard: Guard | None = None

    def only(self, when: Expr) -> Early:
        """The same test, asked only under a condition."""
        return Early(self._statement, self._scope, self._leaves, when)

    def guard(self, interpreter: Interpreter) -> Guard | None:
        """The guard that the test is, if it is one."""
        if not self._known:
            self._known = True
            statement = self._statement
            way = statement.then if self._leaves else statement.other
            self._guard = recognized(
                interpreter,
                statement.test,
                self._scope,
                statement.line,
                holds=self._leaves,
                given=_given_back(way),
                why=self._why(interpreter),
                way=way,
            )
            if self._guard is not None and _throws(way) and not opens_by_time(self._guard):
                self._guard = None
            if self._guard is not None and self._when is not None and self._why(interpreter):
                self._guard = passed_by(self._guard, label(self._when, taken=False))
        return self._guard

    def _why(self, interpreter: Interpreter) -> str:
        """The condition in words, unless that is whether a store has an answer whose age is then asked."""
        if self._when is None:
            return ""
        there = asked(interpreter, self._when, self._scope, self._statement.line)
        return "" if any(one.holds for one in there) else words(self._when)


def _throws(way: Sequence[Stmt]) -> bool:
    end = _end(way)
    return end is not None and isinstance(end[0], Throw)


def _given_back(way: Sequence[Stmt]) -> bool:
    """Whether a way that leaves gives something back: data, not only a sign that nothing is to be done."""
    end = _end(way)
    last = end[0] if end is not None else None
    if not isinstance(last, Ret) or last.value is None or isinstance(last.value, Lit):
        return len(way) > 1  # an answer was sent, a variable set
    return not (isinstance(last.value, Name) and last.value.id == "undefined")


def leaving(frame: Frame, statement: If, mark: int, tree: Sequence[Effect]) -> list[Early]:
    """The test of `statement` if one of its ways leaves without a request that is waited for."""
    ends = [(way, holds, _end(way)) for way, holds in ((statement.then, True), (statement.other, False))]
    for way, holds, end in sorted(ends, key=lambda one: one[2] is not None and one[2][1] is not None):
        if end is None:
            continue
        inside = _way_of(tree[mark:], statement, holds)
        loose = floating_lines(frame.interpreter, frame.scope, way) if inside else frozenset()
        if not _waits_for_request(inside, frame.scope.module, loose):
            return (
                [Early(statement, frame.scope, holds, end[1])] if end[1] is None or _is_aged(frame, statement) else []
            )
    return []


def _is_aged(frame: Frame, statement: If) -> bool:
    """Whether a test asks how old an answer is: where it only asks whether there is one, the tests inside it decide."""
    return any(one.aged for one in asked(frame.interpreter, statement.test, frame.scope, statement.line))


def _end(way: Sequence[Stmt], depth: int = MOST_NESTED) -> tuple[Stmt, Expr | None] | None:
    """How a way leaves, and on which condition: `if (fresh) { if (good) return kept; }`."""
    last = way[-1] if way else None
    if isinstance(last, (Ret, Jump, Throw)):
        return last, None
    if not isinstance(last, If) or not depth:
        return None
    then, other = _end(last.then, depth - 1), _end(last.other, depth - 1)
    if then is not None and other is not None:
        return then if isinstance(then[0], Ret) else other
    if then is not None:
        return then[0], last.test
    return (other[0], opposite(last.test)) if other is not None else None


def giving(frame: Frame, statement: Try, mark: int, tree: Sequence[Effect]) -> list[Early]:
    """The attempt to give back what is kept, which fails where nothing is: `try { return parsed(kept).data } catch {}`.

    What is given back stands for the test.
    """
    last = statement.body[-1] if statement.body else None
    if not isinstance(last, Ret) or last.value is None or isinstance(last.value, Lit) or statement.handler is None:
        return []
    handler = statement.handler
    if handler and isinstance(handler[-1], (Ret, Jump, Throw)):
        return []
    read = any(isinstance(node, (Call, Await)) for node in walk(statement.body[:-1] or (last,)))
    if not read or _waits_for_request(tree[mark:]):
        return []
    return [Early(If(last.value, (last,), (), statement.line), frame.scope, leaves=True)]


def _way_of(effects: Sequence[Effect], statement: If, holds: bool) -> tuple[Effect, ...]:
    for effect in effects:
        if isinstance(effect, Choice) and effect.line == statement.line:
            label = words(statement.test) if holds else "otherwise"
            return next((way for name, way in effect.ways if name == label), ())
    return ()


def _waits_for_request(effects: Sequence[Effect], module: str = "", loose: frozenset[int] = frozenset()) -> bool:
    """Whether `effects` hold a request that is waited for; at the lines `loose` of `module` none is."""

    def is_awaited(effect: Effect) -> bool:
        if not isinstance(effect, Called):
            return True
        return effect.awaited and not (effect.file == module and effect.line in loose)

    def is_loose(effect: Request) -> bool:
        return all(one.site.file == module and one.site.line in loose for one in effect.requests)

    return any(
        isinstance(effect, Request) and not is_loose(effect) for effect in walk_effects(effects, enter=is_awaited)
    )


def guard_ways(frame: Frame, statement: If, mark: int, tree: list[Effect]) -> None:
    """Put the guard before the way of `statement` that is taken where a store does not answer."""
    for number in range(mark, len(tree)):
        choice = tree[number]
        if not isinstance(choice, Choice) or choice.line != statement.line:
            continue
        label = words(statement.test)
        for holds, own, other in ((False, label, "otherwise"), (True, "otherwise", label)):
            inside = next((way for name, way in choice.ways if name == own), ())
            beside = next((way for name, way in choice.ways if name == other), ())
            if not inside or _waits_for_request(beside):
                continue
            way = statement.other if holds else statement.then
            guard = recognized(
                frame.interpreter,
                statement.test,
                frame.scope,
                statement.line,
                holds=holds,
                given=not keeps_nothing(way),
            )
            if guard is not None:
                ways = tuple((name, (Guarded(guard, way),) if name == own else way) for name, way in choice.ways)
                tree[number] = Choice(choice.line, ways, choice.leaves, choice.by)
                return


def guarded_by(frame: Frame, test: Expr, inside: list[Effect], *, holds: bool, line: int = 0) -> list[Effect]:
    """`inside`, behind a guard if it is what happens where the store that `test` asks does not answer."""
    if not inside:
        return inside
    guard = recognized(frame.interpreter, test, frame.scope, line, holds=holds)
    return [Guarded(guard, tuple(inside))] if guard is not None else inside


def behind_misses(frame: Frame, items: Expr | None, mark: int, tree: list[Effect], line: int) -> None:
    """Put what was done since `mark` for each of `items` behind the store that did not have them, if one was asked."""
    inside = tuple(tree[mark:])
    if items is None or not any(isinstance(effect, Request) for effect in walk_effects(inside)):
        return
    missing = Misses(frame.interpreter, asked).of(items, frame.scope)[:MOST_TESTS]
    if missing:
        guard = Maker(frame.interpreter, frame.scope, missing, line, given=True, why="", left=(items, ())).guard()
        if guard is not None:
            tree[mark:] = [Guarded(guard, inside)]


def recognized(
    interpreter: Interpreter,
    test: Expr,
    scope: Scope,
    line: int,
    *,
    holds: bool,
    given: bool = True,
    why: str = "",
    way: Sequence[Stmt] | None = None,
) -> Guard | None:
    """The guard that `test` is: where it is `holds`, a store answers, or a gate is shut, and no request follows.

    `way` is what is done there if the code then leaves.
    """
    found = _guard(interpreter, test, scope, line, holds=holds, given=given, why=why, way=way)
    if found is not None and _asks_for_more(interpreter, test, scope, line, holds=holds):
        found = replace(found, part=True)
    if found is None:
        return None
    rests = bool(found.why)  # `only after a failure`
    found = passed_by(found, passing_by(interpreter, test, scope, line, holds=holds))
    late = not rests and opens_by_time(found) and _is_stamped_late(interpreter, test, scope, line, opens=not holds)
    return passed_by(found, FAILED) if late else found


def opens_by_time(guard: Guard) -> bool:
    """Whether who comes too early is given nothing."""
    limits = (guard.kind == "limiter" and guard.mechanism not in (LOCK, ONCE)) or guard.drops
    return guard.kind == GATE or (limits and bool(guard.ttl))


def passed_by(guard: Guard, when: str) -> Guard:
    """`guard`, past which a run goes under a condition as well, if it is one that opens when its time is over."""
    if not when or not opens_by_time(guard) or len(guard.ttl) != 1 or guard.ttl[0].when:
        return guard
    passed = f"{guard.passed} || {when}" if guard.passed else when
    return replace(guard, passed=passed, why=f"not if {passed}")


def _guard(
    interpreter: Interpreter,
    test: Expr,
    scope: Scope,
    line: int,
    *,
    holds: bool,
    given: bool,
    why: str,
    way: Sequence[Stmt] | None,
) -> Guard | None:
    shut = gate(interpreter, test, scope, line, holds=holds)
    if shut is not None:
        return shut
    tests = asked(interpreter, test, scope, line)[:MOST_TESTS]
    if not tests or not _answers(tests, holds=holds):
        return by_clock(interpreter, test, scope, line, opens=not holds)
    deciding = [one for one in tests if one.holds == holds]
    made = Maker(interpreter, scope, deciding, line, given=given, why=why, left=(test, way)).guard()
    if made is not None and (made.kind == "limiter" or made.drops) and _is_stamped(interpreter, test, scope, deciding):
        made = None
    return made or by_clock(interpreter, test, scope, line, opens=not holds)


def _is_stamped(interpreter: Interpreter, test: Expr, scope: Scope, deciding: Sequence[Asked]) -> bool:
    """Whether each run notes the time of which `test` asks how long ago it was."""
    places = {one.read.container.place for one in deciding if one.aged}
    return bool(places) and always_stamped(
        interpreter, test, scope, lambda target: place_of(interpreter, target, scope) in places
    )


def _is_stamped_late(interpreter: Interpreter, test: Expr, scope: Scope, line: int, *, opens: bool) -> bool:
    """Whether the time of which `test` asks how long ago it was is only noted where a request went well."""
    places = {one.read.container.place for one in asked(interpreter, test, scope, line) if one.aged}
    waits = elapsed(interpreter, test, scope, opens=opens)

    def is_it(target: Expr) -> bool:
        return place_of(interpreter, target, scope) in places or (waits is not None and words(target) == waits.name)

    return bool(places or waits) and stamped_late(interpreter, test, scope, is_it, opens=opens)


def _asks_for_more(interpreter: Interpreter, test: Expr, scope: Scope, line: int, *, holds: bool) -> bool:
    """Whether a test of a time or a gate asks for something else too: `now - last > 1000 && visible`."""
    if not isinstance(test, Op) or test.op != ("||" if holds else "&&"):
        return False
    of_guard: set[str] = set()
    others: list[frozenset[str]] = []
    for item in test.items:
        own = frozenset(
            node.id if isinstance(node, Name) else f".{node.prop}"
            for node in walk((item,))
            if isinstance(node, (Name, Member))
        )
        aged = any(one.aged for one in asked(interpreter, item, scope, line))
        if aged or gate(interpreter, item, scope, line, holds=holds) is not None:
            of_guard |= own
        else:
            others.append(own)
    return bool(of_guard) and any(not own <= of_guard for own in others)


def _answers(tests: Sequence[Asked], *, holds: bool) -> bool:
    """Whether a test that holds, or does not, means that the store answers. An age decides over mere presence."""
    aged = [one for one in tests if one.aged]
    return any(one.holds == holds for one in aged or tests)
