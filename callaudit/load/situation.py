"""A scenario made ready to be asked: how many have a stream, and what is the chance that its condition holds."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from callaudit.load.conditions import holds, name_of
from callaudit.load.demand import asked, demand
from callaudit.load.formulas import attempts, cached_rate, load_rate, visible_rate
from callaudit.load.ranges import NOTHING, ONE, Range, between, exactly
from callaudit.load.restarts import restarted

if TYPE_CHECKING:
    from callaudit.load.demand import Demand, Shape
    from callaudit.load.model import Condition, Stream, Term
    from callaudit.load.scenario import Scenario

HOUR_S = 3600


class Situation:
    """Answers for one scenario. As a `visitor` it stands for one user who is there and connected."""

    def __init__(self, scenario: Scenario, *, visitor: bool = False, users: float | None = None) -> None:
        """`users` stands in for the scenario's number, with actions in proportion."""
        self.scenario = scenario
        self.visitor = visitor
        self._growth = 1.0 if users is None or not scenario.users else users / scenario.users
        self.concurrent = ONE if visitor else scenario.share_concurrent.scaled(scenario.users * self._growth)
        self._conditions = dict(scenario.conditions)
        self._shares = {visit.page: visit.share for visit in scenario.pages}
        self._rates: dict[str, Range] = {}
        self._chances: dict[Shape, tuple[tuple[float, ...], ...]] = {}
        self._retries: dict[tuple[int, int], Range] = {}
        self._demands: dict[int, Demand] = {}
        self._loads: dict[tuple[tuple[str, ...], Range], Range] = {}

    def grown(self, users: float) -> Situation:
        """The same with another number of users, and actions in proportion."""
        found = Situation(self.scenario, visitor=self.visitor, users=users)
        found._chances, found._retries, found._demands = self._chances, self._retries, self._demands
        return found

    def rate(self, wanted: Demand) -> Range:
        """Requests (or units) per second of a demand."""
        shape = wanted.shape
        held = self._held(restarted(wanted, self))
        return held * self._times(shape) * self._tried(shape.retry_attempts, shape.failure_attempts)

    def asks(self, stream: Stream) -> Range:
        """Requests per second of one stream, before caches."""
        if stream.id not in self._demands:
            self._demands[stream.id] = demand(stream, self.scenario.pace)
        return self.rate(self._demands[stream.id])

    def period(self, wanted: Demand) -> float | None:
        """Seconds between the runs of a poller while it runs, as expected; None where it never does."""
        wanted = restarted(wanted, self)
        chances = self._corners(wanted.shape)[0]
        runs = sum(chances)
        rate = sum(chance * weight.expected for chance, weight in zip(chances, wanted.weights, strict=True))
        return runs / rate if rate > 0 else None

    def share(self, pages: tuple[str, ...]) -> float:
        """Share of concurrent users who have one of some pages open; any page where none is named."""
        return sum(self._shares.get(page, 0.0) for page in pages) if pages else 1.0

    def holds(self, condition: Condition | None) -> float:
        """Share of users for whom a condition is expected to hold."""
        return holds(condition, lambda term: self.chance(term).expected)

    def _held(self, wanted: Demand) -> Range:
        """The weights whose conditions hold: at the corners of what is not known, as each chance is linear."""
        if len(wanted.weights) == 1 and wanted.shape.slots[0] is None:
            return wanted.weights[0]
        corners = self._corners(wanted.shape)
        weights = wanted.weights
        low = min(sum(c * w.low for c, w in zip(corner, weights, strict=True) if c) for corner in corners[1:])
        high = max(sum(c * w.high for c, w in zip(corner, weights, strict=True) if c) for corner in corners[1:])
        expected = sum(c * w.expected for c, w in zip(corners[0], weights, strict=True) if c)
        return between(low, expected, high)

    def _corners(self, shape: Shape) -> tuple[tuple[float, ...], ...]:
        """For each slot the chance that it holds: as expected, then at all bounds of what it asks."""
        found = self._chances.get(shape)
        if found is None:
            names = sorted({name_of(term) for term in asked(shape)})
            spans = self._spans(shape)
            points = [tuple(spans[name].expected for name in names)]
            points += list(product(*({spans[name].low, spans[name].high} for name in names)))
            found = tuple(_holding(shape, dict(zip(names, point, strict=True))) for point in points)
            self._chances[shape] = found
        return found

    def _spans(self, shape: Shape) -> dict[str, Range]:
        """The chance of each thing that a shape asks; one whose text the scenario names speaks for all of its kind."""
        said = sorted(asked(shape), key=lambda term: (term.text in self._conditions, term.kind, term.text))
        return {name_of(term): self.chance(term) for term in said}

    def chance(self, term: Term) -> Range:
        """Share of users or time for which one thing holds; what the scenario says of the text comes first."""
        said = self._conditions.get(term.text)
        if said is not None:
            return said
        if term.kind == "websocket":
            return self.scenario.websocket_uptime
        if term.kind == "account":
            return ONE if self.visitor else self.scenario.share_connected
        return self.scenario.time_failed if term.kind == "failure" else self.scenario.unknown_condition

    def _times(self, shape: Shape) -> Range:
        """What the weights are multiplied with: who has the stream, and how often it fires where it does not repeat."""
        scenario = self.scenario
        if shape.group in ("action", "refetch"):
            return self.action_rate(shape.action)
        if shape.holder != "user":
            instances = {"server": scenario.server_instances, "worker": scenario.worker_instances, "once": 1}
            return NOTHING if self.visitor else exactly(instances[shape.holder])
        here = self.concurrent.scaled(self.share(shape.pages))
        if shape.group == "repeat":
            return here * self._visible(background=shape.background)
        if shape.group == "focus":
            return here * scenario.returns_per_hour.scaled(1 / HOUR_S)
        return self._page_loads(shape, here)

    def _page_loads(self, shape: Shape, here: Range) -> Range:
        rate = self._loads.get((shape.pages, shape.fresh_s))
        if rate is None:
            dwell = self.dwell(shape.pages)
            rate = Range(
                cached_rate(load_rate(dwell.high), shape.fresh_s.high),
                cached_rate(load_rate(dwell.expected), shape.fresh_s.expected),
                cached_rate(load_rate(dwell.low), shape.fresh_s.low),
            )
            self._loads[shape.pages, shape.fresh_s] = rate
        return here * rate

    def dwell(self, pages: tuple[str, ...]) -> Range:
        """How long one of some pages stays open: the shortest of those that say so."""
        said = [visit.dwell_s for visit in self.scenario.pages if visit.dwell_s is not None and visit.page in pages]
        return exactly(min(said)) if said else self.scenario.dwell_s

    def _visible(self, *, background: bool) -> Range:
        focus, tabs = self.scenario.focus_share, self.scenario.tabs
        return Range(
            visible_rate(1, focus.low, tabs.low, background=background),
            visible_rate(1, focus.expected, tabs.expected, background=background),
            visible_rate(1, focus.high, tabs.high, background=background),
        )

    def action_rate(self, name: str) -> Range:
        """How often users do something: all of them, or the one visitor, per second."""
        found = self._rates.get(name)
        if found is None:
            found = NOTHING
            for action in self.scenario.actions:
                if action.entry == name:
                    found = found + self._rate_of(action.per_second, per_user=action.per_user)
            self._rates[name] = found
        return found

    def _rate_of(self, per_second: Range, *, per_user: bool) -> Range:
        if per_user:
            return per_second * self.concurrent
        if not self.visitor:
            return per_second.scaled(self._growth)
        acting = self.scenario.concurrent.expected * (self.scenario.share_connected.expected or 1)
        return per_second.scaled(1 / acting) if acting else NOTHING

    def attempts(self, stream: Stream) -> Range:
        """Requests for each call of a stream, with those of loops and retries that ask again."""
        return self._tried(stream.retry_attempts, stream.failure_attempts)

    def _tried(self, waits: int, fails: int) -> Range:
        found = self._retries.get((waits, fails))
        if found is None:
            missed = self.scenario.retry_miss.each(lambda miss: attempts(waits, miss))
            failed = self.scenario.failure.each(lambda chance: attempts(fails, chance))
            found = self._retries[waits, fails] = missed * failed
        return found


def _holding(shape: Shape, known: dict[str, float]) -> tuple[float, ...]:
    """The chance that each slot holds, where the chance of each thing it asks is known."""
    return tuple(holds(slot, lambda term: known[name_of(term)]) for slot in shape.slots)
