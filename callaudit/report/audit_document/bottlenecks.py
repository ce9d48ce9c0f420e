"""Bottlenecks: what uses up a quota, each with its code, its arithmetic and why it matters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from callaudit.inventory.times import time_words
from callaudit.report.audit_document.excerpts import excerpt
from callaudit.report.audit_document.model import Code, Paragraph, Place, Reproduce, Section, Words
from callaudit.report.audit_document.quotas import capacity, contribution_formula, quota_source, units
from callaudit.report.audit_document.wording import entry_words, number, unjudged, words
from callaudit.report.load.numbers import at_load, percent
from callaudit.report.table import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.model import Heavy
    from callaudit.inventory.model import Retry
    from callaudit.load.results import BucketLoad, Contribution
    from callaudit.report.audit_document.material import Material
    from callaudit.report.audit_document.model import Block, Excerpt, Line

_ASKS: Final = {
    "poll": "polls",
    "load": "asks on page load for",
    "focus": "asks when it is looked at again for",
    "action": "asks on a user's action for",
    "event": "asks on an event for",
    "refetch": "asks again after an action for",
    "cron": "asks on a schedule for",
    "timer": "asks by a timer for",
    "loop": "asks in a loop for",
}
_NAMED: Final = 3


def bottlenecks(material: Material) -> Section:
    """Return one section for each place that asks most of a quota, then one for each retry loop of a route."""
    found = [*(_section(one, material) for one in material.advice.heavy), *_loops(material)]
    twice = {title for title, count in Counter(one.title for one in found).items() if count > 1}
    numbered = [Section(one.id, f"4.{at}", _own_title(one, twice), one.blocks) for at, one in enumerate(found, 1)]
    intro: tuple[Block, ...] = ()
    verdict = material.advice.verdict
    if not verdict.known:
        most = " What asks most stands in section 2." if verdict.asked else ""
        intro = (Paragraph(words(f"Nothing can be held against a quota: {unjudged(verdict)}.{most}")),)
    elif not numbered:
        intro = (Paragraph(words("Nothing that is known asks for a notable part of a quota.")),)
    return Section("bottlenecks", "4", "Bottlenecks", intro, tuple(numbered))


def _own_title(section: Section, twice: set[str]) -> str:
    """Tell two sections of one title apart by their places."""
    if section.title not in twice:
        return section.title
    return f"{section.title} ({section.id.partition('-')[2]})"


def _section(one: Heavy, material: Material) -> Section:
    """Take the scenario with the fewest users in which the place is heavy: it matters from there on."""
    bucket, first = one.bucket, one.parts[0]
    entry = entry_words(first.entry, material.inventory)
    spent = one.share * (bucket.capacity or 1)
    formulas = tuple(dict.fromkeys(contribution_formula(other, bucket, material) for other in one.parts))
    total = number(units(spent, bucket.unit), *formulas, quota_source(bucket, material), value=spent)
    names = list(dict.fromkeys(other.endpoint for other in one.parts))
    problem = Paragraph(
        (
            Code(entry),
            Words(f" {_asks(first)} "),
            *_joined([Code(name) for name in names]),
            Words(f": {at_load(one.scenario)} "),
            total,
            Words(f" of {capacity(bucket)}, "),
            number(percent(one.share), quota_source(bucket, material), value=one.share),
            Words(f" of {bucket.title}: "),
            Place(first.file, first.line),
        )
    )
    shown = _excerpt(first, material)
    blocks: list[Block] = [
        problem,
        *([shown] if shown else []),
        *formulas,
        *(Paragraph(line) for line in _reasons(bucket, one.parts, material)),
        Reproduce(f"callaudit load --scenario {one.scenario.name}"),
    ]
    what = names[0] if len(names) == 1 else plural(len(names), "endpoint")
    title = f"{entry} {_asks(first)} {what}{_inside(first, material)}"
    return Section(f"bottleneck-{first.file}:{first.line}", "", title, tuple(blocks))


def _asks(one: Contribution) -> str:
    return _ASKS.get(one.kind, f"asks ({one.kind}) for")


def _inside(one: Contribution, material: Material) -> str:
    """Name the function that sends what an action asks for, where it is not the entry itself."""
    if one.kind not in ("action", "event"):
        return ""
    calls = (call for call in material.inventory.calls if (call.file, call.line) == (one.file, one.line))
    function = next((call.function for call in calls), "")
    return f" in {function}" if function and function not in (one.entry, "(module)") else ""


def _excerpt(one: Contribution, material: Material) -> Excerpt | None:
    """Show what repeats; of an action and of what reacts to one, the call itself."""
    stream = material.stream(one.stream)
    if stream is not None and one.kind in ("action", "event", "refetch"):
        return excerpt(material, stream.site.file, stream.site.line)
    return excerpt(material, one.file, one.line)


def _joined(parts: list[Code]) -> tuple[Code | Words, ...]:
    line: list[Code | Words] = []
    for at, part in enumerate(parts):
        between = " and " if at == len(parts) - 1 else ", "
        line += [Words(between), part] if line else [part]
    return tuple(line)


def _reasons(bucket: BucketLoad, parts: tuple[Contribution, ...], material: Material) -> Iterator[Line]:
    """Say why it matters, once of each endpoint, of those apart that differ."""
    first: dict[str, Contribution] = {}
    for one in parts:
        first.setdefault(one.endpoint, one)
    said: dict[str, list[str]] = {}
    for name, one in first.items():
        said.setdefault(_why(bucket, one, material), []).append(name)
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
        every = time_words(seconds * 1000)
        asked = (
            f" It asks again only after {every}, so a cache below that answers none of its polls." if seconds else ""
        )
        return f"{said} The answer differs for each account: users cannot share it.{asked}"
    return said


def _loops(material: Material) -> Iterator[Section]:
    """Retry loops written in code: each attempt is a request of its own."""
    for retry in material.advice.loops:
        shown = excerpt(material, retry.file, retry.line, lines=12)
        most = "any number of times" if retry.max_attempts is None else f"up to {retry.max_attempts} times"
        text = Paragraph(
            (
                Code(retry.function),
                Words(" asks "),
                *_joined([Code(name) for name in retry.endpoints[:_NAMED]]),
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
        yield Section(f"retry-{retry.file}:{retry.line}", "", f"{retry.function} tries again", tuple(blocks))


def _waits(retry: Retry) -> str:
    if not retry.delays_ms:
        return ""
    waits = ", ".join(time_words(ms) for ms in retry.delays_ms[:6])
    total = time_words(sum(retry.delays_ms))
    where = f" {retry.delay_position} attempts" if retry.delay_position == "between" else " before each attempt"
    return f", with waits of {waits}{where} ({retry.backoff}; {total} in all)"
