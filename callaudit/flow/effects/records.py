"""What effects are marked with: the trigger that repeats them, the retry around them, the guard before them."""

from __future__ import annotations

from msgspec import Struct

LOCK = "lock that skips"
"""The mechanism of a guard of kind `limiter` that leaves out what would be done while the same, or something that is
not to meet it, goes on. Who is left out gets nothing."""
ONCE = "mark that skips"
"""The mechanism of a guard of kind `limiter` that leaves out what was done before, as a mark of its own says: no answer
of it is kept."""
AT_LEAST = "at least: a part is random"
"""The condition of a time of which chance is a part."""
FAILED = "failed"
"""The condition of a time between runs where the one before noted nothing."""


class Span(Struct, frozen=True):
    """A time in milliseconds, and the condition under which it holds (empty: always)."""

    ms: float
    when: str = ""


class Trigger(Struct, frozen=True):
    """Something that runs code again and again.

    `kind` is `poll`, `timer`, `loop`, `cron`, `event`; `mechanism` the option or function that does it. `spans` are
    its intervals: none where `why` says why they are not known, or where it is an event. With `after` the interval
    begins when a run has ended. `settings` holds what the client library is told beside the interval,
    `parts` the parts of a query's key, empty where they vary; `queue` names the queue whose jobs it runs.
    """

    kind: str
    mechanism: str
    file: str
    line: int
    function: str
    spans: tuple[Span, ...] = ()
    why: str = ""
    after: bool = False
    stale: tuple[Span, ...] = ()
    enabled: str = ""
    background: bool | None = None
    key: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    queue: str = ""


class Retry(Struct, frozen=True):
    """Something that sends a request again.

    `attempts` counts the first one; `None` is without end, or not known where `why` says so. `delays` are the waits
    between attempts (one before each attempt where `before` holds), in milliseconds, as far as they are known.
    `backoff` is `none`, `fixed`, `linear`, `exponential` or `unknown`. `until_there` holds where it asks again until an
    answer has what it waits for, not after failures alone; `silent` where it throws nothing when it gives up.
    """

    mechanism: str
    file: str
    line: int
    function: str
    attempts: int | None
    delays: tuple[float, ...] = ()
    backoff: str = "none"
    jitter: bool = False
    before: bool = False
    stop: str = ""
    why: str = ""
    also: tuple[int, ...] = ()
    until_there: bool = False
    silent: bool = False


ENDLESS = "kept without end"
"""Why a cache has no time: it is told to keep what it has."""


class Guard(Struct, frozen=True):
    """Something between code and the network.

    `kind` is `cache`, `dedup`, `queue`, `limiter`, `timeout`, `backoff-429` or `metrics`; `scope` is `shared` or
    `per-key` (empty: not known), `store` is `process`, `distributed`, `cdn` or `browser`. `also` are further lines of
    the same file that belong to it: where it looks up, where it stores, where its time is said. Of kind `gate` is what
    lets every `nth` run through. A queue or limiter runs `concurrency` calls at once and starts `per_second` of them
    (0: any number); a `LOCK` that its run takes itself has one, which others are left out for. `drops` holds where who
    comes too early is given nothing: a timer then runs what is behind it as seldom as its time says, but for runs that
    go past it as `passed` holds. A gate that `lasts` is open for so many milliseconds each time.
    """

    kind: str
    mechanism: str
    file: str
    line: int
    function: str
    ttl: tuple[Span, ...] = ()
    scope: str = ""
    store: str = ""
    key: str = ""
    why: str = ""
    also: tuple[int, ...] = ()
    nth: int = 0
    concurrency: int = 0
    per_second: float = 0.0
    drops: bool = False
    part: bool = False
    passed: str = ""
    lasts: float = 0.0


GATE = "gate"
"""The kind of a guard that opens every so many runs; it is none that an inventory lists."""
REST = "rest"
"""The kind of a guard that stands for the tests before it that may have left; it is none that an inventory lists."""
MAY_BE_LEFT_OUT = Guard(REST, "", "", 0, "")
