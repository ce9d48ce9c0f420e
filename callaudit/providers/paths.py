"""Finds the endpoint of a method and a path, where parts of the path may be variable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callaudit.providers.model import Endpoint

HOLE = "{}"
_HOLE = re.compile(r"\{[^{}]*\}")
_QUERY = re.compile(r"[?#].*", re.DOTALL)


def segments(path: str) -> tuple[str, ...]:
    """Split a path, with every variable part as `{}`; query, fragment and empty segments are left out."""
    # Holes first: the text inside one may itself hold `/` and `?`.
    bare = _QUERY.sub("", _HOLE.sub(HOLE, path))
    return tuple(segment for segment in bare.split("/") if segment)


def fits(template: tuple[str, ...], path: tuple[str, ...]) -> bool:
    """Whether a path is one of the template's: its parameters take anything, its words only themselves."""
    return len(template) == len(path) and all(
        wanted in (HOLE, given) for wanted, given in zip(template, path, strict=True)
    )


class PathTable:
    """The endpoints of one provider by method and path."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        """Index the endpoints."""
        templates: dict[tuple[str, tuple[str, ...]], list[Endpoint]] = {}
        for endpoint in endpoints:
            templates.setdefault((endpoint.method, segments(endpoint.path)), []).append(endpoint)
        self._exact = {key: found for key, found in templates.items() if HOLE not in key[1]}
        # A word is nearer than a parameter, and the more so the further left it stands.
        open_keys = [key for key in templates if HOLE in key[1]]
        self._open = [
            (method, template, templates[method, template])
            for method, template in sorted(open_keys, key=lambda key: [s == HOLE for s in key[1]])
        ]

    def find(self, method: str, path: tuple[str, ...], discriminator: Mapping[str, str] | None) -> Endpoint | None:
        """Return the one endpoint that this can be. A variable segment is never taken for a known word."""
        method = method.upper()
        found = self._exact.get((method, path))
        if found is None:
            found = next((e for m, template, e in self._open if m == method and fits(template, path)), None)
        return _operation(found, discriminator or {}) if found else None


def _operation(endpoints: list[Endpoint], given: Mapping[str, str]) -> Endpoint | None:
    """Return the operation of a URL that the known request fields select; None while several are possible."""
    known = {field: value for field, value in given.items() if HOLE not in _HOLE.sub(HOLE, value)}
    possible = [
        endpoint
        for endpoint in endpoints
        if all(known.get(field, value) == value for field, value in endpoint.discriminator.items())
    ]
    if not all(endpoint.discriminator.keys() <= known.keys() for endpoint in possible):
        return None
    possible.sort(key=lambda endpoint: -len(endpoint.discriminator))
    return possible[0] if possible else None
