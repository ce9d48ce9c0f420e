"""The load estimate as Markdown: the same tables as in the terminal, with all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.load.numbers import bounds, counted, limit, number, percent, saved, spread, verdict, waits, who
from callaudit.report.markdown import document_markdown
from callaudit.report.table import Column, Document, Table, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.load.results import Load, Saving, ScenarioLoad

_SAVINGS = ("code:change", "code:bucket", "now", "then", "saves", "words:why")


def load_markdown(load: Load, *, claims: bool = False) -> str:
    """Return the estimate as one Markdown document; with `claims` what an audit claims stands beside it."""
    return document_markdown(load_document(load, claims=claims))


def load_document(load: Load, *, claims: bool = False) -> Document:
    """Return the estimate as tables."""
    users = tuple(who(scenario) for scenario in load.scenarios)
    notes = tuple(f"{place(gap.file, gap.line)}: {gap.what}: {gap.why}" for gap in load.gaps)
    return Document("Upstream load", users, tuple(_tables(load, claims=claims)), notes)


def _tables(load: Load, *, claims: bool) -> Iterator[Table]:
    for scenario in load.scenarios:
        chapter = who(scenario)
        yield _buckets(scenario, chapter)
        yield _contributors(scenario, chapter)
        if scenario.waiting:
            yield _waiting(scenario, chapter)
        if claims and scenario.claims:
            yield _claims(scenario, chapter)
        mine = [one for one in load.what_if if one.scenario == scenario.name]
        if mine:
            yield _savings(mine, chapter, claims=claims)
    yield _actions(load)
    yield _pages(load)
    yield _assumptions(load)


def _savings(savings: Sequence[Saving], chapter: str, *, claims: bool) -> Table:
    claimed = claims and any(one.claimed for one in savings)
    columns = _columns(*_SAVINGS, *(["words:claimed"] if claimed else []))
    rows = tuple(
        (
            f"{one.step}. {one.change}" if one.step else one.change,
            one.bucket,
            _borne(one.before, one.share_before),
            _borne(one.after, one.share_after),
            saved(one.saves),
            one.why,
            *([one.claimed] if claimed else []),
        )
        for one in savings
    )
    return Table("what-if", "What each change saves", columns, rows, chapter)


def _borne(units: float, share: float) -> str:
    return f"{number(units)} ({percent(share)})" if share else number(units)


def _buckets(scenario: ScenarioLoad, chapter: str) -> Table:
    columns = _columns("code:bucket", "words:limit", "low", "expected", "high", "requests/s", "of limit", "words:fits")
    rows = tuple(
        (
            bucket.id,
            limit(bucket),
            number(bucket.credits_per_window.low),
            number(bucket.credits_per_window.expected),
            number(bucket.credits_per_window.high),
            spread(bucket.requests_per_second),
            percent(bucket.credits_per_window.expected / bucket.capacity) if bucket.capacity else "",
            verdict(bucket),
        )
        for bucket in scenario.buckets
    )
    first = scenario.gives_way[0] if scenario.gives_way else ""
    note = f"{first} gives way first." if first else "No quota that is known gives way."
    return Table("buckets", "Quotas", columns, rows, chapter, note)


def _contributors(scenario: ScenarioLoad, chapter: str) -> Table:
    columns = _columns("code:bucket", "code:entry", "words:why", "code:endpoint", "requests/s", "units", "code:place")
    rows = tuple(
        (
            bucket.id,
            one.entry,
            one.kind,
            one.endpoint,
            spread(one.requests_per_second),
            spread(one.credits_per_window),
            place(one.file, one.line),
        )
        for bucket in scenario.buckets
        for one in bucket.contributors
    )
    return Table("contributors", "What asks most", columns, rows, chapter)


def _waiting(scenario: ScenarioLoad, chapter: str) -> Table:
    columns = _columns("code:queue", "comes/s", "leaves/s", "words:the rest", "code:place")
    rows = tuple(
        (
            one.name,
            spread(one.asks_per_second),
            spread(one.leaves_per_second),
            waits(one),
            place(one.file, one.line),
        )
        for one in scenario.waiting
    )
    return Table("waiting", "What does not get through at once", columns, rows, chapter)


def _claims(scenario: ScenarioLoad, chapter: str) -> Table:
    columns = _columns("words:section", "words:of", "claimed", "computed", "words:that is", "words:left out")
    rows = tuple(
        (
            one.place,
            one.about,
            bounds(one.claimed),
            spread(one.computed),
            ", ".join(one.counts) if one.leaves_out else "all of it",
            ", ".join(one.leaves_out),
        )
        for one in scenario.claims
    )
    return Table("claims", "What a hand-written audit of such a program claims, requests/s", columns, rows, chapter)


def _actions(load: Load) -> Table:
    columns = _columns("code:action", "calls", "asked again", "credits", "code:place")
    rows = tuple(
        (
            one.entry,
            counted(one.calls),
            counted(one.refetches),
            "" if one.only_requests else counted(one.credits),
            place(one.file, one.line),
        )
        for one in load.actions
    )
    return Table("actions", "What one action costs", columns, rows)


def _pages(load: Load) -> Table:
    columns = _columns("code:page", "code:bucket", "requests/s", "units a minute")
    first = load.scenarios[0].name
    rows = tuple(
        (one.page, one.bucket, spread(one.requests_per_second), spread(one.per_minute))
        for one in load.pages
        if one.scenario == first
    )
    return Table("pages", "What one connected user's minute on a page costs, by polls", columns, rows)


def _assumptions(load: Load) -> Table:
    columns = _columns("words:users", "code:assumption", "words:value", "words:from")
    rows = tuple((one.scenario, one.name, one.value, one.source) for one in load.assumptions)
    return Table("assumptions", "Assumptions", columns, rows)


def _columns(*titles: str) -> tuple[Column, ...]:
    """Columns by title, `style:title` where they hold no numbers."""
    found: list[Column] = []
    for title in titles:
        style, _, name = title.rpartition(":")
        found.append(Column(name, "code" if style == "code" else "words" if style == "words" else "number"))
    return tuple(found)
