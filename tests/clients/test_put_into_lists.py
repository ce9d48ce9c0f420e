"""Clients that code puts into lists and maps, and that functions take out of them."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

TAKEN = {
    "a list": "const all = []; all.push(axios.create({ baseURL: 'https://a.test' })); const go = () => all[0].get('/one'); await go();",
    "a list that a loop fills": "const all = []; for (const host of ['https://a.test']) { const http = axios.create({ baseURL: host }); all.push(http); } const go = () => Promise.all(all.map((http) => http.get('/one'))); await go();",
    "a map": "const all = new Map(); all.set('a', axios.create({ baseURL: 'https://a.test' })); const go = () => all.get('a').get('/one'); await go();",
    "a field": "class A { all = []; constructor() { this.all.push(axios.create({ baseURL: 'https://a.test' })); } go() { return this.all[0].get('/one'); } } await new A().go();",
}


@pytest.mark.parametrize("name", cases(TAKEN))
def test_a_client_of_a_list_asks(name: str) -> None:
    assert {path for path, bounds in run("import axios from 'axios'; " + TAKEN[name]).items() if bounds[1] != 0} == {
        "GET a.test/one"
    }


DATA = {
    "an answer": "const all = []; all.push(await axios.get('https://a.test/two')); const go = () => all[0].get('/one'); await go();",
    "what has the same name": "const all = []; all.push(axios.create({ baseURL: 'https://a.test' })); const go = (all) => all[0].get('/one'); await go([new Map()]);",
}


@pytest.mark.parametrize("name", cases(DATA))
def test_what_is_no_client_does_not_ask(name: str) -> None:
    assert "GET a.test/one" not in run("import axios from 'axios'; " + DATA[name])
