"""Objects of the program's own that send when they are awaited."""

from __future__ import annotations

import pytest

from tests.projects import run

CLASS = """
class Ask {{
  get(path) {{ this.path = path; return this; }}
  query(params) {{ this.params = params; return this; }}
  {then}
}}
const api = () => new Ask();
"""
THEN = {
    "at once": "then(done, failed) { return fetch('https://a.test/x').then(done, failed); }",
    "by another method": "then(done) { return this.send().then(done); } send() { return fetch('https://a.test/x'); }",
    "async": "async then(done) { done(await fetch('https://a.test/x')); }",
}
AWAITED = [
    "await api().get('/x').query({ a: 1 });",
    "await new Ask().get('/x');",
    "async function main() { const answer = await api().get('/x').query({}); return answer; } await main();",
]


@pytest.mark.parametrize("name", list(THEN))
@pytest.mark.parametrize("use", AWAITED)
def test_what_is_awaited_is_sent(name: str, use: str) -> None:
    assert run(CLASS.format(then=THEN[name]) + use) == {"GET a.test/x": (1, 1)}


@pytest.mark.parametrize("use", ["api().get('/x').query({});", "const ask = api(); ask.get('/x');"])
def test_what_nobody_waits_for_is_not_sent(use: str) -> None:
    assert run(CLASS.format(then=THEN["at once"]) + use) == {}


def test_an_object_without_such_a_method_sends_nothing() -> None:
    then = "send() { return fetch('https://a.test/x'); }"
    assert run(CLASS.format(then=then) + AWAITED[0]) == {}
