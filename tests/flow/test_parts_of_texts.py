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


BEGUN = {
    "before the query": ("`/one?x=${id}`.split('?')[0]", "/one"),
    "before the query, taken apart": ("[...`/one?x=${id}&y=1`.split('?')][0]", "/one"),
    "a hole in the path": ("`/one/${id}/two?x=1`.split('?')[0]", "/one/{process.argv.2}/two"),
    "before a part that is not known": ("`/one,/two,${id}`.split(',')[1]", "/two"),
}
NOT_BEGUN = ["`/one,${id},/two`.split(',')[1]", "`/one${id},/two`.split(',')[0]", "`/one?x=${id}`.split('?')[1]"]


@pytest.mark.parametrize("how", BEGUN)
def test_what_a_text_with_holes_begins_with_is_known(how: str) -> None:
    code, path = BEGUN[how]
    (call,) = audited({"main.js": f"const id = process.argv[2];\nfetch('https://a.test' + {code});"}).calls
    assert call.path == path


@pytest.mark.parametrize("code", NOT_BEGUN)
def test_what_stands_behind_a_hole_is_not(code: str) -> None:
    (call,) = audited({"main.js": f"const id = process.argv[2];\nfetch('https://a.test/' + {code});"}).calls
    assert "{" in call.path
    assert not {"one", "two"} & set(call.path.split("/"))
