"""Repeats of one cause are one finding, and yet a new place or a silenced one is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.rules.baseline import baseline_of, compared
from tests.rules.conftest import PACKAGE, found, write

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.rules.model import Finding

API = "https://api.pacifica.fi/api/v1"
ONE = f"await fetch('{API}/info');\n"
TWO = f"await fetch('{API}/info');\nawait fetch('{API}/info/prices');\n"
IGNORE = "// callaudit: ignore[missing-timeout] -- somebody watches\n"


def checked(root: Path, **files: str) -> tuple[Finding, ...]:
    write(root, {"package.json": PACKAGE, **{f"{name}.ts": text for name, text in files.items()}})
    return found(root, "missing-timeout")


def test_call_sites_of_one_provider_are_one_finding(tmp_path: Path) -> None:
    (finding,) = checked(tmp_path, a=TWO, b=ONE)
    assert (finding.file, finding.line, finding.also) == ("a.ts", 1, 2)
    assert [(one.file, one.line) for one in finding.related] == [("a.ts", 2), ("b.ts", 1)]


def test_another_app_is_the_same_finding_and_another_provider_is_not(tmp_path: Path) -> None:
    write(tmp_path, {"apps/x/package.json": PACKAGE, "apps/x/a.ts": ONE})
    other = "setInterval(() => fetch('https://api.example.com/a'), 60_000);\n"
    assert [(one.file, one.also) for one in checked(tmp_path, b=ONE, c=other)] == [("apps/x/a.ts", 1), ("c.ts", 0)]


def test_a_new_place_makes_it_new_and_one_that_is_gone_does_not(tmp_path: Path) -> None:
    before, after = checked(tmp_path / "a", a=ONE), checked(tmp_path / "b", a=ONE, b=ONE)
    assert [one.baselined for one in compared(after, baseline_of(before))[0]] == [False]
    marked, gone = compared(before, baseline_of(after))
    assert [one.baselined for one in marked] == [True]
    assert [one.file for one in gone] == ["b.ts"]


def test_a_comment_silences_one_place(tmp_path: Path) -> None:
    silenced, other = checked(tmp_path, a=IGNORE + ONE, b=ONE)
    assert (silenced.file, silenced.suppressed, silenced.also) == ("a.ts", True, 0)
    assert (other.file, other.suppressed, other.also) == ("b.ts", False, 0)
