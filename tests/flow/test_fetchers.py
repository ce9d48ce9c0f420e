"""Methods called `fetch`: of caches and loaders, and of what answers as the global function does."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, run

UNKNOWN = {
    "a cache": "import { cache } from './elsewhere'; await cache.fetch('prices');",
    "a query client": "import { queryClient } from 'some-queries'; await queryClient.fetch({ queryKey: ['prices'] });",
    "a loader that is handed in": "export async function main(loader: any, id: string) { return loader.fetch(id); }\nawait main(globalThis.loader, 'a');",
    "a store with a key made of parts": "import { store } from './elsewhere'; const id = process.argv[2]; await store.fetch(`user:${id}`);",
    "a cache with a time": "import { cache } from './elsewhere'; await cache.fetch('prices', { ttl: 60 });",
}
SENT = {
    "an agent and an absolute URL": "import { agent } from './elsewhere'; await agent.fetch('https://a.test/one');",
    "a binding and a request": "import { binding } from './elsewhere'; await binding.fetch(new Request('https://a.test/one'));",
    "a URL object": "import { agent } from './elsewhere'; await agent.fetch(new URL('/one', 'https://a.test'));",
    "a window": "const frame = (w: Window) => w.fetch('https://a.test/one'); await frame(window);",
    "of self": "await self.fetch('https://a.test/one');",
}
TYPED = {
    "a service of a platform": "async function main(api: Fetcher) { await api.fetch('/one'); }\nmain((globalThis as any).api);",
    "a member of a declared type": (
        "interface Env { API: Fetcher }\nasync function main(env: Env) { await env.API.fetch('/one'); }\nmain((globalThis as any).env);"
    ),
    "an interface with a fetch": (
        "interface Http { fetch: typeof fetch }\nasync function main(http: Http) { await http.fetch('/one'); }\nmain((globalThis as any).http);"
    ),
    "options of a request": "import { http } from './elsewhere'; await http.fetch('/one', { method: 'GET' });",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_only_has_a_method_of_that_name_sends_nothing(name: str) -> None:
    assert run(UNKNOWN[name]) == {}
    assert audited({ENTRY: UNKNOWN[name]}).calls == ()


@pytest.mark.parametrize("name", SENT)
def test_what_is_given_an_address_sends_a_request(name: str) -> None:
    assert run(SENT[name]) == {"GET a.test/one": (1, 1)}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_declared_or_given_options_as_fetch_is_a_call(name: str) -> None:
    (call,) = audited({ENTRY: TYPED[name]}).calls
    assert (call.client, call.path) == ("web", "/one")


def test_a_path_handed_to_something_unknown_is_reported() -> None:
    found = audited({ENTRY: "import { client } from './elsewhere'; await client.fetch('/positions');"})
    assert found.calls == ()
    assert [one.why for one in found.unknowns if "called fetch" in one.why]
