"""Packages of which nothing is known but a name that speaks of requests: silence about them would look like none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.model import Unknown
from callaudit.inventory.unfollowed import taken
from callaudit.libraries.likely_clients import may_send
from callaudit.link.definitions import Foreign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.link.program import Program


def perhaps_asking(program: Program) -> Iterator[Unknown]:
    """An unknown for each such package that the program uses, where it first imports it."""
    places: dict[str, dict[str, int]] = {}
    names: dict[str, str] = {}
    for module in program.modules.values():
        for package, imported, local, line in taken(module):
            name = local if imported in ("default", "") else imported
            if not may_send(package, name) or local not in module.functions[0].refs:
                continue
            of_a_host = package.startswith(("https://", "http://"))
            if of_a_host or isinstance(program.source(module.path, package), Foreign):  # no module of its own so called
                places.setdefault(package, {}).setdefault(module.path, line)
                names[package] = min(names.get(package, name), name)
    for package, files in places.items():
        by = "one file uses it" if len(files) == 1 else f"{len(files)} files use it"
        why = f"{names[package]} may send requests: nothing is known of this package; {by}"
        yield Unknown(*min(files.items()), package, why)
