"""What calls cost: credits of the provider's quota, and whose quota it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.inventory.model import Reach
    from callaudit.inventory.tree import TreeNode
    from callaudit.providers.limits import Bucket, Cost
    from callaudit.providers.match import Catalogue

Payer = tuple[str, str]
"""A unit and a payer: `("credits", "server IP")`."""


class Range(Struct, frozen=True):
    """From `least` to `most` units; `most` is None where nothing bounds it."""

    least: float
    most: float | None

    def __add__(self, other: Range) -> Range:
        """Add what is spent one after the other."""
        most = None if self.most is None or other.most is None else self.most + other.most
        return Range(self.least + other.least, most)

    def either(self, other: Range) -> Range:
        """Return the bounds of one of two."""
        most = None if self.most is None or other.most is None else max(self.most, other.most)
        return Range(min(self.least, other.least), most)

    def __str__(self) -> str:
        """Return `3`, `0…36` or `1…n`."""
        most = "n" if self.most is None else f"{self.most:g}"
        return most if f"{self.least:g}" == most else f"{self.least:g}…{most}"


Impact = dict[Payer, Range]
"""What is charged to whom. Empty where the profile does not know."""

NOTHING = Range(0, 0)


class _Sent(Struct, frozen=True):
    """Calls of one endpoint, as far as their price depends on how they are sent."""

    provider: str
    endpoint: str
    host: str
    headers: frozenset[str]
    origin: str
    calls: Range


class Prices:
    """Looks up what calls cost, for code that runs in one place."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Use the profiles of `catalogue`."""
        self._catalogue = catalogue

    def of_reach(self, reach: Reach, headers: Iterable[str], origin: str) -> Impact:
        """Return what a run is charged for the calls of one reach, sent with `headers`."""
        calls = Range(reach.min, reach.max)
        sent = _Sent(reach.provider, reach.endpoint, reach.host, frozenset(headers), origin, calls)
        return self._price(sent)

    def of_tree(self, tree: TreeNode, origin: str) -> Impact:
        """Return what a run is charged for all requests of its call tree."""
        if tree.kind == "request" and not tree.children:
            calls = Range(tree.min, tree.max)
            return self._price(_Sent(tree.provider, tree.endpoint, tree.host, frozenset(tree.headers), origin, calls))
        # Behind one of the repository's own routes it is the server that asks.
        inside = [self.of_tree(child, "server" if tree.kind == "route" else origin) for child in tree.children]
        total: Impact = {}
        for who in dict.fromkeys(who for impact in inside for who in impact):
            whole, *parts = [impact.get(who, NOTHING) for impact in inside]
            for part in parts:
                whole = whole.either(part) if tree.kind == "choice" else whole + part
            total[who] = whole
        return total

    def _price(self, sent: _Sent) -> Impact:
        profile = self._catalogue.profiles.get(sent.provider)
        named = (item for item in profile.endpoints if item.id == sent.endpoint) if profile else iter(())
        facts = next(named, None)
        if profile is None or facts is None:
            return {}
        known = self._catalogue.host_of(sent.host)
        host = known.id if known else ""
        context = profile.context(headers=sent.headers, host=host, access=facts.access)
        impact: Impact = {}
        for bucket in profile.buckets_of(context.id):
            cost = profile.cost(facts, bucket.id)
            if cost is not None:
                impact[bucket.unit, payer(bucket, sent.origin)] = _times(sent.calls, cost)
        return impact


def payer(bucket: Bucket, origin: str) -> str:
    """Say whose quota a bucket is: an IP's is the visitor's where the code runs in a browser."""
    if bucket.key_by == ("ip",):
        return "visitor IP" if origin == "browser" else "server IP"
    return bucket.id.replace("_", " ").replace("api", "API")


def _times(calls: Range, cost: Cost) -> Range:
    """Price calls at the value to use, or between the bounds where the profile knows no value."""
    low, high = (cost.min, cost.max) if cost.value is None else (cost.value, cost.value)
    most = None if calls.most is None or high is None else calls.most * high
    return Range(calls.least * low, 0 if calls.most == 0 else most)


def words(impact: Impact) -> str:
    """Return `0…36 credits (server IP)`, or an empty text where nothing is known."""
    return ", ".join(f"{spent} {unit} ({who})" for (unit, who), spent in impact.items())
