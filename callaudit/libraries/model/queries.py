"""Calls of a library that asks for data when something is mounted, keeps the answer, and asks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.libraries.model.arguments import Arg

if TYPE_CHECKING:
    from callaudit.libraries.model.requests import Request


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
    keyed: bool = False
    """Whether answers are neither shared nor kept where no key is given."""
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


class Query(Struct, frozen=True, tag=True):
    """The call asks a function for data when it is mounted, keeps the answer under a key, and asks again.

    `how`: `once`; `pages` (every page again); `list` (several queries, each with its own options); `mutation` (the
    functions run when something happens). `functions`, `options` and `keys` are where these are given: options are
    all the objects among them, functions and keys the first that is there. `handed`: what the function is given, the
    `key`, or a `context` that holds it, or the `params` among its options; `variables` for a document that is sent with
    these. `defaults` names the library's way to set options for all queries; `of` is the property of them that holds
    those of this call.
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


class Refresh(Struct, frozen=True, tag=True):
    """The call lets the server render the page again."""
