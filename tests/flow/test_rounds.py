"""How often loops, folds and recursion call: each function of a written list once, each level that a counter lets."""

from __future__ import annotations

import pytest

from callaudit.flow.loops.idle_numbers import idle_parameters
from callaudit.link.module import Module
from tests.projects import run
from tests.syntax.shown import facts

TWO = """
const a = () => fetch('https://api.test/a');
const b = () => fetch('https://api.test/b');
const byName: Record<string, () => Promise<Response>> = { a, b };
"""

LISTS = [
    "for (const f of [a, b]) await f();",
    "for (const [name, f] of [['a', a], ['b', b]] as const) { console.log(name); await f(); }",
    "for (const one of [{ name: 'a', run: a }, { name: 'b', run: b }]) { try { await one.run(); } catch {} }",
    "const list = [a, b]; for (let i = 0; i < list.length; i++) await list[i]();",
    "const all = [{ run: a }, { run: b }]; for (let i = 0; i < all.length; i++) { const x = all[i]; await x.run(); }",
    "for (const name of Object.keys(byName)) await byName[name]();",
    "for (const [name, f] of Object.entries(byName)) { console.log(name); await f(); }",
    "for (const f of Object.values(byName)) await f();",
    "await Promise.all([a, b].map((f) => f()));",
    "await [a, b].reduce((last: Promise<unknown>, f) => last.then(() => f()), Promise.resolve());",
]


@pytest.mark.parametrize("source", LISTS)
def test_each_function_of_a_written_list_runs_once(source: str) -> None:
    assert run(TWO + source) == {"GET api.test/a": (1, 1), "GET api.test/b": (1, 1)}


def test_a_list_of_delays_is_no_list_of_functions() -> None:
    source = "const delays = [1, 2, 3]; for (let i = 0; i < delays.length; i++) { await a(); console.log(delays[i]); }"
    assert run(TWO + source) == {"GET api.test/a": (3, 3)}


LEVELS = {
    "const res = await fetch(url); if (res.ok || depth >= 3) return res; return get(url, depth + 1);": (1, 4),
    "const res = await fetch(url); if (depth >= 3 || res.ok) return res; return get(url, depth + 1);": (1, 4),
    "const res = await fetch(url); if (!res.ok && depth < 3) return get(url, depth + 1); return res;": (1, 4),
    "const res = await fetch(url); if (!(res.ok || depth >= 3)) { return get(url, depth + 1); } return res;": (1, 4),
    "const res = await fetch(url); return res.ok || depth >= 3 ? res : get(url, depth + 1);": (1, 4),
    "const res = await fetch(url); return (!res.ok && depth < 3 && get(url, depth + 1)) || res;": (1, 4),
}


@pytest.mark.parametrize("body", LEVELS)
def test_a_counter_beside_another_reason_to_stop(body: str) -> None:
    source = f"async function get(url: string, depth = 0): Promise<any> {{ {body} }}\nawait get('https://api.test/a');"
    assert run(source) == {"GET api.test/a": LEVELS[body]}


@pytest.mark.parametrize(("most", "calls"), [(3, 4), (50, 51)])
def test_recursion_through_pages_that_a_counter_bounds(most: int, calls: int) -> None:
    source = f"""
    async function page(cursor: string, n = 0): Promise<void> {{
      const data = await (await fetch(`https://api.test/a?cursor=${{cursor}}`)).json();
      if (!data.next || n >= {most}) return;
      await page(data.next, n + 1);
    }}
    await page('');
    """
    assert run(source) == {"GET api.test/a": (1, calls)}


def test_recursion_through_data_stays_unbounded() -> None:
    source = """
    async function visit(id: string): Promise<void> {
      const data = await (await fetch(`https://api.test/a?id=${id}`)).json();
      if (data.next) await visit(data.next);
    }
    await visit('');
    """
    assert run(source) == {"GET api.test/a": (1, None)}


ASK = """
async function ask(path: string, left = 1): Promise<any> {
  const answer = await fetch('https://api.test' + path);
  if (answer.status === 409) { %s }
  return answer.json();
}
await ask('/a');
"""
DECIDES = {
    "if (left > 0) return ask(path, left - 1);": (1, 2),
    "return left ? ask(path, left - 1) : null;": (1, 2),
    "return [1].map(() => left > 0 && ask(path, left - 1))[0];": (1, 2),
    "return ask(path, left - 1);": (1, None),
    "console.log(left); return ask(path, left - 1);": (1, None),
}


@pytest.mark.parametrize("body", DECIDES)
def test_a_number_that_is_only_handed_on_ends_nothing(body: str) -> None:
    assert run(ASK % body) == {"GET api.test/a": DECIDES[body]}


def idle_of(params: str, body: str) -> frozenset[int]:
    source = f"async function ask({params}): Promise<any> {{ {body} }}\nask('/a');\n"
    return idle_parameters(Module(facts(source)), 1)


def test_what_is_handed_on_to_the_function_itself_alone() -> None:
    assert idle_of("path, left = 1", "return ask(path, left - 1);") == {0, 1}
    assert idle_of("path, left = 1", "await fetch(path); return this.ask(path, left - 1);") == {1}
    assert idle_of("path, left = 1", "await fetch(path); if (left) return ask(path, left - 1);") == set()
    assert idle_of("path, left = 1", "await fetch(path); return retry(() => ask(path, left - 1));") == set()
    assert idle_of("path, left = 1, last = left", "await fetch(path); return ask(path, left - 1, last);") == {2}
