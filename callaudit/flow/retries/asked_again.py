"""Requests that are sent once more because of their answer: `let r = await ask(); if (!r.ok) r = await ask();`.

That is a second try where a call is written like one before it, sends the same, and is made only where the answer of
the first says that it failed or that there is nothing. Where anything that the call is told has changed in between, it
is another request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import EMIT, Called, Repeated, Request
from callaudit.flow.effects.records import Retry
from callaudit.flow.loops.round_changes import held_by
from callaudit.flow.reading.placed_calls import Placed, placed
from callaudit.flow.reading.told_numbers import Asking
from callaudit.flow.retries.failed_answers import HeldAnswers, says_failure
from callaudit.flow.retries.renewals import renews
from callaudit.flow.retries.retrying import backoff_of
from callaudit.flow.retries.second_tries import delays_in, written
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Call, Index, Member, Name, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.syntax.ir import Expr, Node

AFTER_AN_ANSWER: Final = "its answer says that it failed"
NOT_THERE: Final = "what it waits for is not there yet"
SECOND_TRY: Final = "second try"
MOST_ALIKE: Final = 8
"""Calls of one function that are written alike; more are a list of things to do."""
_Sent = set[tuple[str, str]]


class _Tries(Struct):
    """Calls that are written alike: the line of the first, those that are made by its answer, and how many in turn."""

    first: int
    again: list[int]
    attempts: int
    between: tuple[Node, ...]
    until_there: bool


def asked_again(frame: Frame, tree: list[Effect]) -> list[Effect]:
    """What a run of a function does, with what it sends again by the answer marked as a retry."""
    for tries in _tries(frame) if tree and frame.effects else ():
        found = _marked(frame, tree, tries)
        if found is not None:
            tree = found
    return tree


def _marked(frame: Frame, tree: list[Effect], tries: _Tries) -> list[Effect] | None:
    own = list(walk_effects(tree, enter=lambda effect: not isinstance(effect, Called)))
    first = [effect for effect in own if _is_at(effect, frame.scope.module, (tries.first,))]
    sent = _sent(first[:1])
    # of calls in one line the first in order is the first to be made
    again = (
        {
            id(effect)
            for effect in own
            if _is_at(effect, frame.scope.module, tries.again) and effect is not first[0] and _sent((effect,)) & sent
        }
        if sent
        else set()
    )
    if not again:
        return None
    delays = delays_in(frame, tries.between) * (tries.attempts - 1)
    line = tries.again[0]
    name = frame.interpreter.qualified(frame.scope.module, frame.scope.function)
    retry = Retry(
        SECOND_TRY, frame.scope.module, line, name, tries.attempts, delays, backoff_of(delays),
        until_there=tries.until_there,
    )  # fmt: skip

    reason = NOT_THERE if tries.until_there else AFTER_AN_ANSWER

    def marked(effect: Effect) -> Effect:
        if id(effect) not in again:
            return effect
        return Repeated(reason, line, 1, 1, (effect,), retries=(retry,))

    return list(rebuilt(tree, marked))


def _is_at(effect: Effect, module: str, lines: Sequence[int]) -> bool:
    if isinstance(effect, Called):
        return effect.file == module and effect.line in lines
    site = effect.requests[0].site if isinstance(effect, Request) else None
    return site is not None and site.file == module and site.line in lines


def _sent(effects: Sequence[Effect]) -> _Sent:
    """The methods and addresses of what is sent at once."""
    return {
        (one.target.method, one.target.url)
        for effect in walk_effects(effects, enter=lambda one: not isinstance(one, Repeated) or one.trigger is None)
        if isinstance(effect, Request)
        for one in effect.requests
        if not one.target.unknown and one.target.method != EMIT
    }


def _tries(frame: Frame) -> list[_Tries]:
    known = frame.interpreter.found_once("asked again", dict[tuple[str, int], list[_Tries]])
    place = (frame.scope.module, frame.scope.function)
    if place not in known:
        known[place] = list(_found(frame))
    return known[place]


def _found(frame: Frame) -> Iterator[_Tries]:
    """The calls of a function that are made once more by the answer of the first."""
    interpreter, place = frame.interpreter, (frame.scope.module, frame.scope.function)
    named: dict[object, int] = {}
    for call in interpreter.nodes_of(*place, Call):
        key = _name(call)
        named[key] = named.get(key, 0) + 1
    if not any(number > 1 for key, number in named.items() if key):
        return
    alike: dict[object, list[Placed]] = {}
    for one in placed(interpreter.function(*place).body):
        if named.get(_name(one.call), 0) > 1:
            alike.setdefault(written(one.call), []).append(one)
    nodes = interpreter.nodes(*place)
    order = {id(node): number for number, node in enumerate(nodes)}
    for calls in alike.values():
        found = _of_alike(frame, calls, nodes, order) if 1 < len(calls) <= MOST_ALIKE else None
        if found is not None:
            yield found


def _name(call: Call) -> tuple[str, int] | None:
    name = called_name(call.callee)
    return (name, len(call.args)) if name else None


def _of_alike(frame: Frame, calls: list[Placed], nodes: Sequence[Node], order: dict[int, int]) -> _Tries | None:
    asking = Asking(frame.interpreter, frame.scope)
    depth: dict[int, int] = {}
    again: list[Placed] = []
    first: Placed | None = None
    until_there = False
    for number, one in enumerate(calls):
        before = [made for made in calls[:number] if made.loops == one.loops and not one.excludes(made)]
        if not one.tests or not before or not {id(before[-1].call), id(one.call)} <= order.keys():
            continue
        between = nodes[order[id(before[-1].call)] + 1 : order[id(one.call)]]
        if any(_changes(node, one.call) for node in between):
            continue
        answers = HeldAnswers([made.call for made in before], nodes, asking)
        failing = [test for test, holds in one.tests if says_failure(test, answers, holds=holds)]
        if failing and not renews(frame.interpreter, frame.scope, between, one.call):
            first = first or before[-1]
            depth[id(one.call)] = depth.get(id(before[-1].call), 1) + 1
            again.append(one)
            until_there = until_there or any(answers.asks_content(test) for test in failing)
    if first is None:
        return None
    between = nodes[order[id(first.call)] : order[id(again[0].call)]]
    lines = [one.call.line for one in again]
    return _Tries(first.call.line, lines, max(depth.values()), tuple(between), until_there)


def _changes(node: Node, call: Call) -> bool:
    """Whether a node changes something that a call is told, or made with."""
    target: Expr | None = None
    if isinstance(node, Assign):
        target = node.target
    elif isinstance(node, Un) and node.op in ("++", "--"):
        target = node.value
    elif isinstance(node, Call) and isinstance(node.callee, Member) and written(node) != written(call):
        target = node.callee.obj
    if target is None:
        return False
    told = {name for one in walk((call,)) if isinstance(one, (Name, Member, Index)) for name in held_by(one)}
    return bool(set(held_by(target)) & (told - {"this"}))
