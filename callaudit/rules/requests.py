"""Rows of the table `requests`: what provider profiles say of everything that is asked for upstream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.inventory.words import NONE, UNKNOWN

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


def requests(inventory: Inventory, catalogue: Catalogue) -> Iterator[Row]:
    """Give one row for each request that leaves the repository."""
    found: dict[str, Asked] = {}
    for method, host, path, provider, endpoint in _asked(inventory):
        found.setdefault(f"{method} {host}{path}", (method, host, path, provider, endpoint))
    for request, asked in sorted(found.items()):
        yield _row(request, asked, catalogue)


def _asked(inventory: Inventory) -> Iterator[Asked]:
    for entry in inventory.entries:
        for one in entry.reaches:
            yield _words(one.method, one.host, one.path, one.provider, one.endpoint)
    for call in inventory.calls:
        for url in call.urls or (call,):
            if not url.internal_route:
                yield _words(url.method, url.host, url.path, url.provider, url.endpoint)
    for trigger in inventory.triggers:
        for polled in trigger.endpoints:
            yield _words(polled.method, polled.host, polled.path, "", "")


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
    label = endpoint.id if endpoint else request
    effect = endpoint.effect if endpoint else "read" if method in _READS else "write"
    safe = int(effect == "read" or method in _SAFE_AGAIN)
    name = profile.provider.name if profile else host
    who = (request, method, host, path, label, provider, endpoint_id, name, int(endpoint is not None), effect)
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
