"""Every rule that comes with callaudit finds what its examples mark, and nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.rules.check import Plan, check
from callaudit.rules.columns import check as mistakes
from callaudit.rules.examples import run_examples
from callaudit.rules.model import GROUPS, Breach
from callaudit.rules.shipped import folder, shipped_rules
from tests.rules.conftest import FIXTURES, PACKAGE, RETRY, catalogue, found, write

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.rules.model import Rule

RULES = shipped_rules(examples=True)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    outcomes = list(run_examples(rule, catalogue(), FIXTURES))
    assert [one for one in outcomes if not one.passed] == []
    kinds = [one.kind for one in outcomes]
    assert rule.inactive or (kinds.count("bad") >= 2 and kinds.count("good") >= 2)


def test_queries_are_right() -> None:
    assert list(mistakes(RULES)) == []


def test_a_run_needs_no_examples() -> None:
    assert [rule.id for rule in shipped_rules()] == [rule.id for rule in RULES]
    assert all(not rule.bad for rule in shipped_rules())


def test_each_rule_is_a_file_of_its_name_and_its_number_of_its_group() -> None:
    assert {path.stem for path in folder().glob("*.yaml")} == {rule.id for rule in RULES}
    assert {rule.group for rule in RULES} == set(GROUPS.values())


@pytest.mark.parametrize("part", ["summary 1", "summary 2", "summary 3", "summary 4", "summary 5"])
def test_every_critical_issue_of_the_audit_has_its_rule(part: str) -> None:
    assert any(part in rule.docs.audit for rule in RULES)


@pytest.mark.parametrize("part", ["4.1", "4.2", "4.3", "4.4", "4.5", "11"])
def test_every_bottleneck_of_the_audit_has_its_rule(part: str) -> None:
    assert any(part in rule.docs.audit for rule in RULES)


PLACES = {
    ("sequential-retry", "apps/web/src/app/api/orders/route.ts", 44),
    ("read-after-write", "apps/web/src/app/api/orders/route.ts", 22),
    ("uncached-read", "apps/web/src/lib/server/pacifica.ts", 32),
    ("no-inflight-deduplication", "apps/web/src/lib/server/pacifica.ts", 32),
    ("no-concurrency-limit", "apps/web/src/lib/server/pacifica.ts", 32),
    ("unmetered-calls", "apps/web/src/lib/server/pacifica.ts", 32),
    ("poll-with-push-available", "apps/web/src/hooks/usePositions.ts", 16),
    ("poll-with-push-available", "apps/web/src/hooks/useOpenOrders.ts", 17),
}
"""What the audit of the fixture names, at the lines that it means."""


def test_the_fixture_has_what_its_audit_names() -> None:
    findings = found(FIXTURES / "fightclub")
    assert {(one.rule, one.file, one.line) for one in findings} >= PLACES
    assert {one.rule for one in findings if one.severity == "error"} == {"sequential-retry"}


def test_after_the_optimization_it_is_gone(tmp_path: Path) -> None:
    root = tmp_path / "app"
    shutil.copytree(FIXTURES / "fightclub", root)
    shutil.copytree(FIXTURES / "fightclub-optimized", root, dirs_exist_ok=True)
    # What is left is no issue of the audit: a cache that a rare poll never hits.
    assert {one.rule for one in found(root)} == {"cache-never-hits"}


def test_no_place_has_two_findings_of_a_rule() -> None:
    findings = found(FIXTURES / "fightclub")
    places = [(one.rule, one.file, one.line) for one in findings]
    assert len(places) == len(set(places))
    assert len({one.fingerprint for one in findings}) == len(findings)


def test_the_rule_of_budgets_rests_until_one_is_broken() -> None:
    breach = Breach("pacifica.api_key", "5000", "GET /api/v1/info", 240, 512.5, "credits/min", "a.ts", 3, "cache")
    shipped = shipped_rules()
    for breaches in ((), (breach,)):
        plan = Plan(shipped, frozenset({"over-budget"}), breaches=breaches)
        result = check(audit(FIXTURES / "fightclub"), plan, catalogue(), lambda _: "")
        assert [one.file for one in result.checked.findings] == [one.file for one in breaches]
        assert [name for name, _ in result.inactive] == ([] if breaches else ["over-budget"])
    assert result.checked.findings[0].message == (
        "pacifica.api_key: GET /api/v1/info comes to 512.5 credits/min in scenario 5000; the budget allows 240"
    )


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            [("use of the limit", 80, 903, "%"), ("users that fit", 100, 57, "users")],
            [
                "p.key: only 57 users fit in scenario 250; the budget wants 100",
                "p.key: use of the limit comes to 903 % in scenario 250; the budget allows 80",
            ],
        ),
        ([("one run", 0, 1, "calls")], ["p.key: one run comes to 1 call in scenario 250; the budget allows 0"]),
        (
            [("one run", 4, float("inf"), "calls")],
            ["p.key: one run comes to any number of calls in scenario 250; the budget allows 4"],
        ),
    ],
)
def test_every_limit_of_a_budget_that_is_broken_at_a_line_is_said(
    limits: list[tuple[str, float, float, str]], said: list[str]
) -> None:
    breaches = tuple(
        Breach("p.key", "250", what, most, value, unit, "a.ts", 3, "cache") for what, most, value, unit in limits
    )
    plan = Plan(shipped_rules(), frozenset({"over-budget"}), breaches=breaches)
    result = check(audit(FIXTURES / "fightclub"), plan, catalogue(), lambda _: "")
    assert sorted(one.message for one in result.checked.findings) == said


def test_a_severity_that_somebody_wants_goes_before_that_of_a_row(tmp_path: Path) -> None:
    source = RETRY.replace("response.json(await find(request.body.account))", "void find(request.body.account)")
    root = write(tmp_path, {"package.json": PACKAGE, "src/index.ts": source})
    assert [one.severity for one in found(root, "sequential-retry")] == ["warning"]
    assert [one.severity for one in found(root, "sequential-retry", severity={"sequential-retry": "note"})] == ["note"]
