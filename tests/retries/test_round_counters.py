"""Loops that several ways lead round: what one of them counts bounds all of them only where it is counted on each."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

LOOP = """
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const WAITS = [1000, 2000, 4000];
async function send() {{
  let tries = 0; let limited = 0;
  {loop} {{
    let answer;
    try {{ answer = await fetch('https://a.test/x'); }} catch (failure) {{ {failed} }}
    if (answer.ok) return answer;
    {more}
    throw new Error('no');
  }}
}}
send();
"""
FAILED = "if (tries >= WAITS.length) throw failure;\n const wait = WAITS[tries++];\n await sleep(wait);\n continue;"

ONE: dict[str, tuple[str, str]] = {
    "one way": ("for (;;)", ""),
    "two ways, one counter": ("for (;;)", "if (answer.status >= 500) { if (tries >= WAITS.length) throw answer; await sleep(WAITS[tries++]); continue; }"),
    "in a switch, one counter": ("for (;;)", "switch (answer.status) { case 500: if (tries >= WAITS.length) throw answer; await sleep(WAITS[tries++]); continue; }"),
    "the loop counts": ("for (let n = 0; n < 4; n++)", "if (answer.status === 429) { limited++; await sleep(1000); continue; }"),
}  # fmt: skip
APART: dict[str, tuple[str, str]] = {
    "a counter of its own": ("for (;;)", "if (answer.status === 429) { if (limited >= 5) throw answer; limited++; await sleep(1000); continue; }"),
    "and in a while": ("while (true)", "if (answer.status === 429) { if (++limited > 5) throw answer; await sleep(1000); continue; }"),
    "in a switch": ("for (;;)", "switch (answer.status) { case 429: limited++; await sleep(1000); continue; }"),
    "nothing counts it": ("for (;;)", "if (answer.status === 401) { await sleep(10); continue; }"),
}  # fmt: skip


def attempts(loop: str, more: str) -> int | None:
    source = LOOP.format(loop=loop, failed=FAILED, more=more.replace("; ", ";\n").replace("{ ", "{\n"))
    (retry,) = audited({"main.ts": source}).retries
    return retry.max_attempts


@pytest.mark.parametrize("name", cases(ONE))
def test_one_counter_bounds_the_rounds(name: str) -> None:
    assert attempts(*ONE[name]) == 4


@pytest.mark.parametrize("name", cases(APART))
def test_a_counter_of_one_way_does_not(name: str) -> None:
    assert attempts(*APART[name]) is None
