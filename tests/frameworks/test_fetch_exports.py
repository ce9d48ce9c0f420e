"""Modules that a runtime serves because of what they export."""

from __future__ import annotations

import pytest

from tests.projects import audited, called

HANDLER = "async fetch(request: Request) { return fetch('https://a.test/x'); }"
SERVED = {
    "Bun": (f"export default {{ port: 3000, {HANDLER} }};", "bun"),
    "Bun, with a type": (
        f"const server = {{ hostname: 'x', {HANDLER} }} satisfies Serve;\nexport default server;",
        "bun",
    ),
    "a worker": (f"export default {{ {HANDLER} }};", "worker"),
    "a worker with a name": (f"const handler: ExportedHandler = {{ {HANDLER} }};\nexport default handler;", "worker"),
}


@pytest.mark.parametrize("file", ["index.ts", "src/index.ts", "apps/edge/src/worker.ts"])
@pytest.mark.parametrize("name", SERVED)
def test_a_module_is_served(name: str, file: str) -> None:
    source, framework = SERVED[name]
    inventory = audited({file: source})
    assert [(one.framework, one.method, one.path) for one in inventory.routes] == [(framework, "ANY", "/*")]
    assert called(inventory, "route", "ANY /*") == {"GET a.test/x": (1, 1)}


def test_a_package_that_is_for_bun() -> None:
    package = '{"devDependencies": {"@types/bun": "1"}}'
    inventory = audited({"package.json": package, "index.ts": SERVED["a worker"][0]})
    assert [one.framework for one in inventory.routes] == ["bun"]


def test_what_a_worker_does_on_a_schedule_that_no_file_says() -> None:
    inventory = audited({"index.ts": "export default { async scheduled() { await fetch('https://a.test/x'); } };"})
    assert called(inventory, "job", "index.ts scheduled") == {"GET a.test/x": (1, 1)}
    assert [one.why for one in inventory.unknowns] == ["no file of the repository says when it runs"]


OWN = {
    "other parts": {"index.ts": f"export default {{ {HANDLER}, list() {{ return []; }} }};"},
    "imported": {"api.ts": SERVED["a worker"][0], "main.ts": "import api from './api';\nexport const x = api;"},
    "no function": {"index.ts": "export default { fetch: 'always' };"},
}


@pytest.mark.parametrize("name", OWN)
def test_an_object_of_the_program_is_not_served(name: str) -> None:
    assert not audited(OWN[name]).routes
