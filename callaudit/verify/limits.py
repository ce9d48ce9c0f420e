"""Claims about rate limits, held against the provider's profile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.verify.asserted import nearest, quoted
from callaudit.verify.model import Claim, Evidence
from callaudit.verify.words import NUMBER, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.providers.limits import Bucket
    from callaudit.providers.model import Profile
    from callaudit.verify.ground import Ground
    from callaudit.verify.model import Statement

_LIMIT = re.compile(
    rf"({NUMBER})\+?(?:\s*[-–]\s*({NUMBER}))?\s*(requests?|reqs?|calls?|credits?|weight|points?)\s*(?:/|per|a|an|every)\s*"
    rf"({NUMBER})?\s*(s|secs?|seconds?|min|mins|minutes?|h|hours?|days?)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"\b(rate[- ]?limits?|limits?|quotas?|allows?|capacity|capped|throttl\w+|budget)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(typical(?:ly)?|usual(?:ly)?|exceed\w*|over|above|beyond|you'd|load|peak|target|total)\b", re.IGNORECASE
)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_VISITOR = re.compile(r"\b(?:each|every|per|one)\s+(?:visitor|user|client|account)\b", re.IGNORECASE)
_KEY, _IP = re.compile(r"\b(?:api[- ]?)?keys?\b", re.IGNORECASE), re.compile(r"\bIPs?\b")


def limit_claims(statement: Statement, ground: Ground) -> Iterator[Claim]:
    """Check the limits that a statement gives for a provider that the code calls."""
    if statement.block.kind == "code":
        return
    about = any(_ABOUT.search(title) for title in statement.block.headings[-1:])
    for number_, line in enumerate(statement.text.split("\n")):
        for clause in re.split(r"[;,](?=\s)", line):
            found = _LIMIT.search(clause)
            here = found and _ABOUT.search(clause[: found.start()] + clause[found.end() :])
            # Below a heading about limits stand loads as well: there a payer must be named.
            below = (
                about and "=" not in clause and (_KEY.search(clause) or _IP.search(clause) or _VISITOR.search(clause))
            )
            if found and (here or below):
                yield _claim(found, clause, statement.line + number_, statement, ground)


def _claim(found: re.Match[str], clause: str, at: int, statement: Statement, ground: Ground) -> Claim:
    claim = f"the limit is {found[0]}: {quoted(clause)}"
    if _OTHER.search(clause):
        return Claim(at, "limit", claim, "unchecked", "it is not said of a provider, or of a load")
    profile = _profile(statement, ground)
    if profile is None:
        return Claim(at, "limit", claim, "unchecked", "no profile is known of a provider that it names")
    return _judged(found, clause, claim, at, profile)


def _profile(statement: Statement, ground: Ground) -> Profile | None:
    """Return the provider that is named, or the only one that the code calls."""
    used = {call.provider for call in ground.inventory.calls if call.provider}
    used |= {url.provider for call in ground.inventory.calls for url in call.urls if url.provider}
    known = [ground.catalogue.profiles[name] for name in sorted(used) if name in ground.catalogue.profiles]
    named = nearest(statement, lambda text: [p for p in known if p.provider.name.lower() in text.lower()])
    return named[0] if named else known[0] if len(known) == 1 else None


def _judged(found: re.Match[str], line: str, claim: str, at: int, profile: Profile) -> Claim:
    buckets = [b for b in profile.buckets if b.capacity.value and b.window.seconds and _is_of(b, line)]
    if not buckets:
        return Claim(at, "limit", claim, "unchecked", f"the profile of {profile.provider.name} has no such limit")
    low = number(found[1])
    window = number(found[4] or "1") * _SECONDS[found[5][0].lower()]
    counted = found[3].lower()
    unit = "request" if counted.startswith(("req", "call")) else counted.rstrip("s")
    fits = [_fits(bucket, unit, low / window, number(found[2] or found[1]) / window, profile) for bucket in buckets]
    evidence = tuple(e for bucket in buckets for e in _sources(bucket, profile))
    words = "; ".join(_words(bucket, profile) for bucket in buckets)
    if any(fits):
        return Claim(at, "limit", claim, "confirmed", words, evidence)
    if any(fit is None for fit in fits):
        return Claim(at, "limit", claim, "unchecked", words, evidence)
    return Claim(at, "limit", claim, "contradicted", words, evidence)


def _is_of(bucket: Bucket, line: str) -> bool:
    """Whether a line can speak of a quota: of that of a key, of an IP, or of any."""
    is_ip = bucket.key_by == ("ip",)
    if _KEY.search(line):
        return not is_ip
    return is_ip if _IP.search(line) else True


def _fits(bucket: Bucket, unit: str, low: float, high: float, profile: Profile) -> bool | None:
    """Compare a limit a second; None where units differ and it could be so."""
    capacity, seconds = bucket.capacity.value or 0, bucket.window.seconds or 1
    own = bucket.unit.rstrip("s")
    if unit == own:
        allowed = [capacity, *(bucket.tiers.values.values() if bucket.tiers else ())]
        return any(low * 0.999 <= amount / seconds <= high * 1.001 for amount in allowed)
    if unit != "request":
        return False
    cheapest = _cheapest(bucket, profile)
    return False if cheapest and low > capacity / seconds / cheapest else None


def _cheapest(bucket: Bucket, profile: Profile) -> float:
    charges = [cost.charges[bucket.id] for cost in profile.costs.values() if bucket.id in cost.charges]
    least = [charge if isinstance(charge, int | float) else charge.min for charge in charges]
    return min((value for value in least if value), default=0)


def _words(bucket: Bucket, profile: Profile) -> str:
    capacity, seconds = bucket.capacity.value or 0, bucket.window.seconds or 1
    text = f"{bucket.id.replace('_', ' ')}: {capacity:g} {bucket.unit} in {seconds:g} s"
    cheapest = _cheapest(bucket, profile)
    if bucket.unit != "requests" and cheapest:
        text += f", at most {capacity / seconds / cheapest:.3g} requests/s of the cheapest kind"
    if bucket.tiers:
        name, most = max(bucket.tiers.values.items(), key=lambda tier: tier[1])
        text += f" (base; {most:,.0f} with {name})"
    return text


def _sources(bucket: Bucket, profile: Profile) -> tuple[Evidence, ...]:
    addresses = profile.addresses(bucket.capacity.sources)
    return tuple(Evidence(text=f"{profile.provider.name} profile: {address}") for address in addresses[:1])
