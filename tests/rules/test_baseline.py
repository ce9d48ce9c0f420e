"""A baseline holds findings one by one, and only what is new counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from callaudit.rules.baseline import BaselineError, baseline_of, compared, pruned, read_baseline
from callaudit.rules.model import Finding

if TYPE_CHECKING:
    from pathlib import Path


def finding(name: str, moved: str = "", **more: bool) -> Finding:
    return Finding("r", "X1", "error", "high", "m", "a.ts", 1, fingerprint=name, moved=moved or name, **more)


def test_what_is_known_does_not_count_and_what_is_gone_is_named() -> None:
    baseline = baseline_of([finding("a"), finding("b")])
    marked, gone = compared([finding("b"), finding("c")], baseline)
    assert [(one.fingerprint, one.baselined, one.counts) for one in marked] == [("b", True, False), ("c", False, True)]
    assert [one.fingerprint for one in gone] == ["a"]
    assert pruned(baseline, gone) == baseline_of([finding("b")])


def test_a_new_finding_does_not_take_the_place_of_an_old_one() -> None:
    marked, _ = compared([finding("c")], baseline_of([finding("a")]))
    assert [one.counts for one in marked] == [True]


def test_one_entry_answers_for_one_moved_finding() -> None:
    marked, gone = compared([finding("x", "m"), finding("y", "m")], baseline_of([finding("a", "m")]))
    assert sorted(one.baselined for one in marked) == [False, True]
    assert gone == ()


def test_what_is_suppressed_is_not_kept() -> None:
    assert baseline_of([finding("a", suppressed=True)]).findings == ()


def test_it_is_read_as_it_is_written(tmp_path: Path) -> None:
    baseline = baseline_of([finding("b"), finding("a")])
    (tmp_path / "x").write_bytes(msgspec.json.encode(baseline))
    assert read_baseline(tmp_path / "x") == baseline


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"schema": "callaudit/baseline/2"}', "this version reads"),
        ("[]", "this version reads"),
        ("{", "not valid JSON"),
        ('{"schema": "callaudit/baseline/1", "findings": [{}]}', "missing required field"),
        ('{"schema": "callaudit/baseline/1", "other": 1}', "unknown field"),
    ],
)
def test_what_is_no_baseline(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=why):
        read_baseline(tmp_path / "x")
