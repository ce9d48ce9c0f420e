"""Ways to the next attempt, or the next round, that wait unlike: no wait of one of them is said to be that of all."""

from __future__ import annotations

import pytest

from tests.projects import audited

SLEEP = "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n"
RETRY = (
    SLEEP
    + """
async function load() {{
  let wait = 500;
  for (let n = 0; n < 5; n++) {{
    {body}
  }}
}}
load();
"""
)
CAUGHT = "try {{ return await fetch('https://a.test/x'); }} catch (e) {{ {0} }}"
ANSWERED = "const answer = await fetch('https://a.test/x');\n if (answer.ok) return answer; {0}"
BOTH = "try {{ const answer = await fetch('https://a.test/x');\n {0} return answer; }} catch (e) {{ {1} }}"
EXPONENTIAL = "await sleep(1000 * 2 ** n);"


def waits(body: str) -> tuple[int | None, str, tuple[float, ...]]:
    """The attempts, the growth and the waits of the one retry."""
    (retry,) = audited({"main.ts": RETRY.format(body=body)}).retries
    return retry.max_attempts, retry.backoff, retry.delays_ms


@pytest.mark.parametrize(
    "body",
    [
        CAUGHT.format(f"if (e.code === 429) {{ {EXPONENTIAL} }} else {{ await sleep(1000); }}"),
        CAUGHT.format(f"if (e.code === 429) {{ {EXPONENTIAL} continue; }} await sleep(1000);"),
        CAUGHT.format("if (e.code === 429) { await sleep(wait); wait *= 2; } else await sleep(500);"),
        ANSWERED.format(f"if (answer.status === 429) {{ {EXPONENTIAL} }} else await sleep(1000);"),
        ANSWERED.format(f"if (answer.status === 429) {{ {EXPONENTIAL} continue; }} await sleep(1000);"),
        ANSWERED.format("await sleep(answer.status === 429 ? 1000 * 2 ** n : 1000);"),
        BOTH.format(f"if (answer.status === 429) {{ {EXPONENTIAL} continue; }}", "await sleep(1000);"),
    ],
)
def test_only_one_way_waits_exponentially(body: str) -> None:
    assert waits(body) == (5, "unknown", ())


@pytest.mark.parametrize(
    "body",
    [
        CAUGHT.format(f"if (e.code === 429) {{ {EXPONENTIAL} }} else {{ {EXPONENTIAL} }}"),
        CAUGHT.format(EXPONENTIAL),
        ANSWERED.format(f"if (answer.status === 429) {{ report(answer); {EXPONENTIAL} continue; }} {EXPONENTIAL}"),
        BOTH.format(f"if (answer.status === 429) {{ {EXPONENTIAL} continue; }}", EXPONENTIAL),
    ],
)
def test_all_ways_wait_alike(body: str) -> None:
    assert waits(body) == (5, "exponential", (1000, 2000, 4000, 8000))


@pytest.mark.parametrize(
    "body",
    [
        ANSWERED.format("if (answer.status === 429) await sleep(3000 * 2 ** n); else await sleep(1000 * 2 ** n);"),
        CAUGHT.format("if (e.code === 429) { await sleep(3000 * 2 ** n); continue; } await sleep(1000 * 2 ** n);"),
    ],
)
def test_both_ways_grow_by_a_power(body: str) -> None:
    assert waits(body) == (5, "exponential", ())


def test_a_wait_beside_another_is_added() -> None:
    body = ANSWERED.format("if (answer.status === 429) { await sleep(5000); } await sleep(1000);")
    assert waits(body) == (5, "fixed", (6000, 6000, 6000, 6000))


LOOP = (
    SLEEP
    + """
async function run(urls) {{
  while (true) {{
    const job = await fetch('https://a.test/job');
    {body}
  }}
}}
run(load());
"""
)


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("if (job.busy) await sleep(1000); else await sleep(5000);", [(1000, "job.busy"), (5000, "!job.busy")]),
        ("if (!job.ok) { await sleep(60_000); continue; } await sleep(5000);", [(60_000, "!job.ok"), (5000, "job.ok")]),
        ("if (job.more) continue; await sleep(5000);", [(5000, "!job.more")]),
        ("if (job.empty) await sleep(5000);", [(5000, "job.empty")]),
        (
            "switch (job.kind) { case 1: await sleep(1000); break; default: await sleep(9000); }",
            [(1000, "job.kind === 1"), (9000, "otherwise")],
        ),
        ("if (job.slow) await sleep(1000); await sleep(5000);", [(6000, "job.slow"), (5000, "!job.slow")]),
        (
            "for (const url of urls) await sleep(100); await sleep(5000);",
            [(5000, "at least: loops inside wait too")],
        ),
    ],
)
def test_a_round_waits_by_the_way_that_it_takes(body: str, spans: list[tuple[float, str]]) -> None:
    triggers = audited({"main.ts": LOOP.format(body=body)}).triggers
    assert [(one.ms, one.when) for trigger in triggers for one in trigger.intervals] == spans


@pytest.mark.parametrize(
    "body",
    [
        "await sleep(5000);",
        "if (job.busy) await sleep(5000); else await sleep(5000);",
        "if (job.bad) report(job); await sleep(5000);",
        "if (job.more) { await sleep(5000); continue; } await sleep(5000);",
    ],
)
def test_a_round_whose_ways_wait_alike_has_one_time(body: str) -> None:
    triggers = audited({"main.ts": LOOP.format(body=body)}).triggers
    assert [(one.ms, one.when) for trigger in triggers for one in trigger.intervals] == [(5000, "")]
