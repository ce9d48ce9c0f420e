"""Fields that a method sets to what it is handed, where the class itself calls it: `constructor() { this.open(base); }`."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

CLIENT = "import axios from 'axios';\n"
ASK = "const client = new Client('https://a.test'); client.http.get('/one');"
KNOWN = {
    "by its constructor": "class Client { http; constructor(root) { this.open(`${root}/api`); } open(url) { this.http = axios.create({ baseURL: url }); } }",
    "by way of a local": "class Client { http; constructor(root) { const base = root + '/api'; this.open(base, 1); } open(at, n) { const url = at; this.http = axios.create({ baseURL: url }); } }",
    "beside another of that name": "class Other { go = 0; open() { this.go = 1; } } const other = new Other(); class Client { http; constructor(root) { this.open(root + '/api'); other.open(); } open(url) { this.http = axios.create({ baseURL: url }); } }",
    "from a base class": "class Base { http; open(url) { this.http = axios.create({ baseURL: url }); } } class Client extends Base { constructor(root) { super(); this.open(root + '/api'); } }",
}  # fmt: skip


@pytest.mark.parametrize("name", cases(KNOWN))
def test_a_field_is_what_the_constructor_hands_on(name: str) -> None:
    assert run(CLIENT + KNOWN[name] + ASK) == {"GET a.test/api/one": (1, 1)}


def test_two_objects_are_told_apart() -> None:
    both = "const two = new Client('https://b.test'); two.http.get('/two');"
    assert run(CLIENT + KNOWN["by its constructor"] + ASK + both) == {
        "GET a.test/api/one": (1, 1),
        "GET b.test/api/two": (1, 1),
    }


@pytest.mark.parametrize(
    "again",
    ["client.open(process.argv[2]);", "export const move = (one, to) => one.open(to);"],
    ids=["on the object", "on something that is not known"],
)
def test_what_others_may_set_it_to_is_not_known(again: str) -> None:
    found = run(CLIENT + KNOWN["by its constructor"] + ASK + again)
    assert found == {"GET a.test/api/one": (0, 1), "GET /one": (0, 1)}, "another address is possible"
