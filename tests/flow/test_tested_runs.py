"""What a program does only while it is tested is nothing that it does for its users."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ONE = {"GET a.test/one": (1, 1)}
TWO = "await fetch('https://a.test/two');"
TESTED = {
    "a branch": f"if (process.env.NODE_ENV === 'test') {{ {TWO} }} else {{ await fetch('https://a.test/one'); }}",
    "a branch that leaves": f"async function go() {{ if (process.env.NODE_ENV === 'test') {{ {TWO} return; }} await fetch('https://a.test/one'); }} await go();",
    "unlike": f"if (process.env.NODE_ENV !== 'test') {{ await fetch('https://a.test/one'); }} else {{ {TWO} }}",
    "a switch": f"switch (process.env.NODE_ENV) {{ case 'test': {TWO} break; default: await fetch('https://a.test/one'); }}",
    "with a default": f"const mode = process.env.NODE_ENV ?? 'development'; if (mode === 'test') {{ {TWO} }} await fetch('https://a.test/one');",
    "of a bundler": f"if (import.meta.env.MODE === 'test') {{ {TWO} }} await fetch('https://a.test/one');",
    "a host": "const base = process.env.NODE_ENV == 'test' ? 'http://localhost:9' : 'https://a.test'; await fetch(base + '/one');",
}


@pytest.mark.parametrize("name", cases(TESTED))
def test_what_is_only_done_under_tests_is_not_done(name: str) -> None:
    assert run(TESTED[name]) == ONE


OTHERS = {
    "another mode": f"if (process.env.NODE_ENV === 'staging') {{ {TWO} }}",
    "another variable": f"if (process.env.STAGE === 'test') {{ {TWO} }}",
    "a mode of its own": f"if (process.env.MODE === 'test') {{ {TWO} }}",
    "a mode of its own, taken apart": f"const {{ MODE: mode }} = process.env; if (mode === 'test') {{ {TWO} }}",
    "no mode of a program": f"const mode = JSON.parse(process.argv[2]).NODE_ENV; if (mode === 'test') {{ {TWO} }}",
}


@pytest.mark.parametrize("name", cases(OTHERS))
def test_what_other_words_say_may_be(name: str) -> None:
    assert run(OTHERS[name]) == {"GET a.test/two": (0, 1)}
