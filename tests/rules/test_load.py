"""All mistakes of all rule files at once, each with its file, its line and the nearest valid name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.rules.columns import check
from callaudit.rules.load import load_rules
from callaudit.rules.mistakes import RuleError

if TYPE_CHECKING:
    from pathlib import Path

RULE = """\
id: my-rule
number: OWN1
title: Something
severity: warning
confidence: high
message: "{endpoint} is called"
fix: "do not"
query: |
  SELECT file, line, endpoint FROM upstream
docs:
  what: a
  why: b
  fix: c
  ignore: d
examples:
  bad:
    - title: one
      files: {a.ts: "fetch('https://a.test/x'); // expect: my-rule"}
    - title: two
      files: {a.ts: "void fetch('https://a.test/x'); // expect: my-rule"}
  good:
    - title: one
      files: {a.ts: "export {};"}
    - title: two
      files: {a.ts: "export const a = 1;"}
"""


def wrong(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "rule.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        rules = load_rules([path], tmp_path)
    except RuleError as error:
        return [str(one) for one in error.mistakes]
    return [str(one) for one in check(rules)]


def test_a_rule_without_mistakes(tmp_path: Path) -> None:
    assert wrong(tmp_path, RULE) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("id: my-rule", "id: MyRule", 1, 'id "MyRule" is not kebab-case'),
        ("id: my-rule", "id: my--rule", 1, "is not kebab-case"),
        ("number: OWN1", "number: own-1", 2, 'number "own-1" is not capital letters and digits'),
        ("number: OWN1", "number: CA999", 2, "numbers with CA are those of callaudit's own rules"),
        ("severity: warning", "severity: wraning", 4, 'did you mean "warning"?'),
        ("confidence: high", "confidence: hihg", 5, 'did you mean "high"?'),
        ('fix: "do not"', 'fixx: "do not"', 7, 'unknown key "fixx" in the rule; did you mean "fix"?'),
        ("{endpoint} is", "{endpiont} is", 1, 'the query gives no column "endpiont"; did you mean "endpoint"?'),
        ("{endpoint} is", "{endpoint:tmie} is", 6, 'no filter "tmie"; did you mean "time"?'),
        ("file, line, endpoint", "file, endpoint", 1, 'it gives no column "line"'),
        ("FROM upstream", "FROM upstraem", 1, "no such table: upstraem (did you mean upstream?)"),
        ("SELECT file, line, endpoint FROM upstream", "DELETE FROM routes", 1, "query of my-rule"),
        ("SELECT file, line, endpoint FROM upstream", "SELECT random() file, 1 line, 1 endpoint", 1, "random"),
        ("  what: a\n", "", 11, '"docs" lacks the key "what"'),
        ("  what: a", "  waht: a", 11, 'unknown key "waht" in "docs"; did you mean "what"?'),
        ('      files: {a.ts: "export {};"}', '      filse: {a.ts: "export {};"}', 23, 'did you mean "files"?'),
        ('a.ts: "export {};"', '../a.ts: "export {};"', 22, "must stay below its folder"),
        (
            '    - title: two\n      files: {a.ts: "export const a = 1;"}\n',
            "",
            16,
            "needs 2 or more under good",
        ),
        ("title: Something", "title: [1]", 3, '"title" must be text'),
        ("title: Something", "title: &a Something", 3, "anchors are not allowed"),
        ("title: Something", "title: a\ntitle: b", 4, "is here a second time"),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in RULE
    found = wrong(tmp_path, RULE.replace(old, new, 1))
    assert any(one.startswith(f"rule.yaml:{line}: ") and said in one for one in found), found


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    text = RULE.replace("severity: warning", "severity: bad").replace("id: my-rule", "id: My").replace("OWN1", "x")
    assert [one.split(":")[1] for one in wrong(tmp_path, text)] == ["1", "2", "4"]


def test_two_files_with_one_id_and_number(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(RULE, encoding="utf-8")
    with pytest.raises(RuleError) as raised:
        load_rules(sorted(tmp_path.glob("*.yaml")), tmp_path)
    assert [str(one) for one in raised.value.mistakes] == [
        'b.yaml:1: id "my-rule" is taken by a.yaml',
        'b.yaml:1: number "OWN1" is taken by a.yaml',
    ]


@pytest.mark.parametrize("text", ["", "[1]", "a: [", "\x00", "- a\n- b", "id: x", "{" * 50])
def test_what_is_no_rule_is_a_mistake(tmp_path: Path, text: str) -> None:
    assert wrong(tmp_path, text)
