"""What a function gives by way of itself is worked out only so deep."""

from __future__ import annotations

from typing import Any

import pytest

from callaudit.flow.loops import recursion_bounds
from callaudit.flow.machine import activation
from tests.projects import run

AGAIN = """
    const again = async (work, left = 0) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        if (left >= Number(process.env.MOST)) throw new Error('no');
        return %s;
      }
    };
    const first = await again(async () => ({ url: 'https://a.test/x' }));
    await fetch(first.url);
"""


@pytest.mark.parametrize(
    "call", ["again(work, left + 1)", "await again(work, left + 1)", "again(() => work(), left + 1)"]
)
def test_a_function_that_gives_what_it_gives_itself(call: str) -> None:
    assert run(AGAIN % call) == {"GET a.test/x": (1, 1)}


def test_a_function_that_counts_down_gives_its_end() -> None:
    source = """
        const path = (left: number): string => (left > 0 ? path(left - 1) : '/end');
        await fetch('https://a.test' + path(5));
    """
    assert run(source) == {"GET a.test/end": (1, 1)}


WALK = """
    type Node = { kind: string; value?: unknown; items: Node[]; entries: { key: string; value: Node }[] };
    const leaf = (value: unknown): Node => ({ kind: 'leaf', value, items: [], entries: [] });
    function nameOf(node: Node): string | undefined {
      const entry = node.entries.find((e) => e.key === 'name');
      return entry !== undefined && typeof entry.value.value === 'string' ? entry.value.value : undefined;
    }
    function walkObject(old: Node | undefined, value: Record<string, unknown>, path: string, pins: Set<string>): Node {
      const before = old?.kind === 'object' ? old.entries : [];
      const entries = [];
      for (const entry of before) {
        const below = path === '' ? entry.key : `${path}.${entry.key}`;
        const next = value[entry.key];
        if (pins.has(below)) entries.push({ key: entry.key, value: walk(entry.value, next, below, pins) });
      }
      for (const key of Object.keys(value)) {
        entries.push({ key, value: walk(undefined, value[key], path === '' ? key : `${path}.${key}`, pins) });
      }
      return { kind: 'object', entries, items: [] };
    }
    function walkList(old: Node | undefined, value: unknown[], path: string, pins: Set<string>): Node {
      const before = old?.kind === 'list' ? old.items : [];
      const items = [];
      if (value.length > 0 && before.every((n) => nameOf(n) !== undefined)) {
        const byName = new Map(before.map((n) => [nameOf(n) as string, n]));
        for (const one of value) items.push(walk(byName.get(one.name), one, `${path}[name=${one.name}]`, pins));
      } else {
        value.forEach((one, at) => items.push(walk(before[at], one, `${path}[${at}]`, pins)));
      }
      return { kind: 'list', entries: [], items };
    }
    function walk(old: Node | undefined, value: unknown, path: string, pins: Set<string>): Node {
      if (pins.has(path)) return old!;
      if (value === null || value === undefined) return old?.value === null ? old : leaf(null);
      if (typeof value === 'number') return old?.value === value ? old : leaf(value);
      if (Array.isArray(value)) return walkList(old, value, path, pins);
      if (typeof value === 'object') return walkObject(old, value as Record<string, unknown>, path, pins);
      throw new Error(path);
    }
    function show(node: Node, depth: number): string {
      if (node.kind === 'leaf') return JSON.stringify(node.value);
      if (node.kind === 'list') return '[' + node.items.map((one) => show(one, depth + 1)).join(',') + ']';
      return '{' + node.entries.map((e) => `${e.key}:${show(e.value, depth + 1)}`).join(',') + '}';
    }
    const found = await fetch('https://a.test/tree').then((r) => r.json());
    const rows = found.map((row) => ({ name: row.name, score: row.score, rank: row.rank }));
    const tree = walk(undefined, { rows, best: { of: found[0] } }, '', new Set());
    const post = (body: string) => fetch('https://a.test/kind', { method: 'POST', body });
    await post(show(tree, 1));
"""


def test_a_function_that_walks_a_tree_is_not_followed_into_all_branches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recursion_bounds, "MOST_CALLS", 3_000)
    assert run(WALK) == {"GET a.test/tree": (1, 1), "POST a.test/kind": (1, 1)}


STEPPING = """
    const path = (left: number): string => {
      if (left <= 0) return '/end';
      return path(%s);
    };
    await fetch('https://a.test' + path(5));
"""

STEPPING_LATER = """
    const path = async (left: number): Promise<string> => {
      if (left <= 0) return '/end';
      return await path(%s);
    };
    const found = await path(5);
    await fetch('https://a.test' + found);
"""


@pytest.mark.parametrize("source", [STEPPING, STEPPING_LATER])
def test_a_step_that_is_handed_on_is_taken_where_only_values_are_asked_for(source: str) -> None:
    assert run(source % "--left") == {"GET a.test/end": (1, 1)}
    assert run(source % "left--").get("GET a.test/end") != (1, 1)  # the old value is handed on: it never ends


TWICE = """
    async function load(url: string, tries = 0): Promise<Response> {
      const response = await fetch(url);
      if (response.status === 429 && tries < 3) return await load(url, ++tries);
      if (response.status === 503 && tries < 3) %s
      return response;
    }
    const answer = await load('https://a.test/x');
    await fetch('https://a.test/' + answer.status);
"""


@pytest.mark.parametrize("second", ["return load(url, ++tries);", "{ const r = await load(url, ++tries); return r; }"])
def test_levels_that_ran_with_effects_are_not_run_again_for_what_they_give(
    second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[tuple[int, bool]] = []
    real = activation._run  # noqa: SLF001 - what is counted are runs

    def noted(*args: Any, effects: bool) -> Any:
        runs.append((args[4], effects))
        return real(*args, effects=effects)

    monkeypatch.setattr(activation, "_run", noted)
    run(TWICE % second)
    after = [mark for at, (mark, effects) in enumerate(runs) if not effects and (mark, True) in runs[:at]]
    assert runs
    assert not after
