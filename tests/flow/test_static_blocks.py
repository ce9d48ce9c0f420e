"""Static blocks of classes do what they do when their class is declared."""

from __future__ import annotations

import pytest

from tests.projects import audited, run

BLOCKS = {
    "a call": "class A { static { fetch('https://a.test/x'); } }",
    "a method of the class": "class A { static { this.begin(); } static begin() { fetch('https://a.test/x'); } }",
    "by its name": "class A { static n = 1; static { A.begin(); } static begin() { fetch('https://a.test/x'); } }",
    "a loop": "class A { static { for (const one of ['x']) fetch(`https://a.test/${one}`); } }",
    "a try": "class A { static { try { fetch('https://a.test/x'); } catch {} } }",
    "a variable of its own": "class A { static { const sent = fetch('https://a.test/x'); sent.then(() => {}); } }",
    "what it sets": "class A { static url; static { this.url = 'https://a.test/x'; } static { fetch(A.url); } }",
    "a static field, with this": (
        "class A { static now = this.begin(); static begin() { return fetch('https://a.test/x'); } }"
    ),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_a_static_block_runs_with_its_class(name: str) -> None:
    assert run(BLOCKS[name]) == {"GET a.test/x": (1, 1)}


def test_a_test_in_a_static_block_lets_some_runs_through() -> None:
    source = "class A { static { if (process.env.ON) fetch('https://a.test/x'); } }"
    assert run(source) == {"GET a.test/x": (0, 1)}


def test_a_variable_of_a_static_block_is_none_of_its_module() -> None:
    block = "static { const url = 'https://b.test/y'; A.n = url; }"
    source = f"const url = 'https://a.test/x'; class A {{ {block} }} fetch(url);"
    assert run(source) == {"GET a.test/x": (1, 1)}


def test_a_timer_in_a_static_block_polls() -> None:
    source = "class A { static { setInterval(() => fetch('https://a.test/x'), 1000); } }"
    assert [one.intervals[0].ms for one in audited({"main.ts": source}).triggers] == [1000]


def test_a_method_that_no_static_block_calls_does_not_run() -> None:
    source = "class A { static { A.other(); } static other() {} static begin() { fetch('https://a.test/x'); } }"
    assert run(source) == {}
