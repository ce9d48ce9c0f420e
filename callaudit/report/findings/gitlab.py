"""Findings as a code quality report of GitLab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.report.escape import visible
from callaudit.report.json_report import json_document

if TYPE_CHECKING:
    from callaudit.report.findings.outcome import Outcome

_SEVERITIES: Final = {"error": "major", "warning": "minor", "note": "info"}
"""GitLab also knows `critical` and `blocker`; a request too many is neither."""


def findings_gitlab(outcome: Outcome) -> str:
    """Return the findings that count; paths are relative to the root of the repository."""
    return json_document(
        [
            {
                "description": visible(finding.message),
                "check_name": finding.rule,
                "fingerprint": finding.fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": outcome.prefix + finding.file, "lines": {"begin": finding.line}},
            }
            for finding in outcome.counting
        ]
    )
