"""Findings as JSON: the contract that other programs read (`callaudit/findings/1`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import to_builtins

from callaudit.report.json_report import json_document

if TYPE_CHECKING:
    from callaudit.report.findings.outcome import Outcome
    from callaudit.rules.model import Finding

SCHEMA: Final = "callaudit/findings/1"


def findings_json(outcome: Outcome) -> str:
    """Return all findings, those that are suppressed or in the baseline included."""
    compared = to_builtins(outcome.comparison) if outcome.comparison else None
    return json_document(
        {
            "schema": SCHEMA,
            "status": outcome.status,
            "incomplete": [*outcome.incomplete],
            "inactive": [*outcome.inactive],
            "files": {"partly_analyzed": outcome.partly, "skipped": outcome.skipped},
            "unknown_calls": outcome.unknown,
            "rules": [rule.id for rule in outcome.rules],
            "findings": [finding_fields(finding) for finding in outcome.findings],
            **({"compared": {**compared, "revision": outcome.base, "fixed": outcome.fixed}} if compared else {}),
        }
    )


def finding_fields(finding: Finding) -> dict[str, Any]:
    """Return one finding as the contract has it."""
    fields: dict[str, Any] = to_builtins(finding)
    fields["facts"] = dict(finding.facts)
    del fields["moved"]
    return fields
