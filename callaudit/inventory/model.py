"""The inventory: what a repository calls, from where, and how often, as plain records.

Fields are those of the JSON contract (`callaudit/inventory/1`); an unknown value is left out, never guessed.
Paths are POSIX and relative to the root, lines and columns 1-based, times in milliseconds.
"""

from __future__ import annotations

from msgspec import Struct

from callaudit.flow.effects.records import ENDLESS

SCHEMA = "callaudit/inventory/1"
REPEATING = frozenset({"poll", "timer", "loop", "cron"})
"""Kinds of triggers that fire by themselves, again and again."""


class Record(Struct, frozen=True, omit_defaults=True):
    """A record that is written without what is not known."""


class Place(Record, frozen=True):
    """A line of a file."""

    file: str
    line: int


class Step(Record, frozen=True):
    """One function of a chain of calls, where it is written, and where the one before calls it."""

    function: str
    file: str
    line: int
    called_at: int = 0


class Route(Record, frozen=True):
    """An HTTP route that the code serves. `app` is the folder of its package."""

    framework: str
    method: str
    path: str
    file: str
    line: int
    app: str = ""


class CallUrl(Record, frozen=True):
    """One URL that a call site can reach; `internal_route_file` is where the route is that answers."""

    method: str
    host: str = ""
    path: str = ""
    provider: str = ""
    endpoint: str = ""
    internal_route: str = ""
    internal_route_file: str = ""


class Call(Record, frozen=True):
    """A network call site. `dead` where nothing that starts code reaches it."""

    file: str
    line: int
    column: int
    function: str
    client: str
    method: str = ""
    url: str = ""
    host: str = ""
    path: str = ""
    provider: str = ""
    endpoint: str = ""
    internal_route: str = ""
    internal_route_file: str = ""
    unknown: str = ""
    env: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    urls: tuple[CallUrl, ...] = ()
    dead: bool = False
    role: str = ""

    def routes(self) -> set[tuple[str, str]]:
        """Name and file of each own route that answers."""
        found = {(self.internal_route, self.internal_route_file)}
        found |= {(url.internal_route, url.internal_route_file) for url in self.urls}
        return found - {("", "")}


class Connection(Record, frozen=True):
    """A connection that is no request: WebSocket, server-sent events."""

    file: str
    line: int
    function: str
    client: str
    protocol: str
    url: str = ""


class Reach(Record, frozen=True):
    """An upstream endpoint that a run of an entry can call, by one call site.

    `max` is left out where it depends on data. `via` leads from the entry to the call; `through` names the
    repository's own routes that it crosses, then those that other ways to the call cross, and `through_files` are the
    files of their handlers: two apps may serve the same path. `origin` is where the request that
    leaves is sent, whatever the entry's is. `bucket` names the quota of the provider that pays; `bucket_why` says
    when it is another one, or why it is `unknown`.
    """

    host: str
    method: str
    path: str
    min: int
    conditional: bool
    site: Place
    max: int | None = None
    provider: str = ""
    endpoint: str = ""
    via: tuple[Step, ...] = ()
    through: tuple[str, ...] = ()
    through_files: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    other_hosts: tuple[str, ...] = ()
    origin: str = ""
    bucket: str = ""
    bucket_why: str = ""

    @property
    def routes(self) -> tuple[tuple[str, str], ...]:
        """Name and file of each own route that is crossed."""
        return tuple(zip(self.through, self.through_files, strict=False))


class Entry(Record, frozen=True):
    """Something that starts calls. `calls_min` and `calls_max` bound the requests of one run, to any host.

    Of a page `loads` are those of `reaches` for which it asks by itself when it opens, with how often: without what
    its triggers ask for, which say that themselves, and without the chains.
    """

    kind: str
    name: str
    file: str
    line: int
    origin: str
    reaches: tuple[Reach, ...]
    calls_min: int
    calls_max: int | None = None
    app: str = ""
    framework: str = ""
    mounted_on: tuple[str, ...] = ()
    loads: tuple[Reach, ...] = ()
    dead: bool = False


class Unknown(Record, frozen=True):
    """Something that the analysis gave up on."""

    file: str
    line: int
    what: str
    why: str


class Notice(Record, frozen=True):
    """Something about a file or the configuration that a reader should know."""

    file: str
    line: int
    what: str
    why: str


