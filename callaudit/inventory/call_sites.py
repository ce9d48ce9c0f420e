"""The call sites of a program, each with every URL that it reaches from some entry, or could reach from none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.effects.effects import EMIT, UNSEEN
from callaudit.inventory import model as m
from callaudit.inventory.endpoints import endpoint_of
from callaudit.inventory.hosts import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.effects import Requested
    from callaudit.inventory.boundary import Boundary
    from callaudit.inventory.hosts import Hosts
    from callaudit.providers.match import Catalogue


class CallSites(Struct, frozen=True):
    """Makes the records of `requests`, by their numbers; `reached` are those that some entry sends.

    `apps` says of which app a file is.
    """

    requests: Sequence[Requested]
    reached: set[int]
    catalogue: Catalogue
    boundary: Boundary
    hosts: Hosts
    apps: dict[str, str]

    def all(self) -> tuple[m.Call, ...]:
        """Every call site, in the order of places."""
        sites: dict[tuple[str, int, int], list[int]] = {}
        for number, requested in enumerate(self.requests):
            site = requested.site
            if requested.target.method == EMIT or site.client == UNSEEN:
                continue  # a message is no call; nor is surely one what goes through a file that is not there
            sites.setdefault((site.file, site.line, site.column), []).append(number)
        return tuple(self._call(numbers) for _, numbers in sorted(sites.items()))

    def _call(self, numbers: list[int]) -> m.Call:
        alive = [number for number in numbers if number in self.reached]
        shown = [self.requests[number] for number in alive or numbers]
        known = [requested for requested in shown if not requested.target.unknown] or shown
        urls = dict.fromkeys(url for requested in known for url in self._call_urls(requested))
        ordered = sorted(urls, key=lambda url: (url.host, url.path, url.method))
        first = min(known, key=lambda r: (r.target.host, r.target.path, r.target.method, r.target.url))
        single = ordered[0] if len(ordered) == 1 else None
        site = first.site
        return m.Call(
            file=site.file,
            line=site.line,
            column=site.column,
            function=site.function,
            client=site.client,
            method=single.method if single else "",
            url=first.target.url if single else "",
            host=single.host if single else "",
            path=single.path if single else "",
            provider=single.provider if single else "",
            endpoint=single.endpoint if single else "",
            internal_route=single.internal_route if single else "",
            internal_route_file=single.internal_route_file if single else "",
            unknown=first.target.unknown or (self.hosts.why(first) if single else ""),
            env=tuple(sorted({name for requested in known for name in requested.target.env})),
            options=first.options,
            urls=tuple(ordered) if single is None else (),
            dead=not alive,
        )

    def _call_urls(self, requested: Requested) -> Iterable[m.CallUrl]:
        """The URLs of a request, one for each host that it may go to."""
        target = requested.target
        for host in (target.host, *target.others):
            one = replace(target, host=host, others=())
            provider, endpoint = endpoint_of(self.catalogue, one)
            route = self.boundary.route(one, self.apps.get(requested.site.file, ""))
            name, file = (route.name, route.file) if route is not None else ("", "")
            shown = self.hosts.of(requested) if host == target.host else host_of(one)
            yield m.CallUrl(target.method, shown, target.path, provider, endpoint, name, file)
