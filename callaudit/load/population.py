"""Everything that runs in a simulation: timers of users and servers, page loads, returns to a tab, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import simpy

from callaudit.inventory.model import REPEATING
from callaudit.load.crowd import User, crowd, share
from callaudit.load.sending import Tally

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from random import Random

    from callaudit.load.model import Alternative, Model, Stream
    from callaudit.load.scenario import Action, Scenario

HOUR_S = 3600.0
NOBODY = -1


class Population:
    """The processes of one run."""

    def __init__(self, model: Model, scenario: Scenario, random: Random, *, together: bool = False) -> None:
        """Place users and start everything; `together`: all pages open now, else they have long been open."""
        self.env = simpy.Environment()
        self.tally = Tally(model, scenario, self.env, random)
        self.users = crowd(scenario, random)
        self._scenario = scenario
        self._random = random
        self._together = together
        self._firings = _firings(model.streams)
        self._updated: dict[tuple[int, int], float] = {}
        self._start()

    def begin(self) -> None:
        """Count from here on."""
        self.tally.begin()

    def run(self, seconds: float, most: int) -> float:
        """Go on for so many seconds, or until `most` requests were sent; how many seconds it was."""
        start, end = self.env.now, self.env.now + seconds
        stop = self.tally.sent + most
        while self.env.peek() < end and self.tally.sent < stop:
            self.env.step()
        if self.tally.sent < stop:
            self.env.run(until=end)
        return float(self.env.now - start)

    def _start(self) -> None:
        scenario = self._scenario
        for streams in self._firings:
            first = streams[0]
            if first.kind in REPEATING and first.holder != "user":
                for _ in range(_processes(first, scenario)):
                    self.env.process(self._own_timer(streams))
        by_page: dict[str, list[list[Stream]]] = {}
        for user in self.users:
            here = by_page.get(user.page)
            if here is None:
                here = by_page[user.page] = [one for one in self._firings if _is_on(one[0], user.page)]
            self.env.process(self._visits(user, here))
            for streams in here:
                if streams[0].kind in REPEATING:
                    for _ in range(self._copies(streams[0])):
                        self.env.process(self._timer(user, streams))
                if streams[0].kind == "focus" and scenario.returns_per_hour.expected:
                    self.env.process(self._returns(user, streams))
        for action in scenario.actions:
            self.env.process(self._actions(action))

    def _copies(self, stream: Stream) -> int:
        """Tabs that run a timer: those that pause in hidden tabs run in one; a part of a tab is a chance."""
        if not stream.background:
            return 1
        whole, part = divmod(self._scenario.tabs.expected, 1)
        return int(whole) + (self._random.random() < part)

    def _timer(self, user: User, streams: list[Stream]) -> Generator[simpy.Event, Any, None]:
        """A timer of a page that is open: with `after_run` the interval begins when the answers are there."""
        stream = streams[0]
        number = self._random.randrange(len(stream.alternatives))
        wait = self._interval(user, stream.alternatives, number)
        yield self.env.timeout(wait if self._together else wait * self._random.random())
        while True:
            took = 0.0
            if user.meets(stream.when, self.env.now) and (stream.background or user.looks(self.env.now)):
                interval = self._holding(user, stream.alternatives, number)
                if interval is not None:
                    took = max(self.tally.send(one, user.number) for one in streams)
            wait = self._interval(user, stream.alternatives, number)
            due = self.env.now + (wait + took if stream.after_run else wait)
            while due > self.env.now:  # what an action asks again for puts off the poll
                yield self.env.timeout(due - self.env.now)
                due = max(due, self._updated.get((user.number, stream.id), 0.0) + wait)

    def _holding(self, user: User, alternatives: tuple[Alternative, ...], number: int) -> float | None:
        """The interval that holds for a user now; where nothing says when, one of them for good."""
        free = alternatives[number]
        for one in alternatives:
            if one.when is not None and user.meets(one.when, self.env.now):
                return one.seconds
        return free.seconds if free.when is None else None

    def _interval(self, user: User, alternatives: tuple[Alternative, ...], number: int) -> float:
        """How long to wait: the interval that holds, else the shortest, after which conditions are looked at again."""
        held = self._holding(user, alternatives, number)
        return min(one.seconds for one in alternatives) if held is None else held

    def _own_timer(self, streams: list[Stream]) -> Generator[simpy.Event, Any, None]:
        """A timer of a server or worker process; its conditions are not a user's: they hold as often as expected."""
        stream = streams[0]
        number = self._random.randrange(len(stream.alternatives))
        yield self.env.timeout(stream.alternatives[number].seconds * self._random.random())
        while True:
            took, chosen = 0.0, stream.alternatives[number]
            for other in stream.alternatives:
                if other.when is not None and self._random.random() < share(other.when, self._scenario):
                    chosen = other
            if self._random.random() < share(stream.when, self._scenario):
                took = max(self.tally.send(one, NOBODY) for one in streams)
            yield self.env.timeout(chosen.seconds + took if stream.after_run else chosen.seconds)

    def _visits(self, user: User, here: Iterable[list[Stream]]) -> Generator[simpy.Event, Any, None]:
        """Page loads of a user: what a library still finds fresh is not asked for."""
        loads = [streams for streams in here if streams[0].kind == "load"]
        dwell = next(
            (visit.dwell_s for visit in self._scenario.pages if visit.page == user.page and visit.dwell_s is not None),
            self._scenario.dwell_s.expected,
        )
        if not self._together:
            yield self.env.timeout(self._random.expovariate(1 / dwell))
        fresh_until: dict[int, float] = {}
        while True:
            for streams in loads:
                stream = streams[0]
                if fresh_until.get(stream.id, -1.0) <= self.env.now and user.meets(stream.when, self.env.now):
                    fresh_until[stream.id] = self.env.now + stream.fresh_s.expected
                    for one in streams:
                        self.tally.send(one, user.number)
            yield self.env.timeout(self._random.expovariate(1 / dwell))

    def _returns(self, user: User, streams: list[Stream]) -> Generator[simpy.Event, Any, None]:
        """Returns to a tab: what is stale is asked for again."""
        stream = streams[0]
        rate = self._scenario.returns_per_hour.expected / HOUR_S
        while True:
            yield self.env.timeout(self._random.expovariate(rate))
            period = self._holding(user, stream.alternatives, 0) if stream.alternatives else None
            # The answer's age at a random moment is anything up to the period of the poll beside it.
            age = float("inf") if period is None else self._random.random() * period
            if age >= stream.fresh_s.expected and user.meets(stream.when, self.env.now):
                for one in streams:
                    self.tally.send(one, user.number)

    def _actions(self, action: Action) -> Generator[simpy.Event, Any, None]:
        """What users do, at random moments, each time another of those who are there."""
        streams = [one for group in self._firings for one in group if one.action == action.entry]
        first = [group[0] for group in self._firings]
        restarting = [
            (one.id, each.chance.expected) for one in first for each in one.restarts if each.action == action.entry
        ]
        many = len(self.users) if action.per_user else 1
        rate = action.per_second.expected * many
        if not streams or rate <= 0 or not self.users:
            return
        while True:
            yield self.env.timeout(self._random.expovariate(rate))
            user = self._random.choice(self.users)
            took = max(self.tally.send(one, user.number) for one in streams)
            for poll, chance in restarting:
                if self._random.random() < chance:
                    self._updated[user.number, poll] = self.env.now + took


def _firings(streams: Iterable[Stream]) -> list[list[Stream]]:
    """Streams that fire together: one timer, one page load or one action may ask for several endpoints."""
    found: dict[tuple[object, ...], list[Stream]] = {}
    for stream in streams:
        key = (stream.kind, stream.file, stream.line, stream.entry, stream.mechanism, stream.pages, stream.action)
        found.setdefault(key, []).append(stream)
    return list(found.values())


def _is_on(stream: Stream, page: str) -> bool:
    return stream.holder == "user" and not stream.action and (not stream.pages or page in stream.pages)


def _processes(stream: Stream, scenario: Scenario) -> int:
    if stream.holder == "server":
        return scenario.server_instances
    return scenario.worker_instances if stream.holder == "worker" else 1
