"""What the call trees hold beside counts: which requests stand behind each trigger, retry and guard.

Trees share their parts, so each part is read once for each app that it runs in, however many entries hold it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.sides import side_of_call
from callaudit.flow.effects.effects import (
    EMIT,
    Called,
    Choice,
    Connection,
    Guarded,
    Repeated,
    Request,
    Started,
    parts_of,
)
from callaudit.flow.effects.records import GATE, REST
from callaudit.flow.effects.request_numbers import all_on_side, of_request
from callaudit.flow.requests.headers import SENT, Options
from callaudit.frameworks.model import FORWARD, HANDLER
from callaudit.inventory.instances import Counts, in_one_way, in_rounds
from callaudit.libraries.unfollowed import JSON_RPC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Guard, Retry, Trigger
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.inventory.answers import Answers

MOST_WAYS = 8
"""Different sets of guards that are kept for the ways to one request."""

Guards = frozenset[int]
_NOTHING: frozenset[Options] = frozenset()
_NOWHERE: frozenset[tuple[str, str]] = frozenset()
Part = tuple[int, str]
"""An effect and the app that it runs in."""


class Content:
    """What a part of a tree holds.

    `requests` maps the number of a request that leaves the repository to the sets of guards on the ways to it; `own`
    does so for requests to own routes on the way. `functions` are the places of functions of interest that it calls.
    `sent` are the headers that each of `requests` is sent with, as its callers send them; `through` are the own routes
    (name and file) on the ways to each that crosses any.
    `triggers` are those inside with how many instances of each run at once, `retries` those inside with whether
    somebody waits for them; `sends` holds where any request is inside, known or not, `unknown` one that is not.
    `opens` are the connections that are opened inside, which are no requests.
    """

    __slots__ = ("functions", "opens", "own", "requests", "retries", "sends", "sent", "through", "triggers", "unknown")

    def __init__(self) -> None:
        """Hold nothing."""
        self.requests: dict[int, frozenset[Guards]] = {}
        self.sent: dict[int, frozenset[Options]] = {}
        self.through: dict[int, frozenset[tuple[str, str]]] = {}
        self.own: dict[int, frozenset[Guards]] = {}
        self.functions: set[tuple[str, int]] = set()
        self.opens: frozenset[str] = frozenset()
        self.triggers = Counts()
        self.retries: dict[int, bool] = {}
        self.sends = False
        self.unknown = False

    def take(self, other: Content) -> None:
        """Hold what `other` holds too."""
        for mine, others in ((self.requests, other.requests), (self.own, other.own)):
            for request, ways in others.items():
                before = mine.get(request)
                mine[request] = ways if before is None else _bounded(before | ways)
        for request, options in other.sent.items():
            self.sent[request] = self.sent.get(request, _NOTHING) | options
        for request, routes in other.through.items():
            self.through[request] = self.through.get(request, _NOWHERE) | routes
        self.functions |= other.functions
        self.opens |= other.opens
        self.sends = self.sends or other.sends
        self.unknown = self.unknown or other.unknown
        if other.triggers.of:
            self.triggers.add(other.triggers)
        for retry, waits in other.retries.items():
            self.retries[retry] = waits or self.retries.get(retry, False)

    def behind(self, guard: int) -> Content:
        """The same with `guard` before every request."""
        found = Content()
        found.take(self)
        found.requests = _all_behind(self.requests, guard)
        found.own = _all_behind(self.own, guard)
        return found

    def on_side(self, side: str) -> Content:
        """The same as what runs on `side`, as costs number its requests."""
        found = Content()
        found.take(self)
        found.requests = all_on_side(self.requests, side)
        found.own = all_on_side(self.own, side)
        found.sent = all_on_side(self.sent, side)
        found.through = all_on_side(self.through, side)
        return found

    def ways(self, request: int) -> frozenset[Guards]:
        """The sets of guards on the ways to a request, be it one to an own route or not."""
        return of_request(self.requests, request) or of_request(self.own, request)

    def headers(self, request: int) -> frozenset[Options]:
        """The headers that a request is sent with, as its callers send it."""
        return of_request(self.sent, request)


def _all_behind(requests: dict[int, frozenset[Guards]], guard: int) -> dict[int, frozenset[Guards]]:
    return {request: _bounded(frozenset(way | {guard} for way in ways)) for request, ways in requests.items()}


def _bounded(ways: frozenset[Guards]) -> frozenset[Guards]:
    return ways if len(ways) <= MOST_WAYS else frozenset(sorted(ways, key=sorted)[:MOST_WAYS])


class Contents:
    """The content of every part of the trees of all runs."""

    def __init__(self, interpreter: Interpreter, answers: Answers, of_interest: set[tuple[str, int]]) -> None:
        """Follow `answers` over own routes; calls of the functions at `of_interest` (file, line) are remembered."""
        self._in = interpreter
        self._answers = answers
        self._of_interest = of_interest
        self._known: dict[Part, Content] = {}
        self.triggers: dict[Trigger, int] = {}
        self.retries: dict[Retry, int] = {}
        self.guards: dict[Guard, int] = {}
        self.behind_trigger: dict[int, Content] = {}
        self.behind_retry: dict[int, Content] = {}
        self.behind_guard: dict[int, Content] = {}
        self.bodies: dict[int, dict[tuple[int, ...], tuple[Effect, ...]]] = {}
        """What each trigger repeats, once for each context that sets it up."""

    def of(self, effects: Sequence[Effect], app: str) -> Content:
        """What a sequence of effects holds in `app`."""
        waiting: list[Part] = [(id(effect), app) for effect in effects]
        objects: dict[int, Effect] = {id(effect): effect for effect in effects}
        begun: set[Part] = set()
        while waiting:
            part = waiting[-1]
            if part in self._known:
                waiting.pop()
                continue
            effect = objects[part[0]]
            inside = [] if part in begun else self._inside(effect, part[1])
            begun.add(part)
            missing = [
                (inner, place)
                for inner, place in inside
                if (id(inner), place) not in self._known and (id(inner), place) not in begun
            ]
            if missing:
                for inner, place in missing:
                    objects[id(inner)] = inner
                    waiting.append((id(inner), place))
                continue
            self._known[part] = self._combined(effect, part[1])
            waiting.pop()
        found = Content()
        for effect in effects:
            found.take(self._known[id(effect), app])
        return found

    def _inside(self, effect: Effect, app: str) -> list[tuple[Effect, str]]:
        if isinstance(effect, Request):
            answers = [self._answers.answer(requested, app) for requested in effect.requests]
            return [(part, run.entry.app) for run in answers if run is not None for part in run.effects]
        return [(part, app) for part in parts_of(effect)]

    def _combined(self, effect: Effect, app: str) -> Content:
        found = Content()
        if isinstance(effect, Request):
            self._request(effect, app, found)
            return found
        if isinstance(effect, Connection):
            if effect.protocol != JSON_RPC:  # what is made for that sends requests
                found.opens = frozenset({f"{effect.protocol} {effect.url}".rstrip()})
            return found
        for part in parts_of(effect):
            inner = self._known.get((id(part), app))
            if inner is not None:  # else it is being read: code in a circle
                found.take(inner)
        if found.triggers.of:
            found.triggers = self._instances(effect, app, found.triggers)
        if isinstance(effect, Called) and (effect.defined_in, effect.defined) in self._of_interest:
            found.functions.add((effect.defined_in, effect.defined))
        if isinstance(effect, Called) and not effect.awaited:
            found.retries = dict.fromkeys(found.retries, False)
        if isinstance(effect, Called) and found.requests:
            side = effect.side if isinstance(effect, Started) else side_of_call(self._in, effect)
            return found.on_side(side) if side else found
        if isinstance(effect, Guarded) and effect.guard.kind not in (GATE, REST):
            number = self.guards.setdefault(effect.guard, len(self.guards))
            self.behind_guard.setdefault(number, Content()).take(found)
            return found.behind(number)
        if isinstance(effect, Repeated):
            self._mark(effect, found)
        return found

    def _instances(self, effect: Effect, app: str, whole: Counts) -> Counts:
        """How many instances of triggers run at once in an effect, `whole` if all of its parts run."""
        if isinstance(effect, Repeated):
            return in_rounds(whole, effect)
        if not isinstance(effect, Choice):
            return whole
        ways: list[Counts] = []
        for _, way in effect.ways:
            counts = Counts()
            for part in way:
                inner = self._known.get((id(part), app))
                if inner is not None:
                    counts.add(inner.triggers)
            ways.append(counts)
        return in_one_way(ways, effect)

    def _mark(self, effect: Repeated, found: Content) -> None:
        for retry in effect.retries:
            number = self.retries.setdefault(retry, len(self.retries))
            self.behind_retry.setdefault(number, Content()).take(found)
            found.retries[number] = not all(isinstance(part, Request) and _is_message(part) for part in effect.body)
        if effect.trigger is not None:
            number = self.triggers.setdefault(effect.trigger, len(self.triggers))
            self.behind_trigger.setdefault(number, Content()).take(found)
            self.bodies.setdefault(number, {})[tuple(map(id, effect.body))] = effect.body
            found.triggers.mark(number, effect.trigger, effect.line)

    def _request(self, effect: Request, app: str, found: Content) -> None:
        found.sends = any(requested.target.method != EMIT for requested in effect.requests)
        for requested in effect.requests:
            number = self._in.request(requested.site, requested.target, requested.options, requested.said)
            run = self._answers.answer(requested, app)
            if run is None:
                # annotations may have answered it
                found.unknown = found.unknown or bool(self._in.requests[number].target.unknown)
                if not self._in.requests[number].target.unknown and requested.target.method != EMIT:
                    found.requests[number] = frozenset({frozenset()})
                    headers = tuple(one for one in requested.options if one[0].startswith(SENT))
                    found.sent[number] = found.sent.get(number, _NOTHING) | {headers}
                continue
            found.own[number] = frozenset({frozenset()})
            waited = dict(found.retries)
            for part in run.effects:
                inner = self._known.get((id(part), run.entry.app))
                if inner is not None:
                    inner = inner.on_side(run.entry.origin) if run.entry.origin else inner
                    found.take(inner)
                    route = run.entry.name, run.entry.file
                    for request in inner.requests if run.entry.kind not in (FORWARD, HANDLER) else ():
                        found.through[request] = found.through.get(request, _NOWHERE) | {route}
            if requested.target.method == EMIT:  # nobody waits for what a message starts elsewhere
                found.retries = {retry: waited.get(retry, False) for retry in found.retries}


def _is_message(request: Request) -> bool:
    return all(requested.target.method == EMIT for requested in request.requests)
