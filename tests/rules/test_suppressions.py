"""Comments silence what they name, on their line, the next one or in their file; idle ones are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.conftest import PACKAGE, RETRY, found, write

if TYPE_CHECKING:
    from pathlib import Path

ABOUT_COMMENTS = ("unused-suppression", "unclear-suppression")
LOOP = "  for (let attempt = 1; attempt <= 3; attempt++) {"


def outcome(root: Path, source: str, *rules: str) -> list[tuple[str, bool, str]]:
    write(root, {"package.json": PACKAGE, "src/index.ts": source})
    return [
        (one.rule, one.suppressed, one.reason)
        for one in found(root, *(rules or ("sequential-retry",)), *ABOUT_COMMENTS)
    ]


@pytest.mark.parametrize(
    "source",
    [
        RETRY.replace(LOOP, f"{LOOP} // callaudit: ignore[sequential-retry] -- no push"),
        RETRY.replace(LOOP, f"  // callaudit: ignore[sequential-retry] -- no push\n{LOOP}"),
        RETRY.replace(LOOP, f"  /* callaudit: ignore[sequential-retry] -- no push */\n{LOOP}"),
        RETRY.replace(LOOP, f"  // callaudit: ignore[CA201] -- no push\n{LOOP}"),
        RETRY.replace(LOOP, f"  // callaudit: ignore[missing-timeout, sequential-retry] -- no push\n{LOOP}"),
        "// callaudit: ignore-file[sequential-retry] -- no push\n" + RETRY,
        RETRY + "// callaudit: ignore-file[sequential-retry] -- no push\n",
    ],
)
def test_suppressed_with_its_reason(tmp_path: Path, source: str) -> None:
    assert outcome(tmp_path, source) == [("sequential-retry", True, "no push")]


@pytest.mark.parametrize(
    ("source", "extra"),
    [
        (RETRY.replace(LOOP, f"  // callaudit: ignore[sequential-retry]\n\n{LOOP}"), "unused-suppression"),
        (RETRY + "// callaudit: ignore[sequential-retry] -- far away\n", "unused-suppression"),
        (RETRY.replace(LOOP, f"  // callaudit: ignore[sequental-retry]\n{LOOP}"), "unclear-suppression"),
        (RETRY.replace(LOOP, f"  // callaudit: ignore\n{LOOP}"), "unclear-suppression"),
    ],
)
def test_what_silences_nothing_is_found(tmp_path: Path, source: str, extra: str) -> None:
    seen = outcome(tmp_path, source)
    assert ("sequential-retry", False, "") in seen
    assert (extra, False, "") in seen
    assert len(seen) == 2


def test_a_comment_about_a_rule_that_did_not_run_is_left_alone(tmp_path: Path) -> None:
    source = RETRY + "// callaudit: ignore[missing-timeout]\n"
    assert outcome(tmp_path, source) == [("sequential-retry", False, "")]


def test_an_unknown_rule_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "src/index.ts": RETRY + "// callaudit: ignore[sequental-retry]\n"})
    messages = [one.message for one in found(tmp_path, "sequential-retry", *ABOUT_COMMENTS)]
    assert "there is no rule sequental-retry; did you mean sequential-retry?" in messages


def test_rules_about_comments_can_be_left_out(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "src/index.ts": RETRY + "// callaudit: ignore\n"})
    assert [one.rule for one in found(tmp_path, "sequential-retry")] == ["sequential-retry"]
