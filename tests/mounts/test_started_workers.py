"""Workers of browsers and threads of Node: who starts them, and whose address pays for what they ask."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases, entry

ASKED = {"GET api.pacifica.fi/api/v1/info": (0, 1)}
NEXT: Files = {
    "package.json": '{"dependencies": {"next": "15", "react": "19"}}',
    "workers/poll.ts": 'self.onmessage = () => setInterval(() => fetch("https://api.pacifica.fi/api/v1/info"), 3000);',
}
PAGE = "'use client';\nimport { useEffect } from 'react';\n"
STARTED = {
    "a URL": "new Worker(new URL('../workers/poll.ts', import.meta.url), { type: 'module' });",
    "a URL without options": "const w = new Worker(new URL('../workers/poll.ts', import.meta.url)); w.postMessage(1);",
    "a variable": "const url = new URL('../workers/poll.ts', import.meta.url); new Worker(url);",
    "shared": "new SharedWorker(new URL('../workers/poll.ts', import.meta.url));",
}


def page(body: str, head: str = "") -> str:
    return f"{PAGE}{head}\nexport default function P() {{ useEffect(() => {{ {body} }}, []); return null; }}"


@pytest.mark.parametrize("name", cases(STARTED))
def test_a_worker_of_a_page_is_the_visitor(name: str) -> None:
    inventory = audited({**NEXT, "app/page.tsx": page(STARTED[name])})
    assert called(inventory, "page", "/") == ASKED
    assert {reach.bucket for reach in entry(inventory, "/").reaches} == {"pacifica.ip.visitor"}
    assert [(one.entry, one.origin, one.intervals[0].ms) for one in inventory.triggers if one.kind == "timer"] == [
        ("/", "browser", 3000)
    ]
    assert not [one for one in inventory.entries if one.kind == "script"]


def test_a_file_that_is_only_read_starts_nothing() -> None:
    inventory = audited({**NEXT, "app/page.tsx": page("new Worker('/poll.js');")})
    assert called(inventory, "page", "/") == {}


NODE = {
    "a path": "import { Worker } from 'node:worker_threads';\nimport path from 'node:path';\nnew Worker(path.join(__dirname, 'poll.js'));",
    "a URL": "import { Worker } from 'worker_threads';\nnew Worker(new URL('./poll.js', import.meta.url));",
}


@pytest.mark.parametrize("name", cases(NODE))
def test_a_thread_runs_in_the_process_that_starts_it(name: str) -> None:
    poll = "setInterval(() => fetch('https://a.test/one'), 3000);"
    inventory = audited({"package.json": "{}", "server/main.ts": NODE[name], "server/poll.ts": poll})
    assert [one.name for one in inventory.entries if one.kind == "script"] == ["server/main.ts"]
    assert called(inventory, "script", "server/main.ts") == {"GET a.test/one": (1, 1)}


RING = "new Worker(new URL('./{}.ts', import.meta.url)); fetch('https://a.test/{}');"


@pytest.mark.parametrize("first", ["a.ts", "z.ts"])
def test_two_workers_that_start_each_other_end(first: str) -> None:
    files = {
        "package.json": "{}",
        first: RING.format("b", "a"),
        "b.ts": RING.format(first[0], "b"),
        "main.ts": RING.format(first[0], "m"),
    }
    assert set(called(audited(files), "script", "main.ts")) == {"GET a.test/m", "GET a.test/a", "GET a.test/b"}


def test_three_workers_that_start_each_other_end() -> None:
    files = {
        "package.json": "{}",
        "a.ts": RING.format("b", "a"),
        "b.ts": RING.format("c", "b"),
        "c.ts": RING.format("a", "c"),
        "main.ts": RING.format("a", "m"),
    }
    assert set(called(audited(files), "script", "main.ts")) == {f"GET a.test/{name}" for name in "mabc"}


def test_a_worker_that_starts_itself_ends() -> None:
    files = {"package.json": "{}", "a.ts": RING.format("a", "a"), "main.ts": RING.format("a", "m")}
    assert set(called(audited(files), "script", "main.ts")) == {"GET a.test/m", "GET a.test/a"}