class Files(Record, frozen=True):
    """How many files were analyzed, left out, and analyzed with syntax that the grammar could not read."""

    analyzed: int
    skipped: int
    with_errors: int


class Interval(Record, frozen=True):
    """A time in milliseconds and the condition under which it holds (none: always)."""

    ms: int | float
    when: str = ""


class Endpoint(Record, frozen=True):
    """An upstream endpoint, as method, host and path."""

    method: str
    host: str
    path: str


class Instances(Record, frozen=True):
    """How many instances of a trigger run at once: on a page by its path, or in what else starts it, by its name.

    `max` is left out where it depends on data.
    """

    where: str
    min: int
    max: int | None = None


class Trigger(Record, frozen=True):
    """Something that repeats an entry.

    `period` is `interval` for one that fires so often whatever a run takes, `interval+run` for one that waits after
    each run. `why` says why an interval is not known. `endpoints` are what one firing can reach upstream, `reaches`
    the same with how often one firing asks and which quota pays, without the chains that the entry's reaches have.
    `instances` are listed where there may be several: each fires by itself. `asks_unknown` holds where a firing sends,
    or may send, a request to an address that is not known.
    """

    kind: str
    mechanism: str
    file: str
    line: int
    entry: str
    function: str
    origin: str
    reaches_upstream: bool
    calls_network: bool
    intervals: tuple[Interval, ...] = ()
    why: str = ""
    period: str = ""
    stale_ms: int | float | tuple[Interval, ...] | None = None
    enabled: str = ""
    background: bool | None = None
    key: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    mounted_on: tuple[str, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    reaches: tuple[Reach, ...] = ()
    instances: tuple[Instances, ...] = ()
    dead: bool = False
    asks_unknown: bool = False

    def is_on(self, page: Entry) -> bool:
        """Whether this is a trigger of `page`: mounted there, or the page's own."""
        return page.name in self.mounted_on or (not self.mounted_on and page.name == self.entry)


class Retry(Record, frozen=True):
    """A loop or option that sends a request again.

    `max_attempts` counts the first one; it is left out where there is no end, or none that is known (`why`).
    `until_there` holds where it asks again until an answer has what it waits for, not after failures alone.
    `opens` are the connections that it opens again, `asks_unknown` holds where it sends what is not known.
    """

    mechanism: str
    file: str
    line: int
    function: str
    backoff: str
    jitter: bool
    sequential: bool
    in_request_path: bool
    max_attempts: int | None = None
    delays_ms: tuple[int | float, ...] = ()
    delay_position: str = ""
    stop: str = ""
    why: str = ""
    endpoints: tuple[str, ...] = ()
    also_lines: tuple[int, ...] = ()
    until_there: bool = False
    opens: tuple[str, ...] = ()
    asks_unknown: bool = False


class Guard(Record, frozen=True):
    """Something between entries and the network. `also_lines` are more lines of `file` that belong to it.

    A queue or limiter runs `concurrency` calls at once and starts `per_second` of them in each process, where known.
    """

    id: str
    kind: str
    mechanism: str
    file: str
    line: int
    function: str
    ttl_ms: int | float | tuple[Interval, ...] | None = None
    scope: str = ""
    store: str = ""
    key: str = ""
    why: str = ""
    endpoints: tuple[str, ...] = ()
    also_lines: tuple[int, ...] = ()
    concurrency: int | None = None
    per_second: float | None = None
    dead: bool = False

    @property
    def is_endless(self) -> bool:
        """Whether it is given no time, and keeps what it has as long as there is room for it."""
        return self.kind == "cache" and self.ttl_ms is None and self.why in ("", ENDLESS)


class Annotation(Record, frozen=True):
    """What a comment says that no analysis can know. `used` is false where it speaks of nothing."""

    file: str
    line: int
    name: str
    value: str
    used: bool


class Inventory(Struct, frozen=True):
    """Everything that was found, in the order of places."""

    schema: str
    version: str
    root: str
    files: Files
    routes: tuple[Route, ...]
    calls: tuple[Call, ...]
    connections: tuple[Connection, ...]
    entries: tuple[Entry, ...]
    triggers: tuple[Trigger, ...]
    retries: tuple[Retry, ...]
    guards: tuple[Guard, ...]
    unknowns: tuple[Unknown, ...]
    notices: tuple[Notice, ...]
    annotations: tuple[Annotation, ...] = ()
