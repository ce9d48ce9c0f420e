"""Variables that hold an object and are given another, with what was asked for and when: the object is the cache."""

from __future__ import annotations

import pytest

from tests.projects import audited

LOAD = """
const TTL = 60_000;
{declared}
export async function load(force = false) {{
  const now = Date.now();
  {test}
  const data = await (await fetch('https://a.test/x')).json();
  {kept}
  return data;
}}
load();
"""
DECLARED = "let kept = { at: 0, data: null as any };"
TESTS = [
    "if (now - kept.at < TTL) return kept.data;",
    "if (!force && kept.at > 0 && now - kept.at < TTL) { return kept.data; }",
    "if (kept.data && Date.now() - kept.at < TTL) return kept.data;",
]


def caches(declared: str, test: str, kept: str) -> list[int | None]:
    """The lifetimes of the caches of one program."""
    inventory = audited({"main.ts": LOAD.format(declared=declared, test=test, kept=kept)})
    return [guard.ttl_ms for guard in inventory.guards if guard.kind == "cache"]


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("kept", ["kept = { at: now, data };", "kept = { at: Date.now(), data: data };"])
def test_the_whole_object_is_put_there(test: str, kept: str) -> None:
    assert caches(DECLARED, test, kept) == [60_000]


@pytest.mark.parametrize("test", TESTS)
def test_its_properties_are_set_and_it_is_emptied_elsewhere(test: str) -> None:
    declared = DECLARED + "\nexport function forget() { kept = { at: 0, data: null }; }"
    assert caches(declared, test, "kept.at = now; kept.data = data;") == [60_000]


@pytest.mark.parametrize(
    "kept",
    ["", "const other = { at: now, data };", "kept = { ...kept };", "function f() { let kept = { at: now, data }; }"],
)
def test_an_object_that_nothing_is_put_into_keeps_nothing(kept: str) -> None:
    assert caches(DECLARED, TESTS[0], kept) == []
