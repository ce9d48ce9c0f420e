"""Findings as SARIF 2.1.0, as GitHub's code scanning reads it.

GitHub shows `locations[0]` alone, and on a pull request only where its whole region is in the diff: a region is
one line, and the way there is a code flow. What is more than GitHub takes is left out and said
(docs.github.com, "SARIF support for code scanning", limits of objects).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from callaudit import __version__
from callaudit.report.escape import visible
from callaudit.report.findings.outcome import also_words, worst_first
from callaudit.report.findings.sarif_rules import sarif_rule
from callaudit.report.json_report import json_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.report.findings.outcome import Outcome
    from callaudit.rules.model import Finding

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
MOST_RESULTS: Final = 5_000
"""Results that GitHub shows of a run; it refuses a run with more than 25,000."""

MOST_STEPS: Final = 1_000
MOST_RELATED: Final = 100


def findings_sarif(outcome: Outcome, hashes: Mapping[tuple[str, int], str]) -> str:
    """Return one run with all findings; those that are suppressed or in the baseline are marked.

    `hashes` holds GitHub's own hash of the lines of findings; a result whose line has none is left without.
    """
    shown = outcome.findings
    notes = [*outcome.incomplete]
    if len(shown) > MOST_RESULTS:
        worst = {id(one) for one in worst_first(shown)[:MOST_RESULTS]}
        notes.append(f"only the worst {MOST_RESULTS:,} of {len(shown):,} findings: GitHub shows no more of a run")
        shown = tuple(one for one in shown if id(one) in worst)
    numbers = {rule.id: number for number, rule in enumerate(outcome.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "callaudit",
                "semanticVersion": __version__,
                "rules": [sarif_rule(rule) for rule in outcome.rules],
            }
        },
        "automationDetails": {"id": "callaudit/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [*map(_notification, notes)]}],
        "results": [_result(outcome, finding, numbers, hashes) for finding in shown],
    }
    return json_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(
    outcome: Outcome, finding: Finding, numbers: Mapping[str, int], hashes: Mapping[tuple[str, int], str]
) -> dict[str, Any]:
    also = f" ({also_words(finding)})" if finding.also else ""
    made: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": visible(finding.message) + also},
        "locations": [_primary(outcome.prefix, finding)],
        "partialFingerprints": _fingerprints(finding, hashes.get((finding.file, finding.line), "")),
        "properties": {"number": finding.number, "confidence": finding.confidence, "fix": visible(finding.fix)},
    }
    if finding.rule in numbers:
        made["ruleIndex"] = numbers[finding.rule]
    if finding.path:
        steps = [_location(outcome.prefix, step.file, step.line, step.function) for step in finding.path[:MOST_STEPS]]
        made["codeFlows"] = [{"threadFlows": [{"locations": [{"location": step} for step in steps]}]}]
    if finding.related:
        related = finding.related[:MOST_RELATED]
        made["relatedLocations"] = [
            {"id": number, **_location(outcome.prefix, step.file, step.line, step.function)}
            for number, step in enumerate(related, 1)
        ]
    if any(one.suppressed for one in outcome.findings):  # of one run, all results say it or none does
        made["suppressions"] = [_suppression(finding)] if finding.suppressed else []
    if outcome.gone >= 0:
        made["baselineState"] = "unchanged" if finding.baselined else "new"
    return made


def _primary(prefix: str, finding: Finding) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.column, "endLine": finding.line}
    if finding.source.strip():
        region["snippet"] = {"text": visible(finding.source.strip())}
    made: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(prefix, finding.file), "region": region}}
    if finding.symbol:
        made["logicalLocations"] = [{"fullyQualifiedName": visible(finding.symbol), "kind": "function"}]
    return made


def _location(prefix: str, file: str, line: int, text: str) -> dict[str, Any]:
    place = {"artifactLocation": _artifact(prefix, file), "region": {"startLine": max(line, 1)}}
    return {"physicalLocation": place, "message": {"text": visible(text)}}


def _artifact(prefix: str, file: str) -> dict[str, str]:
    """Return a path as a URI: brackets, percent signs and bytes that are not UTF-8 as `%5B`."""
    from urllib.parse import quote_from_bytes

    return {"uri": quote_from_bytes(os.fsencode(prefix + file), safe="/"), "uriBaseId": _ROOT}


def _fingerprints(finding: Finding, line_hash: str) -> dict[str, str]:
    made = {"callaudit/finding/v1": finding.fingerprint, "callaudit/moved/v1": finding.moved}
    made["primaryLocationLineHash"] = line_hash
    return {name: value for name, value in made.items() if value}


def _suppression(finding: Finding) -> dict[str, str]:
    made = {"kind": "inSource", "status": "accepted"}
    return made | ({"justification": visible(finding.reason)} if finding.reason else {})


def _notification(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": visible(text)}}
