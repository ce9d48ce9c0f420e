"""What a library does with its arguments, as data: one table a library."""

from __future__ import annotations

from msgspec import Struct

from callaudit.libraries.model.arguments import Arg, Backoff
from callaudit.libraries.model.entries import Register, Repeat, Schedule
from callaudit.libraries.model.functions import (
    Bind,
    Consume,
    Convert,
    Declare,
    Dig,
    Dispatch,
    Give,
    Hold,
    Inject,
    Invoke,
    Join,
    Keep,
    Key,
    Leave,
    Provide,
    Quiet,
    State,
    Wait,
)
from callaudit.libraries.model.headers import Headers
from callaudit.libraries.model.observables import Operator, Ticking
from callaudit.libraries.model.queries import Defaults, Query, QueryOptions, Refresh
from callaudit.libraries.model.requests import (
    Connect,
    Emit,
    Fixed,
    Listen,
    Make,
    Operation,
    Part,
    Request,
    Retrying,
    Shield,
    Told,
)

__all__ = [
    "Arg",
    "Backoff",
    "Bind",
    "Connect",
    "Consume",
    "Convert",
    "Declare",
    "Defaults",
    "Dig",
    "Dispatch",
    "Emit",
    "Fixed",
    "Give",
    "Headers",
    "Hold",
    "Inject",
    "Invoke",
    "Join",
    "Keep",
    "Key",
    "Leave",
    "Library",
    "Listen",
    "Make",
    "Model",
    "Operation",
    "Operator",
    "Part",
    "Provide",
    "Query",
    "QueryOptions",
    "Quiet",
    "Refresh",
    "Register",
    "Repeat",
    "Request",
    "Retrying",
    "Schedule",
    "Shield",
    "State",
    "Ticking",
    "Told",
    "Wait",
]

Model = (
    Request
    | Dig
    | Convert
    | Declare
    | Dispatch
    | Bind
    | Query
    | Connect
    | Listen
    | Emit
    | Make
    | Part
    | Told
    | Operation
    | Hold
    | Provide
    | Consume
    | State
    | Invoke
    | Give
    | Join
    | Keep
    | Key
    | Quiet
    | Register
    | Schedule
    | Repeat
    | Refresh
    | Headers
    | Leave
    | Wait
    | Retrying
    | Shield
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
    configured: dict[str, str] = {}
    """Exports that a container is told options with, by the kind of client that it makes with them."""
    network: bool = False
    serves: bool = False
    """Whether it serves HTTP: its routers are followed to find the routes."""
    prefix: str = ""
    """Where the options of a new router give the prefix of its paths, as `0.prefix`."""
    request: tuple[str, ...] = ()
    """Properties of a handler's first argument that are the router itself, as `this` is: Fastify's `request.server`."""
    same: tuple[str, ...] = ()
    """Members of a client, and methods, that give the client itself."""
    members: tuple[str, ...] = ()
    """Members whose mention makes code matter in a module that imports the library, where nothing else of it does."""
    typed: tuple[str, ...] = ()
    """Kinds of clients whose type argument says what they talk to: it is remembered as their last argument."""
    name: str = ""
    sdk: str = ""
    """The provider whose SDK it is: every export is or gives a client, and a method that is not listed is not known.

    A client whose class is not listed is of kind `""`; what is one by its type alone, of kind `"?"`.
    """
    selector: str = ""
    """The member that picks the provider in an SDK for many."""
