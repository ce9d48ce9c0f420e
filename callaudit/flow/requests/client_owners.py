"""Whose a setting is that is made after a client was: this client's, or its library's where that is asked directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Client, ForeignValue, Value
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.libraries.model import Library

_Noted = TypeVar("_Noted")


def owner_of(value: Value) -> object | None:
    """What tells a client, or a library that is asked directly, from others; `None` for what is neither."""
    value = forced(value)
    if isinstance(value, Client):
        return made_by(value)
    if isinstance(value, ForeignValue):
        library = exported(value.package, (*value.path, "get"))
        return library[0].name if library is not None else None
    return None


def asked(library: Library, client: Client | None) -> object:
    """The owner of a request: `client`, or `library` itself where it is asked directly."""
    return made_by(client) if client is not None and client.kind else library.name


def owners_of(value: Value) -> tuple[object, ...]:
    """Under what something is noted of a client: itself, and what the same code makes in a run that is not seen."""
    owner = owner_of(value)
    return () if owner is None else (key(value), owner)


def noted_for(kept: Mapping[object, _Noted], library: Library, client: Client | None) -> _Noted | None:
    """What is noted of `client`, or of `library` where that is asked directly."""
    found = kept.get(key(client)) if client is not None else None
    return found if found is not None else kept.get(asked(library, client))


def made_by(client: Client) -> object:
    """What tells a client from others: the expression that makes it, in whichever run of it."""
    place = client.place
    return place[0] if isinstance(place, tuple) and place and isinstance(place[0], int) else key(client)
