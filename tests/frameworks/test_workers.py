"""Handlers of a worker that no request starts, and the classes that it exports."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, cases

CONFIG = {"package.json": "{}", "wrangler.toml": 'main = "src/index.ts"\n'}
ASK = "await fetch('https://a.test/one');"
ONE = {"GET a.test/one": (1, 1)}
BASE = "import { WorkerEntrypoint, DurableObject, WorkflowEntrypoint } from 'cloudflare:workers';\n"

Named = dict[tuple[str, str], dict[str, tuple[int, int | None]]]


def entries(source: str, files: Files = CONFIG) -> Named:
    found = audited({**files, "src/index.ts": source}).entries
    return {(one.kind, one.name): brief(one) for one in found if one.reaches}


HANDLERS: dict[str, tuple[str, tuple[str, str]]] = {
    "no time is said": (f"export default {{ async scheduled(event, env, ctx) {{ {ASK} }} }};", ("job", "wrangler.toml scheduled")),
    "a name for it": (f"const Worker = {{ async scheduled() {{ {ASK} }} }};\nexport default Worker;", ("job", "wrangler.toml scheduled")),
    "queue": (f"export default {{ async queue(batch, env) {{ {ASK} }} }};", ("job", "wrangler.toml queue")),
    "email": (f"export default {{ async email(message) {{ {ASK} }} }};", ("job", "wrangler.toml email")),
    "class": (f"{BASE}export default class extends WorkerEntrypoint {{ async queue() {{ {ASK} }} }}", ("job", "wrangler.toml queue")),
    "class, fetch": (f"{BASE}export default class extends WorkerEntrypoint {{ async fetch() {{ {ASK} }} }}", ("route", "ANY /*")),
    "remote call": (f"{BASE}export class Api extends WorkerEntrypoint {{ async prices() {{ {ASK} }} }}", ("action", "Api.prices")),
    "object": (f"{BASE}export class Room extends DurableObject {{ async join() {{ {ASK} }} }}", ("action", "Room.join")),
    "object without a base": (f"export class Room {{ constructor(private state, env) {{}} async fetch(request) {{ {ASK} }} }}", ("action", "Room.fetch")),
    "alarm": (f"{BASE}export class Room extends DurableObject {{ async alarm() {{ {ASK} }} }}", ("job", "Room.alarm")),
    "message": (f"{BASE}export class Room extends DurableObject {{ async webSocketMessage(ws, text) {{ {ASK} }} }}", ("socket", "Room.webSocketMessage")),
    "workflow": (f"{BASE}export class Sync extends WorkflowEntrypoint {{ async run(event, step) {{ {ASK} }} }}", ("job", "Sync.run")),
    "a base of its own": (f"{BASE}class Base extends WorkerEntrypoint {{}}\nexport class Api extends Base {{ async prices() {{ {ASK} }} }}", ("action", "Api.prices")),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(HANDLERS))
def test_what_starts_a_worker(name: str) -> None:
    source, wanted = HANDLERS[name]
    assert entries(source) == {wanted: ONE}


def test_the_time_of_a_worker_is_not_known() -> None:
    inventory = audited({**CONFIG, "src/index.ts": HANDLERS["no time is said"][0]})
    (trigger,) = inventory.triggers
    assert (trigger.kind, trigger.intervals, trigger.reaches_upstream) == ("cron", (), True)
    assert [(one.file, one.line, one.why) for one in inventory.unknowns] == [
        ("src/index.ts", 1, "no file of the repository says when it runs")
    ]


def test_a_worker_with_a_time_is_started_once() -> None:
    files = {**CONFIG, "wrangler.toml": 'main = "src/index.ts"\n[triggers]\ncrons = ["0 * * * *"]'}
    source = f"{BASE}export default class extends WorkerEntrypoint {{ async scheduled() {{ {ASK} }} }}"
    assert entries(source, files) == {("job", "wrangler.toml '0 * * * *'"): ONE}
    assert audited({**files, "src/index.ts": source}).unknowns == ()


def test_objects_are_made_of_what_a_worker_exports() -> None:
    client = f"export class Client {{ async one() {{ {ASK} }} }}"
    room = """
        import { DurableObject } from 'cloudflare:workers';
        import { Client } from './client';
        export class Room extends DurableObject {
          #client = new Client();
          async join() { return this.load(); }
          async load() { return this.#client.one(); }
        }
        """
    files = {**CONFIG, "src/client.ts": client, "src/room.ts": room}
    assert entries("export { Room } from './room';\nexport default {};", files) == {("action", "Room.join"): ONE}


NONE: dict[str, tuple[Files, str]] = {
    "a class that others make": (CONFIG, f"export class Client {{ async one() {{ {ASK} }} }}\nexport default {{}};"),
    "no configuration": ({"package.json": "{}"}, f"export default {{ async queue() {{ {ASK} }} }};"),
    "another file": (
        {"package.json": "{}", "wrangler.toml": 'main = "src/other.ts"\n', "src/other.ts": "export default {};"},
        f"export default {{ async queue() {{ {ASK} }} }};",
    ),
}


@pytest.mark.parametrize("name", NONE)
def test_what_starts_no_worker(name: str) -> None:
    files, source = NONE[name]
    assert entries(source, files) == {}
