"""What a server asks instead, where it answers some of its paths with what another server says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import Requested, Site, Target
from callaudit.flow.text.strings import parts_of, text
from callaudit.flow.text.urls import targets
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import OneOf, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.values.values import Value
    from callaudit.frameworks.model import Entry

_NAMED = re.compile(r":(\w+)[*+]?(?=/|$|\?)|\$(\d)")


def asked_in_general(entry: Entry) -> Entry:
    """The forward `entry`, asked for anything that it answers."""
    method = "{method}" if entry.method == "ANY" else entry.method
    return forwarded(entry, Target(method, "", "", entry.path.replace("*", "{rest}")))


def forwarded(entry: Entry, target: Target) -> Entry:
    """The forward `entry`, asked for `target`: it asks its other server for the same, under the path there."""
    caught = dict(_caught(entry.path, target.path))
    site = Site(entry.file, entry.line, 1, entry.name, entry.framework)
    destination = forced(entry.forward) if entry.forward is not None else Unknown("url")
    options = destination.values if isinstance(destination, OneOf) else (destination,)
    asked = [
        Requested(site, replace(one, method=target.method))
        for option in options
        for one in targets(_filled(forced(option), caught), None, target.method)
    ]
    return replace(entry, asks=tuple(asked))


def _caught(pattern: str, path: str) -> Iterator[tuple[str, str]]:
    """What the names of `pattern` stand for in `path`; those without one are counted."""
    wanted = [part for part in path.split("/") if part]
    for number, segment in enumerate(part for part in pattern.split("/") if part):
        name = segment.strip(":*")
        if segment.endswith("*"):
            yield name or "1", "/".join(wanted[number:])
            return
        if segment.startswith(":") and number < len(wanted):
            yield name, wanted[number]


def _filled(url: Value, caught: dict[str, str]) -> Value:
    """A destination with the parts of the path that it names."""
    if not isinstance(url, Unknown):
        parts = [
            _NAMED.sub(lambda found: caught.get(found[1] or found[2], found[0]), part)
            if isinstance(part, str)
            else part
            for part in parts_of(url)
        ]
        return text(parts)
    return url
