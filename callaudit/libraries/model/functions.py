"""Calls of a library that run the functions which they are handed, keep what these give, or give something else."""

from __future__ import annotations

from msgspec import Struct

from callaudit.libraries.model.arguments import Arg, Backoff


class Invoke(Struct, frozen=True, tag=True):
    """The call runs functions that it is handed.

    `how`: `once`, `maybe` (zero or one time), `items` (once an item of the receiver or first argument),
    `later` (once, not awaited), `event` (when something happens), `timer` (again and again), `retry` (once,
    and again while it fails). `returns`: what the call gives: `nothing`, `callback` (the function itself),
    `result` (what the function gives), `receiver`, `state` (a list of what is given first, or what the function gives,
    and of what sets it later).
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
    set_apart: bool = False
    """Whether other calls set how often a `timer` fires: the call says only what runs."""
    made: bool = False
    """Whether `callbacks` are among what the client was made with; what the call is given is handed to them."""
    rest: bool = False
    """Whether the first function that the call is given is handed all that comes after it."""
    skip: int = 0
    """How many arguments of such a call are not handed on."""
    guard: str = ""
    """What the functions run under: `queue`, `limiter`."""
    policies: bool = False
    """Whether the client is a policy that the functions run under."""
    depends: Arg | None = None
    """Where a list is given of what runs the functions again when it changes."""


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


class Wait(Struct, frozen=True, tag=True):
    """The call gives a promise that is kept after `time`, in units of `unit` milliseconds."""

    time: Arg = Arg(0)
    unit: float = 1


class Give(Struct, frozen=True, tag=True):
    """The call runs nothing and gives the argument; `seldom`: a function that each call of it runs at most once.

    With `either` it gives one of the items of the argument; with `named`, a name may stand before the argument.
    """

    value: Arg = Arg(0)
    seldom: bool = False
    either: bool = False
    named: bool = False


class Hold(Struct, frozen=True, tag=True):
    """The call gives an object whose member `member` holds the first argument, and what is assigned to it later."""

    member: str = "current"


class Provide(Struct, frozen=True, tag=True):
    """The call makes a context: what its providers hold is what `Consume` gives; `default` where there is none."""

    default: Arg = Arg(0)


class Consume(Struct, frozen=True, tag=True):
    """The call gives what the providers of a context hold, or what `selector` makes of that."""

    context: Arg = Arg(0)
    selector: Arg | None = None


class State(Struct, frozen=True, tag=True):
    """The call of a store's hook or method: `how` is `select` (a function of the state, or all of it), or `state`."""

    how: str = "select"


class Inject(Struct, frozen=True, tag=True):
    """The call gives what a container holds for a class or a token; a class of a library stands for its object."""

    token: Arg = Arg(0)


class Convert(Struct, frozen=True, tag=True):
    """The call gives its argument in another unit.

    A number is multiplied by `unit`; of an object the properties in `units` count, each with its milliseconds; with
    `text` the argument is a time in words, as `5m`.
    """

    unit: float = 1
    units: tuple[tuple[str, float], ...] = ()
    text: bool = False


class Dig(Struct, frozen=True, tag=True):
    """The call gives what lies at a path of an object, or a default where nothing does.

    The path is a text with dots, `a.b`, or a list of names.
    """

    path: Arg = Arg(1)
    default: Arg = Arg(2)


class Join(Struct, frozen=True, tag=True):
    """The call gives its arguments, or the list that is the first, joined to one URL with single slashes.

    With `resolves` the second is a reference that the first is the base of, as of a link in a page. With `files` they
    are paths of files: an absolute one is put below the one before, and `..` is the folder above.
    """

    resolves: bool = False
    files: bool = False


class Key(Struct, frozen=True, tag=True):
    """The call gives an object that has the items of a list under keys that a function or a name gives."""

    items: Arg = Arg(0)


class Quiet(Struct, frozen=True, tag=True):
    """The call runs none of the functions that it is handed, and reaches no network.

    Who waits for one with a `turn` goes on when it is its turn: the kind of guard that this is. `store` is where it
    counts, with `keyed` for each key apart. One with `allows` does not wait: that part of its answer says whether there
    is room.
    """

    turn: str = ""
    allows: str = ""
    store: str = "process"
    keyed: bool = False


class Declare(Struct, frozen=True, tag=True):
    """The call declares something that a framework reads, as the route of a page is, and gives an object that holds it.

    It runs none of the functions that it is handed, and neither does a function that it gives.
    """


class Dispatch(Struct, frozen=True, tag=True):
    """The call dispatches an action; one that is a function is run, and handed what dispatches and the state.

    With `made` the action is what the function gives that the client was made with.
    """

    made: bool = False


class Bind(Struct, frozen=True, tag=True):
    """The call gives functions that dispatch what each of `creators` gives: one, or an object of them."""

    creators: Arg = Arg(0)


class Leave(Struct, frozen=True, tag=True):
    """The call never comes back: what follows it does not happen."""
