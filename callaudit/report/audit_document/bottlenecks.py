"""Bottlenecks: what uses up a quota, each with its code, its arithmetic and why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.times import time_words
from callaudit.report.audit_document.excerpts import excerpt
from callaudit.report.audit_document.model import Code, Paragraph, Place, Reproduce, Section, Words
from callaudit.report.audit_document.quotas import capacity, contribution_formula, quota_source, units
from callaudit.report.audit_document.wording import amount, number, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Retry
    from callaudit.load.results import BucketLoad, Contribution, ScenarioLoad
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Excerpt, Line

_LEAST = 0.05
"""The part of a quota from which on something is a bottleneck."""
_MOST = 6


def bottlenecks(material: Material) -> Section:
    """Return one section for each place that asks most of a quota, then one for each retry loop of a route."""
    found = [*_heavy(material), *_loops(material)]
    numbered = [Section(one.id, f"4.{at}", one.title, one.blocks) for at, one in enumerate(found, 1)]
    intro: tuple[Block, ...] = ()
    if not numbered:
        intro = (Paragraph(words("Nothing that is known asks for a notable part of a quota.")),)
    return Section("bottlenecks", "4", "Bottlenecks", intro, tuple(numbered))


def _heavy(material: Material) -> Iterator[Section]:
    """Take the scenario with the fewest users in which the place is heavy: it matters from there on."""
    seen: set[tuple[str, int]] = set()
    for scenario in material.scenarios:
        ranked = [(bucket, one) for bucket in scenario.buckets for one in bucket.contributors if bucket.capacity]
        ranked.sort(key=lambda pair: (-pair[1].credits_per_window.expected / (pair[0].capacity or 1), pair[1].file))
        for bucket, one in ranked:
            part = one.credits_per_window.expected / (bucket.capacity or 1)
            if part < _LEAST or (one.file, one.line) in seen or len(seen) >= _MOST:
                continue
            seen.add((one.file, one.line))
            yield _section(bucket, one, scenario, material)


def _section(bucket: BucketLoad, one: Contribution, scenario: ScenarioLoad, material: Material) -> Section:
    same = [other for other in bucket.contributors if (other.file, other.line) == (one.file, one.line)]
    spent = sum(other.credits_per_window.expected for other in same)
    part = spent / (bucket.capacity or 1)
    formulas = tuple(contribution_formula(other, bucket, material) for other in same)
    total = number(units(spent, bucket.unit), *formulas, quota_source(bucket, material), value=spent)
    problem = Paragraph(
        (
            Code(one.entry),
            Words(" asks for "),
            *_joined([Code(name) for name in dict.fromkeys(other.endpoint for other in same)]),
            Words(f" ({_kind(one)}): at {scenario.users:,} users "),
            total,
            Words(f" of {capacity(bucket)}, "),
            number(f"{amount(100 * part)} %", quota_source(bucket, material), value=part),
            Words(f" of {bucket.title}: "),
            Place(one.file, one.line),
        )
    )
    shown = _excerpt(one, material)
    blocks: list[Block] = [
        problem,
        *([shown] if shown else []),
        *formulas,
        *(Paragraph(line) for line in _reasons(bucket, same, material)),
    ]
    blocks.append(Reproduce(f"callaudit load --scenario {scenario.name}"))
    return Section(f"bottleneck-{one.file}:{one.line}", "", f"{one.entry}: {_kind(one)}", tuple(blocks))


def _excerpt(one: Contribution, material: Material) -> Excerpt | None:
    """Show what repeats; of an action and of what reacts to one, the call itself."""
    stream = material.stream(one.stream)
    if stream is not None and one.kind in ("action", "event", "refetch"):
        return excerpt(material, stream.site.file, stream.site.line)
    return excerpt(material, one.file, one.line)


def _joined(parts: list[Code]) -> tuple[Code | Words, ...]:
    line: list[Code | Words] = []
    for part in parts:
        line += [Words(" and "), part] if line else [part]
    return tuple(line)


def _kind(one: Contribution) -> str:
    said = {
        "poll": "polled",
        "load": "on page load",
        "action": "a user's action",
        "refetch": "asked again after an action",
    }
    return said.get(one.kind, one.kind)


def _reasons(bucket: BucketLoad, same: list[Contribution], material: Material) -> Iterator[Line]:
    """Say why it matters, of each endpoint apart where they differ."""
    said: dict[str, list[str]] = {}
    for one in same:
        names = said.setdefault(_why(bucket, one, material), [])
        if one.endpoint not in names:
            names.append(one.endpoint)
    for text, names in said.items():
        yield words(text) if len(said) == 1 else (*_joined([Code(name) for name in names]), Words(f": {text}"))


def _why(bucket: BucketLoad, one: Contribution, material: Material) -> str:
    """Say what makes it matter: whose quota it is, and what can and cannot be shared."""
    stream = material.stream(one.stream)
    if bucket.per == "visitor":
        return "The browser asks the provider itself, on the quota of each visitor's address: no server can help."
    said = "All users share this quota: what each of them asks adds up."
    if stream is None:
        return said
    if stream.scope == "shared":
        return f"{said} The answer is the same for everybody, so one request in its lifetime is enough for all."
    if stream.scope == "account":
        seconds = min((alternative.seconds for alternative in stream.alternatives), default=0)
        asked = (
            f" A cache below {time_words(seconds * 1000)} never answers, since nobody asks again sooner."
            if seconds
            else ""
        )
        return f"{said} The answer differs for each account: users cannot share it.{asked}"
    return said


def _loops(material: Material) -> Iterator[Section]:
    """Retry loops written in code: each attempt is a request of its own."""
    for retry in material.inventory.retries:
        if retry.mechanism not in ("loop", "recursion") or not retry.endpoints or (retry.max_attempts or 2) < 2:
            continue
        shown = excerpt(material, retry.file, retry.line, lines=12)
        most = "any number of times" if retry.max_attempts is None else f"up to {retry.max_attempts} times"
        text = Paragraph(
            (
                Code(retry.function),
                Words(" asks "),
                Code(retry.endpoints[0]),
                Words(f" {most}{_waits(retry)}: "),
                Place(retry.file, retry.line),
            )
        )
        waited = (
            "Somebody waits for it."
            if retry.in_request_path
            else "Nobody waits for it; it spends the quota all the same."
        )
        blocks: list[Block] = [text, *([shown] if shown else []), Paragraph(words(waited))]
        blocks.append(Reproduce("callaudit inventory --view retries"))
        yield Section(f"retry-{retry.file}:{retry.line}", "", f"{retry.function}: tries again", tuple(blocks))


def _waits(retry: Retry) -> str:
    if not retry.delays_ms:
        return ""
    waits = ", ".join(time_words(ms) for ms in retry.delays_ms[:6])
    total = time_words(sum(retry.delays_ms))
    where = f" {retry.delay_position} attempts" if retry.delay_position == "between" else " before each attempt"
    return f", with waits of {waits}{where} ({retry.backoff}; {total} in all)"
