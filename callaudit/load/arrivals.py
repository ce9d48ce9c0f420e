"""What a scenario asks of the repository's own server: each route with its rate, for a load test against staging."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.inventory.model import REPEATING
from callaudit.load.demand import demand
from callaudit.load.ranges import ONE
from callaudit.load.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.load.model import Kind, Model, Stream
    from callaudit.load.scenario import Scenario

READS = ("GET", "HEAD", "OPTIONS")
_VARIABLE = re.compile(r"\[\[?(?:\.\.\.)?(\w+)\]\]?|:(\w+)(?:\([^)]*\))?[?*+]?|\{(\w+)[^}]*\}")


class Reason(Struct, frozen=True, order=True):
    """Why a route is asked: the hook, page or action, and where it is written."""

    entry: str
    file: str
    line: int


class Arrival(Struct, frozen=True):
    """One route of the repository, asked `per_second` times by all users on `page` (actions: on no page).

    `path` has `{name}` for what varies. What is no read changes something on the server.
    """

    page: str
    method: str
    path: str
    per_second: float
    reasons: tuple[Reason, ...]

    @property
    def reads(self) -> bool:
        """Whether the request changes nothing by the rules of HTTP."""
        return self.method in READS


class Bypass(Struct, frozen=True, order=True):
    """Requests that do not come through the repository's own server: no load on it, and none that a test may send."""

    host: str
    per_second: float


class Arrivals(Struct, frozen=True):
    """All that a load test sends: `users` are those who are there at a time, `pages` their shares of pages.

    `upstream` are the hosts of providers and of all others that the code calls: no load test may be aimed at them.
    """

    scenario: str
    users: int
    latency_s: float
    pages: tuple[tuple[str, float], ...]
    arrivals: tuple[Arrival, ...]
    bypasses: tuple[Bypass, ...]
    upstream: tuple[str, ...]


def arrivals(model: Model, scenario: Scenario) -> Arrivals:
    """What one scenario that is resolved asks of the repository's own routes and pages, as expected."""
    found: dict[tuple[str, str, str], tuple[float, set[Reason]]] = {}
    bypasses: dict[str, float] = {}
    counted: set[tuple[str, str, str, Kind, Reason]] = set()
    for page, streams, situation in _moments(model, scenario):
        for stream in streams:
            rate = _firings(stream, situation)
            if rate <= 0:
                continue
            route = _route(stream)
            if route is None:
                bypasses[stream.host] = bypasses.get(stream.host, 0.0) + rate * stream.calls.expected
                continue
            before, reasons = found.setdefault((page, *route), (0.0, set()))
            reason = Reason(stream.entry, stream.file, stream.line)
            # One run of a hook or a page asks a route once, whatever that calls upstream.
            run = (page, *route, stream.kind, reason)
            found[page, *route] = (before if run in counted else before + rate, reasons | {reason})
            counted.add(run)
    return Arrivals(
        scenario.name,
        round(scenario.concurrent.expected),
        scenario.latency_s.expected,
        tuple((visit.page, visit.share) for visit in scenario.pages),
        tuple(Arrival(*key, rate, tuple(sorted(why))) for key, (rate, why) in sorted(found.items())),
        tuple(Bypass(host, rate) for host, rate in sorted(bypasses.items())),
        tuple(sorted({stream.host for stream in model.streams})),
    )


def _moments(model: Model, scenario: Scenario) -> Iterable[tuple[str, list[Stream], Situation]]:
    """Each page with the streams of users who are on it; then what they do, which belongs to no page."""
    users = [stream for stream in model.streams if stream.holder == "user" and not stream.action]
    for visit in scenario.pages:
        here = [stream for stream in users if not stream.pages or visit.page in stream.pages]
        yield visit.page, here, Situation(replace(scenario, pages=(visit,), actions=()))
    acted = [stream for stream in model.streams if stream.kind == "action"]
    yield "", acted, Situation(scenario)


def _firings(stream: Stream, situation: Situation) -> float:
    """How often the route behind a stream is asked, whatever that asks upstream and however often it is answered."""
    once = replace(stream, calls=ONE, retry_attempts=1, failure_attempts=1)
    return situation.rate(demand(once, situation.scenario.pace)).expected


def _route(stream: Stream) -> tuple[str, str] | None:
    """Method and path of the own route or page that a user's browser asks; None where it asks somebody else."""
    name = stream.through[0] if stream.through else ""
    if not name and stream.kind == "action" and stream.mechanism == "request":
        name = stream.entry
    if not name and stream.kind not in REPEATING and stream.entry.startswith("/") and stream.origin != "browser":
        name = f"GET {stream.entry}"
    method, _, path = name.partition(" ")
    if not path.startswith("/"):
        return None
    return ("GET" if method == "ANY" else method), _VARIABLE.sub(_named, path)


def _named(found: re.Match[str]) -> str:
    return f"{{{next(name for name in found.groups() if name)}}}"
