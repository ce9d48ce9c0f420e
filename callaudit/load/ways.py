"""Streams behind caches and queues, gathered once for all scenarios: who asks for the same answers, who asks alike."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.inventory.model import REPEATING
from callaudit.load.demand import Demand, demand
from callaudit.load.ranges import NOTHING, ONE, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.load.model import Cache, Stream
    from callaudit.load.queues import Queue
    from callaudit.load.scenario import Pace

TOP = 10
"""Members of a share that are named."""


class Poller(Struct, frozen=True):
    """A stream that may ask for an answer at even times: one call for each run, and where it is among those alike."""

    demand: Demand
    alike: int
    stream: Stream


class Way(Struct, frozen=True):
    """One cache in front of one endpoint: the places of those who ask, and the first poller of each pace."""

    cache: Cache
    alikes: tuple[int, ...]
    pollers: tuple[Poller, ...]
    by_users: bool
    at_work: bool


class Line(Struct, frozen=True):
    """One queue, and the places of those who wait in it."""

    queue: Queue
    alikes: tuple[int, ...]
    at_work: bool


class Alike(Struct, frozen=True):
    """Streams that ask for the same answers under the same conditions: each `demand`, so many times (`members`)."""

    demand: Demand
    ways: tuple[int, ...]
    lines: tuple[int, ...]
    members: tuple[tuple[Stream, float], ...]

    @property
    def grows(self) -> bool:
        """Whether it follows the number of users."""
        shape = self.demand.shape
        return shape.holder == "user" or shape.group in ("action", "refetch")


class Share(Struct, frozen=True):
    """What those alike ask of one payer, as multiples of their demand, and the dearest of them with their prices."""

    requests: Range
    units: Range
    dearest: tuple[tuple[Stream, float, Range], ...]


class Gathered(Struct, frozen=True):
    """All ways and lines of a model, and all streams in them; `where` has the place and multiple of each."""

    ways: tuple[Way, ...]
    lines: tuple[Line, ...]
    alikes: tuple[Alike, ...]
    where: dict[int, tuple[int, float]]


def gathered(streams: Sequence[Stream], pace: Pace) -> Gathered:
    """Gather streams with caches or queues on their way.

    What repeats at known rates is told apart by its conditions alone, as its rate is a multiple of another's in every
    scenario. Pollers that may be the regular one of a way stay by themselves, one for each period.
    """
    caches: dict[tuple[str, str], Cache] = {}
    for stream in streams:
        for cache in stream.caches:
            caches.setdefault(_key(cache, stream), cache)
    places = {key: place for place, key in enumerate(caches)}
    ways_of = {one.id: tuple(dict.fromkeys(places[_key(cache, one)] for cache in one.caches)) for one in streams}
    queues = {queue.id: queue for stream in streams for queue in stream.queues}
    numbers = {name: number for number, name in enumerate(queues)}
    alone = _first_pollers(streams, ways_of, tuple(caches.values()), pace)
    found: dict[object, list[tuple[Stream, float]]] = {}
    kinds: dict[object, Alike] = {}
    for stream in streams:
        wanted = demand(stream, pace)
        unit, scale = (wanted, 1.0) if stream.id in alone else _unit(wanted)
        lines = tuple(dict.fromkeys(numbers[queue.id] for queue in stream.queues))
        key = (ways_of[stream.id], lines, unit, stream.id if stream.id in alone else -1)
        kinds.setdefault(key, Alike(unit, ways_of[stream.id], lines, ()))
        found.setdefault(key, []).append((stream, scale))
    alikes = tuple(replace(kinds[key], members=tuple(same)) for key, same in found.items())
    where = {stream.id: (place, scale) for place, one in enumerate(alikes) for stream, scale in one.members}
    behind: list[list[int]] = [[] for _ in places]
    for place, one in enumerate(alikes):
        for way in one.ways:
            behind[way].append(place)
    ways = tuple(_way(cache, behind[number], alikes, alone) for number, cache in enumerate(caches.values()))
    return Gathered(ways, tuple(_line(queue, numbers[queue.id], alikes) for queue in queues.values()), alikes, where)


def shares(alikes: Iterable[Alike], price: Callable[[Stream], Range | None]) -> dict[int, Share]:
    """What those alike ask of one payer, by their places; `price` is that of a request, None where others pay."""
    found: dict[int, Share] = {}
    for place, one in enumerate(alikes):
        requests = units = NOTHING
        paid: list[tuple[Stream, float, Range]] = []
        for stream, scale in one.members:
            cost = price(stream)
            if cost is not None:
                requests, units = requests + ONE.scaled(scale), units + cost.scaled(scale)
                paid.append((stream, scale, cost))
        if paid:
            paid.sort(key=lambda each: (-each[1] * each[2].expected, each[0].id))
            found[place] = Share(requests, units, tuple(paid[:TOP]))
    return found


def _key(cache: Cache, stream: Stream) -> tuple[str, str]:
    return cache.id, f"{stream.host} {stream.endpoint}"


def _first_pollers(
    streams: Iterable[Stream], ways_of: dict[int, tuple[int, ...]], caches: Sequence[Cache], pace: Pace
) -> dict[int, Demand]:
    """The first stream of each pace in each way, with what it asks in one call a run."""
    seen: set[tuple[int, Demand]] = set()
    found: dict[int, Demand] = {}
    for stream in streams:
        ways = [way for way in ways_of[stream.id] if _may_be_regular(stream, caches[way])]
        if stream.kind in REPEATING and stream.calls.high > 0 and ways:
            once = demand(replace(stream, calls=ONE, retry_attempts=1, failure_attempts=1), pace)
            if not seen.issuperset((way, once) for way in ways):
                seen.update((way, once) for way in ways)
                found[stream.id] = once
    return found


def _may_be_regular(stream: Stream, cache: Cache) -> bool:
    """Pollers of many users who share an answer ask for it at random times."""
    return stream.holder != "user" or cache.store == "browser" or cache.scope == "per-key"


def _way(cache: Cache, places: Sequence[int], alikes: Sequence[Alike], alone: dict[int, Demand]) -> Way:
    members = [stream for place in places for stream, _ in alikes[place].members]
    pollers = tuple(
        Poller(alone[stream.id], place, stream)
        for place in places
        for stream, _ in alikes[place].members
        if stream.id in alone
    )
    return Way(
        cache=cache,
        alikes=tuple(places),
        pollers=pollers,
        by_users=any(one.holder == "user" for one in members),
        at_work=_at_work(members),
    )


def _line(queue: Queue, number: int, alikes: Sequence[Alike]) -> Line:
    places = tuple(place for place, one in enumerate(alikes) if number in one.lines)
    return Line(queue, places, _at_work(stream for place in places for stream, _ in alikes[place].members))


def _at_work(streams: Iterable[Stream]) -> bool:
    return all(one.origin == "worker" or one.holder == "worker" for one in streams)


def _unit(wanted: Demand) -> tuple[Demand, float]:
    """A demand as a multiple of one that others with the same conditions have as well."""
    first = next((weight.expected for weight in wanted.weights if weight.expected), 0.0)
    scalable = (
        wanted.shape.group == "repeat"
        and 0 < first < inf
        and all(one.exact and one.high < inf for one in wanted.weights)
    )
    if not scalable:
        return wanted, 1.0
    weights = tuple(Range(part, part, part) for part in (round(one.expected / first, 12) for one in wanted.weights))
    return Demand(wanted.shape, weights), first
