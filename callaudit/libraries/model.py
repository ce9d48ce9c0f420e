"""What a library does with its arguments, as data: one table a library."""

from __future__ import annotations

from msgspec import Struct


class Arg(Struct, frozen=True):
    """An argument by position (-1 is the last), or a property of it by a dotted path."""

    index: int
    path: str = ""


class Request(Struct, frozen=True, tag=True):
    """The call sends one HTTP request.

    `urls` are tried in order, the first that is given counts; `method` is a word, or where to find it (in
    order), with `default_method` where none is given. `base` is where a base URL is found: in the call's own
    options or, with index -2, in the options that the client was made with.
    """

    urls: tuple[Arg, ...] = (Arg(0),)
    method: str = ""
    methods: tuple[Arg, ...] = ()
    default_method: str = "GET"
    options: Arg | None = None
    bases: tuple[Arg, ...] = ()
    base_is_host: bool = False
    """Whether the base is a host name without a scheme."""
    query: tuple[Arg, ...] = ()
    """Where query parameters are given apart from the URL."""
    body: tuple[Arg, ...] = ()
    """Where the body is given: an object, or its JSON text."""


class Connect(Struct, frozen=True, tag=True):
    """The call opens a connection (WebSocket, server-sent events) that is no request."""

    url: Arg = Arg(0)
    protocol: str = "websocket"


class Make(Struct, frozen=True, tag=True):
    """The call gives a client of kind `kind`; its arguments are remembered."""

    kind: str


class Invoke(Struct, frozen=True, tag=True):
    """The call runs functions that it is handed.

    `how`: `once`, `maybe` (zero or one time), `items` (once an item of the receiver or first argument),
    `later` (once, not awaited), `event` (when something happens), `timer` (again and again), `retry` (once,
    and again while it fails). `returns`: what the call gives: `nothing`, `callback` (the function itself),
    `result` (what the function gives), `receiver`.
    """

    callbacks: tuple[Arg, ...] = (Arg(0),)
    how: str = "once"
    returns: str = "nothing"
    given: tuple[Arg, ...] = ()
    """What the functions are handed; of a function among them, what it gives."""
    more: Arg | None = None
    """Where a `retry` is told how often it may try again."""
    attempts: Arg | None = None
    """Where a `retry` is told how often it may try in all."""
    most: int = 1
    """How often a `retry` tries in all where it is not told."""
    interval: Arg | None = None
    """Where a `timer` is told how often it fires."""
    unit: float = 1
    """Milliseconds of the unit of `interval`."""
    mechanism: str = ""
    """What a reader calls a `timer`: the name of the function."""
    made: bool = False
    """Whether `callbacks` are among what the client was made with; what the call is given is handed to them."""
    skip: int = 0
    """How many arguments of such a call are not handed on."""


class Give(Struct, frozen=True, tag=True):
    """The call runs nothing and gives the argument."""

    value: Arg = Arg(0)


class Join(Struct, frozen=True, tag=True):
    """The call gives its arguments, or the list that is the first, joined to one URL with single slashes."""


class Quiet(Struct, frozen=True, tag=True):
    """The call runs none of the functions that it is handed, and reaches no network."""


class Register(Struct, frozen=True, tag=True):
    """The call registers handlers with a router.

    `method` is the HTTP method, `ANY`, or empty where `methods` says it. `path` is where the path is given;
    handlers are the functions and routers among the arguments, or what `handlers` names. `how`: `route`;
    `mount` (another router, or middleware, below `path`); `plugin` (a function that is handed a router of its
    own below `path`); `route-of` (a router for one path, to chain methods on); `base` (the same router below
    `path`); `same` (the call registers nothing and gives the router itself).
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

    `unit` is `cron`, `ms`, `s`, or `unknown`.
    """

    callback: Arg = Arg(1)
    when: Arg = Arg(0)
    unit: str = "cron"
    mechanism: str = "cron"


class Wait(Struct, frozen=True, tag=True):
    """The call gives a promise that is kept after `time`, in units of `unit` milliseconds."""

    time: Arg = Arg(0)
    unit: float = 1


Model = Request | Connect | Make | Invoke | Give | Join | Quiet | Register | Schedule | Wait


class Library(Struct, frozen=True):
    """One library: `exports` by dotted path from the import, `clients` by kind and method.

    The method `""` is a call of the thing itself. `types` are class names that stand for a kind of client
    where one is handed in by type alone. `network` marks a library whose calls may be requests.
    """

    packages: tuple[str, ...]
    exports: dict[str, Model]
    clients: dict[str, dict[str, Model]] = {}
    types: dict[str, str] = {}
    network: bool = False
    serves: bool = False
    """Whether it serves HTTP: its routers are followed to find the routes."""
    prefix: str = ""
    """Where the options of a new router give the prefix of its paths, as `0.prefix`."""
    request: tuple[str, ...] = ()
    """Properties of a handler's first argument that are the router itself, as Fastify's `request.server`."""
    name: str = ""
