"""Rules are named by id, number, the start of a number, or group; the nearer name decides."""

from __future__ import annotations

import pytest

from callaudit.rules.model import Docs, Rule
from callaudit.rules.selection import selected, unknown_names

RULES = [
    Rule(name, number, "", "error", "high", "", "", "", Docs("", "", "", ""), "", 1)
    for name, number in (
        ("uncached-read", "CA101"),
        ("cache-bypass", "CA102"),
        ("sequential-retry", "CA201"),
        ("mine", "OWN1"),
    )
]


@pytest.mark.parametrize(
    ("select", "ignore", "chosen"),
    [
        ([], [], "CA101 CA102 CA201 OWN1"),
        (["CA1"], [], "CA101 CA102"),
        (["caching"], [], "CA101 CA102"),
        (["Retries"], [], "CA201"),
        (["mine", "ca201"], [], "CA201 OWN1"),
        (["own"], [], "OWN1"),
        ([], ["CA1"], "CA201 OWN1"),
        (["CA1"], ["cache-bypass"], "CA101"),
        (["cache-bypass"], ["CA1"], "CA102"),
        (["CA10"], ["CA1"], "CA101 CA102"),
        (["CA1"], ["CA1"], ""),
        (["all"], ["OWN"], "CA101 CA102 CA201"),
        ([], ["all"], ""),
        (["CA9"], [], ""),
    ],
)
def test_names(select: list[str], ignore: list[str], chosen: str) -> None:
    ids = selected(RULES, select, ignore)
    assert " ".join(rule.number for rule in RULES if rule.id in ids) == chosen


def test_unknown_names_come_with_the_nearest() -> None:
    assert unknown_names(RULES, ["CA1", "caching", "budget", "mine", "all"]) == []
    assert unknown_names(RULES, ["sequental-retry", "CA7", ""]) == [
        'there is no rule, number or group "sequental-retry"; did you mean "sequential-retry"?',
        'there is no rule, number or group "CA7"',
        'there is no rule, number or group ""',
    ]
