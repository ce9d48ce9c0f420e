"""Which run of which own route answers a request: the boundary's route, with what is known that the request says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.effects.effects import Requested, Target
    from callaudit.flow.requests.requested import Said
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary
    from callaudit.inventory.runs import Run


class Answers:
    """Follows requests into the repository's own routes."""

    def __init__(self, boundary: Boundary, run_of: Callable[[Entry, Said], Run | None]) -> None:
        """Match by `boundary`; `run_of` gives what a route does when a request says something."""
        self._boundary = boundary
        self._run_of = run_of

    def route(self, target: Target, app: str) -> Entry | None:
        """The route that answers, as an entry."""
        return self._boundary.route(target, app)

    def answer(self, requested: Requested, app: str) -> Run | None:
        """What the route does that answers when code of the package `app` asks; `None` for a call that leaves."""
        route = self._boundary.route(requested.target, app)
        if route is None or _sent_by(route, requested):
            return None
        return self._run_of(route, requested.said)


def _sent_by(route: Entry, requested: Requested) -> bool:
    """Whether a proxy itself sends the request: to another server, then, be it one on the same machine."""
    site = requested.site
    return route.forward is not None and (route.file, route.line) == (site.file, site.line)
