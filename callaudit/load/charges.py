"""Which quotas a request is charged to, and what it costs there, by what the provider's profile says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.load.model import Batch, Bucket, Charge
from callaudit.load.ranges import ONE, Range, between, exactly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.inventory.model import Reach
    from callaudit.load.model import Per
    from callaudit.providers.limits import Bucket as Quota
    from callaudit.providers.limits import Cost
    from callaudit.providers.match import Catalogue
    from callaudit.providers.model import Endpoint, Profile

VISITOR = "visitor"
SERVER = "server"
MINUTE_S = 60.0
"""The window in which requests are counted where no quota is known."""
NOT_JUDGED = frozenset({"lifetime", "calendar_month"})
"""Windows over which a steady rate says nothing of a moment."""


class Charges:
    """Answers for the requests of an inventory, and remembers the buckets that they are charged to."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Charge by the profiles of `catalogue`."""
        self._catalogue = catalogue
        self._buckets: dict[str, Bucket] = {}
        self._known: dict[tuple[str, ...], tuple[Charge, ...]] = {}
        self._endpoints = {
            (name, one.id): one for name, profile in catalogue.profiles.items() for one in profile.endpoints
        }

    def buckets(self) -> tuple[Bucket, ...]:
        """Every bucket that was charged so far, in the order of ids."""
        return tuple(self._buckets[name] for name in sorted(self._buckets))

    def endpoint(self, reach: Reach) -> Endpoint | None:
        """What the profile says of the endpoint of a reach."""
        return self._endpoints.get((reach.provider, reach.endpoint))

    def batch(self, reach: Reach) -> Batch | None:
        """The request that would stand for several calls of a reach, where the profile knows one.

        What answers for one account does not answer for several: a read of an account that is its own batch is none,
        as nothing says whose accounts are asked for.
        """
        profile, endpoint = self._catalogue.profiles.get(reach.provider), self.endpoint(reach)
        if profile is None or endpoint is None:
            return None
        found = next((one for one in profile.batching if one.how == "repeated" and endpoint.id in one.calls), None)
        if found is None and (endpoint.batch_max is None or endpoint.effect != "read"):
            return None
        use = endpoint.id if found is None else found.use
        if use == endpoint.id and endpoint.scope == "account":
            return None
        other = self._endpoints.get((reach.provider, use))
        most = found.max if found is not None and found.max is not None else other.batch_max if other else None
        instead = replace(reach, endpoint=use)
        return Batch(use, most, self.of(instead), self.without_key(instead))

    def sequence(self, reach: Reach) -> Batch | None:
        """The request that would stand for a reach and the calls beside it, where the profile knows one."""
        profile, endpoint = self._catalogue.profiles.get(reach.provider), self.endpoint(reach)
        for one in profile.batching if profile is not None and endpoint is not None else ():
            if one.how == "sequence" and reach.endpoint in one.calls:
                instead = replace(reach, endpoint=one.use)
                return Batch(one.use, 1, self.of(instead), self.without_key(instead), tuple(one.calls))
        return None

    def of(self, reach: Reach) -> tuple[Charge, ...]:
        """What one request of a reach costs in each bucket."""
        profile = self._catalogue.profiles.get(reach.provider)
        if profile is None:
            return (Charge(self._host(reach), ONE),)
        return self._all(profile, reach.bucket.split(" + "), reach)

    def _all(self, profile: Profile, names: Sequence[str], reach: Reach) -> tuple[Charge, ...]:
        key = (reach.provider, reach.endpoint, reach.origin, *names)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._one(profile, name, reach) for name in names)
        return found

    def without_key(self, reach: Reach) -> tuple[Charge, ...]:
        """The same where the environment sets no key; empty where that changes nothing."""
        profile = self._catalogue.profiles.get(reach.provider)
        names = reach.bucket_why.partition(", else ")[2]
        if profile is None or not names:
            return ()
        return self._all(profile, names.split(" + "), reach)

    def key_header(self, reach: Reach) -> str:
        """The header that would make another quota pay for a request that has no key; empty where there is none."""
        profile = self._catalogue.profiles.get(reach.provider)
        anonymous = profile is not None and reach.origin != "browser" and reach.bucket.endswith(f".{SERVER}")
        if profile is None or not anonymous:
            return ""
        return next((context.when.header for context in profile.contexts if context.when.header), "")

    def with_key(self, reach: Reach) -> tuple[Charge, ...]:
        """What a request would cost with that header; empty where there is none."""
        profile = self._catalogue.profiles.get(reach.provider)
        header = self.key_header(reach)
        if profile is None or not header:
            return ()
        context = next(one.id for one in profile.contexts if one.when.header == header)
        names = [f"{profile.provider.id}.{quota.id}" for quota in profile.buckets_of(context)]
        return self._all(profile, names, reach)

    def _one(self, profile: Profile, name: str, reach: Reach) -> Charge:
        parts = name.split(".")
        own = parts[1] if len(parts) > 1 else ""
        quota = next((bucket for bucket in profile.buckets if bucket.id == own), None)
        visitor = parts[-1] == VISITOR or (quota is not None and parts[-1] != SERVER and reach.origin == "browser")
        if quota is None:
            name = f"{profile.provider.id}.unknown"
            self._buckets.setdefault(name, _unknown(name, profile))
            return Charge(name, ONE)
        if visitor and parts[-1] != VISITOR:
            name = f"{name}.{VISITOR}"
        self._buckets.setdefault(name, _bucket(name, profile, quota, "visitor" if visitor else "all"))
        return Charge(name, self._cost(profile, quota, reach))

    def _cost(self, profile: Profile, quota: Quota, reach: Reach) -> Range:
        endpoint = self.endpoint(reach)
        if endpoint is None or endpoint.cost not in profile.costs:
            return _any_price(profile, quota)
        cost = profile.cost(endpoint, quota.id)
        return exactly(0) if cost is None else _range(cost)

    def _host(self, reach: Reach) -> str:
        payer = VISITOR if reach.origin == "browser" else SERVER
        name = f"{reach.host or 'unknown-host'}.{payer}"
        per: Per = "visitor" if payer == VISITOR else "all"
        title = f"{reach.host or 'unknown host'}, {'each visitor' if payer == VISITOR else 'servers'}"
        bucket = Bucket(
            id=name, provider="", unit="requests", per=per, capacity=None, window_s=MINUTE_S, title=title,
            note="no profile knows this host: requests only",
        )  # fmt: skip
        self._buckets.setdefault(name, bucket)
        return name


