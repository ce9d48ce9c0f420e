"""Findings for GitHub, GitLab and readers of JUnit: by their schemas, within their limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema_rs
import msgspec
import pytest
import xmlschema

from callaudit.report.findings.github import findings_github
from callaudit.report.findings.gitlab import findings_gitlab
from callaudit.report.findings.junit import findings_junit
from callaudit.report.findings.outcome import Gate, Outcome
from callaudit.report.findings.sarif import findings_sarif
from callaudit.rules.model import Finding, Step
from tests.report.findings_sample import CLEAN, FULL, HOSTILE, METERED, ODD, POLL, RETRY, RULES

SCHEMAS = Path(__file__).parent / "schemas"
JUNIT = xmlschema.XMLSchema(SCHEMAS / "junit.xsd")
OUTCOMES = pytest.mark.parametrize("outcome", [FULL, CLEAN, ODD], ids=["full", "clean", "odd"])


def validator(name: str) -> Any:
    return jsonschema_rs.validator_for(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))


def sarif(outcome: Outcome, hashes: dict[tuple[str, int], str] | None = None) -> dict[str, Any]:
    document = json.loads(findings_sarif(outcome, hashes or {}))
    assert [str(error) for error in validator("sarif-schema-2.1.0.json").iter_errors(document)] == []
    (run,) = document["runs"]
    found: dict[str, Any] = run
    return found


@OUTCOMES
def test_sarif_is_valid(outcome: Outcome) -> None:
    run = sarif(outcome)
    assert len(run["results"]) == len(outcome.findings)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_has_what_github_reads() -> None:
    run = sarif(FULL, {(RETRY.file, RETRY.line): "abc:1"})
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["markdown"]
        assert rule["fullDescription"]["text"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert rule["properties"]["precision"] in ("high", "medium", "low")
    result = run["results"][-1]
    (location,) = result["locations"]
    region = location["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endLine"]) == (412, 5, 412)
    (flow,) = result["codeFlows"]
    steps = [step["location"] for step in flow["threadFlows"][0]["locations"]]
    assert [step["message"]["text"] for step in steps] == [step.function for step in RETRY.path]
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 420
    assert result["partialFingerprints"]["primaryLocationLineHash"] == "abc:1"
    assert "primaryLocationLineHash" not in run["results"][0]["partialFingerprints"]
    assert result["partialFingerprints"]["callaudit/finding/v1"] == "11aa"


def test_sarif_paths_are_uris_below_the_root_of_the_repository() -> None:
    uri = sarif(FULL)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "packages/apps/web/src/app/%28trade%29/fights/%5Bid%5D/useOrders.ts"
    odd = sarif(ODD)["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(odd) == b"src/a,b:c [id] %41/\xff\x1b.ts"


def test_sarif_says_what_is_silenced_for_all_results_or_none() -> None:
    results = sarif(FULL)["results"]
    assert [len(result["suppressions"]) for result in results] == [0, 1, 0, 0, 0]
    assert results[1]["suppressions"][0] == {
        "kind": "inSource",
        "status": "accepted",
        "justification": "it is the demo",
    }
    assert [result["baselineState"] for result in results] == ["new", "new", "new", "unchanged", "new"]
    (plain,) = sarif(ODD)["results"]
    assert "suppressions" not in plain
    assert "baselineState" not in plain


def test_sarif_keeps_the_limits_of_github() -> None:
    long = Finding(
        "poll-too-fast", "CA402", "note", "high", "m", "a.ts", 1,
        path=tuple(Step(str(number), "a.ts", 1) for number in range(1500)),
        related=tuple(Step(str(number), "a.ts", 1) for number in range(150)),
    )  # fmt: skip
    mild = [msgspec.structs.replace(METERED, line=line) for line in range(1, 5_100)]
    run = sarif(Outcome((long, *mild, RETRY), RULES))
    assert len(run["results"]) == 5_000
    assert run["results"][-1]["ruleId"] == "sequential-retry"
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert "only the worst 5,000 of 5,101 findings" in said["message"]["text"]
    (result,) = sarif(Outcome((long,), RULES))["results"]
    assert len(result["codeFlows"][0]["threadFlows"][0]["locations"]) == 1_000
    assert len(result["relatedLocations"]) == 100


@OUTCOMES
def test_gitlab_is_valid(outcome: Outcome) -> None:
    report = json.loads(findings_gitlab(outcome))
    assert [str(error) for error in validator("gitlab-codequality.json").iter_errors(report)] == []
    assert len(report) == len(outcome.counting)


def test_gitlab() -> None:
    issues = json.loads(findings_gitlab(FULL))
    assert [issue["severity"] for issue in issues] == ["minor", "info", "major"]
    assert issues[0]["location"] == {"path": f"packages/{POLL.file}", "lines": {"begin": 17}}


def test_github_annotations() -> None:
    lines = findings_github(FULL).splitlines()
    assert lines[0].startswith("::error file=packages/apps/web/src/app/api/orders/route.ts,line=412,endLine=412,col=5,")
    assert "title=sequential-retry (CA201)::POST /api/orders asks" in lines[0]
    assert lines[0].endswith("%0Afix: take the fill from the account_trades channel")
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::notice", "callaudit:"]


def test_github_annotations_cannot_be_broken_out_of() -> None:
    first, last = findings_github(ODD).splitlines()
    assert "file=src/a%2Cb%3Ac [id] %2541/\\xff\\x1b.ts,line=3" in first
    assert "::100%25: a,b" in first
    assert last == "callaudit: 1 warning"


def test_github_shows_the_worst_ten_of_each_level() -> None:
    many = [msgspec.structs.replace(POLL, line=line, confidence="low") for line in range(1, 13)]
    sure = msgspec.structs.replace(POLL, line=99, confidence="high")
    lines = findings_github(Outcome((*many, sure, RETRY), RULES)).splitlines()
    assert sum(line.startswith("::warning") for line in lines) == 10
    assert ",line=99," in lines[1]
    assert "3 more of level warning: GitHub shows 10 of each a step" in lines


def suite(outcome: Outcome) -> ET.Element:
    """Parse a report and hold it against what readers of JUnit expect: a schema, and counts that are true."""
    JUNIT.validate(findings_junit(outcome))
    root = ET.fromstring(findings_junit(outcome))  # noqa: S314 - our own
    assert root.tag == "testsuites"
    (found,) = root
    assert found.tag == "testsuite"
    cases = list(found)
    assert {case.tag for case in cases} <= {"testcase"}
    for case in cases:
        assert set(case.attrib) == {"name", "classname", "time"}
    for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert int(found.attrib[name]) == sum(case.find(tag) is not None for case in cases)
    assert int(found.attrib["tests"]) == len(cases) == int(root.attrib["tests"])
    return found


@OUTCOMES
def test_junit_is_well_formed(outcome: Outcome) -> None:
    assert {case.attrib["name"] for case in suite(outcome)} == {rule.id for rule in RULES}


def test_junit_has_one_case_a_rule() -> None:
    cases = {case.attrib["name"]: case for case in suite(FULL)}
    failure = cases["sequential-retry"].find("failure")
    assert failure is not None
    assert failure.attrib["type"] == "error"
    assert failure.text == f"packages/{RETRY.file}:412: error: {RETRY.message}"
    assert cases["over-budget"].find("skipped") is not None
    assert cases["sequential-retry"].attrib["classname"] == "callaudit.retries"
    assert all(case.find("failure") is None for case in suite(CLEAN))


def test_junit_fails_at_the_gate_alone() -> None:
    def failing(gate: Gate) -> set[str]:
        found = suite(msgspec.structs.replace(FULL, gate=gate))
        return {case.attrib["name"] for case in found if case.find("failure") is not None}

    assert failing("error") == {RETRY.rule}
    assert failing("warning") == {RETRY.rule, POLL.rule}
    assert failing("note") == {RETRY.rule, POLL.rule, METERED.rule}
    assert failing("never") == set()
    cases = {case.attrib["name"]: case for case in suite(msgspec.structs.replace(FULL, gate="error"))}
    printed = cases[POLL.rule].findtext("system-out")
    assert printed is not None
    assert printed.startswith(f"packages/{POLL.file}:{POLL.line}: warning: {POLL.message}")
    mixed = Outcome((RETRY, msgspec.structs.replace(RETRY, line=9, severity="note")), RULES, gate="error")
    (case,) = [case for case in suite(mixed) if len(case)]
    assert [part.tag for part in case] == ["failure", "system-out"]


@pytest.mark.parametrize(
    ("old", "new"), [(' failures="', ' failing="'), ('classname="', 'class="'), (' name="', ' id="')]
)
def test_the_schema_of_junit_refuses_what_readers_would(old: str, new: str) -> None:
    good = findings_junit(CLEAN)
    assert JUNIT.is_valid(good)
    assert not JUNIT.is_valid(good.replace(old, new))


def test_junit_of_a_rule_that_did_not_end_is_no_pass() -> None:
    cut = Outcome((), RULES, incomplete=("poll-too-fast: stopped after 2 s",))
    cases = {case.attrib["name"]: case for case in suite(cut)}
    assert cases["poll-too-fast"].find("error") is not None


def test_junit_holds_any_text() -> None:
    (failure,) = [case[0] for case in suite(ODD) if len(case)]
    assert failure.text is not None
    assert HOSTILE.message.split("\r")[0] in failure.text
