"""A lock that skips gives nothing to who comes second; a request in flight that is shared does."""

from __future__ import annotations

import pytest

from callaudit.inventory.words import LOCK
from tests.guards.asked import guards
from tests.projects import cases

LOAD = """
const load = () => fetch('https://api.example.com/prices').then((r) => r.json());
const key = process.argv[2];
"""

LOCKS: dict[str, str] = {
    "a set": """
        const open = new Set<string>();
        async function main() {
          if (open.has(key)) return;
          open.add(key);
          try { await load(); } finally { open.delete(key); }
        }
        """,
    "a set, with a note": """
        const open = new Set<string>();
        async function main() {
          if (open.has(key)) { console.log('busy', key); return; }
          open.add(key);
          try { await load(); } finally { open.delete(key); }
        }
        """,
    "a set, the other way round": """
        const open = new Set<string>();
        async function main() {
          if (!open.has(key)) { open.add(key); try { await load(); } finally { open.delete(key); } }
        }
        """,
    "a set that says no": """
        const open = new Set<string>();
        async function main() {
          if (open.has(key)) return { ok: false, why: 'busy' };
          open.add(key);
          try { return await load(); } finally { open.delete(key); }
        }
        """,
    "a variable": """
        let busy = false;
        async function main() {
          if (busy) return;
          busy = true;
          try { await load(); } finally { busy = false; }
        }
        """,
    "a field": """
        class Job {
          private running = false;
          async run() {
            if (this.running) return;
            this.running = true;
            try { await load(); } finally { this.running = false; }
          }
        }
        const job = new Job();
        async function main() { await job.run(); }
        """,
    "the time when it began": """
        const open = new Map<string, number>();
        async function main() {
          if (open.has(key)) return;
          open.set(key, Date.now());
          try { await load(); } finally { open.delete(key); }
        }
        """,
    "a map of marks": """
        const open = new Map<string, boolean>();
        async function main() {
          if (open.get(key)) return;
          open.set(key, true);
          load().finally(() => open.delete(key));
        }
        """,
    "promises that nobody else gets": """
        const open = new Map<string, Promise<any>>();
        async function main() {
          if (open.has(key)) return;
          const work = load().finally(() => open.delete(key));
          open.set(key, work);
          await work;
        }
        """,
}  # fmt: skip

STAYS_AWAY = """
    const closing = new Set<string>();
    async function close(id: string) { closing.add(id); try { await id; } finally { closing.delete(id); } }
    async function main() {
      if (closing.has(key)) return;
      await load();
      await close(key);
    }
    """

SHARED: dict[str, str] = {
    "given back": """
        const open = new Map<string, Promise<any>>();
        async function main() {
          if (open.has(key)) return open.get(key);
          const work = load().finally(() => open.delete(key));
          open.set(key, work);
          return work;
        }
        """,
    "given back, by a variable": """
        const open = new Map<string, Promise<any>>();
        async function main() {
          const same = open.get(key);
          if (same) { console.log('shared', key); return same; }
          const work = load().finally(() => open.delete(key));
          open.set(key, work);
          return work;
        }
        """,
    "waited for": """
        let open: Promise<any> | null = null;
        async function main() {
          if (open) { await open; return; }
          open = load().finally(() => { open = null; });
          await open;
        }
        """,
    "filled where nothing is in flight": """
        let open: Promise<any> | null = null;
        async function main() {
          if (!open) { open = load().finally(() => { open = null; }); }
          return open;
        }
        """,
    "in one expression": """
        let open: Promise<any> | undefined;
        async function main() {
          return (open ??= load().finally(() => { open = undefined; }));
        }
        """,
}


@pytest.mark.parametrize("name", cases(LOCKS))
def test_who_comes_second_gets_nothing(name: str) -> None:
    """A mark that work goes on is a lock, however it is written down: at most one at a time, and no shared answer."""
    found = guards(LOAD + LOCKS[name])
    assert [(one.kind, one.mechanism, one.concurrency) for one in found] == [("limiter", LOCK, 1)]


def test_who_does_not_take_the_lock_may_run_twice() -> None:
    """To stay away while something else goes on keeps nobody from being here twice."""
    found = guards(LOAD + STAYS_AWAY)
    assert [(one.kind, one.mechanism, one.concurrency) for one in found] == [("limiter", LOCK, None)]


@pytest.mark.parametrize("name", cases(SHARED))
def test_who_comes_second_gets_the_first_one_s_answer(name: str) -> None:
    """The promise of the first is the second one's too."""
    assert [one.kind for one in guards(LOAD + SHARED[name])] == ["dedup"]
