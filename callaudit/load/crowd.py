"""The people of a simulation: on which page each is, whose account is connected, whose WebSocket is up, who looks.

Shares become people by a sequence that fills all of them evenly (R. Kronecker's, with the constants of M. Roberts,
"The Unreasonable Effectiveness of Quasirandom Sequences", 2018): of 1,000 users with a share of 0.5 on each of two
pages and 0.5 connected, about 250 are on each page with an account and not only on average.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.load.conditions import holds

if TYPE_CHECKING:
    from random import Random

    from callaudit.load.model import Condition, Term
    from callaudit.load.scenario import Scenario

SOCKET_CYCLE_S = 1789.0
"""How long a WebSocket takes to be up and down once. Only the share matters to steady rates."""
TAB_CYCLE_S = 797.0
"""How long a tab takes to be looked at and away once, on average.

A tick of a hidden tab waits for no answer, so that the first poll of each look comes half a latency L early: looks of
v seconds see 1 + L/2v times as many polls as the closed form, which knows no looks (measured, and within 0.4 % of
that). With 97 s a share of 0.1 saw 5 % more; with this 0.6 %.
"""
TAB_VARIES = 0.25
"""The part of a cycle in which it ends, anywhere: stays of one length would lock with intervals.

A poll that waits for its answer only where it is seen came 19 % too seldom to 6 % too often. More variation only adds
chance: how many look at a time.
"""
_DIMENSIONS = 4


class User:
    """One person with a browser. Times are seconds of the simulation."""

    def __init__(self, number: int, scenario: Scenario, point: tuple[float, ...], random: Random) -> None:
        """Place the user by `point`, one coordinate between 0 and 1 for each thing that shares decide."""
        self.number = number
        self._random = random
        self.page = _page(scenario, point[0])
        self.connected = point[1] < scenario.share_connected.expected
        self._uptime = scenario.websocket_uptime.expected
        self._socket_from = point[2]
        self._focus = scenario.focus_share.expected
        self._focus_from = point[3]
        self._cycle = 0
        self._begins, self._ends = (self._boundary(number) for number in (-1, 0))
        self._said = dict(scenario.conditions)
        self._otherwise = scenario.unknown_condition
        self._failed = scenario.time_failed
        self._facts: dict[str, bool] = {}
        self._answers: dict[tuple[int, bool], bool] = {}

    def looks(self, now: float) -> bool:
        """Whether the tab is visible: for its share of each cycle. It is asked in the order of time."""
        while now >= self._ends:
            self._cycle += 1
            self._begins, self._ends = self._ends, self._boundary(self._cycle)
        return now - self._begins < self._focus * (self._ends - self._begins)

    def _boundary(self, number: int) -> float:
        """Where a cycle ends: anywhere in its part of an even row, so that the share holds at every moment."""
        if not 0 < self._focus < 1:
            return inf if number >= 0 else 0.0
        return (number - self._focus_from + TAB_VARIES * self._random.random()) * TAB_CYCLE_S

    def meets(self, condition: Condition | None, now: float) -> bool:
        """Whether a condition of the code holds for this user now."""
        if condition is None:
            return True
        up = (now / SOCKET_CYCLE_S + self._socket_from) % 1 < self._uptime
        known = self._answers.get((id(condition), up))
        if known is None:
            known = holds(condition, lambda term: float(self._fact(term, up))) > 0.5
            self._answers[id(condition), up] = known
        return known

    def _fact(self, term: Term, up: bool) -> bool:
        """What the scenario says of the text comes first; then sockets and accounts; else a coin for each user."""
        said = self._said.get(term.text)
        if said is None:
            if term.kind == "websocket":
                return up
            if term.kind == "account":
                return self.connected
            said = self._failed if term.kind == "failure" else self._otherwise
        if term.text not in self._facts:
            self._facts[term.text] = self._random.random() < said.expected
        return self._facts[term.text]


def crowd(scenario: Scenario, random: Random) -> list[User]:
    """Everybody who is there at a time: the concurrent users, a whole number of them."""
    steps = _steps(_DIMENSIONS)
    starts = [random.random() for _ in steps]
    return [
        User(
            number,
            scenario,
            tuple((start + number * step) % 1 for start, step in zip(starts, steps, strict=True)),
            random,
        )
        for number in range(round(scenario.concurrent.expected))
    ]


def share(condition: Condition | None, scenario: Scenario) -> float:
    """How often a condition holds for nobody in particular, as on a server."""
    said = dict(scenario.conditions)
    by_kind = {
        "websocket": scenario.websocket_uptime,
        "account": scenario.share_connected,
        "failure": scenario.time_failed,
    }
    return holds(
        condition, lambda term: (said.get(term.text) or by_kind.get(term.kind, scenario.unknown_condition)).expected
    )


def _page(scenario: Scenario, at: float) -> str:
    """The page at a place between 0 and 1 of all pages side by side; none where their shares end before."""
    for visit in scenario.pages:
        if at < visit.share:
            return visit.page
        at -= visit.share
    return ""


def _steps(dimensions: int) -> list[float]:
    """Powers of 1/g, where g is the root of x^(d+1) = x + 1."""
    root = 2.0
    for _ in range(40):
        root = (1 + root) ** (1 / (dimensions + 1))
    return [root ** -(power + 1) for power in range(dimensions)]
