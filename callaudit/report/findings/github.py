"""Findings as workflow commands of GitHub Actions, which it shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.report.escape import visible
from callaudit.report.findings.outcome import totals, worst_first
from callaudit.rules.model import SEVERITIES

if TYPE_CHECKING:
    from callaudit.report.findings.outcome import Outcome
    from callaudit.rules.model import Finding

_LEVELS: Final = {"error": "error", "warning": "warning", "note": "notice"}
MOST: Final = 10
"""Annotations of each level that GitHub shows of one step."""


def findings_github(outcome: Outcome) -> str:
    """Return one command a line for the worst ten findings of each level, and how many there are in all."""
    lines = []
    for severity in SEVERITIES:
        found = worst_first(one for one in outcome.counting if one.severity == severity)
        lines += [_command(finding, outcome.prefix) for finding in found[:MOST]]
        if len(found) > MOST:
            lines.append(f"{len(found) - MOST} more of level {severity}: GitHub shows {MOST} of each a step")
    return "".join(f"{line}\n" for line in [*lines, f"callaudit: {' · '.join(totals(outcome))}"])


def _command(finding: Finding, prefix: str) -> str:
    properties = {
        "file": visible(prefix + finding.file),
        "line": str(finding.line),
        "endLine": str(finding.line),
        "col": str(finding.column),
        "title": f"{finding.rule} ({finding.number})",
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = finding.message + (f"\nfix: {finding.fix}" if finding.fix else "")
    return f"::{_LEVELS[finding.severity]} {told}::{_data(message)}"


def _data(text: str) -> str:
    """Escape what would end the command or begin another."""
    lines = [visible(line) for line in text.split("\n")]
    return "\n".join(lines).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
