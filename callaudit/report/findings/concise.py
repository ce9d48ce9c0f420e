"""Findings one a line, as editors and grep read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.report.escape import visible

if TYPE_CHECKING:
    from callaudit.report.findings.outcome import Outcome
    from callaudit.rules.model import Finding


def findings_concise(outcome: Outcome) -> str:
    """Return `file:line:column: severity[rule] message` for each finding that counts."""
    return "".join(f"{_line(finding)}\n" for finding in outcome.counting)


def _line(finding: Finding) -> str:
    place = f"{visible(finding.file)}:{finding.line}:{finding.column}"
    return f"{place}: {finding.severity}[{finding.rule}] {visible(finding.message)}"
