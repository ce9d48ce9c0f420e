"""What a timer or loop runs only now and then has an interval of its own."""

from __future__ import annotations

import pytest

from tests.projects import audited

TIMER = """
let tick = 0;
let last = 0;
const EVERY = 5;
class Counter {{
  private runs = 0;
  start() {{ setInterval(() => this.run(), 1000); }}
  async run() {{ this.runs += 1; if (this.runs % 3 === 0) await slow(); }}
}}
async function fast() {{ await fetch('https://a.test/fast'); }}
async function slow() {{ await fetch('https://a.test/slow'); }}
{extra}
setInterval(async () => {{
  {body}
}}, 1000);
"""
LOOP = """
async function slow() {{ await fetch('https://a.test/slow'); }}
async function run() {{
  let round = 0;
  let last = 0;
  let since = new Date(0);
  const state = {{ last: 0 }};
  while (true) {{
    await fetch('https://a.test/fast');
    {body}
    await new Promise((done) => setTimeout(done, 1000));
  }}
}}
run();
"""


def intervals(source: str) -> dict[str, list[float]]:
    """The intervals at which each path is asked for."""
    found: dict[str, list[float]] = {}
    for trigger in audited({"main.ts": source}).triggers:
        for endpoint in trigger.endpoints:
            found.setdefault(endpoint.path, []).extend(span.ms for span in trigger.intervals)
    return found


@pytest.mark.parametrize(
    "body",
    [
        "tick++; await fast(); if (tick % 5 === 0) { await slow(); }",
        "await fast(); if (0 === ++tick % EVERY) await slow();",
        "await fast(); if (tick++ % 5 == 0) await slow();",
        "tick = tick + 1; await fast(); if (!(tick % 5)) await slow();",
        "await fast(); tick += 1; if (tick % 5 !== 0) return; await slow();",
        "await fast(); tick += 1; if (tick % 5) return; await slow();",
        "await fast(); tick += 1; tick % 5 === 4 && (await slow());",
        "await fast(); if (tick++ % 5 === 0) { await slow(); } else { void 0; }",
    ],
)
def test_every_fifth_run_of_a_timer(body: str) -> None:
    assert intervals(TIMER.format(body=body, extra="")) == {"/fast": [1000], "/slow": [5000]}


@pytest.mark.parametrize(
    "body",
    [
        "await fast(); if (Date.now() - last > 5000) { last = Date.now(); await slow(); }",
        "await fast(); const now = Date.now(); if (now - last < 4500) return; last = now; await slow();",
    ],
)
def test_the_first_run_after_a_time(body: str) -> None:
    assert intervals(TIMER.format(body=body, extra="")) == {"/fast": [1000], "/slow": [5000]}


@pytest.mark.parametrize(
    "body",
    [
        "if (round % 10 === 0) await fetch('https://a.test/slow'); round++;",
        "round += 1; if (round % 10 !== 0) { void 0; } else { await fetch('https://a.test/slow'); }",
    ],
)
def test_every_tenth_round_of_a_loop(body: str) -> None:
    assert intervals(LOOP.format(body=body)) == {"/fast": [1000], "/slow": [10_000]}


@pytest.mark.parametrize(
    "body",
    [
        "if (Date.now() - last > 9500) { last = Date.now(); await slow(); }",
        "if (Date.now() - last > 9500) { await slow(); last = Date.now(); }",
        "const now = Date.now(); if (now - last >= 9.5 * 1000) { await slow(); last = now; }",
        "if (last + 9500 < Date.now()) { last = Date.now(); await slow(); }",
        "if (!(Date.now() - last < 9500)) { last = Date.now(); await slow(); }",
        "if (round > 2 && Date.now() > last + 9500) { last = Date.now(); await slow(); }",
        "if (Date.now() - last < 9500) { void 0; } else { last = Date.now(); await slow(); }",
        "if (Date.now() - state.last > 9500) { state.last = Date.now(); await slow(); }",
        "if (Date.now() - since.getTime() > 9500) { since = new Date(); await slow(); }",
    ],
)
def test_a_time_that_a_variable_of_the_loop_s_function_remembers(body: str) -> None:
    assert intervals(LOOP.format(body=body)) == {"/fast": [1000], "/slow": [10_000]}


