"""The requests of call trees: what they are called, and how often they can be sent at most."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.flow.text.urls import shape
from callaudit.inventory.measure import ZERO, sequence
from callaudit.inventory.tree import TreeNode, upper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.effects.effects import Requested
    from callaudit.inventory.measure import Bounds
    from callaudit.inventory.model import Reach
    from callaudit.providers.match import Catalogue


class Sending:
    """Makes the nodes of the requests of one entry."""

    def __init__(self, catalogue: Catalogue, reaches: Iterable[Reach]) -> None:
        """Name requests by `catalogue`; `reaches` are what the inventory says of the entry."""
        self._catalogue = catalogue
        self._known: dict[tuple[str, str, str, int], Bounds] = {}
        for reach in reaches:
            key = (reach.method, shape(reach.path), reach.site.file, reach.site.line)
            bounds = (reach.min, inf if reach.max is None else reach.max)
            self._known[key] = sequence((self._known.get(key, ZERO), bounds))

    def held(self, requested: Requested, often: Bounds) -> Bounds:
        """Hold what a tree says to what the inventory says of this call site and URL.

        A tree does not know that a branch returns early; the inventory's costs do.
        """
        target, site = requested.target, requested.site
        known = self._known.get((target.method, shape(target.path), site.file, site.line))
        return often if known is None else (min(often[0], known[0]), min(often[1], known[1]))

    def node(
        self, requested: Requested, bounds: Bounds, marks: tuple[str, ...], inside: tuple[TreeNode, ...]
    ) -> TreeNode:
        """Return the node of a request that is sent so often, `inside` being what answers it."""
        target, site = requested.target, requested.site
        profile = self._catalogue.provider_of(target.host) if target.host else None
        fields = dict(target.discriminator) or None
        endpoint = self._catalogue.endpoint(target.host, target.method, target.path, fields) if profile else None
        where = "unknown URL" if target.unknown else target.host + target.path
        return TreeNode(
            kind="request",
            text=endpoint.id if endpoint is not None else f"{target.method} {where}",
            min=int(bounds[0]),
            max=upper(bounds),
            file=site.file,
            line=site.line,
            marks=(*marks, target.unknown) if target.unknown else marks,
            provider=profile.provider.id if profile is not None else "",
            endpoint=endpoint.id if endpoint is not None else "",
            host=target.host,
            headers=tuple(sorted({value for name, value in requested.options if name == "header"})),
            children=inside,
        )