def _bucket(name: str, profile: Profile, quota: Quota, per: Per) -> Bucket:
    judged = quota.window.kind not in NOT_JUDGED
    return Bucket(
        id=name,
        provider=profile.provider.id,
        unit=quota.unit,
        per=per,
        capacity=quota.capacity.value if judged else None,
        window_s=quota.window.seconds or MINUTE_S,
        concurrent=quota.unit == "concurrent",
        title=_title(profile, quota, per),
        tiers=tuple(quota.tiers.values.items()) if quota.tiers is not None else (),
        note=quota.note if judged else f"counted over a {quota.window.kind.replace('_', ' ')}: not judged by a rate",
    )


def _unknown(name: str, profile: Profile) -> Bucket:
    return Bucket(
        id=name, provider=profile.provider.id, unit="requests", per="all", capacity=None, window_s=MINUTE_S,
        title=f"{profile.provider.name}, not known whose", note="the code does not show which quota pays",
    )  # fmt: skip


def _title(profile: Profile, quota: Quota, per: Per) -> str:
    if "ip" in quota.key_by:
        payer = "each visitor's IP" if per == "visitor" else "server IP"
    else:
        payer = quota.id.replace("_", " ").replace("api key", "API key")
        payer = f"each visitor's {payer}" if per == "visitor" else payer
    return f"{profile.provider.name}, {payer}"


def _range(cost: Cost) -> Range:
    high = float("inf") if cost.max is None else cost.max
    if cost.value is not None:
        return between(cost.min, cost.value, high)
    return between(cost.min, (cost.min + high) / 2 if cost.max is not None else cost.min, high)


def _any_price(profile: Profile, quota: Quota) -> Range:
    """The bounds of all prices of a quota, for an endpoint that the profile does not know; the lowest is expected."""
    charged = [one.charges[quota.id] for one in profile.costs.values() if quota.id in one.charges]
    prices: Sequence[Range] = [
        exactly(charge) if isinstance(charge, (int, float)) else _range(charge) for charge in charged
    ]
    highs = [price.high for price in prices if price.high != float("inf")] or [1.0]
    return Range(min((price.low for price in prices), default=1.0), 1.0, max(1.0, *highs))
