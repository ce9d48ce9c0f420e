"""Records of the answer: what each quota has to bear in each scenario, what would fit, and what each change saves.

Rates are per second, credits in the unit of the bucket and for its window.
"""

from __future__ import annotations

from msgspec import Struct, field

from callaudit.load.model import Gap, Per  # noqa: TC001 - msgspec reads the types of fields
from callaudit.load.ranges import NOTHING, Range

SCHEMA = "callaudit/load/1"


class Assumption(Struct, frozen=True):
    """A value that the estimate used and where it comes from: `default`, `callaudit.toml:12`, an annotation."""

    name: str
    value: str
    source: str = field(name="from")
    scenario: str = ""


class Contribution(Struct, frozen=True):
    """One stream's part of what a bucket has to bear."""

    entry: str
    endpoint: str
    file: str
    line: int
    requests_per_second: Range
    credits_per_window: Range
    kind: str = ""
    page: str = ""
    stream: int = 0


class BucketLoad(Struct, frozen=True, kw_only=True):
    """What one bucket has to bear in one scenario; `headroom` is what is left of the capacity (negative: missing).

    `burst` are the units that arrive at once when everybody reconnects and all pages load. `max_users` is how many
    users fit (None: any number, or the capacity is not known); it has bounds, the fewest first.
    """

    id: str
    provider: str
    unit: str
    per: Per
    requests_per_second: Range
    credits_per_window: Range
    capacity: float | None
    window_seconds: float | None
    contributors: tuple[Contribution, ...]
    headroom: Range | None = None
    burst: float = 0
    max_users: Range | None = None
    title: str = ""
    tier: str = ""

    @property
    def share(self) -> float:
        """The part of the capacity that is expected to be used; 0 where that is not known."""
        return self.credits_per_window.expected / self.capacity if self.capacity else 0.0


class Waiting(Struct, frozen=True, kw_only=True):
    """A queue or limiter to which more comes than it lets out, per second: what is more waits, or is dropped.

    `name` says what it is and where: a mechanism alone, such as `variable`, tells a reader nothing.
    """

    id: str
    name: str
    mechanism: str
    file: str
    line: int
    asks_per_second: Range
    leaves_per_second: Range
    drops: bool = False


class ClaimCheck(Struct, frozen=True):
    """A figure of a written audit beside the computed one, and the terms that it left out."""

    about: str
    claimed: Range
    computed: Range
    text: str
    place: str
    counts: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()


class ScenarioLoad(Struct, frozen=True, kw_only=True):
    """All buckets in one scenario, the one that gives way first in front of `gives_way`.

    `waiting` are the queues and limiters that get more than they let out, as expected or at worst. `processes` are
    those that run where nothing is asked for by users: their kind, and how many.
    """

    name: str
    users: int
    buckets: tuple[BucketLoad, ...]
    gives_way: tuple[str, ...] = ()
    claims: tuple[ClaimCheck, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    processes: tuple[tuple[str, int], ...] = ()


class Count(Struct, frozen=True, omit_defaults=True):
    """Bounds of a whole number; `max` is left out where data decides."""

    min: float
    max: float | None = None
    expected: float | None = None


class ActionCost(Struct, frozen=True, kw_only=True):
    """What one action costs: calls and credits, also apart for each bucket.

    `only_requests` holds where no bucket counts anything else, so that `calls` has said it already.
    """

    entry: str
    calls: Count
    credits: Count
    file: str = ""
    line: int = 0
    buckets: tuple[tuple[str, Range], ...] = ()
    refetches: Count = Count(0, 0)
    only_requests: bool = False


class PageCost(Struct, frozen=True, kw_only=True):
    """What one connected user on a page costs a bucket while the page is open."""

    page: str
    bucket: str
    requests_per_second: Range
    credits_per_window: Range
    per_minute: Range = NOTHING
    scenario: str = ""


class Saving(Struct, frozen=True, kw_only=True):
    """What one change saves in one bucket, of credits in its window; `why` says why it saves nothing or so much.

    `step` is its place in the best order (0: alone, from the model as it is). `claimed` is what an audit promised.
    The shares are of the capacity before and after, which a higher level of an account widens (0: it is not known).
    """

    change: str
    bucket: str
    before: float
    after: float
    saves: float
    why: str = ""
    scenario: str = ""
    step: int = 0
    kind: str = ""
    claimed: str = ""
    share_before: float = 0
    share_after: float = 0


class Left(Struct, frozen=True):
    """What a quota bears after a plan: units in its window, requests per second, its capacity by then."""

    bucket: str
    units: float
    requests_per_second: float
    capacity: float | None = None


class Plan(Struct, frozen=True, kw_only=True):
    """The smallest set of changes with which so many users fit; `fits` is false where none does, and `missing` why."""

    users: int
    changes: tuple[str, ...]
    fits: bool
    missing: str = ""
    scenario: str = ""
    after: tuple[tuple[str, float], ...] = ()
    left: tuple[Left, ...] = ()


class Capacity(Struct, frozen=True):
    """The highest number of users that a bucket bears (None: any number)."""

    bucket: str
    max_users: int | None
    scenario: str = ""
    at_worst: int | None = None
    at_best: int | None = None


class Load(Struct, frozen=True, kw_only=True):
    """The whole answer of `callaudit load`, as its JSON holds it."""

    schema: str
    assumptions: tuple[Assumption, ...]
    scenarios: tuple[ScenarioLoad, ...]
    actions: tuple[ActionCost, ...]
    pages: tuple[PageCost, ...]
    what_if: tuple[Saving, ...]
    capacity: tuple[Capacity, ...]
    plan: Plan | None = None
    gaps: tuple[Gap, ...] = ()
