"""Findings as text, JSON and Markdown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from callaudit.report.findings.concise import findings_concise
from callaudit.report.findings.json import findings_json
from callaudit.report.findings.markdown import findings_markdown
from callaudit.report.findings.outcome import Outcome, at_gate, worst_first
from callaudit.report.findings.text import findings_text
from callaudit.report.table import Screen
from tests.report.findings_sample import CLEAN, FULL, HOSTILE, METERED, ODD, POLL, RETRY, RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.report.findings.outcome import Gate


@pytest.mark.parametrize("width", [60, 100, 160])
def test_text(golden: Callable[[str, str], None], width: int) -> None:
    text = findings_text(FULL, Screen(width))
    golden(f"findings-{width}.txt", text)
    assert all(len(line) <= width for line in text.splitlines())


def test_each_step_of_the_evidence_on_a_line_of_its_own(golden: Callable[[str, str], None]) -> None:
    golden("findings-full.txt", findings_text(FULL, Screen(100), full=True))


@pytest.mark.parametrize(
    "text", [findings_text(ODD, Screen()), findings_concise(ODD), findings_markdown(ODD), findings_json(ODD)]
)
def test_nothing_of_the_source_reaches_a_terminal(text: str) -> None:
    assert not {character for character in text if not character.isprintable()} - {"\n"} - {"\u200b"}
    text.encode("utf-8")


def test_concise() -> None:
    lines = findings_concise(FULL).splitlines()
    assert len(lines) == 3
    assert lines[2] == f"{RETRY.file}:412:5: error[sequential-retry] {RETRY.message}"
    assert findings_concise(CLEAN) == ""
    assert len(findings_concise(ODD).splitlines()) == 1


def test_json_is_the_contract() -> None:
    document = json.loads(findings_json(FULL))
    assert document["schema"] == "callaudit/findings/1"
    assert document["status"] == "partial"
    assert [one["line"] for one in document["findings"]] == [17, 31, 9, 77, 412]
    needed = {"rule", "number", "severity", "confidence", "message", "file", "line", "column", "fingerprint", "path"}
    for one in document["findings"]:
        assert needed | {"suppressed", "baselined"} <= set(one)
    last = document["findings"][-1]
    assert last["path"][1] == {"function": "recordTrade", "file": RETRY.file, "line": 400}
    assert [one["suppressed"] for one in document["findings"]] == [False, True, False, False, False]
    assert json.loads(findings_json(CLEAN))["status"] == "complete"


def test_markdown(golden: Callable[[str, str], None]) -> None:
    golden("findings.md", findings_markdown(FULL))


def test_markdown_keeps_the_limit_of_a_summary() -> None:
    many = Outcome(tuple(msgspec.structs.replace(POLL, line=line) for line in range(1, 500)), RULES)
    text = findings_markdown(many, most_bytes=20_000)
    assert 15_000 < len(text.encode()) <= 20_000
    shown = text.count(POLL.rule)
    assert f"{499 - shown} more findings left out here" in text
    assert "left out" not in findings_markdown(many)


def test_markup_of_the_source_is_shown_as_text() -> None:
    row = findings_markdown(ODD).splitlines()[-1]
    assert row.count(" | ") == 4
    assert "<b>" not in row.replace("\\<b\\>", "")
    assert "@all" not in row.replace("`@all`", "")


@pytest.mark.parametrize(("gate", "count"), [("error", 1), ("warning", 2), ("note", 3), ("never", 0)], ids=str)
def test_gates(gate: Gate, count: int) -> None:
    assert len(at_gate(FULL.findings, gate)) == count


def test_the_worst_come_first() -> None:
    order = worst_first([METERED, HOSTILE, POLL, RETRY])
    assert order == [RETRY, POLL, HOSTILE, METERED]
