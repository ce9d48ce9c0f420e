"""What a function puts under a key and takes out again is what this run put there."""

from __future__ import annotations

import pytest

from tests.projects import run

HEAD = """
import Breaker from "opossum";
const sources = {
  a: { id: "a", load: () => fetch("https://a.test/one") },
  b: { id: "b", load: () => fetch("https://a.test/two") },
};
const made: Record<string, any> = {};
class Once { constructor(private work: () => unknown) {} run() { return this.work(); } fire() { return this.work(); } }
"""


@pytest.mark.parametrize("kind", ["Breaker", "Once"])
@pytest.mark.parametrize(
    "body",
    [
        "if (!made[one.id]) { const it = new KIND(() => one.load()); made[one.id] = it; }",
        "if (!made[one.id]) made[one.id] = new KIND(() => one.load());",
        "if (!(one.id in made)) { made[one.id] = new KIND(() => one.load()); }",
    ],
)
def test_an_object_that_was_handed_something(kind: str, body: str) -> None:
    source = f"{HEAD} function of(one: any) {{ {body.replace('KIND', kind)} return made[one.id]; }}"
    found = run(f"{source} await of(sources.a).fire();")
    assert found.keys() == {"GET a.test/one"}
    assert all(most == 1 for _, most in found.values())


def test_another_key_is_another_object() -> None:
    body = "made[one.id] = new Once(() => one.load()); return made[other.id];"
    source = f"{HEAD} function of(one: any, other: any) {{ {body} }}"
    assert "GET a.test/one" not in run(f"{source} await of(sources.a, sources.b)?.fire();")
    assert "GET a.test/one" in run(f"{source} await of(sources.a, sources.a)?.fire();")
