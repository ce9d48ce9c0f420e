"""Adds up what each bucket has to bear: all streams of one shape at once, and those behind caches that ask alike."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from callaudit.inventory.model import REPEATING
from callaudit.load.branches import bounded_runs, lowered, too_many
from callaudit.load.caches import Passing
from callaudit.load.demand import Demand, demand
from callaudit.load.formulas import ROUNDING
from callaudit.load.lots import Lot, Member, Part, largest, lots_of, of_lots, of_shares
from callaudit.load.ranges import NOTHING, ONE, Range, total
from callaudit.load.results import Waiting
from callaudit.load.ways import gathered, shares

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from callaudit.load.model import Charge, Model, Stream
    from callaudit.load.scenario import Pace
    from callaudit.load.situation import Situation
    from callaudit.load.ways import Gathered, Share


class Totals:
    """Answers for one model in any number of scenarios."""

    def __init__(self, model: Model) -> None:
        """Add up `model`."""
        self.model = model
        self._lots: dict[Hashable, dict[str, list[Lot]]] = {}
        self._demands: dict[Pace, list[tuple[Stream, Demand]]] = {}
        self._cached = [stream for stream in model.streams if stream.caches or stream.queues]
        self._free = [stream for stream in model.streams if not (stream.caches or stream.queues)]
        self._gathered: dict[Pace, Gathered] = {}
        self._shares: dict[Hashable, dict[int, Share]] = {}
        self._bounded = bounded_runs(model)
        self._passing: WeakKeyDictionary[Situation, Passing] = WeakKeyDictionary()

    def buckets(self, situation: Situation) -> dict[str, Part]:
        """What every bucket has to bear per second."""
        keys_set = situation.scenario.keys_set
        kept = {charge.bucket for one in self._cached for charge in one.paid(keys_set=keys_set)}
        return {name: self.bucket(name, situation) for name in sorted({*self._by_bucket(situation), *kept})}

    def bucket(self, name: str, situation: Situation) -> Part:
        """What a bucket has to bear per second."""
        free = self.free(name, situation)
        if not self._cached:
            return free
        kept = _sum(self._paid(name, situation), self.passing(situation))
        return Part(free.requests + kept.requests, free.units + kept.units)

    def free(self, name: str, situation: Situation) -> Part:
        """What a bucket has to bear of streams without caches."""
        requests = units = NOTHING
        for lot in self.lots(name, situation):
            requests = requests + situation.rate(lot.total.requests)
            units = units + situation.rate(lot.total.units)
        if self._bounded:
            calls, cost = too_many(self._bounded, name, situation)
            requests, units = lowered(requests, calls), lowered(units, cost)
        return Part(requests, units)

    def kept(self, name: str, situation: Situation) -> Callable[[float], Range] | None:
        """Units per second behind caches for so many times the users; None where nothing of a bucket is kept."""
        paid = self._paid(name, situation)
        if not paid:
            return None
        passing = self.passing(situation)
        terms = passing.terms(paid)
        return lambda growth: passing.units(terms, growth)

    def passing(self, situation: Situation) -> Passing:
        """What caches let through."""
        found = self._passing.get(situation)
        if found is None:
            found = self._passing[situation] = Passing(self._gather(situation), situation)
        return found

    def waiting(self, situation: Situation) -> tuple[Waiting, ...]:
        """Queues and limiters to which more comes than they let out, in the order of places."""
        if not self._cached:
            return ()
        found = [
            Waiting(
                id=queue.id,
                name=queue.name,
                mechanism=queue.mechanism,
                file=queue.file,
                line=queue.line,
                asks_per_second=comes,
                leaves_per_second=leaves,
                drops=queue.drops,
            )
            for queue, comes, leaves in self.passing(situation).waiting()
            if comes.high > leaves.high * (1 + ROUNDING)
        ]
        return tuple(sorted(found, key=lambda one: (one.file, one.line, one.id)))

    def lots(self, name: str, situation: Situation) -> list[Lot]:
        """The streams without caches that a bucket is charged for."""
        return self._by_bucket(situation).get(name, [])

    def top(self, name: str, situation: Situation) -> list[tuple[Stream, Part]]:
        """The streams that ask most of a bucket, by what is expected of units, then by what may be."""
        kept = of_shares(self._paid(name, situation), self.passing(situation).left()) if self._cached else []
        return largest([*of_lots(self.lots(name, situation), situation), *kept])

    def rate(self, stream: Stream, situation: Situation) -> Range:
        """Requests per second of one stream that leave, after caches."""
        if not (stream.caches or stream.queues):
            return situation.asks(stream)
        place, scale = self._gather(situation).where[stream.id]
        return self.passing(situation).left()[place].scaled(scale)

    def rates(self, situation: Situation) -> dict[int, Range]:
        """Requests per second that leave, after caches, of every stream by its id."""
        return {one.id: self.rate(one, situation) for one in self.model.streams}

    def about(self, name: str, holds: Callable[[Stream], bool], situation: Situation) -> tuple[Range, list[Stream]]:
        """Requests per second of all streams for which `holds`, called `name`, and the largest of them."""
        key = ("about", name, situation.scenario.pace)
        if key not in self._lots:
            members = [Member(one, ONE, stream) for stream, one in self._asked(situation) if holds(stream)]
            self._lots[key] = {name: lots_of(members)}
            alikes = self._gather(situation).alikes
            self._shares[key] = shares(alikes, lambda stream: ONE if holds(stream) else None)
        lots = self._lots[key][name]
        kept = self._shares[key]
        whole = _sum(kept, self.passing(situation)).requests if kept else NOTHING
        for lot in lots:
            whole = whole + situation.rate(lot.total.requests)
        behind = of_shares(kept, self.passing(situation).left()) if kept else []
        return whole, [stream for stream, _ in largest([*of_lots(lots, situation), *behind])]

    def polls(self, page: str, situation: Situation) -> float:
        """Requests per second that repeat while a page is open, before caches, as expected."""
        key = ("pages", situation.scenario.pace)
        if key not in self._lots:
            by_page: dict[str, list[Member]] = {}
            cached = [(one, demand(one, situation.scenario.pace)) for one in self._cached]
            for stream, one in (*self._asked(situation), *cached):
                for name in stream.pages if stream.holder == "user" and stream.kind in REPEATING else ():
                    by_page.setdefault(name, []).append(Member(one, ONE, stream))
            self._lots[key] = {name: lots_of(members) for name, members in by_page.items()}
        return sum(situation.rate(lot.total.requests).expected for lot in self._lots[key].get(page, ()))

    def _gather(self, situation: Situation) -> Gathered:
        pace = situation.scenario.pace
        if pace not in self._gathered:
            self._gathered[pace] = gathered(self._cached, pace)
        return self._gathered[pace]

    def _paid(self, name: str, situation: Situation) -> dict[int, Share]:
        """What is charged to a bucket behind caches."""
        pace, keys_set = situation.scenario.pace, situation.scenario.keys_set
        key = ("paid", name, pace, keys_set)
        if key not in self._shares:
            alikes = self._gather(situation).alikes
            self._shares[key] = shares(alikes, lambda stream: _price(stream.paid(keys_set=keys_set), name))
        return self._shares[key]

    def _asked(self, situation: Situation) -> list[tuple[Stream, Demand]]:
        """What each stream without caches asks for."""
        pace = situation.scenario.pace
        if pace not in self._demands:
            self._demands[pace] = [(stream, demand(stream, pace)) for stream in self._free]
        return self._demands[pace]

    def _by_bucket(self, situation: Situation) -> dict[str, list[Lot]]:
        keys_set = situation.scenario.keys_set
        key = (situation.scenario.pace, keys_set)
        if key not in self._lots:
            members: dict[str, list[Member]] = {}
            for stream, one in self._asked(situation):
                for charge in stream.paid(keys_set=keys_set):
                    members.setdefault(charge.bucket, []).append(Member(one, charge.cost, stream))
            self._lots[key] = {name: lots_of(found) for name, found in members.items()}
        return self._lots[key]


def _sum(paid: dict[int, Share], passing: Passing) -> Part:
    requests = units = NOTHING
    left = passing.left() if paid else []
    for place, share in paid.items():
        requests, units = requests + left[place] * share.requests, units + left[place] * share.units
    return Part(requests, units)


def _price(charges: Iterable[Charge], bucket: str) -> Range | None:
    """What a request costs in one bucket; None where it is not charged there."""
    found = [charge.cost for charge in charges if charge.bucket == bucket]
    return total(found) if found else None
