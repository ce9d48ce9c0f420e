"""The executive summary: state, capacity, risk, what is good and what is not."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from callaudit.advice.remedies import remedy_of
from callaudit.inventory.counts import counts
from callaudit.inventory.times import about_words
from callaudit.report.audit_document.current import strong_points
from callaudit.report.audit_document.model import (
    Fact,
    Facts,
    Formula,
    Item,
    Items,
    Mark,
    Place,
    Reproduce,
    Section,
    SectionLink,
    Words,
)
from callaudit.report.audit_document.quotas import capacity, quota_source, scenario_title, used
from callaudit.report.audit_document.quotas import verdict as verdict_mark
from callaudit.report.audit_document.wording import amount, entry_words, number, span, unjudged, words
from callaudit.report.load.numbers import at_load, percent, who
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import BucketLoad, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Level, Line

_MOST = 6
"""Findings that the summary names."""
_SELDOM: Final = 0.1
"""Requests per second below which a rate is said as a time."""
_MOST_OTHERS: Final = 3
"""Hosts without a profile of which it says what asks most of them."""
_LEVELS: Final[dict[str, Level]] = {"error": "bad", "warning": "warning", "note": "note"}


def executive(material: Material) -> Section:
    """Return the first section."""
    blocks: list[Block] = [Facts(tuple(_facts(material)))]
    good = tuple(Item(line) for line in strong_points(material))
    if good:
        blocks.append(Items(good, "Strong points"))
    bad = tuple(Item(line) for line in _problems(material))
    if bad:
        blocks.append(Items(bad, "Key findings", ordered=True))
    blocks.append(Reproduce("callaudit"))
    return Section("summary", "", "Executive summary", tuple(blocks))


def _facts(material: Material) -> Iterator[Fact]:
    count = counts(material.inventory)
    routes = count.kind("route")
    yield Fact("Calls", words(", ".join(_called(material)) or "nothing upstream"))
    reaching = plural(routes.all, "route")
    state = f"{reaching}, {routes.reaching} reach upstream; {plural(count.sites, 'call site')}, "
    yield Fact("State", words(f"{state}{plural(count.endpoints, 'endpoint')}; {count.unknown} unknown"))
    today = material.smallest
    yield Fact("Capacity", _capacity(today, material))
    for group in material.groups:
        worst = max((one for one in group[0].buckets if one.capacity), key=lambda one: one.share, default=None)
        if worst is not None:
            yield Fact(f"At {scenario_title(group)}", _at(worst, material))
    asked = [one for one in today.buckets if not one.capacity]
    if asked:
        yield Fact("Not judged", _unjudged(asked))
    yield Fact("Risk", (_risk(material),))


def _called(material: Material) -> Iterator[str]:
    """Name every host, those of providers that are known in front."""
    hosts = [host for host in counts(material.inventory).hosts if host != "same-origin"]
    providers = {host: material.catalogue.provider_of(host) for host in hosts if host}
    for host in sorted(hosts, key=lambda one: (not one, providers.get(one) is None, one)):
        profile = providers.get(host)
        if profile is not None:
            yield f"{profile.provider.name} ({host})"
        else:
            yield f"{host} (no profile)" if host else "hosts that are not known"


def _capacity(scenario: ScenarioLoad, material: Material) -> Line:
    """Say how many users fit, and which quota ends it."""
    if not scenario.gives_way:
        if not material.advice.verdict.known:
            return words(f"not known: {unjudged(material.advice.verdict)}")
        if scenario.processes:
            return words(f"{who(scenario)}, however many users there are: no quota that is known is used up")
        return words("no number of users would use up a quota that is known")
    bucket = next(one for one in scenario.buckets if one.id == scenario.gives_way[0])
    users = bucket.max_users
    fits = users.expected if users is not None else inf
    formula = Formula(
        f"{amount(bucket.capacity or 0)} {bucket.unit} hold what {amount(fits)} users ask, by the assumptions of the "
        f"scenario {scenario.name}"
    )
    text = f"{amount(fits)} users"
    assumed = f", as scenario {scenario.name} assumes; first limit: "
    if users is not None and users.low != users.high:
        text += f" ({amount(users.low)}…{amount(users.high)})"
    first = bucket.contributors[0] if bucket.contributors else None
    line: Line = (
        Words("fits up to "),
        number(text, formula, quota_source(bucket, material), value=fits if fits != inf else None),
        Words(f"{assumed}{bucket.title}, {capacity(bucket)}"),
    )
    if first is not None:
        line += (
            Words(f", which {entry_words(first.entry, material.inventory)} asks most of: "),
            Place(first.file, first.line),
        )
    return line


def _at(bucket: BucketLoad, material: Material) -> Line:
    return (
        number(percent(bucket.share), quota_source(bucket, material), value=bucket.share),
        Words(f" of {bucket.title}: "),
        used(bucket),
        Words(f" of {capacity(bucket)}, at {span(bucket.requests_per_second)} requests/s"),
    )


def _unjudged(buckets: list[BucketLoad]) -> Line:
    """Say what is asked of hosts whose limits nobody knows."""
    ranked = sorted(buckets, key=_rate)
    said = [f"{one.title}, {span(one.requests_per_second)} requests/s" for one in ranked[:_MOST]]
    if len(ranked) > _MOST:
        said.append(f"{len(ranked) - _MOST} more")
    return words(f"{'; '.join(said)}: no profile says what is allowed")


def _rate(bucket: BucketLoad) -> float:
    """Sort what is asked for most in front."""
    return -bucket.requests_per_second.expected


def _risk(material: Material) -> Mark:
    """Say how the scenario of today and the largest one bear their load."""
    verdict = material.advice.verdict
    if not verdict.known:
        return Mark(f"not known: {unjudged(verdict)}", "note")
    if verdict.over is None:
        return Mark("LOW: within the quotas in every scenario", "good")
    if verdict.over == material.smallest:
        return Mark(f"HIGH: over the quota {at_load(verdict.over)} already", "bad")
    return Mark(f"MEDIUM: over the quota {at_load(verdict.over)}", "warning")


def _problems(material: Material) -> Iterator[Line]:
    """Name what uses up quotas, the fullest first, then findings: those about what uses them up in front."""
    limited = sorted((one for one in material.smallest.buckets if one.capacity), key=lambda one: -one.share)
    others = sorted((one for one in material.smallest.buckets if not one.capacity), key=_rate)
    for bucket in (*limited, *others[:_MOST_OTHERS]):
        if bucket.contributors:
            yield _filled(bucket, material)
    for some in material.advice.findings[:_MOST]:
        first = some[0]
        more = f" (and {plural(len(some) - 1, 'more finding')})" if len(some) > 1 else ""
        yield (
            Mark(first.severity, _LEVELS[first.severity]),
            Words(f" {first.message}{more}: "),
            Place(first.file, first.line),
            Words(" · "),
            SectionLink("what to do", remedy_of(first, material)),
        )


def _filled(bucket: BucketLoad, material: Material) -> Line:
    """Say how full a quota is, and what asks most of it."""
    first = bucket.contributors[0]
    whole, part = bucket.credits_per_window.expected, first.credits_per_window.expected
    often = _often(first.requests_per_second.expected)
    most = f", {percent(part / whole)} of it" if whole else ""
    asks = f"{entry_words(first.entry, material.inventory)} asks for {first.endpoint} {often}{most}: "
    if not bucket.capacity:
        said = f"{bucket.title}, limit not known, {at_load(material.smallest)}: {asks}"
        return (Words(said), Place(first.file, first.line))
    return (
        verdict_mark(bucket),
        Words(f": {bucket.title}, {at_load(material.smallest)}: {asks}"),
        Place(first.file, first.line),
    )


def _often(rate: float) -> str:
    """Return `8.33 times a second`, `once in 5 min`."""
    if rate >= _SELDOM or not rate:
        return f"{amount(rate)} times a second"
    return f"once in {about_words(1000 / rate)}"
