"""A loop that an attempt leaves which went well goes round when that fails."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

ASK = "await fetch('https://a.test/one');"
AGAIN = {
    "break": f"for (let i = 0; i < 3; i++) {{ try {{ {ASK} break; }} catch {{}} }}",
    "break, the error is told": f"for (let i = 0; i < 3; i++) {{ try {{ {ASK} break; }} catch (error) {{ console.log(error); }} }}",
    "break, counted by hand": f"let n = 0; while (n < 3) {{ n++; try {{ {ASK} break; }} catch {{}} }}",
    "a jump that names the loop": f"again: for (let i = 0; i < 3; i++) {{ try {{ {ASK} break again; }} catch {{}} }}",
    "a jump out of two loops": f"all: for (;;) {{ for (let i = 0; i < 3; i++) {{ try {{ {ASK} break all; }} catch {{}} }} break; }}",
    "return": f"async function f() {{ for (let i = 0; i < 3; i++) {{ try {{ {ASK} return; }} catch {{}} }} }} await f();",
}  # fmt: skip
ONCE = {
    "the handler leaves too": f"for (let i = 0; i < 3; i++) {{ try {{ {ASK} break; }} catch {{ break; }} }}",
    "the handler throws": f"for (let i = 0; i < 3; i++) {{ try {{ {ASK} break; }} catch (error) {{ throw error; }} }}",
    "without a handler": f"for (let i = 0; i < 3; i++) {{ {ASK} break; }}",
}


@pytest.mark.parametrize("name", cases(AGAIN))
def test_a_failure_goes_round(name: str) -> None:
    assert run(AGAIN[name]) == {"GET a.test/one": (1, 3)}


@pytest.mark.parametrize("name", cases(ONCE))
def test_what_always_leaves_has_one_round(name: str) -> None:
    assert run(ONCE[name]) == {"GET a.test/one": (1, 1)}
