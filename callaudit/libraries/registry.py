"""Find the table of a package.

Tables are modules of `tables`; those of providers' SDKs are handed over before an analysis (`use_sdks`).
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from callaudit.libraries import tables
from callaudit.libraries.model import Connect, Emit, Headers, Leave, Make, Quiet, Request, Schedule
from callaudit.libraries.sdks import member_of_sdk, type_of_sdk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.libraries.model import Invoke, Library, Model


_SDKS: dict[str, tuple[Library, ...]] = {}


def use_sdks(sdks: Iterable[Library]) -> None:
    """Make `sdks` the SDKs that are known from now on."""
    _SDKS.clear()
    for library in sdks:
        for package in library.packages:
            _SDKS[package] = (*_SDKS.get(package, ()), library)
    is_client.cache_clear()
    exported.cache_clear()


def sdks_of(package: str) -> tuple[Library, ...]:
    """The SDKs that `package` is, or is a part of: `@a/b/c` is one of `@a/b`."""
    if not _SDKS or not package:
        return ()
    return _SDKS.get(package) or _SDKS.get("/".join(package.split("/")[: 2 if package[0] == "@" else 1]), ())


@cache
def libraries() -> dict[str, tuple[Library, ...]]:
    """Every table by the packages that it speaks for; `""` is what needs no import."""
    found: dict[str, tuple[Library, ...]] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(tables.__path__)):
        table = import_module(f"{tables.__name__}.{name}")
        several: tuple[Library, ...] = getattr(table, "LIBRARIES", None) or (table.LIBRARY,)
        for library in several:
            for package in library.packages:
                found[package] = (*found.get(package, ()), library)
    return found


@cache
def is_client(package: str, name: str) -> bool:
    """Whether calls of the export `name` of `package` (empty: of any) may be requests."""
    for library in libraries().get(package, ()):
        if library.network and (not name or name == "default" or name in _heads(library)):
            return True
    return bool(sdks_of(package))


@cache
def serves(package: str) -> bool:
    """Whether `package` serves HTTP."""
    return any(library.serves for library in libraries().get(package, ()))


@cache
def counting_members() -> dict[str, frozenset[str]]:
    """By package, the members whose mention makes code matter in a module that imports it."""
    return {
        package: frozenset(name for library in tables for name in library.members)
        for package, tables in libraries().items()
        if any(library.members for library in tables)
    }


def _heads(library: Library) -> set[str]:
    return {path.split(".")[0] for path in library.exports} | set(library.types)


@cache
def global_clients() -> frozenset[str]:
    """Names that reach the network, or start what may, without an import."""
    found = (
        path.split(".")[-1]
        for library in libraries().get("", ())
        for path, model in library.exports.items()
        if isinstance(model, (Request, Connect, Make, Schedule))
    )
    return frozenset(found)


@cache
def messengers(package: str) -> frozenset[str]:
    """The methods by which clients of `package` send messages."""
    return frozenset(
        name
        for library in libraries().get(package, ())
        for methods in library.clients.values()
        for name, model in methods.items()
        if isinstance(model, Emit)
    )


@cache
def turn_methods() -> frozenset[str]:
    """The methods of queues and limits for whose turn one waits, as code mentions them."""
    return frozenset(
        "." + name
        for several in libraries().values()
        for library in several
        for methods in library.clients.values()
        for name, model in methods.items()
        if isinstance(model, Quiet) and model.turn
    )


@cache
def decorator_of(package: str, path: tuple[str, ...]) -> Invoke | None:
    """How the decorator `path` of `package` runs a method."""
    found = (library.decorators.get(path[-1]) for library in libraries().get(package, ()) if path)
    return next((one for one in found if one is not None), None)


@cache
def exported(package: str, path: tuple[str, ...]) -> tuple[Library, Model] | None:
    """What calling the export `path` of `package` does."""
    name = ".".join(path)
    for library in libraries().get(package, ()):
        model = library.exports.get(name)
        if model is None:  # CommonJS: the module is what an import calls its default
            other = ".".join(path[1:]) if path[:1] == ("default",) else f"default.{name}" if name else "default"
            model = library.exports.get(other)
        if model is not None:
            return library, model
    for library in sdks_of(package):
        model = member_of_sdk(library, path)
        if model is not None:
            return library, model
    return None


@cache
def is_exported(package: str, name: str) -> bool:
    """Whether the tables know what the export `name` of a package does."""
    return exported(package, (name,)) is not None


@cache
def makes_client(package: str, path: tuple[str, ...]) -> bool:
    """Whether an export of a package makes a client."""
    found = exported(package, path) if package else None
    return found is not None and isinstance(found[1], Make)


@cache
def configured(package: str, path: tuple[str, ...]) -> tuple[str, str] | None:
    """The library and kind of the clients that a container makes with the options that `path` of `package` is given."""
    for library in libraries().get(package, ()):
        kind = library.configured.get(".".join(path))
        if kind is not None:
            return library.name, kind
    return None


@cache
def header_setters() -> dict[str, frozenset[str]]:
    """By package, the methods by which its clients are told headers that they send from then on."""
    return {
        package: names
        for package, tables in libraries().items()
        if (
            names := frozenset(
                name
                for library in tables
                for methods in library.clients.values()
                for name, model in methods.items()
                if isinstance(model, Headers) and not model.gives
            )
        )
    }


@cache
def leaving_exports() -> frozenset[str]:
    """The names of all exports whose calls never come back."""
    return frozenset(
        name.rpartition(".")[2]
        for tables in libraries().values()
        for library in tables
        for name, model in library.exports.items()
        if isinstance(model, Leave)
    )


@cache
def holds_requests(package: str, path: tuple[str, ...]) -> bool:
    """Whether the export `path` of `package` is an object some of whose functions send requests: Node's `https`."""
    begins = "".join(f"{part}." for part in path if part != "default")
    return any(
        name.startswith(begins) and isinstance(model, Request)
        for library in libraries().get(package, ())
        if package and library.network
        for name, model in library.exports.items()
    )


def client_type(package: str, name: str) -> tuple[Library, str] | None:
    """The kind of client that a value of type `name` from `package` is."""
    for library in libraries().get(package, ()):
        kind = library.types.get(name)
        if kind is not None:
            return library, kind
    return next(((library, type_of_sdk(library, name)) for library in sdks_of(package)), None)
