"""A scenario: how many people use the program, and how; every assumption is a field with its source."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from callaudit.load.ranges import ANY_SHARE, ONE, Range, exactly


class Action(Struct, frozen=True):
    """Something that users do: the entry that it runs (`POST /api/orders`, `useCancelOrder`), and how often.

    `per_second` is that of all users together at the scenario's number of users; with `per_user` of each
    concurrent one. `source` says where the figure comes from.
    """

    entry: str
    per_second: Range
    per_user: bool = False
    source: str = "default"


class Visit(Struct, frozen=True):
    """A page and the share of concurrent users who have it open, and for how long each stays (seconds)."""

    page: str
    share: float
    dwell_s: float | None = None
    source: str = "default"


class Claim(Struct, frozen=True):
    """A figure that a written audit gives for the scenario, beside which the computed one is shown.

    `about` is `polls` (reads of an account that repeat), `shared polls` (reads of what all users share), `actions`,
    or `total`; `per_second` are requests. `text` is the audit's own sum, `place` its section.
    """

    about: str
    per_second: Range
    text: str
    place: str


class Pace(Struct, frozen=True):
    """What decides how long a run takes: the time of a request in seconds, and the chance that it fails."""

    latency_s: Range
    failure: Range


class Scenario(Struct, frozen=True, kw_only=True):
    """Everything about users and servers that code does not say.

    Shares are between 0 and 1: `share_concurrent` of all users are there at a time, `share_connected` of these have
    an account at the provider connected; `websocket_uptime` is the share of time that a user's WebSocket is up,
    `focus_share` the share of time that a tab is visible. `tabs` are open at a time for each user, `returns_per_hour`
    is how often a user comes back to a tab. `actions` are what users do, `pages` where they are (empty: all on the
    page that asks most), `dwell_s` how long a page stays open. `server_instances` and `worker_instances` are
    processes, `server_ips` the addresses that servers send from. `latency_s` is how long a request takes, `retry_miss`
    the chance that an attempt of a loop that waits for something does not find it, `failure` the chance that a
    request fails. `tiers` chooses capacities by provider. `conditions` gives the share of users for whom a condition
    of the code holds, `unknown_condition` that for conditions that nothing is known of.
    `sources` says of each field where its value comes from (`default` where it is not named).
    """

    name: str
    users: int = 250
    share_concurrent: Range = ONE
    share_connected: Range = exactly(0.5)
    websocket_uptime: Range = Range(0, 0.95, 1)
    focus_share: Range = ONE
    tabs: Range = ONE
    returns_per_hour: Range = exactly(0)
    dwell_s: Range = exactly(600)
    actions: tuple[Action, ...] = ()
    pages: tuple[Visit, ...] = ()
    server_instances: int = 1
    worker_instances: int = 1
    server_ips: int = 1
    latency_s: Range = exactly(0)
    retry_miss: Range = Range(0, 0.5, 1)
    failure: Range = exactly(0)
    tiers: tuple[tuple[str, str], ...] = ()
    keys_set: bool = True
    conditions: tuple[tuple[str, Range], ...] = ()
    unknown_condition: Range = ANY_SHARE
    sources: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def concurrent(self) -> Range:
        """How many users are there at a time."""
        return self.share_concurrent.scaled(self.users)

    @property
    def time_failed(self) -> Range:
        """Share of time after runs that failed: at most that of the runs, as the next one comes sooner."""
        return Range(0, self.failure.expected, self.failure.high)

    @property
    def pace(self) -> Pace:
        """How long runs take."""
        return Pace(self.latency_s, self.failure)

    def source(self, name: str) -> str:
        """Where the value of a field comes from."""
        return dict(self.sources).get(name, "default")


def resized(scenario: Scenario, users: int) -> Scenario:
    """The scenario with another number of users, and actions in proportion."""
    growth = users / scenario.users if scenario.users else 0
    actions = tuple(
        one if one.per_user else replace(one, per_second=one.per_second.scaled(growth)) for one in scenario.actions
    )
    return replace(scenario, users=users, actions=actions)
