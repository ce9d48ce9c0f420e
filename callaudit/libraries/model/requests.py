"""Calls of a library that reach the network, and what makes its clients."""

from __future__ import annotations

from msgspec import Struct

from callaudit.libraries.model.arguments import Arg, Backoff


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
    headers: tuple[Arg, ...] = ()
    """Where headers are given apart from the options."""
    later: dict[str, str] = {}
    """Methods of what it gives, or of its receiver, that set a header: which one, empty where their arguments say."""
    before: tuple[str, ...] = ()
    """Options, by dotted paths, that hold functions which are handed each request before it leaves."""
    replaces: bool = False
    """Whether what a request says in them itself stands in place of what its client says."""
    again: tuple[str, ...] = ()
    """The same for those that are handed a request before it is sent again."""
    headed: tuple[str, ...] = ()
    """The same for those that are handed the headers of each request themselves."""
    retry: tuple[Arg, ...] = ()
    """Where it is told how often to try again: a number, or an object with `limit` or `retries`."""
    retries: int = 0
    """How often it tries again where it is not told."""
    retried: tuple[str, ...] = ()
    """The HTTP methods that it tries again where the object's `methods` do not say; empty: all."""
    told_for_all: bool = False
    """Whether a number that is told holds for every method."""
    backoff: Backoff | None = None
    """How it waits before it tries again; the object's `backoffLimit` is at most how long."""


class Connect(Struct, frozen=True, tag=True):
    """The call opens a connection (WebSocket, server-sent events) that is no request."""

    url: Arg = Arg(0)
    protocol: str = "websocket"
    makes: str = ""
    """The kind of client that stands for the connection; empty where its messages are not followed."""


class Listen(Struct, frozen=True, tag=True):
    """The call registers functions for what arrives under the name `event`; it gives the receiver.

    `side` is `server`, `client`, or `process` where there is no other side. In one of `opens` a function is handed a
    connection: a client of the kind `hands`. `shown` is what a reader calls the receiver.
    """

    event: Arg | None = Arg(0)
    callbacks: tuple[Arg, ...] = (Arg(1),)
    side: str = "client"
    opens: tuple[str, ...] = ()
    hands: str = ""
    shown: str = "socket"


class Emit(Struct, frozen=True, tag=True):
    """The call sends a message under the name `event` to the other side, whose `Listen` runs.

    With `inside` there is no other side: it runs what listens for it in the same process.
    """

    event: Arg = Arg(0)
    inside: bool = False


class Make(Struct, frozen=True, tag=True):
    """The call gives a client of kind `kind`; its arguments are remembered, those of what it is called on behind them.

    With `of` what it is called on is remembered itself, before the arguments.
    """

    kind: str
    of: bool = False


class Part(Struct, frozen=True, tag=True):
    """The member is a client of kind `kind` itself, as `http.axiosRef` is; a call of it gives that client too."""

    kind: str


class Told(Struct, frozen=True, tag=True):
    """The member is a value: argument number `index` of those that the client was made with, as `queue.name` is."""

    index: int = 0


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


class Shield(Struct, frozen=True, tag=True):
    """The call puts a guard before all requests of a client, which it gives: a cache, or a limit of their rate.

    `ttl` is where a cache is told how long it keeps (milliseconds; `default` where it is not told), of requests with
    one of `methods`. A limit lets `most` through in each `per` milliseconds.
    """

    mechanism: str
    guard: str = "cache"
    client: Arg = Arg(0)
    ttl: tuple[Arg, ...] = ()
    default: float = 0
    methods: tuple[str, ...] = ()
    most: tuple[Arg, ...] = ()
    per: Arg | None = None


class Retrying(Struct, frozen=True, tag=True):
    """The call makes a client try its requests again: `most` times in all where `more` does not say how often more."""

    client: Arg = Arg(0)
    more: tuple[Arg, ...] = ()
    most: int = 1
    backoff: Backoff | None = None
