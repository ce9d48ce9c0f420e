"""Loops whose body moves the counter as well go on, leave early, or begin anew: not as often as their head says."""

from __future__ import annotations

import pytest

from tests.projects import cases, run

ASK = "await fetch('https://a.test/one');"
LOOPS = {
    "it skips": (f"for (let i = 0; i < 10; i++) {{ if (i % 2) i += 1; {ASK} }}", (1, 10)),
    "it skips one": (f"for (let i = 10; i > 0; i--) {{ {ASK} if (go) i--; }}", (1, 10)),
    "it takes one again": (f"for (let i = 0; i < 10; i++) {{ {ASK} if (go) i--; }}", (1, None)),
    "it begins anew": (f"for (let i = 0; i < 10; i++) {{ {ASK} if (go) i = 0; }}", (1, None)),
    # ---
    "another counter": (f"let n = 0; for (let i = 0; i < 10; i++) {{ n += 1; {ASK} }}", (10, 10)),
    "it is only read": (f"for (let i = 0; i < 10; i++) {{ console.log(i + 1); {ASK} }}", (10, 10)),
}


@pytest.mark.parametrize("name", cases(LOOPS))
def test_how_often_a_loop_runs(name: str) -> None:
    source, wanted = LOOPS[name]
    assert run(f"const go = process.argv[2]; {source}") == {"GET a.test/one": wanted}
