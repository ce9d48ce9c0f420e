"""Findings as JUnit XML: one test case a rule, which passes where the rule found nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from callaudit.report.escape import visible
from callaudit.report.findings.outcome import also_words, at_gate, worst_first
from callaudit.report.table import place, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.report.findings.outcome import Outcome
    from callaudit.rules.model import Finding, Rule


def findings_junit(outcome: Outcome) -> str:
    """Return one suite; a rule that could not run is skipped, one that did not end has an error.

    Only findings at the gate or above are failures; milder ones are what a case prints.
    """
    found: dict[str, list[Finding]] = {rule.id: [] for rule in outcome.rules}
    for finding in outcome.counting:
        found.setdefault(finding.rule, []).append(finding)
    titles = {rule.id: rule for rule in outcome.rules}
    cases = [line for rule, findings in found.items() for line in _case(outcome, rule, titles.get(rule), findings)]
    failures = sum(bool(at_gate(findings, outcome.gate)) for findings in found.values())
    errors = sum(any(_about(outcome, rule)) for rule, findings in found.items() if not findings)
    skipped = sum(bool(_inactive(outcome, rule)) for rule in found)
    counts = f'tests="{len(found)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="callaudit" tests="{len(found)}" failures="{failures}" errors="{errors}" time="0">',
        f'  <testsuite name="callaudit" {counts} time="0">',
        *cases,
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _case(outcome: Outcome, rule: str, known: Rule | None, findings: Sequence[Finding]) -> Iterator[str]:
    group = f"callaudit.{known.group}" if known else "callaudit"
    opening = f'    <testcase name="{_xml(rule)}" classname="{_xml(group)}" time="0"'
    failing = at_gate(findings, outcome.gate)
    inside = [*_failure(outcome.prefix, failing)]
    milder = [finding for finding in findings if finding not in failing]
    if milder:
        told = "\n".join(_line(outcome.prefix, finding) for finding in milder)
        inside.append(f"<system-out>{told}</system-out>")
    if not inside:
        inside = [f'<error message="{_xml(text)}" type="incomplete"/>' for text in _about(outcome, rule)]
    if not inside and (why := _inactive(outcome, rule)):
        inside = [f'<skipped message="{_xml(why)}"/>']
    if not inside:
        yield f"{opening}/>"
        return
    yield f"{opening}>"
    yield from (f"      {line}" for line in inside)
    yield "    </testcase>"


def _failure(prefix: str, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield one failure for all findings of a rule: not every reader takes a second one."""
    if not findings:
        return
    worst = worst_first(findings)[0]
    title = worst.message if len(findings) == 1 else f"{plural(len(findings), 'finding')}; {worst.message}"
    told = "\n".join(_line(prefix, finding) for finding in findings)
    yield f'<failure message="{_xml(title)}" type="{worst.severity}">{told}</failure>'


def _line(prefix: str, finding: Finding) -> str:
    also = f" ({also_words(finding)})" if finding.also else ""
    return _xml(f"{place(prefix + finding.file, finding.line)}: {finding.severity}: {finding.message}{also}")


def _about(outcome: Outcome, rule: str) -> list[str]:
    return [text for text in outcome.incomplete if text.startswith(f"{rule}: ")]


def _inactive(outcome: Outcome, rule: str) -> str:
    return next((text for text in outcome.inactive if text.startswith(f"{rule}: ")), "")


def _xml(text: str) -> str:
    """Escape text for an attribute or an element; what XML cannot hold is written as its number."""
    return escape(visible(text))
