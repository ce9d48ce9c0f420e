"""The sections of the load estimate: `[scenario.NAME]`, `[providers.NAME]`, `[budget]`, and where they must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from callaudit.config.kinds import Flag, Named, Section, Word
from callaudit.config.load_kinds import PAYERS, ActionRate, PageShare, Spanned, buckets, tiers
from callaudit.config.quantities import Duration, Number
from callaudit.providers.mistakes import did_you_mean, quote

if TYPE_CHECKING:
    from callaudit.config.kinds import Report

SHARE: Final = Spanned(Number(0, 1))
COUNT: Final = Number(1, whole=True)
BUILT_IN: Final = ("250", "5000", "10000")
"""Names of the scenarios that come with callaudit."""

SCENARIO: Final = Section(
    {
        "users": Number(0, whole=True),
        "share_concurrent": SHARE,
        "share_connected": SHARE,
        "websocket_uptime": SHARE,
        "focus_share": SHARE,
        "tabs": Spanned(Number(1)),
        "returns_per_hour": Spanned(Number(0)),
        "dwell": Spanned(Duration()),
        "latency": Spanned(Duration()),
        "retry_miss": SHARE,
        "failure": SHARE,
        "unknown_condition": SHARE,
        "conditions": Named(SHARE),
        "actions": Named(ActionRate()),
        "pages": Named(PageShare()),
        "server_instances": COUNT,
        "worker_instances": COUNT,
        "server_ips": COUNT,
        "keys_set": Flag(),
    }
)
BUDGET: Final = Section(
    {
        "scenario": Word(),
        "max_share": Number(0),
        "max_requests_per_second": Number(0),
        "max_credits": Number(0),
        "max_calls": Number(0),
        "min_users": Number(0, whole=True),
    }
)
LIMITS: Final = {
    "bucket": ("max_share", "max_requests_per_second", "max_credits", "min_users"),
    "page": ("max_requests_per_second", "max_credits"),
    "action": ("max_credits", "max_calls"),
}
"""What a budget can bound, by what its name stands for."""


def agree(found: dict[str, Any], report: Report) -> None:
    """Check what one value cannot know alone: names of scenarios and buckets, shares that add up."""
    scenarios = found.get("scenario")
    for name, scenario in (scenarios if isinstance(scenarios, dict) else {}).items():
        _pages(name, scenario, report)
    known = (*BUILT_IN, *(scenarios if isinstance(scenarios, dict) else ()))
    budgets = found.get("budget")
    for name, budget in (budgets if isinstance(budgets, dict) else {}).items():
        if isinstance(budget, dict):
            _budget(name, budget, known, report)


def subject(name: str) -> str:
    """What a budget's name stands for: a page begins with a slash, an action is a method and a path, or has no dot."""
    if name.startswith("/"):
        return "page"
    return "action" if " " in name or "." not in name or "(" in name else "bucket"


def _pages(name: str, scenario: Any, report: Report) -> None:
    pages = scenario.get("pages") if isinstance(scenario, dict) else None
    written = (pages if isinstance(pages, dict) else {}).values()
    shares = [page.get("share") if isinstance(page, dict) else page for page in written]
    whole = sum(share for share in shares if isinstance(share, (int, float)))
    if whole > 1 + 1e-9:
        report(("scenario", name, "pages"), f"[scenario.{name}] pages: the shares add up to {whole:g}, more than 1")


def _budget(name: str, budget: dict[str, Any], scenarios: tuple[str, ...], report: Report) -> None:
    keys = ("budget", name)
    kind = subject(name)
    if kind == "bucket" and not _is_bucket(name):
        near = did_you_mean(name, buckets()) or ";"
        report(keys, f"unknown bucket {quote(name)}{near} {_there_are()}")
    scenario = budget.get("scenario")
    if isinstance(scenario, str) and scenario not in scenarios:
        where = (*keys, "scenario")
        report(where, f"[budget] {quote(name)}: unknown scenario {quote(scenario)}{did_you_mean(scenario, scenarios)}")
    given = [limit for limit in budget if limit != "scenario"]
    if not given:
        report(keys, f"[budget] {quote(name)} bounds nothing; give {', '.join(LIMITS[kind])}")
    for limit in given:
        if limit in BUDGET.fields and limit not in LIMITS[kind]:
            report(
                (*keys, limit), f"[budget] {quote(name)}: {limit} is no limit of a {kind}: {', '.join(LIMITS[kind])}"
            )


def _there_are() -> str:
    """Say which buckets there are: those of profiles, and two of each other host."""
    payers = " and ".join(f"HOST.{payer}" for payer in PAYERS)
    return f"there are {', '.join(buckets())}, and {payers} of hosts without a profile"


def _is_bucket(name: str) -> bool:
    """Whether a name is a bucket of a profile, or the host of nobody's profile with who pays."""
    provider = any(name.startswith(f"{one}.") for one in tiers())
    return name in buckets() or (not provider and name.endswith(tuple(f".{payer}" for payer in PAYERS)))
