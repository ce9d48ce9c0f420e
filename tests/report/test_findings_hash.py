"""GitHub's hash of a line, by the vectors that GitHub publishes (github/codeql-action, src/fingerprints.test.ts)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.report.findings.line_hash import line_hashes

END = "c129715d7a2bc9a3:1"
HELLO = ["e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1", "e20e36e16fcb0cc8:1"]
GREETINGS = [*HELLO, "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1", END]


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", [END]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End",
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1",
            ],
        ),
        (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
        (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
        (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
        (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{count}" for count in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                END,
            ],
        ),
    ],
)
def test_published_vectors(text: str, hashes: list[str]) -> None:
    assert list(line_hashes(text).values()) == hashes


@given(st.text(alphabet=st.characters() | st.sampled_from(" \t\r\n\U0001f600\udc80")))
def test_every_line_has_a_hash(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    hashes = line_hashes(text)
    assert list(hashes) == list(range(1, len(lines) + 1))
    assert line_hashes(text, frozenset({2})) == {line: value for line, value in hashes.items() if line == 2}
