"""Loops that try again as often as a variable of the environment says, and waits that are declared first."""

from __future__ import annotations

import pytest

from tests.projects import audited

LOOP = """
{before}
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))
async function go(tries = MOST) {{
  for (let i = 0; {test}; i++) {{
    try {{
      return await fetch('https://a.example/x')
    }} catch (error) {{
      {wait}
    }}
  }}
}}
go()
"""


def _retry(source: str) -> tuple[int | None, tuple[float, ...], str]:
    (found,) = audited({"main.ts": source}).retries
    return found.max_attempts, found.delays_ms, found.backoff


@pytest.mark.parametrize(
    "before",
    [
        "const MOST = Number(process.env.TRIES) || 3",
        "const MOST = Number(process.env.TRIES ?? '3')",
        "const MOST = parseInt(process.env.TRIES || '3', 10)",
    ],
)
@pytest.mark.parametrize("test", ["i < tries", "i < MOST", "i <= MOST - 1"])
def test_a_variable_bounds_the_rounds_by_its_default(before: str, test: str) -> None:
    source = LOOP.format(before=before, test=test, wait="await sleep(100 * (i + 1))")
    assert _retry(source) == (3, (100, 200), "linear")


def test_a_default_decides_inside_the_round_too() -> None:
    wait = "if (i === MOST - 1) throw error\n await sleep(500)"
    source = LOOP.format(before="const MOST = Number(process.env.TRIES) || 3", test="true", wait=wait)
    assert _retry(source) == (3, (500, 500), "fixed")


@pytest.mark.parametrize("before", ["const MOST = Number(process.env.TRIES)", "const MOST = Number(process.argv[2])"])
def test_without_a_default_the_bound_is_not_known(before: str) -> None:
    found = _retry(LOOP.format(before=before, test="i < tries", wait="await sleep(500)"))
    assert (found[0], found[2]) == (None, "fixed")


@pytest.mark.parametrize(
    ("wait", "backoff"),
    [
        ("const ms = 2 ** i * 1000; await sleep(ms)", "exponential"),
        ("const ms = Math.pow(2, i) * 1000; await new Promise((done) => setTimeout(done, ms))", "exponential"),
        (
            "const ms = Math.min(1000 * 2 ** i, 30000)\n const whole = Math.floor(ms)\n await sleep(whole)",
            "exponential",
        ),
        ("const ms = (i + 1) * 1000; await sleep(ms)", "linear"),
    ],
)
def test_two_waits_that_are_declared_first_grow_as_they_are_computed(wait: str, backoff: str) -> None:
    source = LOOP.format(before="const MOST = 3", test="i < tries", wait=wait)
    assert _retry(source) == (3, (1000, 2000), backoff)


ANSWERS = """
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))
async function go() {{
  for (let i = 0; i < 3; i++) {{
    const answer = await fetch('https://a.example/x')
    {body}
  }}
}}
go()
"""


@pytest.mark.parametrize(
    "body",
    [
        "if (!answer.ok) { if (i < 2) { await sleep(1000); continue } throw new Error('down') }\n return answer",
        "if (answer.ok) return answer\n if (answer.status < 500) throw Error()\n else { await sleep(1000); continue }",
        "if (!answer.ok) { if (answer.status === 429) { await sleep(1); continue }\n throw Error() }\n return answer",
    ],
)
def test_a_way_inside_a_way_goes_on_to_the_next_round(body: str) -> None:
    most, delays, backoff = _retry(ANSWERS.format(body=body))
    assert (most, len(delays), backoff) == (3, 2, "fixed")


def test_a_way_that_always_leaves_is_no_retry() -> None:
    body = "if (!answer.ok) { if (i < 2) { await sleep(1000); return null } throw new Error('x') }\n return answer"
    assert audited({"main.ts": ANSWERS.format(body=body)}).retries == ()
