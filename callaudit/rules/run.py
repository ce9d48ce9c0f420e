"""Runs the queries of rules, read-only and bounded, and makes findings of their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from callaudit.inventory.query import QueryError, query
from callaudit.rules.evidence import Evidence
from callaudit.rules.model import CONFIDENCES, Checked, Finding, Step
from callaudit.rules.wording import filled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from callaudit.inventory.query import Answer, Value
    from callaudit.rules.model import Rule

SECONDS: Final = 5.0
MOST_ROWS: Final = 1_000
MOST_RELATED: Final = 20
"""Other places of one cause that a finding lists; `also` counts all of them."""

_TAKEN: Final = frozenset({"file", "line", "reach", "cause", "confidence"})
"""Columns that are not facts: where a finding is, its evidence, what it has in common with others, how sure it is."""


def run_rules(
    connection: sqlite3.Connection,
    rules: Iterable[Rule],
    *,
    seconds: float = SECONDS,
    most_rows: int = MOST_ROWS,
) -> Checked:
    """Run each rule and return its findings in the order of places, without fingerprints.

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
            findings += _findings(rule, answer, evidence)
    return Checked(in_order(findings), tuple(incomplete))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of places."""
    return tuple(sorted(findings, key=lambda one: (one.file, one.line, one.column, one.number, one.message)))


def _findings(rule: Rule, answer: Answer, evidence: Evidence) -> list[Finding]:
    """One finding for each cause; rows without one have their place as cause."""
    found: dict[tuple[Value, ...], Finding] = {}
    others: dict[tuple[Value, ...], dict[tuple[str, int], Step]] = {}
    for values in answer.rows:
        row = dict(zip(answer.columns, values, strict=True))
        cause = (row["cause"],) if row.get("cause") is not None else (row.get("file"), row.get("line"))
        file, line = _place(row)
        if cause not in found:
            found[cause] = _finding(rule, row, evidence)
            others[cause] = {}
        elif (file, line) != (found[cause].file, found[cause].line):
            others[cause].setdefault((file, line), Step(evidence.symbol(file, line), file, line))
    return [
        replace(one, also=len(others[cause]), related=tuple(others[cause].values())[:MOST_RELATED])
        for cause, one in found.items()
    ]


def _place(row: Mapping[str, Value]) -> tuple[str, int]:
    line = row.get("line")
    return str(row.get("file") or ""), line if isinstance(line, int) else 0


def _finding(rule: Rule, row: Mapping[str, Value], evidence: Evidence) -> Finding:
    file, line = _place(row)
    reach = row.get("reach")
    given = row.get("confidence")
    return Finding(
        rule.id,
        rule.number,
        rule.severity,
        next((one for one in CONFIDENCES if one == given), rule.confidence),
        filled(rule.message, row),
        file,
        line,
        evidence.column(file, line),
        filled(rule.fix, row),
        symbol=evidence.symbol(file, line),
        path=evidence.path(reach) if isinstance(reach, int) else (),
        facts=tuple((name, value) for name, value in row.items() if name not in _TAKEN and value is not None),
    )
