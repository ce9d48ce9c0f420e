"""Lays out charts of load: for each quota a row a scenario, from low to high, against the limit, on a scale of powers of ten."""

from __future__ import annotations

from math import ceil, floor, inf, log10
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.report.html.figures import amount, spread, users_words

if TYPE_CHECKING:
    from callaudit.load.ranges import Range
    from callaudit.load.results import BucketLoad, Load

WIDTH: Final = 760
LEFT: Final = 96
RIGHT: Final = 20
TOP: Final = 30
ROW: Final = 34


class Bar(Struct, frozen=True):
    """One scenario: where the range begins and ends, what is expected, and the same in words."""

    name: str
    y: float
    low: float
    expected: float
    high: float
    endless: bool
    level: str
    load: str
    share: str
    users: str


class Tick(Struct, frozen=True):
    """A line of the scale."""

    x: float
    text: str
    limit: bool


class Chart(Struct, frozen=True):
    """A quota in all scenarios. `limit` is empty where it is not known."""

    title: str
    unit: str
    limit: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    sentence: str


def load_charts(load: Load) -> tuple[Chart, ...]:
    """Return a chart for each quota that anything is charged to, the one that gives way first in front."""
    order: dict[str, list[tuple[str, BucketLoad]]] = {}
    for scenario in load.scenarios:
        for name in scenario.gives_way:
            order.setdefault(name, [])
    for scenario in load.scenarios:
        for bucket in scenario.buckets:
            order.setdefault(bucket.id, []).append((scenario.name, bucket))
    known = sorted(order.values(), key=lambda found: found[0][1].capacity is None)
    return tuple(_chart(found) for found in known if found)


def _chart(found: list[tuple[str, BucketLoad]]) -> Chart:
    first = found[0][1]
    values = [value for _, one in found for value in _points(one.credits_per_window) if 0 < value < inf]
    values += [one.capacity for _, one in found if one.capacity]
    least, most = floor(log10(min(values))), ceil(log10(max(values)))
    least, most = max(least, most - 6), max(most, least + 1)

    def at(value: float) -> float:
        share = (log10(max(value, 10**least)) - least) / (most - least) if value < inf else 1
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0), 1), 1)

    bars = tuple(_bar(name, one, TOP + row * ROW, at) for row, (name, one) in enumerate(found))
    ticks = [Tick(at(10**power), amount(10**power), limit=False) for power in range(least, most + 1)]
    if first.capacity is not None:
        ticks.append(Tick(at(first.capacity), f"limit {amount(first.capacity)}", limit=True))
    window = f"{first.unit} in {amount(first.window_seconds)} s" if first.window_seconds else first.unit
    limit = f"{amount(first.capacity)} {window}" if first.capacity is not None else ""
    return Chart(
        first.title or first.id, window, limit, WIDTH, TOP + ROW * len(bars) + 22, bars, tuple(ticks), _sentence(found)
    )


def _points(value: Range) -> tuple[float, float, float]:
    return value.low, value.expected, value.high


def _bar(name: str, one: BucketLoad, y: float, at: object) -> Bar:
    load, capacity = one.credits_per_window, one.capacity
    level = "note"
    if capacity is not None:
        level = "bad" if load.expected > capacity else "warning" if load.high > capacity else "good"
    x = at if callable(at) else float
    return Bar(
        name=name,
        y=y,
        low=x(load.low),
        expected=x(load.expected),
        high=x(load.high),
        endless=load.high == inf,
        level=level,
        load=spread(load),
        share=f"{amount(load.expected / capacity * 100)} %" if capacity else "–",
        users=users_words(one.max_users, one.per, known=capacity is not None),
    )


def _sentence(found: list[tuple[str, BucketLoad]]) -> str:
    parts = [f"{name} users: {spread(one.credits_per_window)} {one.unit}" for name, one in found]
    return "; ".join(parts) + "."
