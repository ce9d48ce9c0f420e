"""Lays out the map of calls: three columns, and between them ribbons as wide as the flow is strong."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.report.html.figures import amount
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.report.html.flows import Flow

WIDTH: Final = 1160
TOP: Final = 34
ROW: Final = 24
"""Least distance of two names."""
RIGHT: Final = 2
"""The column of upstream endpoints."""
_COLUMNS: Final = ((250, "end"), (560, "middle"), (880, "start"))
_BAR: Final = 6
_THINNEST: Final = 1.5
_TALLEST: Final = 320
_WIDEST: Final = 48
"""Height of all flows at an end together, and of one flow as they are on average, in units of the drawing."""
LONGEST: Final = 38
"""Characters of a name that are drawn; the table below the map has the whole name."""


class Node(Struct, frozen=True):
    """A name with its bar; `flows` are the numbers of the ribbons that touch it."""

    name: str
    x: float
    y: float
    height: float
    side: str
    flows: str
    quiet: bool


class Ribbon(Struct, frozen=True):
    """A curve from one bar to another, as SVG's path has it."""

    path: str
    width: float
    flow: int
    origin: str
    quiet: bool


class CallMap(Struct, frozen=True):
    """The drawing: its size, and everything in it; `hosts` are names above the endpoints of each host."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    heads: tuple[tuple[float, str, str], ...]
    hosts: tuple[tuple[float, float, str], ...]


def call_map(flows: tuple[Flow, ...]) -> CallMap:
    """Draw flows; those without a rate are thin."""
    whole = sum(flow.rate.expected for flow in flows) or 1.0
    tallest = min(_TALLEST, _WIDEST * sum(flow.rate.expected > 0 for flow in flows))
    widths = [max(_THINNEST, flow.rate.expected / whole * tallest) for flow in flows]
    columns = _ordered(flows)
    bars = {key: bar for number, names in enumerate(columns) for key, bar in _column(number, names, flows, widths)}
    height = max(bar.y + max(bar.height, ROW) for bar in bars.values()) + 12
    ribbons = tuple(_ribbons(flows, widths, bars))
    heads = ((250, "end", "asks"), (560, "middle", "own route"), (880, "start", "upstream endpoint"))
    return CallMap(WIDTH, int(height), tuple(bars.values()), ribbons, heads, tuple(_hosts(bars)))


def _hosts(bars: dict[tuple[int, str], Node]) -> Iterable[tuple[float, float, str]]:
    """A name above the first endpoint of each host."""
    named: set[str] = set()
    for (column, name), bar in bars.items():
        host = name.split(" ")[0]
        if column == RIGHT and host not in named:
            named.add(host)
            yield bar.x + _BAR + 8, bar.y - 6, host


def _names(flow: Flow) -> tuple[tuple[int, str], ...]:
    """The ends of a flow, from the left: column and name."""
    ends = ((0, flow.source), (1, flow.route), (2, f"{flow.host} {flow.endpoint}"))
    return tuple((column, name) for column, name in ends if name)


def _ordered(flows: tuple[Flow, ...]) -> list[list[str]]:
    """Names of each column: endpoints by host and strength, the others beside what they lead to, unused ones last."""
    strength: dict[tuple[int, str], float] = {}
    for flow in flows:
        for end in _names(flow):
            strength[end] = strength.get(end, 0.0) + flow.rate.expected
    hosts: dict[str, float] = {}
    for (column, name), rate in strength.items():
        if column == RIGHT:
            hosts[name.split(" ")[0]] = hosts.get(name.split(" ")[0], 0.0) + rate
    right = sorted(
        (name for column, name in strength if column == RIGHT),
        key=lambda name: (-hosts[name.split(" ")[0]], name.split(" ")[0], -strength[RIGHT, name], name),
    )
    found = [[], [], right]
    for column in (1, 0):
        following = {name: place for later in found[column + 1 :] for place, name in _spread(later)}
        weights: dict[str, list[tuple[float, float]]] = {}
        for flow in flows:
            ends = _names(flow)
            for (own, name), (_, after) in itertools.pairwise(ends):
                if own == column:
                    weights.setdefault(name, []).append((following[after], flow.rate.expected + 1e-6))
        found[column] = sorted(weights, key=lambda name: (strength[column, name] <= 0, _middle(weights[name]), name))
    return found


def _spread(names: list[str]) -> Iterable[tuple[float, str]]:
    return ((place / max(len(names) - 1, 1), name) for place, name in enumerate(names))


def _middle(weighted: list[tuple[float, float]]) -> float:
    return sum(place * weight for place, weight in weighted) / sum(weight for _, weight in weighted)


def _column(
    number: int, names: list[str], flows: tuple[Flow, ...], widths: list[float]
) -> Iterable[tuple[tuple[int, str], Node]]:
    x, side = _COLUMNS[number]
    y = float(TOP)
    host = ""
    for name in names:
        touching = [place for place, flow in enumerate(flows) if (number, name) in _names(flow)]
        height = sum(widths[place] for place in touching)
        if number == RIGHT and name.split(" ")[0] != host:
            y += ROW
            host = name.split(" ")[0]
        quiet = all(flows[place].rate.expected <= 0 for place in touching)
        yield (number, name), Node(name, x, y, max(height, 4), side, " ".join(map(str, touching)), quiet)
        y += max(height + 8, ROW)


def _ribbons(flows: tuple[Flow, ...], widths: list[float], bars: dict[tuple[int, str], Node]) -> Iterable[Ribbon]:
    """Curves leave and enter bars in the order of where they lead, so that few cross."""
    used: dict[tuple[tuple[int, str], str], float] = {}
    order = sorted(range(len(flows)), key=lambda place: [bars[end].y for end in reversed(_names(flows[place]))])
    for place in order:
        flow, width = flows[place], widths[place]
        ends = _names(flow)
        for start, end in itertools.pairwise(ends):
            left = _slot(used, (start, "out"), bars[start], width)
            right = _slot(used, (end, "in"), bars[end], width)
            x1, x2 = bars[start].x + _BAR, bars[end].x
            middle = (x1 + x2) / 2
            path = f"M{x1:g} {left:.1f}C{middle:g} {left:.1f} {middle:g} {right:.1f} {x2:g} {right:.1f}"
            yield Ribbon(path, round(width, 1), place, flow.origin, flow.rate.expected <= 0)


def _slot(
    used: dict[tuple[tuple[int, str], str], float], key: tuple[tuple[int, str], str], bar: Node, width: float
) -> float:
    before = used.get(key, 0.0)
    used[key] = before + width
    return bar.y + before + width / 2


def strongest(flows: tuple[Flow, ...]) -> str:
    """Say in a sentence what the map shows first."""
    busy = [flow for flow in flows if flow.rate.expected > 0]
    if not busy:
        return f"{plural(len(flows), 'way')} upstream; none is used in this scenario."
    top = busy[0]
    way = " through ".join(name for name in (top.source, top.route) if name)
    return (
        f"{plural(len(flows), 'way')} upstream, {len(busy)} used in this scenario. The busiest: {way} asks for "
        f"{top.endpoint}, {amount(top.rate.expected)} requests a second."
    )
