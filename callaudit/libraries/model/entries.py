"""Calls of a library that let other code begin: handlers of routes, schedules, jobs of queues."""

from __future__ import annotations

from msgspec import Struct

from callaudit.libraries.model.arguments import Arg


class Register(Struct, frozen=True, tag=True):
    """The call registers handlers with a router.

    `method` is the HTTP method, `ANY`, or empty where `methods` says it. `path` is where the path is given;
    handlers are the functions and routers among the arguments, or what `handlers` names. `how`: `route`;
    `mount` (another router, or middleware, below `path`); `plugin` (a function that is handed a router of its
    own below `path`); `route-of` (a router for one path, to chain methods on); `base` (the same router below
    `path`); `same` (the call registers nothing and gives the router itself); `keep` (a value under a name).
    """

    method: str = ""
    methods: tuple[Arg, ...] = ()
    path: tuple[Arg, ...] = (Arg(0),)
    how: str = "route"
    handlers: tuple[Arg, ...] = ()
    least: int = 1
    """How many arguments a registration has at least: `app.get("setting")` is none."""


class Schedule(Struct, frozen=True, tag=True):
    """The call starts a job: `callback` runs whenever `when` says, a cron expression or an interval.

    `unit` is `cron` (an expression, or an object with one), `human` (words such as `5 minutes`, or an expression),
    `ms`, `s`, `units` (an object of amounts), `hourly` to `monthly`, or `unknown` (whenever a queue has something to
    do: `when` is then the queue's name, and `job` that of the job that is processed).
    """

    callback: Arg = Arg(1)
    callbacks: tuple[Arg, ...] = ()
    """Where else the callback may be given."""
    when: Arg = Arg(0)
    unit: str = "cron"
    mechanism: str = "cron"
    job: Arg | None = None
    overlap: str = "possible"
    """Whether a run may begin before the one before it has ended, where the options do not say."""
    before: bool = False
    """Whether the schedule is the argument before the callback, with a name before it or not."""
    otherwise: Arg | None = None
    """What names the job where no schedule is given: then a queue or an event starts it."""
    among: Arg | None = None
    """A list of jobs, where several are set up at once: each is taken as the first argument."""
    positions: tuple[tuple[int, str], ...] = ()
    """Options that are arguments of their own: the place and the name of each."""
    makes: str = ""
    """The kind of client that the job is, which may be given its callback later."""
    asks: bool = False
    """Whether the callback is a URL that a service asks for, with POST where the options name no `method`."""


class Repeat(Struct, frozen=True, tag=True):
    """The call makes a queue do a job again and again: what processes the queue runs.

    `queue` is its name (index -2: an argument that the client was made with), `job` the job's; `whens` are places of
    the schedule, each with its unit as in `Schedule`. A call without a schedule adds one job and repeats nothing.
    """

    whens: tuple[tuple[Arg, str], ...]
    queue: Arg | None = None
    job: Arg | None = None
    mechanism: str = "queue"
    adds: bool = False
    """Whether what processes the queue does one job where no schedule is given."""
    attempts: tuple[Arg, ...] = ()
    """Where it is told how often a job is tried in all."""
    backoffs: tuple[Arg, ...] = ()
    """Where it is told how long is waited between attempts: milliseconds, or an object of `type` and `delay`."""
    from_zero: bool = False
    """Whether waits that double are 2^n - 1 times the delay, not 2^(n - 1) times."""
    jobs: Arg | None = None
    """A list of jobs; each is added as if it were the only argument."""
    below: Arg | None = None
    """A list of further jobs that are added with the one."""
