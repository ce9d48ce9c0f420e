"""The inventory in a few numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory

_PARTLY: Final = frozenset({"syntax not understood", "partly analyzed", "not analyzed"})
SKIPPED: Final = frozenset(
    {
        "binary", "build output", "bundled", "language", "minified", "outside", "repository", "sparse checkout",
        "special file", "symlink outside", "too large", "unreadable", "unreadable folder", "vanished",
    }
)  # fmt: skip


class Unread(Struct, frozen=True):
    """Files that were not analyzed to the end, by name."""

    partly: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


class Kind(Struct, frozen=True):
    """How many entries of one kind there are, and how many of them reach upstream."""

    name: str
    all: int
    reaching: int


class Counts(Struct, frozen=True):
    """What an inventory holds. Entries are counted with those that reach nothing, where they are listed."""

    files: int
    partly: int
    skipped: int
    apps: int
    kinds: tuple[Kind, ...]
    sites: int
    dead: int
    endpoints: int
    hosts: tuple[str, ...]
    connections: int
    unknown: int

    def kind(self, name: str) -> Kind:
        """Return the count of one kind of entry."""
        return next((kind for kind in self.kinds if kind.name == name), Kind(name, 0, 0))


def counts(inventory: Inventory) -> Counts:
    """Count what `inventory` holds."""
    kinds: dict[str, list[int]] = {}
    for entry in inventory.entries:
        count = kinds.setdefault(entry.kind, [0, 0])
        count[0] += 1
        count[1] += bool(entry.reaches)
    upstream = {(r.host, r.method, r.endpoint or r.path) for e in inventory.entries for r in e.reaches}
    apps = {entry.app for entry in inventory.entries} | {route.app for route in inventory.routes}
    return Counts(
        files=inventory.files.analyzed,
        partly=inventory.files.with_errors,
        skipped=inventory.files.skipped,
        apps=len(apps),
        kinds=tuple(Kind(name, *kinds[name]) for name in sorted(kinds)),
        sites=sum(not call.dead for call in inventory.calls),
        dead=sum(call.dead for call in inventory.calls),
        endpoints=len(upstream),
        hosts=tuple(sorted({host for host, _, _ in upstream})),
        connections=len(inventory.connections),
        unknown=len(unknown_places(inventory)),
    )


def unknown_places(inventory: Inventory) -> tuple[tuple[str, int, str, str], ...]:
    """Return file, line, what and why of everything that is not known, in the order of places."""
    found = {(item.file, item.line, item.what, item.why) for item in inventory.unknowns}
    places = {(file, line) for file, line, _, _ in found}
    found |= {
        (call.file, call.line, f"URL of {call.client} in {call.function}", call.unknown)
        for call in inventory.calls
        if call.unknown and (call.file, call.line) not in places
    }
    return tuple(sorted(found))


def unread(inventory: Inventory) -> Unread:
    """Name the files that were not analyzed to the end; none where notices do not tell all of them."""
    partly = {one.file: one.file for one in inventory.notices if one.what in _PARTLY and one.file}
    skipped = [one.file or one.why for one in inventory.notices if one.what in SKIPPED]
    files = inventory.files
    return Unread(
        tuple(partly) if len(partly) == files.with_errors else (),
        tuple(skipped) if len(skipped) == files.skipped else (),
    )
