"""Records of advice: what was decided, as plain values that a report puts into words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from callaudit.inventory.model import Guard, Retry  # noqa: TC001 - msgspec reads the types of fields
from callaudit.load.results import BucketLoad, Contribution, Saving, ScenarioLoad  # noqa: TC001 - the same
from callaudit.providers.model import Conflict  # noqa: TC001 - the same
from callaudit.rules.model import Finding, Rule  # noqa: TC001 - the same

Priority = Literal["HIGH", "MEDIUM", "LOW"]
PRIORITIES: tuple[Priority, ...] = ("HIGH", "MEDIUM", "LOW")
State = Literal["over", "tight", "worst", "fits", "unknown"]
"""How a quota bears its load: it does not; it nearly does not; at worst it does not; it does; nobody knows."""


class Spot(Struct, frozen=True, order=True):
    """A line of a file."""

    file: str
    line: int


class Effort(Struct, frozen=True):
    """Minutes at least and at most: to begin with, for each place, and in all; and what they are for."""

    start: tuple[int, int]
    each: tuple[int, int]
    low: int
    high: int
    about: str


class Remedy(Struct, frozen=True, kw_only=True):
    """One thing to do: what rules found (`findings`), what the model's changes of its kind save, where to change it.

    `code` are proposals for the change that saves most, each with a title. `best` is the largest part of a quota's
    load that it saves. `kind` is empty where the model knows no such change.
    """

    id: str
    title: str
    kind: str
    priority: Priority
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    changes: tuple[str, ...]
    savings: tuple[Saving, ...]
    places: tuple[Spot, ...]
    effort: Effort
    behaviour: str
    code: tuple[tuple[str, str], ...] = ()
    best: float = 0.0

    @property
    def files(self) -> tuple[str, ...]:
        """The files to change."""
        return tuple(dict.fromkeys(place.file for place in self.places))


class Heavy(Struct, frozen=True):
    """A place that asks for much of a quota, in the smallest scenario in which it does: all its parts, their share."""

    scenario: ScenarioLoad
    bucket: BucketLoad
    parts: tuple[Contribution, ...]
    share: float


class Verdict(Struct, frozen=True):
    """How the quotas bear what is asked of them.

    `over` is the first scenario in which one does not, `shares` are those of the fullest quota in each scenario, the
    one with the fewest users first. `asked` is whether anything is asked for in a scenario, `known` whether any of it
    is charged to a quota whose capacity is known.
    """

    asked: bool
    known: bool
    over: ScenarioLoad | None
    shares: tuple[float, ...]


class Strength(Struct, frozen=True):
    """What the code does well, and where: `cache`, `push`, `slower`, `dedup`, `lock`, `backoff-429`."""

    kind: str
    what: str
    spot: Spot
    count: int = 1
    guard: Guard | None = None
    own: bool = False


class Uncached(Struct, frozen=True):
    """A read of servers that no cache may answer, with the number of entries that come to it."""

    call: str
    spot: Spot
    entries: int


class Risk(Struct, frozen=True, kw_only=True):
    """Something that may go wrong.

    `unread`: code that was not understood. `instances`: caches of one process, at `spots`. `burst`: more than
    `bucket` holds at once. `conflict`: sources of a provider disagree. `refused`: what becomes of calls over the quota,
    with `statuses`, and whether some code handles them.
    """

    kind: Literal["unread", "instances", "burst", "conflict", "refused"]
    spots: tuple[Spot, ...] = ()
    bucket: BucketLoad | None = None
    provider: str = ""
    conflict: Conflict | None = None
    values: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()
    handled: bool = False


class Question(Struct, frozen=True, kw_only=True):
    """Something to decide or to find out: about a quota, a host, a place of the code, or an assumption."""

    kind: Literal["quota", "host", "unknown", "assumption"]
    what: str = ""
    why: str = ""
    spot: Spot = Spot("", 0)
    bucket: BucketLoad | None = None


class Weight(Struct, frozen=True):
    """A file that calls upstream or starts calls: its call sites, entries, findings; the load that starts in it."""

    file: str
    sites: tuple[int, ...]
    entries: int
    findings: int
    share: float


class Advice(Struct, frozen=True, kw_only=True):
    """All that was decided, each part in the order in which it matters."""

    verdict: Verdict
    findings: tuple[tuple[Finding, ...], ...]
    """By rule: what uses up a quota first, then the severest."""
    remedies: tuple[Remedy, ...]
    heavy: tuple[Heavy, ...]
    loops: tuple[Retry, ...]
    strengths: tuple[Strength, ...]
    lacking: tuple[str, ...]
    """Kinds of guards that no call of a server has."""
    uncached: tuple[Uncached, ...]
    files: tuple[Weight, ...]
    idle_files: int
    """Files that only start calls and have neither load nor findings."""
    questions: tuple[Question, ...]
    risks: tuple[Risk, ...]