def test_what_follows_a_test_of_the_time_that_leaves_the_round() -> None:
    source = """
    async function run() {
      let last = 0;
      for (;;) {
        await new Promise((done) => setTimeout(done, 1000));
        await fetch('https://a.test/fast');
        if (Date.now() - last < 9500) continue;
        last = Date.now();
        await fetch('https://a.test/slow');
      }
    }
    run();
    """
    assert intervals(source) == {"/fast": [1000], "/slow": [10_000]}


@pytest.mark.parametrize(
    "body",
    [
        "if (Date.now() - last < 9500) { last = Date.now(); await slow(); }",  # it shuts as time goes by
        "if (Date.now() - last > 9500) { last = 7; await slow(); }",  # another number
        "let first = 0; if (Date.now() - first > 9500) { first = Date.now(); await slow(); }",  # anew each round
        "if (round > 2 || Date.now() - last > 9500) { last = Date.now(); await slow(); }",  # not only then
    ],
)
def test_what_only_looks_like_a_time_that_has_to_pass(body: str) -> None:
    assert intervals(LOOP.format(body=body)) == {"/fast": [1000], "/slow": [1000]}


@pytest.mark.parametrize(
    "body",
    [
        "if (Date.now() - last > 9500) { await slow(); } last = Date.now();",  # only a long round opens it
        "if (Date.now() - last > Number(process.env.N)) { last = Date.now(); await slow(); }",  # nobody knows
    ],
)
def test_a_time_that_has_to_pass_and_is_not_known(body: str) -> None:
    assert intervals(LOOP.format(body=body)) == {"/fast": [1000], "/slow": []}


def test_a_counter_in_a_field_and_nothing_beside_the_gate() -> None:
    source = TIMER.format(body="await fast();", extra="new Counter().start();")
    assert intervals(source) == {"/fast": [1000], "/slow": [3000]}


@pytest.mark.parametrize(
    ("body", "slow"),
    [
        ("if (tick % 2 === 0) { await fast(); if (tick % 10 === 0) await slow(); }", 10_000),
        ("if (tick % 2 === 0) { await fast(); if (tick % 3 === 0) await slow(); }", 6_000),
        ("if (tick % 2 === 0) { await fast(); if (last++ % 10 === 0) await slow(); }", 20_000),
    ],
)
def test_gates_inside_gates(body: str, slow: int) -> None:
    assert intervals(TIMER.format(body=f"tick++; {body}", extra="")) == {"/fast": [2000], "/slow": [slow]}


@pytest.mark.parametrize(
    "body",
    [
        "await fast(); if (tick % 5 === 0) await slow();",  # nothing counts
        "tick += 2; await fast(); if (tick % 5 === 0) await slow();",  # not by one
        "tick++; await fast(); if (tick % Number(process.env.N) === 0) await slow();",  # nobody knows
        "tick++; await fast(); if (tick % 1 === 0) await slow();",
        "tick++; await fast(); if (tick > 5) await slow();",
    ],
)
def test_what_is_no_gate_runs_each_time(body: str) -> None:
    assert intervals(TIMER.format(body=body, extra="")) == {"/fast": [1000], "/slow": [1000]}


@pytest.mark.parametrize(
    "fill",
    [
        "kept = await fetch('https://a.test/slow'); at = Date.now();",
        "at = Date.now(); kept = await fetch('https://a.test/slow');",
        "const answer = await fetch('https://a.test/slow'); at = Date.now(); kept = answer;",
    ],
)
def test_what_a_store_gives_back_is_a_cache_and_no_gate(fill: str) -> None:
    source = f"""
    let kept;
    let at = 0;
    export async function prices() {{
      if (Date.now() - at > 5000) {{ {fill} }}
      return kept;
    }}
    setInterval(() => prices(), 1000);
    """
    assert intervals(source) == {"/slow": [1000]}
    assert [guard.kind for guard in audited({"main.ts": source}).guards] == ["cache"]
