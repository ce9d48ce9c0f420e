"""The upstream endpoints that an entry can call: each with its bounds, its chain, its guards and who pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.text.urls import shape
from callaudit.inventory import model as m
from callaudit.inventory.compose import bound
from callaudit.inventory.crossings import Crossing, Side
from callaudit.inventory.endpoints import endpoint_of
from callaudit.inventory.hosts import SAME_ORIGIN, host_of
from callaudit.inventory.payers import Payers
from callaudit.inventory.repeats import SERVED, guard_id
from callaudit.inventory.standing import standing, standing_before_both

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from callaudit.flow.effects.cost import Chain, Cost
    from callaudit.flow.effects.effects import Requested
    from callaudit.flow.effects.records import Guard
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.content import Content
    from callaudit.inventory.hosts import Hosts
    from callaudit.providers.match import Catalogue

MOST_STEPS = 60
Key = tuple[str, str, str, str, int, str]

_Route = tuple[str, str]
"""Name and file of an own route."""


class Reaching:
    """Makes the records of what entries reach."""

    def __init__(
        self,
        interpreter: Interpreter,
        catalogue: Catalogue,
        hosts: Hosts,
        guards: Mapping[int, Guard],
        anywhere: Content,
    ) -> None:
        """Know requests and guards by their numbers; `anywhere` is what all entries hold.

        Routes that ask each other in a circle do not each hold what stands in it.
        """
        self._anywhere = anywhere
        self._hosts = hosts
        self._in = interpreter
        self._catalogue = catalogue
        self._guards = guards
        self._payers = Payers(interpreter, catalogue)

    def of(self, entry: Entry, whole: Cost, content: Content) -> tuple[m.Reach, ...]:
        """What calls of cost `whole` reach from `entry`, with what stands between as `content` says."""
        merged: dict[tuple[str, str, str, str, str, int, str], m.Reach] = {}
        for request in costs.requests(whole):
            least, most, chain = whole[request]
            if not most:
                continue
            requested = self._in.requests[request]
            if requested.target.unknown:
                continue  # it is among the unknowns
            origin = self._payers.origin(entry, chain)
            if not self._hosts.sent(requested, origin):
                continue  # the same
            reach = _reach(self._catalogue, requested, int(least), bound(most), chain)
            reach = _through(reach, _routes(reach.routes, content.through.get(request, ())))
            sent = content.headers(request) or (requested.options,)
            bucket, why = self._payers.bucket(requested.target, sent, origin)
            reach = replace(reach, origin=origin, bucket=bucket, bucket_why=why)
            if origin != "browser":  # only pages have an origin of their own
                reach = replace(reach, other_hosts=tuple(host for host in reach.other_hosts if host != SAME_ORIGIN))
            guards = standing(content.ways(request) or self._anywhere.ways(request), self._guards)
            if origin == "browser":  # it knows none of the options that a server's fetch has
                guards = frozenset(number for number in guards if self._guards[number].mechanism not in SERVED)
            if guards:
                reach = replace(reach, guards=tuple(sorted(guard_id(self._guards[number]) for number in guards)))
            path = shape(reach.path)
            key = (reach.method, reach.host, path, reach.endpoint, reach.site.file, reach.site.line, origin)
            before = merged.get(key)
            merged[key] = reach if before is None else _sum(before, reach)
        return tuple(
            sorted(
                merged.values(),
                key=lambda r: (r.host, r.path, r.method, r.site.file, r.site.line, r.endpoint, r.origin),
            )
        )


def _reach(catalogue: Catalogue, requested: Requested, least: int, most: int | None, chain: Chain) -> m.Reach:
    target, site = requested.target, requested.site
    provider, endpoint = endpoint_of(catalogue, target)
    crossed = [step for step in chain if isinstance(step, Crossing) and step.own]
    return m.Reach(
        host=host_of(target),
        method=target.method,
        path=target.path,
        min=least,
        max=most,
        site=m.Place(site.file, site.line),
        provider=provider,
        endpoint=endpoint,
        conditional=least == 0,
        via=_via(chain),
        through=tuple(step.route for step in crossed),
        through_files=tuple(step.file for step in crossed),
        other_hosts=tuple(host or host_of(replace(target, host=host)) for host in target.others),
    )


def key_of(reach: m.Reach) -> Key:
    """The endpoint, the call site and the origin of a reach, which tell it from others of one entry."""
    return (reach.host, reach.path, reach.method, reach.site.file, reach.site.line, reach.origin)


def _via(chain: Chain) -> tuple[m.Step, ...]:
    steps: list[m.Step] = []
    for step in chain[:MOST_STEPS]:
        if isinstance(step, Side):
            continue
        if isinstance(step, Crossing):
            steps.append(m.Step(f"→ {step.route}", step.file, step.line))
        else:
            steps.append(m.Step(step.function, step.file, step.line, step.called_at))
    return tuple(steps)


def _routes(shown: tuple[_Route, ...], others: Iterable[_Route]) -> tuple[_Route, ...]:
    """The own routes of the chain that is shown, in order, then those of other ways."""
    return (*shown, *sorted(set(others).difference(shown)))


def _through(reach: m.Reach, routes: tuple[_Route, ...]) -> m.Reach:
    return replace(reach, through=tuple(name for name, _ in routes), through_files=tuple(file for _, file in routes))


def _sum(first: m.Reach, second: m.Reach) -> m.Reach:
    most = None if first.max is None or second.max is None else first.max + second.max
    whole = replace(
        first,
        min=first.min + second.min,
        max=most,
        conditional=first.min + second.min == 0,
        guards=standing_before_both(first.guards, second.guards),
    )
    whole = _through(whole, _routes(first.routes, second.routes))
    if first.bucket != second.bucket:
        why = "ways differ: " + ", ".join(sorted({first.bucket, second.bucket}))
        whole = replace(whole, bucket="unknown", bucket_why=why)
    return whole
