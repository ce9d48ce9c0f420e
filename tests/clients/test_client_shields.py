"""What packages put before all requests of a client, and clients that packages give back."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import Bounds, audited, cases, run

AXIOS = "import axios from 'axios'; import { setupCache } from 'axios-cache-interceptor'; import rateLimit from 'axios-rate-limit'; "

CACHED: dict[str, tuple[str, float]] = {
    "what it gives": (
        "const api = setupCache(axios.create({ baseURL: 'https://a.test' }), { ttl: 60_000 }); await api.get('/x');",
        60_000,
    ),
    "in place": (
        "const api = axios.create({ baseURL: 'https://a.test' }); setupCache(api, { ttl: 1000 * 90 }); await api.get('/x');",
        90_000,
    ),
    "by default": ("const api = setupCache(axios); await api.get('https://a.test/x');", 300_000),
    "of a class": (
        """
        class Api {
          private readonly http;
          constructor(base: string) { this.http = setupCache(axios.create({ baseURL: base }), { ttl: 2000 }); }
          load() { return this.http.get('/x'); }
        }
        await new Api('https://a.test').load();
        """,
        2_000,
    ),
}


@pytest.mark.parametrize("name", cases(CACHED))
def test_a_cache_of_a_client(name: str) -> None:
    source, ttl = CACHED[name]
    assert run(AXIOS + source) == {"GET a.test/x": (0, 1)}
    (guard,) = audited({"main.ts": AXIOS + source}).guards
    assert (guard.kind, guard.ttl_ms, guard.scope, guard.store) == ("cache", ttl, "per-key", "process")


def test_a_cache_keeps_no_answer_of_a_write() -> None:
    source = "const api = setupCache(axios.create({ baseURL: 'https://a.test' })); await api.post('/x', {});"
    assert run(AXIOS + source) == {"POST a.test/x": (1, 1)}
    assert audited({"main.ts": AXIOS + source}).guards == ()


@pytest.mark.parametrize(
    ("options", "rate"), [("{ maxRequests: 20, perMilliseconds: 2000 }", 10), ("{ maxRPS: 3 }", 3), ("settings", None)]
)
def test_a_limit_of_a_client(options: str, rate: float | None) -> None:
    source = f"const api = rateLimit(axios.create({{ baseURL: 'https://a.test' }}), {options}); await api.get('/x');"
    assert run(AXIOS + source) == {"GET a.test/x": (1, 1)}
    (guard,) = audited({"main.ts": AXIOS + source}).guards
    assert (guard.kind, guard.per_second) == ("limiter", rate)


GIVEN: dict[str, tuple[str, dict[str, Bounds]]] = {
    "a package of which nothing is known": (
        "import traced from 'traced-axios'; const api = traced(axios.create({ baseURL: 'https://a.test' })); await api.get('/x');",
        {"GET a.test/x": (1, 1)},
    ),
    "handed the library itself": (
        "import { wrapper } from 'axios-with-cookies'; const api = wrapper(axios); await api.post('https://a.test/x', {});",
        {"POST a.test/x": (1, 1)},
    ),
    "fetch itself": (
        "import withCookies from 'fetch-cookie'; const ask = withCookies(fetch); await ask('https://a.test/x', { method: 'PUT' });",
        {"PUT a.test/x": (1, 1)},
    ),
    "fetch of a package": (
        "import nodeFetch from 'node-fetch'; import traced from 'traced-fetch'; const ask = traced(nodeFetch); await ask('https://a.test/x');",
        {"GET a.test/x": (1, 1)},
    ),
    "fetch that tries again": (
        "import fetchRetry from 'fetch-retry'; const ask = fetchRetry(fetch, { retries: 5, retryDelay: 800 }); await ask('https://a.test/x');",
        {"GET a.test/x": (1, 6)},
    ),
    "a method that no client has": (
        "import make from 'a-package'; const api = make(axios.create({ baseURL: 'https://a.test' })); await api.listAll('/x');",
        {},
    ),
    "handed something else": (
        "import make from 'a-package'; const api = make({ url: '/x' }); await api.get('/x');",
        {},
    ),
}


@pytest.mark.parametrize("name", cases(GIVEN))
def test_what_a_package_makes_of_a_client(name: str) -> None:
    source, expected = GIVEN[name]
    assert run(AXIOS + source) == expected


def test_attempts_of_fetch_that_tries_again() -> None:
    source = "import fetchRetry from 'fetch-retry'; const ask = fetchRetry(fetch); await ask('https://a.test/x');"
    (retry,) = audited({"main.ts": source}).retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff) == (4, (1000, 1000, 1000), "fixed")


@pytest.mark.parametrize("most", ["5", "Number(process.env.MOST)"])
def test_a_limit_that_a_condition_decides_is_not_that_of_every_client(most: str) -> None:
    source = f"""
        class Api {{
          private http;
          constructor(base: string, limited = false) {{
            this.http = axios.create({{ baseURL: base }});
            if (limited) {{ this.http = rateLimit(this.http, {{ maxRPS: {most} }}); }}
          }}
          load() {{ return this.http.get('/x'); }}
        }}
        await new Api('https://a.test', true).load();
        await new Api('https://b.test').load();
    """
    found = audited({"main.ts": AXIOS + source}).guards
    assert [(one.endpoints, one.per_second) for one in found] == ([(("GET a.test/x",), 5)] if most == "5" else [])


LIMITED = """
abstract class Shop {
  ask: any;
  constructor(host: string, slow?: number) {
    const ask = axios.create({ baseURL: `https://${host}` });
    this.ask = ask;
    if (slow) this.ask = rateLimit(ask, { maxRPS: slow });
  }
}
class Fruit extends Shop {
  season = '';
  constructor(more?: { season: string }) { super('fruit.test', 5); if (more) this.season = more.season; }
  one(name: string) { return this.ask.get('/fruit/' + name); }
}
class Bread extends Shop {
  constructor() { super('bread.test'); }
  one(name: string) { return this.ask.get('/bread/' + name); }
}
"""


@pytest.mark.parametrize(
    "uses",
    [
        "export async function main(id) { await new Fruit().one(id); await new Bread().one(id); } main(process.argv[2]);",
        "const fruit = new Fruit(); const bread = new Bread(); await fruit.one('a'); await bread.one('b');",
        "const all = [new Fruit({ season: 'May' }), new Bread()]; for (const one of all) await one.one(process.argv[2]);",
    ],
)
def test_a_limit_that_a_constructor_puts_before_its_own_client(uses: str) -> None:
    found = audited({"main.ts": AXIOS + LIMITED + uses})
    (limiter,) = found.guards
    assert (limiter.kind, limiter.per_second) == ("limiter", 5)
    behind = {reach.host: len(reach.guards) for entry in found.entries for reach in entry.reaches}
    assert behind == {"fruit.test": 1, "bread.test": 0}
