"""Functions that call each other twice have more paths than a run can follow: each is looked at once."""

from __future__ import annotations

import pytest

from tests.projects import audited

LEVELS = 40
DOUBLING = "\n".join(f"function f{n}() {{ f{n - 1}(); f{n - 1}(); }}" for n in range(1, LEVELS + 1))
GUARDED = """
if (x > 3) {{ f{levels}(); return; }}
const answer = await fetch('https://a.test/y');
return answer;
"""
REFUSED = """
const answer = await fetch('https://a.test/y');
f{levels}();
if (answer.status === 429) {{ await new Promise((done) => setTimeout(done, 1000)); }}
"""


@pytest.mark.parametrize("body", [GUARDED, REFUSED], ids=["guard", "refusal"])
@pytest.mark.parametrize("deepest", ["new WebSocket('wss://a.test');", "void fetch('https://a.test/deep');"])
def test_a_tree_with_more_paths_than_atoms_ends(body: str, deepest: str) -> None:
    source = f"""
function f0() {{ {deepest} }}
{DOUBLING}
async function g(x) {{ {body.format(levels=LEVELS)} }}
g(Number(process.argv[2]));
"""
    found = audited({"main.ts": source})
    assert {reach.path for entry in found.entries for reach in entry.reaches} >= {"/y"}
