"""A query whose function is the one that asks it is followed once a level, not twice."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from typing import Any

import pytest

from callaudit.flow.reading.quiet import Quiet
from tests.projects import run

HEAD = "import { useQuery } from '@tanstack/react-query'; "
LATER = "process.on('x', (x) => { if (out.indexOf(x) === -1) return; fetch('https://a.test/x'); });"
ITSELF = {
    "in loops": f"function* load(x) {{ for (const a of list) {{ for (const b of rest) {{ if (n++ < -1) break; switch (n) {{ case BASE: [c, d] = [d, c]; break; default: useQuery({{ queryKey: ['a'], queryFn: load }}); case 'name': return (g ||= this.p) }} }} }} {LATER} }} load(1);",
    "at once": "function load(x) { if (list.length === 0) return; switch (n) { case BASE: b(); break; default: useQuery({ queryKey: ['a'], queryFn: load }); case 'name': return (g ||= this.p); } fetch('https://a.test/x'); } load(1);",
}


@pytest.mark.parametrize("how", ITSELF)
def test_a_query_that_asks_itself(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    probed: list[object] = []
    probe = Quiet._probe  # noqa: SLF001 - how often it is asked is what the test is about

    def counted(self: Quiet, closure: Any, this: Any) -> Any:
        probed.append(closure)
        return probe(self, closure, this)

    monkeypatch.setattr(Quiet, "_probe", counted)
    assert "GET a.test/x" in run(HEAD + ITSELF[how])
    assert len(probed) < 8


def test_a_function_that_asks_another_is_asked_for_both() -> None:
    found = run(
        f"{HEAD}const inner = () => fetch('https://a.test/x'); function one() {{ return useQuery({{ queryKey: ['a'], queryFn: inner }}); }} one(); one();"
    )
    assert found == {"GET a.test/x": (2, 2)}
