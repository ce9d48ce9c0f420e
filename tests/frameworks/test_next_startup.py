"""Next.js: what `register` of an instrumentation file starts belongs to the server."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, cases

NEXT = {
    "package.json": '{"name": "x", "dependencies": {"next": "15.5.0"}}',
    "app/page.tsx": "export default () => null;",
}
SOURCE = {**NEXT, "src/app/page.tsx": NEXT["app/page.tsx"]}
del SOURCE["app/page.tsx"]
POLLER = """
    let started = false;
    async function cycle() { await fetch('https://a.test/one'); }
    export async function start() {
      if (started) return;
      started = true;
      void cycle();
      setInterval(() => void cycle(), 5 * 60_000);
    }
"""
GUARDED = """
    export async function register() {
      if (process.env.NEXT_RUNTIME === 'nodejs') {
        const { start } = await import('./lib/poller');
        await start();
      }
    }
"""
STATIC = "import { start } from './lib/poller';\nexport function register() { start(); }"
ARROW = (
    "export const register = async () => { if (process.env.NEXT_RUNTIME !== 'nodejs') return;"
    " await import('./lib/poller').then((poller) => poller.start()); };"
)

# name: (files, whether a server starts the timer)
PROJECTS: dict[str, tuple[Files, bool]] = {
    "guarded": ({**NEXT, "instrumentation.ts": GUARDED, "lib/poller.ts": POLLER}, True),
    "beside src/app": ({**SOURCE, "src/instrumentation.ts": GUARDED, "src/lib/poller.ts": POLLER}, True),
    "at the root, beside src": ({**SOURCE, "instrumentation.js": GUARDED, "lib/poller.ts": POLLER}, True),
    "imported": ({**NEXT, "instrumentation.ts": STATIC, "lib/poller.ts": POLLER}, True),
    "an arrow": ({**NEXT, "instrumentation.ts": ARROW, "lib/poller.ts": POLLER}, True),
    "by being loaded": ({**NEXT, "instrumentation.ts": GUARDED, "lib/poller.ts": POLLER + "start();"}, True),
    "below app": ({**NEXT, "app/instrumentation.ts": GUARDED, "app/lib/poller.ts": POLLER}, False),
    "another name": (
        {**NEXT, "instrumentation.ts": GUARDED.replace("register", "begin"), "lib/poller.ts": POLLER},
        False,
    ),
    "no Next.js": ({"instrumentation.ts": GUARDED, "lib/poller.ts": POLLER}, False),
}


@pytest.mark.parametrize("name", cases(PROJECTS))
def test_what_a_server_starts(name: str) -> None:
    files, starts = PROJECTS[name]
    inventory = audited(files)
    loops = [(item.kind, item.name, item.origin, brief(item)) for item in inventory.entries if item.kind == "loop"]
    timers = [(item.mechanism, [one.ms for one in item.intervals], item.origin) for item in inventory.triggers]
    scripts = [(item.name, item.origin) for item in inventory.entries if item.kind == "script"]
    if starts:
        assert loops == [("loop", "start", "server", {"GET a.test/one": (1, 1)})]
        assert timers == [("setInterval", [300_000], "server")]
        assert scripts == [("register", "server")]
    else:
        assert (loops, timers, scripts) == ([], [], [])


def test_a_worker_beside_the_server_is_one() -> None:
    inventory = audited({**NEXT, "worker.ts": POLLER + "start();"})
    assert [(item.kind, item.origin) for item in inventory.entries if item.kind == "loop"] == [("loop", "worker")]
