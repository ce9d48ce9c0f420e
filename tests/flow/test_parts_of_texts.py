"""Texts that are written down, and cut into parts: `names.split(" ")`, `code.substring(1, 3)`."""

from __future__ import annotations

import pytest

from tests.projects import audited

LONG = " ".join(f"w{number}" for number in range(100))
SHORT = "one two three"
ALL = {
    "a loop": "const all = '%s'.split(' ');\nfor (const one of all) await fetch('https://a.test/' + one);",
    "a method": "'%s'.split(' ').forEach((one) => fetch('https://a.test/' + one));",
}
CUT = {
    "'abcd'.substring(1, 3)": "/bc",
    "'abcd'.substring(3, 1)": "/bc",
    "'abcd'.substring(2, -1)": "/ab",
    "'abcd'.substring(-2)": "/abcd",
    "'abcd'.slice(-2)": "/cd",
    "'abcd'.slice(1, -1)": "/bc",
}


@pytest.mark.parametrize(("words", "number"), [(LONG, 100), (SHORT, 3)])
@pytest.mark.parametrize("how", ALL)
def test_as_many_are_asked_for_as_there_are_parts(how: str, words: str, number: int) -> None:
    (entry,) = audited({"main.js": ALL[how] % words}).entries
    assert entry.calls_max == number


@pytest.mark.parametrize("how", CUT)
def test_a_part_begins_and_ends_as_the_language_has_it(how: str) -> None:
    (call,) = audited({"main.js": f"fetch('https://a.test/' + {how});"}).calls
    assert call.path == CUT[how]
