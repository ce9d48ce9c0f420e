"""Tables of how often: what polls, what is scheduled, what tries again, what stands before the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.times import duration_words, interval_words, time_words
from callaudit.report.table import Column, Table, bounds, place, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.inventory.model import Endpoint, Guard, Inventory, Retry, Trigger

_PLACE = Column("Place", aside=True)
REPEATING = ("poll", "timer", "loop")
MOST_NAMED = 3
"""Endpoints or pages that are named in a cell; the rest is counted."""


def polling(inventory: Inventory) -> Table:
    """Return what repeats calls by itself while it runs."""
    found = [one for one in inventory.triggers if one.kind in REPEATING and one.calls_network]
    return Table(
        key="polling",
        title="What polls",
        chapter="How often",
        note="What has no upstream call asks own routes that make none.",
        columns=(
            Column("Entry"),
            Column("Every", "words"),
            Column("By"),
            Column("In", "words"),
            Column("Upstream"),
            Column("Mounted on"),
            _PLACE,
        ),
        rows=tuple(_poll(one) for one in sorted(found, key=_order)),
    )


def _order(one: Trigger) -> tuple[bool, str, int]:
    return (not one.reaches_upstream, one.file, one.line)


def _poll(one: Trigger) -> tuple[str, ...]:
    every = interval_words(one.intervals) if one.intervals else f"unknown: {one.why}"
    mounted = "nowhere" if one.dead else _mounted(one)
    return (one.entry, every, one.mechanism, one.origin, _upstream(one), mounted, place(one.file, one.line))


def _upstream(one: Trigger) -> str:
    """The endpoints, and that there may be one of which the address is not known."""
    return _some((*map(_called, one.endpoints), *_not_known(one))) or "none"


def _not_known(one: Trigger | Retry) -> tuple[str, ...]:
    return ("not known",) if one.asks_unknown else ()


def _mounted(one: Trigger) -> str:
    """The pages, or the process, with how many instances run there at once: `/trade ×5`."""
    several = {found.where: f"{found.where} ×{bounds(found.min, found.max)}" for found in one.instances}
    pages = one.mounted_on or tuple(several)
    return _some(several.get(page, page) for page in pages)


def jobs(inventory: Inventory) -> Table:
    """Return what a schedule starts."""
    found = [
        one for one in inventory.triggers if one.kind == "cron" or (one.kind == "timer" and one.mechanism[:1] == "@")
    ]
    calls = {(entry.file, entry.line): entry for entry in inventory.entries if entry.kind == "job"}
    rows: list[tuple[str, ...]] = []
    for one in found:
        job = calls.get((one.file, one.line))
        run = bounds(job.calls_min, job.calls_max) if job is not None else "?"
        every = interval_words(one.intervals) or f"unknown: {one.why}"
        rows.append((one.entry, every, run, _upstream(one), place(one.file, one.line)))
    return Table(
        key="jobs",
        title="What is scheduled",
        chapter="How often",
        columns=(
            Column("Job"),
            Column("Every", "words"),
            Column("Calls per run", "number", short="Calls"),
            Column("Upstream"),
            _PLACE,
        ),
        rows=tuple(rows),
    )


def retries(inventory: Inventory) -> Table:
    """Return what sends a request again."""
    rows: list[tuple[str, ...]] = []
    for one in inventory.retries:
        attempts = "unbounded" if one.max_attempts is None else str(one.max_attempts)
        waits = ", ".join(time_words(ms) if ms else "0" for ms in one.delays_ms[:6])
        more = "" if len(one.delays_ms) <= len(one.delays_ms[:6]) else ", …"
        how = one.backoff + (" with jitter" if one.jitter else "")
        waited = "yes" if one.in_request_path else "no"
        rows.append(
            (
                one.function,
                f"{attempts} ({one.why})" if one.why else attempts,
                waits + more or "none",
                how,
                waited,
                _some((*one.endpoints, *one.opens, *_not_known(one))) or "own routes",
                place(one.file, one.line),
            )
        )
    return Table(
        key="retries",
        title="What tries again",
        chapter="How often",
        columns=(
            Column("Function"),
            Column("Attempts", "words"),
            Column("Waits", "words"),
            Column("Backoff", "words"),
            Column("Somebody waits", "words", short="Waited for"),
            Column("Upstream"),
            _PLACE,
        ),
        rows=tuple(rows),
    )


def _kept_for(one: Guard) -> str:
    """How long an answer is kept; what is given no time keeps it as long as it has room for it."""
    if one.kind == "dedup":
        return duration_words(one.ttl_ms) or "while it runs"
    return duration_words(one.ttl_ms) or ("no end" if one.is_endless else "unknown")


def caches(inventory: Inventory) -> Table:
    """Return what may answer in place of the network."""
    rows = tuple(
        (
            one.mechanism,
            _kept_for(one),
            f"{one.scope}: {one.key}" if one.scope and one.key else one.scope or one.key or "unknown",
            one.store or "unknown",
            _some(one.endpoints) or "none",
            place(one.file, one.line),
        )
        for one in inventory.guards
        if one.kind in ("cache", "dedup")
    )
    return Table(
        key="caches",
        title="What answers before the network",
        chapter="What stands between",
        columns=(
            Column("Cache"),
            Column("Keeps for", "words"),
            Column("Key"),
            Column("Kept in", "words"),
            Column("Answers for"),
            _PLACE,
        ),
        rows=rows,
    )


def guards(inventory: Inventory) -> Table:
    """Return limits, queues, timeouts and the like."""
    rows = tuple(
        (
            one.kind,
            one.mechanism,
            duration_words(one.ttl_ms) or "none",
            _some(one.endpoints) or "none",
            place(one.file, one.line),
        )
        for one in inventory.guards
        if one.kind not in ("cache", "dedup")
    )
    return Table(
        key="guards",
        title="What limits or watches calls",
        chapter="What stands between",
        columns=(Column("Kind", "words"), Column("How"), Column("Time", "words"), Column("Guards"), _PLACE),
        rows=rows,
    )


def pages(inventory: Inventory) -> Table:
    """Return what each page keeps running while it is open."""
    polled: dict[str, list[Trigger]] = {}
    for one in inventory.triggers:
        if one.kind in REPEATING and one.reaches_upstream:
            for page in one.mounted_on:
                polled.setdefault(page, []).append(one)
    rows: list[tuple[str, ...]] = []
    for entry in inventory.entries:
        if entry.kind != "page":
            continue
        found = polled.get(entry.name, [])
        names = dict.fromkeys(f"{one.entry} {interval_words(one.intervals)}" for one in found)
        run = bounds(entry.calls_min, entry.calls_max)
        rows.append((entry.name, run, _some(names, 6) or "nothing", place(entry.file, entry.line)))
    return Table(
        key="pages",
        title="Pages",
        chapter="How often",
        note="Calls of opening the page once, user actions included; then what it polls while it is open.",
        columns=(Column("Page"), Column("Calls to open", "number", short="Calls"), Column("Polls"), _PLACE),
        rows=tuple(rows),
    )


def _called(one: Endpoint) -> str:
    """Return `GET /v1/list`; the host of a URL of which no path is known."""
    return f"{one.method} {one.path or one.host or 'unknown host'}"


def _some(names: Iterable[str], most: int = MOST_NAMED) -> str:
    found: Sequence[str] = list(names)
    if len(found) <= most:
        return ", ".join(found)
    return f"{', '.join(found[:most])} and {plural(len(found) - most, 'more', 'more')}"
