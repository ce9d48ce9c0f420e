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
    policy_at: Arg | None = None
    """An option that names the way of waiting: where that is an exponential one, waits grow by `grown`."""
    grown: float = 2
    grown_first: float = 0
    """How long the first of them is where none is told."""
    grown_most: float = 0
    """How long waits are at the most that grow, where it is not told."""


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
    always: float = 0
    """How many milliseconds what runs `later` waits, or a `timer` has between two runs, where it is not told."""
    rests: bool = False
    """Whether the interval of a `timer` begins when a run has ended."""
    mechanism: str = ""
    """What a reader calls a `timer`: the name of the function."""
    made: bool = False
    """Whether `callbacks` are among what the client was made with; what the call is given is handed to them."""
    skip: int = 0
    """How many arguments of such a call are not handed on."""
    guard: str = ""
    """What the functions run under: `queue`, `limiter`."""


class QueryOptions(Struct, frozen=True):
    """What a query library calls its options, and what it does where they are not given.

    An empty name is an option that the library does not have. Times are in milliseconds.
    """

    interval: str = ""
    background: str = ""
    in_background: bool = False
    """Whether it goes on in a hidden tab where nothing is said."""
    foreground: str = ""
    """The option that stops it in a hidden tab, where that is what is asked for."""
    focus: str = ""
    on_focus: bool = False
    others: tuple[tuple[str, str], ...] = ()
    """Further options that decide when it asks again, with what they are by default."""
    stale: str = ""
    stale_unit: float = 1
    enabled: str = ""
    disabled: str = ""
    window: str = ""
    """How long a second request of the same key is saved."""
    window_ms: float = 0
    retry: str = ""
    retries: int = 0
    """How often it tries again by default; -1 is without end."""
    delay: str = ""
    first_delay: float = 0
    most_delay: float = 0
    jitter: bool = False


class Query(Struct, frozen=True, tag=True):
    """The call asks a function for data when it is mounted, keeps the answer under a key, and asks again.

    `how`: `once`; `pages` (every page again); `list` (several queries, each with its own options); `mutation` (the
    functions run when something happens). `functions`, `options` and `keys` are where these are given: options are
    all the objects among them, functions and keys the first that is there. `handed`: what the function is given, the
    `key`, or a `context` that holds it; `variables` for a document that is sent with these. `defaults` names the
    library's way to set options for all queries; `of` is the property of them that holds those of this call.
    """

    names: QueryOptions
    functions: tuple[Arg, ...] = ()
    options: tuple[Arg, ...] = (Arg(0),)
    keys: tuple[Arg, ...] = ()
    how: str = "once"
    handed: str = "context"
    mechanism: str = ""
    defaults: Defaults | None = None
    of: str = ""
    sends: Request | None = None
    """The request that it sends by itself, through the client it belongs to or one of the classes `clients`."""
    clients: tuple[str, ...] = ()


class Defaults(Struct, frozen=True):
    """Where options for all queries are set: `new QueryClient(…)`, `<SWRConfig value={…}>`, `client.setter(…)`.

    `option` is the property that holds them. `setters` are methods that are handed the same object; `keyed` are
    methods that are handed a key and the options of all queries below it.
    """

    packages: tuple[str, ...]
    name: str
    option: str = ""
    element: str = ""
    """The attribute that holds them, where it is an element."""
    setters: tuple[str, ...] = ()
    keyed: tuple[str, ...] = ()


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


class Keep(Struct, frozen=True, tag=True):
    """The call gives a function that answers for the one that it is handed: from what it keeps, as long as it lasts.

    `guard` is `cache` or, where nothing outlives a request, `dedup`; `ttl` is where it is told how long, `unit` the
    milliseconds of that. `keyed` is where its key is given; without it, the arguments of each call are the key.
    """

    guard: str = "cache"
    ttl: tuple[Arg, ...] = ()
    unit: float = 1
    keyed: Arg | None = None
    store: str = "process"


class Convert(Struct, frozen=True, tag=True):
    """The call gives its argument in another unit.

    A number is multiplied by `unit`; of an object the properties in `units` count, each with its milliseconds; with
    `text` the argument is a time in words, as `5m`.
    """

    unit: float = 1
    units: tuple[tuple[str, float], ...] = ()
    text: bool = False


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

    `unit` is `cron` (an expression, or an object with one), `human` (words such as `5 minutes`, or an expression),
    `ms`, `s`, `units` (an object of amounts), `hourly` to `monthly`, or `unknown` (whenever a queue has something to
    do: `when` is then the queue's name, and `job` that of the job that is processed).
    """

    callback: Arg = Arg(1)
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


class Wait(Struct, frozen=True, tag=True):
    """The call gives a promise that is kept after `time`, in units of `unit` milliseconds."""

    time: Arg = Arg(0)
    unit: float = 1


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


class Ticking(Struct, frozen=True, tag=True):
    """The call gives an observable: of values `every` so many milliseconds, or of one at `due` where that is not given.

    With `among` it gives the values of the observables that it is handed.
    """

    due: Arg | None = None
    every: Arg | None = None
    among: bool = False


class Operator(Struct, frozen=True, tag=True):
    """The call gives what an observable is piped through.

    `how`: `flat` (its function gives an observable for each value), `expand` (for each of these, too), `take` (of the
    first values alone), `drop` (of some of the values), `wait` (later), `again` (asks once more for all that is before
    it, after an error where `failing` holds). `first` is how many values `take` lets through where it is not told.
    """

    how: str
    failing: bool = False
    counts: tuple[Arg, ...] = ()
    """Where it is told how often: how often more where it is `failing`, else how often in all."""
    times: tuple[Arg, ...] = ()
    """Where it is told how long it waits: milliseconds, or a function that gives an observable."""
    notifier: Arg | None = None
    """A function that is given an observable of errors, or ends, and asks again for each value it makes of these."""
    first: int = 0


class Refresh(Struct, frozen=True, tag=True):
    """The call lets the server render the page again."""


class Leave(Struct, frozen=True, tag=True):
    """The call never comes back: what follows it does not happen."""


Model = (
    Request
    | Convert
    | Query
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
    | Join
    | Keep
    | Quiet
    | Register
    | Schedule
    | Repeat
    | Refresh
    | Leave
    | Wait
    | Retrying
    | Inject
    | Ticking
    | Operator
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
    decorators: dict[str, Invoke] = {}
    """Decorators of methods, by name: how they run the method. Places are those of the decorator's own arguments."""
    network: bool = False
    serves: bool = False
    """Whether it serves HTTP: its routers are followed to find the routes."""
    prefix: str = ""
    """Where the options of a new router give the prefix of its paths, as `0.prefix`."""
    request: tuple[str, ...] = ()
    """Properties of a handler's first argument that are the router itself, as Fastify's `request.server`."""
    same: tuple[str, ...] = ()
    """Members of a client, and methods, that give the client itself."""
    members: tuple[str, ...] = ()
    """Members whose mention makes code matter in a module that imports the library, where nothing else of it does."""
    name: str = ""
    sdk: str = ""
    """The provider whose SDK it is: every export is or gives a client, and a method that is not listed is not known.

    A client whose class is not listed is of kind `""`; what is one by its type alone, of kind `"?"`.
    """
    selector: str = ""
    """The member that picks the provider in an SDK for many."""
