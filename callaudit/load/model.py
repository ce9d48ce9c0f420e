"""Records of what the code says about load: streams of requests, what stands before them, and the quotas they spend.

Rates are per second, times in seconds (`_s`), costs in the unit of the bucket that is charged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from callaudit.load.ranges import NOTHING, ONE, Range

if TYPE_CHECKING:
    from callaudit.load.queues import Queue
    from callaudit.load.restarts import Restart

Kind = Literal["poll", "cron", "timer", "loop", "load", "focus", "action", "refetch", "event"]
Per = Literal["all", "visitor", "instance"]
Holder = Literal["user", "server", "worker", "once"]
"""Who has a stream: each user on its page, each server process, each worker process, or the whole program once."""


class Place(Struct, frozen=True):
    """A line of a file."""

    file: str
    line: int


class Term(Struct, frozen=True, cache_hash=True):
    """What a condition asks: `websocket` up, `account` connected, last run a `failure`, or `unknown`, as it reads."""

    kind: Literal["websocket", "account", "failure", "unknown"]
    text: str


class Condition(Struct, frozen=True, cache_hash=True):
    """A condition of the code. `any` and `all` have parts, `not` has one, `term` has the thing itself."""

    op: Literal["all", "any", "not", "term"]
    parts: tuple[Condition, ...] = ()
    term: Term | None = None


class Alternative(Struct, frozen=True):
    """An interval, and when it holds (None: always, or nothing says when)."""

    seconds: float
    when: Condition | None = None


class Cache(Struct, frozen=True):
    """An answer that is kept, or a request in flight that is shared (`dedup`: as long as it takes).

    `ttl_s` is None where it is not known. `scope` says whether all users share an answer; `store` where it is kept.
    `certain` is false where it may not stand on the way at all.
    """

    id: str
    kind: Literal["cache", "dedup"]
    ttl_s: float | None
    scope: Literal["shared", "per-key", "unknown"]
    store: Literal["process", "distributed", "cdn", "browser", "unknown"]
    certain: bool = True


class Batch(Struct, frozen=True):
    """One request of `use` for many calls, `most` at most (None: any number), or for one of each endpoint of `of`."""

    use: str
    most: int | None
    charges: tuple[Charge, ...]
    without_key: tuple[Charge, ...] = ()
    of: tuple[str, ...] = ()


class Charge(Struct, frozen=True):
    """What one request costs in one bucket, in that bucket's unit."""

    bucket: str
    cost: Range


class Stream(Struct, frozen=True, kw_only=True):
    """Requests to one endpoint by one call site, for one reason: what decides how often they are sent.

    `entry`, `file` and `line` are the reason (a trigger, an action, a page that loads); `site` is the call itself.
    `holder` has the stream: one of `pages` must be open (none: any), `when` the condition under which it
    runs. A firing sends `calls` requests; the period is `alternatives` (`after_run`: and the latency on top), or the
    stream follows the rate of actions (`action`), of page loads (`load`) or of returns to a tab (`focus`).
    `retry_attempts` is the highest number of attempts of loops around the call that wait for something to be there
    (1: none), `failure_attempts` that of retries after failures, `failure_delays_s` what is waited before each of
    these but the first. `background` holds where hidden tabs go on.
    `fresh_s` is how long a library keeps an answer so that a load or a return asks for nothing.
    `queues` bound what leaves each process, `restarts` put off a poll. `batch` would stand for several calls, and
    `sequence` for this call and others of the same firing.
    `without_key` are the charges where the environment sets no key (empty: the same), `with_key` those where the
    request had the header `key_header`. `channel` pushes the same data, `keep_s` is how long the provider's profile
    would keep an answer (None: it does not say).
    """

    id: int
    kind: Kind
    entry: str
    function: str
    file: str
    line: int
    mechanism: str
    holder: Holder
    pages: tuple[str, ...]
    origin: str
    provider: str
    endpoint: str
    method: str
    host: str
    path: str
    site: Place
    charges: tuple[Charge, ...]
    without_key: tuple[Charge, ...] = ()
    with_key: tuple[Charge, ...] = ()
    key_header: str = ""
    channel: str = ""
    keep_s: float | None = None
    scope: Literal["shared", "account", "object", "unknown"] = "unknown"
    effect: Literal["read", "write", "unknown"] = "unknown"
    calls: Range = ONE
    alternatives: tuple[Alternative, ...] = ()
    after_run: bool = False
    background: bool = False
    when: Condition | None = None
    key: str = ""
    action: str = ""
    through: tuple[str, ...] = ()
    retry_attempts: int = 1
    failure_attempts: int = 1
    failure_delays_s: tuple[float, ...] = ()
    fresh_s: Range = NOTHING
    caches: tuple[Cache, ...] = ()
    queues: tuple[Queue, ...] = ()
    restarts: tuple[Restart, ...] = ()
    batch: Batch | None = None
    sequence: Batch | None = None

    def paid(self, *, keys_set: bool) -> tuple[Charge, ...]:
        """Whose quota pays, where the environment sets its keys or does not."""
        return self.charges if keys_set or not self.without_key else self.without_key


class Bucket(Struct, frozen=True, kw_only=True):
    """A quota that is judged: `capacity` units in `window_s` seconds, for all, for each visitor, for each instance.

    `capacity` is None where it is not known; `concurrent` holds where requests in flight are counted.
    """

    id: str
    provider: str
    unit: str
    per: Per
    capacity: float | None
    window_s: float | None
    concurrent: bool = False
    title: str = ""
    tiers: tuple[tuple[str, float], ...] = ()
    tier: str = ""
    note: str = ""


class Gap(Struct, frozen=True):
    """Something that the estimate could not take in, or took in on an assumption."""

    file: str
    line: int
    what: str
    why: str


class Run(Struct, frozen=True):
    """Bounds of the upstream requests of one run of an action, all attempts counted (`max` None: data decides)."""

    name: str
    file: str
    line: int
    min: int
    max: int | None


class Model(Struct, frozen=True):
    """Everything that the code says about load, without any scenario: what changes transform and scenarios evaluate.

    `annotations` are the comments that say what analysis cannot know, as name (`what`) and value (`why`).
    """

    streams: tuple[Stream, ...]
    buckets: tuple[Bucket, ...]
    pages: tuple[str, ...]
    runs: tuple[Run, ...] = ()
    annotations: tuple[Gap, ...] = ()
    gaps: tuple[Gap, ...] = ()
