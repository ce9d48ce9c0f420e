"""Runs the queries of rules, read-only and bounded, and makes findings of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from callaudit.inventory.query import QueryError, query
from callaudit.rules.evidence import Evidence
from callaudit.rules.model import CONFIDENCES, SEVERITIES, Checked, Finding
from callaudit.rules.wording import filled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from callaudit.inventory.query import Answer, Value
    from callaudit.rules.model import Rule, Severity

_Word = TypeVar("_Word", bound=str)

SECONDS: Final = 5.0
MOST_ROWS: Final = 1_000
_TAKEN: Final = frozenset({"file", "line", "reach", "cause", "confidence", "severity"})
"""Columns that are not facts: where a finding is, its evidence, what it has in common with others, how sure and bad."""


def run_rules(
    connection: sqlite3.Connection,
    rules: Iterable[Rule],
    *,
    seconds: float = SECONDS,
    most_rows: int = MOST_ROWS,
    fixed: frozenset[str] = frozenset(),
) -> Checked:
    """Run each rule and return its findings, one for a place, in the order of rows and without fingerprints.

    A row may have a severity and a confidence of its own; rules of `fixed` have their severity from somebody else.

    A query that is refused, wrong or not done in `seconds`, and one with more than `most_rows`, is named in
    `incomplete`. Nothing can be written to `connection` afterwards.
    """
    rules = list(rules)
    evidence = Evidence(connection) if rules else None
    findings: list[Finding] = []
    incomplete: list[str] = []
    for rule in rules:
        try:
            answer = query(connection, rule.query, seconds=seconds, most_rows=most_rows)
        except QueryError as error:
            incomplete.append(f"{rule.id}: {error}")
            continue
        if answer.cut:
            incomplete.append(f"{rule.id}: only the first {most_rows} rows; there are more")
        if evidence is not None:
            findings += _findings(rule, answer, evidence, fixed=rule.id in fixed)
    return Checked(tuple(findings), tuple(incomplete))


def _findings(rule: Rule, answer: Answer, evidence: Evidence, *, fixed: bool) -> Iterator[Finding]:
    """Give one finding for each place of an answer, and for each cause there."""
    seen: set[tuple[str, int, str]] = set()
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        what = (*_place(row), _cause(row))
        if what not in seen:
            seen.add(what)
            severity = rule.severity if fixed else _one_of(SEVERITIES, row.get("severity"), rule.severity)
            yield _finding(rule, severity, row, evidence)


def _place(row: Mapping[str, Value]) -> tuple[str, int]:
    line = row.get("line")
    return str(row.get("file") or ""), line if isinstance(line, int) else 0


def _cause(row: Mapping[str, Value]) -> str:
    return str(row.get("cause") or "")


def _one_of(words: tuple[_Word, ...], given: Value, default: _Word) -> _Word:
    return next((word for word in words if word == given), default)


def _finding(rule: Rule, severity: Severity, row: Mapping[str, Value], evidence: Evidence) -> Finding:
    file, line = _place(row)
    reach = row.get("reach")
    return Finding(
        rule.id,
        rule.number,
        severity,
        _one_of(CONFIDENCES, row.get("confidence"), rule.confidence),
        filled(rule.message, row),
        file,
        line,
        evidence.column(file, line),
        filled(rule.fix, row),
        symbol=evidence.symbol(file, line),
        cause=_cause(row),
        path=evidence.path(reach) if isinstance(reach, int) else (),
        facts=tuple((name, value) for name, value in row.items() if name not in _TAKEN and value is not None),
    )
