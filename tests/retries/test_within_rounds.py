"""Loops whose rounds set variables of their own, add chance to a wait afterwards, or are more than are taken."""

# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited

SETUP = """
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const ask = async (n: unknown) => (await fetch('https://a.test/x', { method: 'POST', body: String(n) })).json();
"""


def retries(body: str) -> list[tuple[int | None, tuple[float, ...], bool]]:
    """The attempts, the waits and the jitter of each retry."""
    found = audited({"main.ts": SETUP + body}).retries
    return [(retry.max_attempts, retry.delays_ms, retry.jitter) for retry in found]


ROUND = """
async function place(size: any) {{
  let attempt = 0; {before}
  while (attempt < 3) {{
    attempt++;
    {inside}
    const answer = await ask(amount);
    if (answer.done) return answer;
    await sleep(500);
  }}
}}
place({{ kind: process.argv[2], sum: 5 }});
"""


@pytest.mark.parametrize(
    "inside",
    [
        "let amount;\n if (size.kind === 'sum') { amount = size.sum; } else { amount = 7; }",
        "let amount = 0;\n if (size.kind === 'sum') amount = size.sum;",
        "let amount: number;\n switch (size.kind) { case 'sum': amount = size.sum; break; default: amount = 1; }",
    ],
)
def test_what_a_round_sets_for_itself_is_the_same_in_the_next(inside: str) -> None:
    assert retries(ROUND.format(before="", inside=inside)) == [(3, (500, 500), False)]


@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ("let amount = 0;", "if (size.kind === 'sum') { amount = attempt * 2; }"),
        ("", "let amount;\n if (size.kind === 'sum') { amount = attempt; }"),
        ("const list = [1, 2, 3];", "let amount;\n if (size.kind) { amount = list.shift(); }"),
    ],
)
def test_what_goes_on_from_round_to_round_is_another_request(before: str, inside: str) -> None:
    assert retries(ROUND.format(before=before, inside=inside)) == []


METHOD = """
class Desk {{
  private seen: any[] = [];
  private log(answer: any) {{ return JSON.stringify(answer); }}
  private quote() {{ return ask(1); }}
  async place() {{
    const query = {{ page: '' }};
    for (let n = 0; n < 4; n++) {{
      const answer = await {call};
      {noted}
      if (answer.done) return answer;
      await sleep(300);
    }}
  }}
}}
new Desk().place();
"""


@pytest.mark.parametrize("noted", ["this.log(answer);", "const text = this.log(answer.status);"])
def test_an_own_method_that_is_handed_an_answer_fills_nothing(noted: str) -> None:
    assert retries(METHOD.format(call="this.quote()", noted=noted)) == [(4, (300, 300, 300), False)]


def test_an_object_that_is_given_the_next_page_asks_for_another() -> None:
    assert retries(METHOD.format(call="ask(query)", noted="query.page = answer.next;")) == []


WAIT = """
async function load(options: {{ jitter?: boolean }} = {{}}) {{
  const {{ jitter = {jitter} }} = options;
  let delay = 1000;
  for (let n = 0; n < 3; n++) {{
    try {{ return await ask(1); }} catch (failure) {{
      {wait}
      delay *= 2;
    }}
  }}
}}
load();
"""


@pytest.mark.parametrize(
    "wait",
    [
        "let next = Math.min(delay, 9000);\n if (jitter) { next = next * (1 + Math.random() * 0.2); }\n await sleep(next);",
        "let next = delay;\n if (jitter) next *= 1 + Math.random() * 0.2;\n await sleep(next);",
        "const next = delay * (1 + Math.random() * 0.2);\n await sleep(next);",
        "const next = Math.min(9000, 1000 * 2 ** n * (1 + Math.random() * 0.2));\n await new Promise((done) => setTimeout(done, next));",
    ],
)
def test_chance_is_added_to_a_wait_after_it_is_declared(wait: str) -> None:
    assert retries(WAIT.format(jitter="true", wait=wait)) == [(3, (1100, 2200), True)]


def test_a_wait_is_left_as_it_is_where_no_chance_is_added() -> None:
    wait = "let next = Math.min(delay, 9000);\n next = next + 100;\n await sleep(next);"
    assert retries(WAIT.format(jitter="true", wait=wait)) == [(3, (1100, 2100), False)]


def test_chance_that_is_only_tested_decides_nothing() -> None:
    wait = "const lucky = Math.random();\n if (lucky < 0.6) return null;\n await sleep(delay);"
    assert retries(WAIT.format(jitter="true", wait=wait)) == [(3, (1000, 2000), False)]


MANY = """
async function wait() {{
  let tries = 0;
  const most = {most};
  {loop} {{
    const answer = await ask(1);
    if (answer.done) return answer;
    await sleep(2000);
    {step}
  }}
}}
wait();
"""


@pytest.mark.parametrize(
    ("most", "loop", "step"),
    [
        ("180", "while (tries < most)", "tries++;"),
        ("120", "for (let n = 0; n < most; n++)", ""),
        ("90", "while (true)", "if (++tries >= most) throw new Error('late');"),
    ],
)
def test_a_loop_ends_after_more_rounds_than_are_taken(most: str, loop: str, step: str) -> None:
    ((attempts, delays, _),) = retries(MANY.format(most=most, loop=loop, step=step))
    assert (attempts, set(delays)) == (int(most), {2000})


def test_a_loop_that_nothing_counts_has_no_end() -> None:
    ((attempts, _, _),) = retries(MANY.format(most="180", loop="while (true)", step=""))
    assert attempts is None
