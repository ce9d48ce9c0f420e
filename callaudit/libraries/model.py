"""What a library does with its arguments, as data: one table a library."""

from __future__ import annotations

from msgspec import Struct


class Arg(Struct, frozen=True):
    """An argument by position (-1 is the last), or a property of it by a dotted path.

    `only` is what it must be to count: `text`, or `method` for the name of an HTTP method.
    """

    index: int
    path: str = ""
    only: str = ""


class Backoff(Struct, frozen=True):
    """How a library waits between attempts: `first` ms, then `factor` times as long each time, `most` at the most.

    Each may be told by an option (`None`: it cannot be); the numbers hold where it is not told. `jitter` says
    whether waits are random.
    """

    first: float
    factor: float = 1
    most: float = 0
    first_at: tuple[Arg, ...] = ()
    factor_at: tuple[Arg, ...] = ()
    most_at: tuple[Arg, ...] = ()
    jitter: bool = False
    jitter_at: tuple[Arg, ...] = ()


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
    retry: tuple[Arg, ...] = ()
    """Where it is told how often to try again: a number, or an object with `limit` or `retries`."""


class Connect(Struct, frozen=True, tag=True):
    """The call opens a connection (WebSocket, server-sent events) that is no request."""

    url: Arg = Arg(0)
    protocol: str = "websocket"
    makes: str = ""
    """The kind of client that stands for the connection; empty where its messages are not followed."""


class Listen(Struct, frozen=True, tag=True):
    """The call registers functions for what arrives under the name `event`; it gives the receiver.

    `side` is `server` or `client`. In one of `opens` a function is handed a connection: a client of the kind `hands`.
    `shown` is what a reader calls the receiver.
    """

    event: Arg | None = Arg(0)
    callbacks: tuple[Arg, ...] = (Arg(1),)
    side: str = "client"
    opens: tuple[str, ...] = ()
    hands: str = ""
    shown: str = "socket"


class Emit(Struct, frozen=True, tag=True):
    """The call sends a message under the name `event` to the other side, whose `Listen` runs."""

    event: Arg = Arg(0)


class Make(Struct, frozen=True, tag=True):
    """The call gives a client of kind `kind`; its arguments are remembered."""

    kind: str


class Part(Struct, frozen=True, tag=True):
    """The member is a client of kind `kind` itself, as `http.axiosRef` is; a call of it gives that client too."""

    kind: str


class Fixed(Struct, frozen=True):
    """Requests to one endpoint, `least` to `most` of them (None: data decides), `when` a condition holds."""

    method: str
    url: str
    discriminator: tuple[tuple[str, str], ...] = ()
    least: int = 1
    most: int | None = 1
    when: str = ""


class Operation(Struct, frozen=True, tag=True):
    """The call sends requests whose endpoints are known beforehand: a method of a provider's SDK.

    `makes` is the kind of client that it gives, as a constructor does that calls.
    """

    requests: tuple[Fixed, ...]
    makes: str | None = None


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
    backoff: Backoff | None = None
    """How a `retry` waits."""
    interval: Arg | None = None
    """Where a `timer` is told how often it fires."""
    unit: float = 1
    """Milliseconds of the unit of `interval`."""
    mechanism: str = ""
    """What a reader calls a `timer`: the name of the function."""


class Retrying(Struct, frozen=True, tag=True):
    """The call makes a client try its requests again: `most` times in all where `more` does not say how often more."""

    client: Arg = Arg(0)
    more: tuple[Arg, ...] = ()
    most: int = 1
    backoff: Backoff | None = None


class Hold(Struct, frozen=True, tag=True):
    """The call gives an object whose member `member` holds the first argument, and what is assigned to it later."""

    member: str = "current"


class State(Struct, frozen=True, tag=True):
    """The call of a store's hook or method: `how` is `select` (a function of the state, or all of it), or `state`."""

    how: str = "select"


class Inject(Struct, frozen=True, tag=True):
    """The call gives what a container holds for a class or a token; a class of a library stands for its object."""

    token: Arg = Arg(0)


class Give(Struct, frozen=True, tag=True):
    """The call runs nothing and gives the argument; `seldom`: a function that each call of it runs at most once."""

    value: Arg = Arg(0)
    seldom: bool = False


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


Model = (
    Request
    | Connect
    | Listen
    | Emit
    | Make
    | Part
    | Operation
    | Hold
    | State
    | Invoke
    | Give
    | Quiet
    | Register
    | Schedule
    | Wait
    | Retrying
    | Inject
)


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
    same: tuple[str, ...] = ()
    """Members of a client, and methods, that give the client itself."""
    name: str = ""
    sdk: str = ""
    """The provider whose SDK it is: every export is or gives a client, and a method that is not listed is not known.

    A client whose class is not listed is of kind `""`; what is one by its type alone, of kind `"?"`.
    """
    selector: str = ""
    """The member that picks the provider in an SDK for many."""
