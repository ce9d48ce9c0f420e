"""Lays out charts of load: for each quota a row a scenario, from low to high, against the limit, in powers of ten."""

from __future__ import annotations

from math import ceil, floor, inf, log10
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.report.audit_document.model import Formula, Number, Place
from callaudit.report.html.figures import amount, fit_words, round_amount, scenario_words, spread
from callaudit.report.load.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from callaudit.load.results import BucketLoad, Load
    from callaudit.report.audit_document.model import Evidence

WIDTH: Final = 500
LEFT: Final = 96
RIGHT: Final = 20
TOP: Final = 30
ROW: Final = 34
_MOST: Final = 5
"""Contributors that stand behind a figure."""


Loaded = tuple[str, "BucketLoad"]
"""A scenario in words, and what a quota has to bear in it."""


class Bar(Struct, frozen=True):
    """One scenario: where the range begins and ends, what is expected, and the same in words."""

    name: str
    y: float
    low: float
    expected: float
    high: float
    endless: bool
    level: str
    load: Number
    share: Number
    users: Number


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
    order: dict[str, list[Loaded]] = {}
    scenarios = sorted(load.scenarios, key=lambda one: (one.users, one.name))
    for scenario in scenarios:
        for name in scenario.gives_way:
            order.setdefault(name, [])
    for scenario in scenarios:
        for bucket in scenario.buckets:
            order.setdefault(bucket.id, []).append((scenario_words(scenario), bucket))
    used = [found for found in order.values() if found]
    return tuple(_chart(found) for found in sorted(used, key=lambda found: found[0][1].capacity is None))


def _chart(found: list[Loaded]) -> Chart:
    first = found[0][1]
    values = [value for _, one in found for value in one.credits_per_window.points if 0 < value < inf]
    values += [one.capacity for _, one in found if one.capacity]
    values = values or [1.0]
    least, most = floor(log10(min(values))), ceil(log10(max(values)))
    least, most = max(least, most - 6), max(most, least + 1)

    def at(value: float) -> float:
        share = (log10(max(value, 10**least)) - least) / (most - least) if value < inf else 1
        return round(LEFT + (WIDTH - LEFT - RIGHT) * min(max(share, 0), 1), 1)

    bars = tuple(_bar(name, one, TOP + row * ROW, at) for row, (name, one) in enumerate(found))
    ticks = [Tick(at(10**power), round_amount(10**power), limit=False) for power in range(least, most + 1)]
    if first.capacity is not None:
        ticks.append(Tick(at(first.capacity), f"limit {amount(first.capacity)}", limit=True))
    window = f"{first.unit} in {amount(first.window_seconds)} s" if first.window_seconds else first.unit
    limit = f"{amount(first.capacity)} {window}" if first.capacity is not None else ""
    return Chart(
        first.title or first.id, window, limit, WIDTH, TOP + ROW * len(bars) + 22, bars, tuple(ticks), _sentence(found)
    )


def _bar(name: str, one: BucketLoad, y: float, at: Callable[[float], float]) -> Bar:
    load, capacity = one.credits_per_window, one.capacity
    level = "note"
    if capacity is not None:
        level = "bad" if load.expected > capacity else "warning" if load.high > capacity else "good"
    proof = tuple(_proof(one))
    share = load.expected / capacity if capacity else None
    return Bar(
        name=name,
        y=y,
        low=at(load.low),
        expected=at(load.expected),
        high=at(load.high),
        endless=load.high == inf,
        level=level,
        load=Number(spread(load), proof, load.expected),
        share=Number("–" if share is None else percent(share), proof, share),
        users=Number(fit_words(one.max_users, one.per, known=capacity is not None), tuple(_bound(one))),
    )


def _proof(one: BucketLoad) -> Iterator[Evidence]:
    """What a load rests on: requests, the price, and those who ask most, each with its place."""
    load, window = one.credits_per_window, amount(one.window_seconds or 0)
    yield Formula(
        f"{spread(one.requests_per_second)} requests/s at their prices = {spread(load)} {one.unit} in {window} s"
    )
    for part in one.contributors[:_MOST]:
        yield Formula(f"{part.entry} → {part.endpoint}: {spread(part.credits_per_window)} {one.unit} in {window} s")
        yield Place(part.file, part.line)


def _bound(one: BucketLoad) -> Iterator[Evidence]:
    if one.capacity is None:
        return
    whose = "one user alone" if one.per == "visitor" else "that many users, actions in proportion,"
    yield Formula(
        f"the most users where {whose} are expected to ask for no more than {amount(one.capacity)} {one.unit} "
        f"in {amount(one.window_seconds or 0)} s"
    )
    if one.max_users is not None and one.per != "visitor":
        yield Formula(f"at the highest load {amount(one.max_users.low)}, at the lowest {amount(one.max_users.high)}")


def _sentence(found: list[Loaded]) -> str:
    parts = [f"{name}: {spread(one.credits_per_window)} {one.unit}" for name, one in found]
    return "; ".join(parts) + "."
