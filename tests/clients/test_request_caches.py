"""Clients that keep answers by an option: got, axios with an adapter, fetch that keeps all."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, brief, cases

GOT = "import got from 'got';\n"
AXIOS = "import axios from 'axios';\nimport { setupCache } from 'axios-cache-adapter';\n"
FETCH = "import fetchBuilder, { MemoryCache, FileSystemCache } from 'node-fetch-cache';\n"
GET = "GET a.test/one"
OFF = "retry: { limit: 0 }"

KEPT: dict[str, tuple[str, str, int | None]] = {
    "got, a Map": (f"{GOT}await got('https://a.test/one', {{ cache: new Map(), {OFF} }});", "process", None),
    "got, an instance": (f"{GOT}import Keyv from 'keyv';\nconst g = got.extend({{ cache: new Keyv('redis://x'), {OFF} }});\nawait g('https://a.test/one');", "distributed", None),
    "got, unknown": (f"{GOT}await got.get('https://a.test/one', {{ cache: pick(), {OFF} }});", "unknown", None),
    "axios, an adapter": (f"{AXIOS}const cache = setupCache({{ maxAge: 900_000 }});\nconst api = axios.create({{ adapter: cache.adapter }});\nawait api.get('https://a.test/one');", "process", 900_000),
    "axios, an adapter in place": (f"{AXIOS}await axios.get('https://a.test/one', {{ adapter: setupCache({{ maxAge: 60 * 1000 }}).adapter }});", "process", 60_000),
    "axios, set up": ("import { setup } from 'axios-cache-adapter';\nconst api = setup({ baseURL: 'https://a.test', cache: { maxAge: 900_000 } });\nawait api.get('/one');", "process", 900_000),
    "fetch": ("import fetch from 'node-fetch-cache';\nawait fetch('https://a.test/one');", "process", None),
    "fetch, a time": (f"{FETCH}const fetch = fetchBuilder.withCache(new MemoryCache({{ ttl: 60_000 }}));\nawait fetch('https://a.test/one');", "process", 60_000),
    "fetch, made": (f"{FETCH}const fetch = fetchBuilder.create({{ cache: new FileSystemCache({{ ttl: 1000 }}) }});\nawait fetch('https://a.test/one');", "process", 1000),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(KEPT))
def test_clients_that_keep_answers(name: str) -> None:
    source, place, ttl = KEPT[name]
    inventory = audited({"package.json": "{}", ENTRY: source})
    assert [(one.kind, one.store, one.ttl_ms) for one in inventory.guards] == [("cache", place, ttl)]
    assert bool(inventory.guards[0].why) == (ttl is None)
    assert brief(inventory.entries[0]) == {GET: (0, 1)}


ASKED = {
    "got, off": f"{GOT}await got('https://a.test/one', {{ cache: false, {OFF} }});",
    "got, another method": f"{GOT}await got.post('https://a.test/one', {{ cache: new Map(), {OFF} }});",
    "axios, another adapter": f"{AXIOS}await axios.get('https://a.test/one', {{ adapter: mine }});",
    "axios, no time": f"{AXIOS}await axios.get('https://a.test/one', {{ adapter: setupCache({{}}).adapter }});",
    "axios, an option of nobody": f"{AXIOS}await axios.create({{ cache: {{ maxAge: 5 }} }}).get('https://a.test/one');",
    "axios, a write": "import { setup } from 'axios-cache-adapter';\nawait setup({ cache: { maxAge: 900_000 } }).post('https://a.test/one');",
}


@pytest.mark.parametrize("name", cases(ASKED))
def test_requests_that_are_not_kept(name: str) -> None:
    inventory = audited({"package.json": "{}", ENTRY: ASKED[name]})
    assert not inventory.guards
    assert list(brief(inventory.entries[0]).values()) == [(1, 1)]
