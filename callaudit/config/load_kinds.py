"""Kinds of settings of the load estimate: quantities with bounds, rates of actions, tiers, pages and limits."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from callaudit.config.kinds import Kind, Section
from callaudit.config.quantities import Duration, Number, PerSecond, Rate
from callaudit.config.wording import told
from callaudit.providers.load import builtin_profiles
from callaudit.providers.mistakes import did_you_mean, quote

if TYPE_CHECKING:
    from callaudit.config.kinds import Report
    from callaudit.config.lines import Keys

PER_USER: Final = (" a user", " per user")
PAYERS: Final = ("visitor", "server")


class Triple(Struct, frozen=True):
    """Lowest, expected and highest value, all the same where one is written."""

    low: float
    expected: float
    high: float


class Spanned(Struct, frozen=True):
    """One quantity, or a list of three: lowest, expected, highest."""

    each: Kind

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return a `Triple`."""
        if not isinstance(value, list):
            one = self.each.read(value, keys, report)
            return Triple(one, one, one)
        if len(value) != 3:
            report(keys, f"{told(keys, value)} must be one value or three: lowest, expected, highest")
            return None
        found = [self.each.read(item, keys, report) for item in value]
        if all(isinstance(one, (int, float)) for one in found) and not found[0] <= found[1] <= found[2]:
            report(keys, f"{told(keys, value)} is not in order: lowest, expected, highest")
        return Triple(*found)

    def schema(self) -> dict[str, Any]:
        """Describe both ways."""
        one = self.each.schema()
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 3, "maxItems": 3}]}


class ActionRate(Struct, frozen=True):
    """How often users do something: all of them together ("250/min"), or each ("2/h a user")."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the rate and whether it is each user's."""
        ending = next((end for end in PER_USER if isinstance(value, str) and value.endswith(end)), "")
        if not isinstance(value, str):
            report(keys, f'{told(keys, value)} has no unit; write it like "250/min", or "2/h a user" for each one')
            return (PerSecond(0, ""), False)
        return (Rate().read(value.removesuffix(ending), keys, report), bool(ending))

    def schema(self) -> dict[str, Any]:
        """Describe text."""
        return {"type": "string", "pattern": r"^[0-9.]+ ?/ ?[a-z]+( a user| per user)?$"}


class PageShare(Struct, frozen=True):
    """The share of users who are on a page, or a table with `share` and `dwell`."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return a dict with `share`, and `dwell` in milliseconds where it is given."""
        if isinstance(value, dict):
            return _PAGE.read(value, keys, report)
        return {"share": Number(0, 1).read(value, keys, report)}

    def schema(self) -> dict[str, Any]:
        """Describe both ways."""
        return {"anyOf": [Number(0, 1).schema(), _PAGE.schema()]}


_PAGE: Final = Section({"share": Number(0, 1), "dwell": Duration()}, required=("share",))


class Providers(Struct, frozen=True):
    """A table of tables by provider: the tier of the account."""

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return a dict of provider to a dict with `tier`."""
        if not isinstance(value, dict):
            report(keys, f"{told(keys)} must be a table")
            return {}
        found: dict[str, Any] = {}
        for name, item in value.items():
            here = (*keys, name)
            if name not in tiers():
                report(here, f"unknown provider {quote(name)}{did_you_mean(name, tiers())}")
            else:
                found[name] = Section({"tier": Tier(name)}).read(item, here, report)
        return found

    def schema(self) -> dict[str, Any]:
        """Describe each provider."""
        properties = {name: Section({"tier": Tier(name)}).schema() for name in sorted(tiers())}
        return {"type": "object", "additionalProperties": False, "properties": properties}


class Tier(Struct, frozen=True):
    """A level of an account at a provider, `base` for the lowest."""

    provider: str

    def read(self, value: Any, keys: Keys, report: Report) -> Any:
        """Return the level."""
        known = tiers().get(self.provider, ())
        if value not in known:
            near = did_you_mean(value, known) if isinstance(value, str) else ""
            report(keys, f"{told(keys, value)}: unknown tier{near or '; there are ' + ', '.join(known)}")
        return value

    def schema(self) -> dict[str, Any]:
        """Name the levels."""
        return {"enum": list(tiers().get(self.provider, ()))}


@cache
def tiers() -> dict[str, tuple[str, ...]]:
    """The levels of each provider that a profile knows."""
    found: dict[str, tuple[str, ...]] = {}
    for profile in builtin_profiles():
        levels = (level for bucket in profile.buckets if bucket.tiers is not None for level in bucket.tiers.values)
        found[profile.provider.id] = ("base", *dict.fromkeys(levels))
    return found


@cache
def buckets() -> tuple[str, ...]:
    """The names of all buckets of all profiles, those of addresses once for each payer."""
    found: list[str] = []
    for profile in builtin_profiles():
        for bucket in profile.buckets:
            name = f"{profile.provider.id}.{bucket.id}"
            found += [f"{name}.{payer}" for payer in PAYERS] if "ip" in bucket.key_by else [name, f"{name}.visitor"]
    return tuple(found)
