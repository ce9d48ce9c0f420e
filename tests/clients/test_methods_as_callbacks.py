"""Methods of clients, and fetch itself, that are handed on by their names."""

from __future__ import annotations

import pytest

from tests.projects import audited, cases, run

AXIOS = "import axios from 'axios'; const api = axios.create({ baseURL: 'https://a.test' }); "
BOTH = {"GET a.test/one": (1, 1), "GET a.test/two": (1, 1)}
HANDED = {
    "fetch": "await Promise.all(['https://a.test/one', 'https://a.test/two'].map(fetch));",
    "a method": AXIOS + "await Promise.all(['/one', '/two'].map(api.get));",
    "a method that was taken out": AXIOS + "const { get } = api; await Promise.all(['/one', '/two'].map(get));",
    "after a promise": AXIOS + "Promise.resolve('/one').then(api.get); Promise.resolve('/two').then(api.get);",
}


@pytest.mark.parametrize("name", cases(HANDED))
def test_what_is_handed_on_by_its_name_is_called(name: str) -> None:
    assert run(HANDED[name]) == BOTH


@pytest.mark.parametrize("source", ["['https://a.test/one'].map(String);", AXIOS + "['/one'].map(api.getUri);"])
def test_what_sends_nothing_is_not(source: str) -> None:
    assert run(source + " fetch('https://a.test/two');") == {"GET a.test/two": (1, 1)}


def test_what_is_asked_for_each_of_a_list_of_data_is_not_known() -> None:
    source = AXIOS + "const ids = JSON.parse(process.argv[2]); await Promise.all(ids.map(api.get));"
    (call,) = audited({"main.ts": source}).calls
    assert call.unknown
