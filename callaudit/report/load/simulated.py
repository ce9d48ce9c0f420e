"""Simulated scenarios: what happened in each quota, beside what the estimate expects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.load.numbers import number, processes_words
from callaudit.report.table import Column, Document, Table, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.load.runs import Comparison, Run
    from callaudit.report.table import Screen

_COLUMNS = (
    Column("bucket", "words"),
    Column("requests/s, estimate", "number", short="estimate/s"),
    Column("simulated", "number"),
    Column("429/min", "number"),
    Column("fullest window", "number", short="fullest"),
    Column("burst", "number"),
)
_NOTES = (
    "burst: the most requests within one second; fullest: the most units that the window of one payer held",
    "every assumption is taken as it is expected; equal seeds give equal runs",
    "a refused request costs nothing and is not sent again: a provider that charges it, or a client that insists, adds",
)


def simulated_json(runs: Iterable[Run]) -> str:
    """Return the runs as one JSON document (`callaudit/simulation/1`)."""
    import msgspec

    from callaudit.load.runs import SCHEMA
    from callaudit.report.json_report import json_document

    return json_document({"schema": SCHEMA, "runs": [_plain(msgspec.to_builtins(run)) for run in runs]})


def simulated_markdown(runs: Sequence[Run]) -> str:
    """Return the runs as Markdown."""
    from callaudit.report.markdown import document_markdown

    return document_markdown(_document(runs))


def simulated_text(runs: Sequence[Run], screen: Screen) -> str:
    """Return the runs for a terminal."""
    from callaudit.report.text import document_text

    return document_text(_document(runs), screen, whole=True)


def _document(runs: Sequence[Run]) -> Document:
    seeds = {run.run.seed for run in runs}
    facts = tuple(f"seed {seed}" for seed in sorted(seeds))
    return Document("Simulated load", facts, tuple(_table(run) for run in runs), _NOTES)


def _table(one: Run) -> Table:
    run = one.run
    who = processes_words(one.processes) or f"{plural(run.users, 'user')} at a time"
    begins = "all start" if one.processes else "all open their page"
    note = [
        f"{who} for {run.seconds:,.0f} s",
        f"{plural(run.opening, 'request')} in the first second when {begins} at once",
        f"95 % of requests wait at most {number(run.queue_p95_s)} s in a queue"
        if run.queue_p95_s is not None
        else "the code has no queue in which requests wait",
    ]
    if run.answered_by_caches_per_second:
        note.append(f"caches answer {number(run.answered_by_caches_per_second)}/s")
    rows = tuple(_row(bucket) for bucket in one.buckets)
    return Table("simulation", f"Scenario {run.scenario}", _COLUMNS, rows, "", "; ".join(note))


def _row(one: Comparison) -> tuple[str, ...]:
    bucket = one.bucket
    full = number(bucket.fullest_window)
    if bucket.capacity is not None:
        full += f" of {number(bucket.capacity)}"
    refused = number(bucket.refused_per_minute)
    if bucket.per == "visitor" and bucket.refused_payers:
        refused += f" to {plural(bucket.refused_payers, 'visitor')}"
    return (
        one.title,
        number(one.estimated),
        number(bucket.requests_per_second),
        refused if bucket.capacity is not None else "limit not known",
        full if bucket.window_seconds is not None else "no window",
        number(bucket.most_at_once),
    )


def _plain(value: object) -> object:
    """Leave out what is not known."""
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items() if item is not None}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
