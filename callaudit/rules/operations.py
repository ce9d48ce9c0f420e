"""Rows of the table `operations`: what provider profiles say of everything that is asked for upstream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.inventory.words import NONE, UNKNOWN
from callaudit.providers.paths import fits, segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Batch, Endpoint, Profile

    Row = tuple[int | float | str, ...]
    Asked = tuple[str, str, str, str, str]
    """Method, host, path, provider and endpoint."""

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SAFE_AGAIN: Final = _READS | {"PUT", "DELETE"}
"""Methods that HTTP defines as idempotent (RFC 9110, 9.2.2)."""

_MS: Final = 1_000


def operations(inventory: Inventory, catalogue: Catalogue) -> Iterator[Row]:
    """Give one row for each request that leaves the repository, and each endpoint that it means."""
    found: dict[tuple[str, str], Asked] = {}
    for method, host, path, provider, endpoint in _asked(inventory):
        found.setdefault((f"{method} {host}{path}", endpoint), (method, host, path, provider, endpoint))
    known = {request for request, _ in found}
    for asked in _polled(inventory):
        request = f"{asked[0]} {asked[1]}{asked[2]}"
        if request not in known:
            found.setdefault((request, asked[4]), asked)
    for (request, _), asked in sorted(found.items()):
        yield _row(request, asked, catalogue)


def _asked(inventory: Inventory) -> Iterator[Asked]:
    for entry in inventory.entries:
        for one in entry.reaches:
            yield _words(one.method, one.host, one.path, one.provider, one.endpoint)
    for call in inventory.calls:
        for url in call.urls or (call,):
            if not url.internal_route:
                yield _words(url.method, url.host, url.path, url.provider, url.endpoint)


def _polled(inventory: Inventory) -> Iterator[Asked]:
    for trigger in inventory.triggers:
        for one in trigger.endpoints:
            yield _words(one.method, one.host, one.path, "", "")


def _words(method: str, host: str, path: str, provider: str, endpoint: str) -> Asked:
    return (
        method or UNKNOWN,
        host or UNKNOWN,
        path or UNKNOWN,
        provider or NONE,
        endpoint or (UNKNOWN if provider else NONE),
    )


def _row(request: str, asked: Asked, catalogue: Catalogue) -> Row:
    method, host, path, provider, endpoint_id = asked
    profile = catalogue.profiles.get(provider)
    endpoint = _endpoint(profile, endpoint_id)
    of_url = _of_url(profile, method, path)
    plain = f"{method} {host}" if path == UNKNOWN else request
    label = endpoint.id if endpoint else f"{method} {path}" if of_url or host == UNKNOWN else plain
    effect = endpoint.effect if endpoint else _effect(of_url, method)
    safe = int(effect != "write" or method in _SAFE_AGAIN)
    name = profile.provider.name if profile else host
    who = (
        request,
        method,
        host,
        path,
        label,
        provider,
        endpoint_id,
        name,
        int(endpoint is not None),
        int(bool(of_url)),
        effect,
    )
    scope = endpoint.scope if endpoint else UNKNOWN
    if profile is None:
        return (*who, scope, 0, NONE, NONE, NONE, NONE, NONE, safe, NONE, NONE, NONE, 0)
    header = next((one.when.header for one in profile.contexts if one.when.header), NONE)
    if endpoint is None:
        near = catalogue.nearest_endpoint(host, method, path) or NONE
        wrong = catalogue.not_endpoint(host, path)
        return (*who, scope, 0, NONE, NONE, NONE, NONE, NONE, safe, near, wrong.why if wrong else NONE, header, 0)
    least, most = (endpoint.ttl_s[0] * _MS, endpoint.ttl_s[1] * _MS) if endpoint.ttl_s else (NONE, NONE)
    channel = endpoint.channels[0] if endpoint.channels else NONE
    batch = _batch(profile, endpoint)
    batched = (batch.use, batch.max or UNKNOWN) if batch else (NONE, NONE)
    known = (int(bool(endpoint.ttl_s)), least, most, channel, *batched, safe, NONE, NONE, header)
    return (*who, scope, *known, _alone(profile, endpoint))


def _of_url(profile: Profile | None, method: str, path: str) -> list[Endpoint]:
    """Return the endpoints that a URL can mean."""
    wanted = segments(path)
    endpoints = profile.endpoints if profile else ()
    return [one for one in endpoints if one.method == method and fits(segments(one.path), wanted)]


def _effect(of_url: list[Endpoint], method: str) -> str:
    """Return what a request does whose endpoint is not known: what all endpoints of its URL do, else by the method."""
    possible = {one.effect for one in of_url}
    if possible:
        return possible.pop() if len(possible) == 1 else UNKNOWN
    return "read" if method in _READS else "write"


def _endpoint(profile: Profile | None, endpoint_id: str) -> Endpoint | None:
    return next((one for one in profile.endpoints if one.id == endpoint_id), None) if profile else None


def _batch(profile: Profile, endpoint: Endpoint) -> Batch | None:
    return next((one for one in profile.batching if one.how == "repeated" and endpoint.id in one.calls), None)


def _alone(profile: Profile, endpoint: Endpoint) -> float:
    """Return the period at which calls of one endpoint spend a quota, under the most generous way of calling."""
    return min((_period(profile, endpoint, context.id) for context in profile.contexts), default=0)


def _period(profile: Profile, endpoint: Endpoint, context: str) -> float:
    periods = [0.0]
    for bucket in profile.buckets_of(context):
        cost = profile.cost(endpoint, bucket.id)
        capacity, seconds = bucket.capacity.value, bucket.window.seconds
        if cost is not None and cost.min and capacity and seconds:
            periods.append(seconds * _MS * cost.min / capacity)
    return max(periods)
