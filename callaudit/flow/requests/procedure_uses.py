"""Uses of procedures (tRPC): `api.orders.list.useQuery(…)`, `client.orders.list.query(…)`, `caller.orders.list(…)`.

What stands between a client and the method is the procedure's name. Options, keys and hooks are those of TanStack
Query, around a function that asks for the procedure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.objects.members import known as known_by_type
from callaudit.flow.queries.query_answers import answer_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    UNDEFINED,
    Client,
    Const,
    ForeignValue,
    OneOf,
    Record,
    Seq,
    Undefined,
    Unknown,
    Value,
)
from callaudit.libraries.procedures import ASKED, FETCHED, FILTERS, GIVEN_FIRST, HOOKS, KEYS, LISTS, OPTIONS, SENT
from callaudit.libraries.tables import query as tanstack
from callaudit.libraries.tables.trpc import LIBRARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Query

MOST_NAMES = 12


class Use(Struct, frozen=True, eq=False):
    """A method `how` of what a client has under the name of a procedure."""

    client: Client
    names: tuple[str, ...]
    how: str


def use_of(interpreter: Interpreter, receiver: Value, how: str) -> Use | None:
    """The use of a procedure that `receiver.how(…)` is."""
    client, names = _named(interpreter, receiver)
    found = Use(client, names, how) if client is not None else None
    return found if found is not None and how in _methods(found) else None


def names_below(interpreter: Interpreter, receiver: Value) -> tuple[str, ...] | None:
    """The names of procedures for which `receiver` has methods that let queries ask again."""
    client, names = _named(interpreter, receiver)
    return names if client is not None and client.kind == "utils" else None


def _named(interpreter: Interpreter, receiver: Value) -> tuple[Client | None, tuple[str, ...]]:
    """The client that something belongs to, and the names that stand between."""
    names: list[str] = []
    value = forced(receiver)
    while type(value) is Unknown and value.receiver is not None and len(names) < MOST_NAMES:
        names.append(value.name)
        value = forced(value.receiver)
    if type(value) is Unknown and value.type is not None:
        value = known_by_type(interpreter, value)
    known = isinstance(value, Client) and value.library is LIBRARY
    return value if known else None, tuple(reversed(names))  # type: ignore[return-value] # it is a client then


def _methods(use: Use) -> frozenset[str]:
    """The methods that a client has under the name of a procedure, or for all of them."""
    kind = use.client.kind
    if kind == "caller":
        return frozenset({use.how} - {""})
    if not use.names:
        return frozenset(LISTS if kind == "hooks" else ("",) if kind == ASKED else ())
    if kind == "queries":
        return frozenset({use.how})
    named = {
        "hooks": frozenset((*HOOKS, "useSubscription")),
        "client": frozenset(SENT),
        "utils": FETCHED,
        "helpers": FETCHED,
        "options": OPTIONS | KEYS | FILTERS,
    }
    return named.get(kind, frozenset())


def value_of_use(interpreter: Interpreter, use: Use, args: Sequence[Value]) -> Value | None:
    """What a use of a procedure gives, as far as that is known beforehand: options, keys, what a hook gives."""
    if use.client.kind == "hooks" and use.how in HOOKS:
        options = options_of(use, args, use.how in GIVEN_FIRST)
        return answer_of(interpreter, hook_model(HOOKS[use.how]), [options], use.how)
    if use.client.kind == "queries":
        return options_of(Use(use.client, (*use.names, use.how), use.how), args, False)
    if use.client.kind != "options":
        return None
    if use.how in OPTIONS:
        return options_of(use, args, use.how in GIVEN_FIRST)
    whole = key_of_use(use, args)
    return whole if use.how in KEYS else Record({"queryKey": whole})


def key_of_use(use: Use, args: Sequence[Value]) -> Seq:
    """The key below which TanStack Query keeps what a procedure gives: its names before its input."""
    given = [args[0]] if args and not isinstance(forced(args[0]), Undefined) else []
    return Seq((*(Const(name) for name in use.names), *given))


def hook_model(name: str) -> Query:
    return tanstack.LIBRARY.exports[name]  # type: ignore[return-value] # hooks are all queries


def options_of(use: Use, args: Sequence[Value], first: bool) -> Record:
    """The options of TanStack Query for a procedure, with those that it is given."""
    given = UNDEFINED if first else args[0] if args else UNDEFINED
    own = args[0 if first else 1 :][:1]
    asked: Value = Client(LIBRARY, ASKED, (use.client, Const(".".join(use.names)), given), None)
    skip = _skipped(given)
    if skip is not None:
        asked = skip if not isinstance(forced(given), OneOf) else OneOf((asked, skip))
    fields: dict[str, Value] = {"mutationFn" if first else "queryFn": asked}
    if not first:
        fields["queryKey"] = key_of_use(use, args)
    options = forced(own[0]) if own else UNDEFINED
    opened = isinstance(options, Unknown)
    if isinstance(options, Record):
        fields.update(options.fields)
        opened = options.open
    return Record(fields, open=opened)


def _skipped(given: Value) -> ForeignValue | None:
    """`skipToken` where it is what a procedure is asked with, or may be."""
    known = forced(given)
    for one in known.values if isinstance(known, OneOf) else (known,):
        way = forced(one)
        if isinstance(way, ForeignValue) and way.args is None and way.path[-1:] == ("skipToken",):
            return way
    return None
