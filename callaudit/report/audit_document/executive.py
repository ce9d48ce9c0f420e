"""The executive summary: state, capacity, risk, what is good and what is not."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.report.audit_document.current import strong_points
from callaudit.report.audit_document.material import share
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
from callaudit.report.audit_document.quotas import capacity, quota_source, used
from callaudit.report.audit_document.remedies import fix_of
from callaudit.report.audit_document.wording import amount, number, span, words
from callaudit.report.counts import counts
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.load.results import BucketLoad, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Line

_MOST = 6
"""Findings that the summary names."""


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
    for scenario in material.scenarios:
        worst = max((one for one in scenario.buckets if one.capacity), key=share, default=None)
        if worst is not None:
            yield Fact(f"At {scenario.users:,} users", _at(worst, material))
    yield Fact("Risk", (_risk(material),))


def _called(material: Material) -> Iterator[str]:
    """Name every host, by its provider where that is known."""
    for host in counts(material.inventory).hosts:
        profile = material.catalogue.provider_of(host) if host else None
        shown = host or "hosts that are not known"
        yield f"{profile.provider.name} ({shown})" if profile is not None else f"{shown} (no profile)"


def _capacity(scenario: ScenarioLoad, material: Material) -> Line:
    """Say how many users fit, and which quota ends it."""
    if not scenario.gives_way:
        return words("no quota is known that a number of users would use up")
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
        line += (Words(f", which {first.entry} asks most of: "), Place(first.file, first.line))
    return line


def _at(bucket: BucketLoad, material: Material) -> Line:
    return (
        used(bucket),
        Words(f" of {bucket.title}: "),
        number(f"{amount(100 * share(bucket))} %", quota_source(bucket, material), value=share(bucket)),
        Words(f" of {capacity(bucket)}, at {span(bucket.requests_per_second)} requests/s"),
    )


def _risk(material: Material) -> Mark:
    """Say how the scenario of today and the largest one bear their load."""
    worst = [max((share(one) for one in scenario.buckets), default=0.0) for scenario in material.scenarios]
    if not worst or max(worst) == 0:
        return Mark("not known: no quota is charged for anything that repeats", "note")
    if worst[0] > 1:
        return Mark(f"HIGH: over the quota at {material.scenarios[0].users:,} users already", "bad")
    if worst[-1] > 1:
        over = next(one for one, part in zip(material.scenarios, worst, strict=True) if part > 1)
        return Mark(f"MEDIUM: over the quota at {over.users:,} users", "warning")
    return Mark("LOW: within the quotas in every scenario", "good")


def _problems(material: Material) -> Iterator[Line]:
    """Name the rules that found most, worst first, then what uses up a quota."""
    order = {"error": 0, "warning": 1, "note": 2}
    by_rule: dict[str, list[int]] = {}
    findings = [one for one in material.checked.findings if one.counts]
    for at, one in enumerate(findings):
        by_rule.setdefault(one.rule, []).append(at)
    worst = sorted(by_rule.values(), key=lambda some: (order[findings[some[0]].severity], -len(some), some[0]))
    for some in worst[:_MOST]:
        first = findings[some[0]]
        more = f" (and {plural(len(some) - 1, 'more place')})" if len(some) > 1 else ""
        yield (
            Mark(first.severity, "bad" if first.severity == "error" else "warning"),
            Words(f" {first.message}{more}: "),
            Place(first.file, first.line),
            Words(" · "),
            SectionLink("what to do", fix_of(first, material)),
        )
    for bucket in material.smallest.buckets:
        for part in bucket.contributors[:1]:
            rate = amount(part.requests_per_second.expected)
            said = f"{bucket.title}: {part.entry} asks {part.endpoint} {rate} times a second: "
            yield (Words(said), Place(part.file, part.line))
