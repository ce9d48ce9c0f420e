"""The page of a rule in a terminal: prose is filled to its width, code stays as it is."""

from __future__ import annotations

import pytest

from callaudit.report.rule_pages import rule_text
from callaudit.report.table import Screen
from callaudit.rules.shipped import shipped_rules

RULES = shipped_rules()


@pytest.mark.parametrize("width", [60, 100])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_prose_is_filled_to_the_width(rule: object, width: int) -> None:
    text = rule_text(rule, Screen(width))  # type: ignore[arg-type]
    why = text.partition("\nWhy\n")[2].partition("\nHow to fix\n")[0]
    assert why.strip()
    assert max(map(len, why.split("\n"))) <= width
    said = " ".join(rule.docs.why.split())  # type: ignore[attr-defined]
    assert " ".join(why.split()) == said or "```" in said


def test_code_and_lists_stay_as_they_are() -> None:
    from msgspec.structs import replace

    docs = replace(
        RULES[0].docs, fix="one\ntwo\n\n```ts\nconst a = 1;\n  const b = 2;\n```\n\n- first\n  goes on\n- second\n"
    )
    text = rule_text(replace(RULES[0], docs=docs), Screen(80))
    part = text.partition("\nHow to fix\n")[2].partition("\nWhen to ignore\n")[0]
    assert part.strip("\n").split("\n") == [
        "  one two",
        "",
        "  const a = 1;",
        "    const b = 2;",
        "",
        "  - first goes on",
        "  - second",
    ]
