"""A loop that goes on for ever, and makes its wait of the wait before, has none that is known."""

from __future__ import annotations

import pytest

from tests.projects import audited

LOOP = """
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
async function main() {
  let wait = 1000;
  let n = 0;
  while (true) {
    BODY
    await pause(wait);
  }
}
main();
"""
ASK = "const r = await fetch('https://a.test/one');"


def told(body: str) -> tuple[list[float], bool]:
    """The intervals of the only trigger, and whether it says why they are not known."""
    (trigger,) = audited({"main.ts": LOOP.replace("BODY", body)}).triggers
    return [one.ms for one in trigger.intervals], bool(trigger.why)


@pytest.mark.parametrize(
    "body",
    [
        f"try {{ {ASK} wait = 1000; }} catch {{ wait = Math.min(wait * 2, 30_000); }}",
        f"{ASK} if (r.ok) wait = 1000; else wait *= 2;",
        f"{ASK} wait = r.ok ? 1000 : wait + 500;",
    ],
)
def test_a_wait_that_is_made_of_itself_is_not_known(body: str) -> None:
    assert told(body) == ([], True)


@pytest.mark.parametrize(
    "ms", ["const ms = wait;", "const ms = Math.round(wait * 1.5);", "let half = wait / 2; const ms = half * 3;"]
)
def test_nor_is_one_that_is_made_of_such_a_wait(ms: str) -> None:
    body = f"{ASK} if (r.ok) wait = 1000; else wait *= 2; {ms}"
    (trigger,) = audited({"main.ts": LOOP.replace("BODY", body).replace("pause(wait)", "pause(ms)")}).triggers
    assert (trigger.intervals, bool(trigger.why)) == ((), True)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"{ASK} if (r.ok) wait = 1000; else wait = 5000;", [1000, 5000]),
        (f"{ASK} n *= 2;", [1000]),
        (f"{ASK} n *= 2; const seen = n;", [1000]),
        ("const r = await fetch(`https://a.test/${n}`); n += 1; wait = r.ok ? 1000 : 5000;", [1000, 5000]),
        (ASK, [1000]),
    ],
)
def test_other_waits_are_known(body: str, found: list[float]) -> None:
    assert told(body) == (found, False)
