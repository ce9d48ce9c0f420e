"""Methods of providers' SDKs: the calls behind them, however the client is made, kept or handed on."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit
from callaudit.providers.load import load_profile
from tests.projects import Bounds, Files, audited, brief, run
from tests.providers.conftest import PROFILES, SMALL

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory
    from callaudit.providers.model import Profile

PACKAGES = """\
recognise:
  packages:
    - name: acme-sdk
      registries: [npm]
      official: true
      retries: 0
      methods:
        fetchThings: GET /v2/things
        fetchMine: [GET /v2/things/mine, {endpoint: GET /v2/things, min: 0, when: nothing is mine}]
        fetchParts: [{endpoint: "GET /v2/things/{id}", min: 1, max: null, when: one a page}]
        inner.parts.get: GET /v2/things/{id}/parts/{part}
        Loader: [GET /v2/things, GET /v2/things/mine]
        Loader.load: GET /v2/things/{id}
        watchThings: []
    - {name: acme-many, registries: [npm], official: false, retries: 0, selector: acme, methods: {fetchThings: GET /v2/things}}
    - {name: acme-python, registries: [pypi], imports: [acmepy], official: true, retries: 0, methods: {fetchThings: GET /v2/things}}
"""
HOST = "api.acme.test"
THINGS: dict[str, Bounds] = {f"GET {HOST}/v2/things": (1, 1)}
ONE: dict[str, Bounds] = {f"GET {HOST}/v2/things/{{}}": (1, 1)}
PART: dict[str, Bounds] = {f"GET {HOST}/v2/things/{{}}/parts/{{}}": (1, 1)}
LOADER: dict[str, Bounds] = {**THINGS, f"GET {HOST}/v2/things/mine": (1, 1)}


@cache
def acme() -> Profile:
    with TemporaryDirectory() as folder:
        path = Path(folder, "acme.yaml")
        path.write_text(SMALL.replace("contexts:\n", PACKAGES + "contexts:\n", 1), encoding="utf-8")
        return load_profile(path)


def found_in(files: Files) -> Inventory:
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return audit(Path(folder), [acme()]).inventory


def reached(inventory: Inventory) -> dict[str, Bounds]:
    scripts = [item for item in inventory.entries if item.file == "main.ts" and item.kind == "script"]
    return brief(scripts[0]) if scripts else {}


SPELLINGS: dict[str, tuple[str, dict[str, Bounds]]] = {
    "class": ("import { Exchange } from 'acme-sdk'; await new Exchange().fetchThings();", THINGS),
    "class, kept": ("import { Exchange } from 'acme-sdk'; const e = new Exchange({ key: 1 }); await e.fetchThings(1);", THINGS),
    "class, default import": ("import Exchange from 'acme-sdk'; await new Exchange().fetchThings();", THINGS),
    "class, namespace": ("import * as acme from 'acme-sdk'; await new acme.Exchange().fetchThings();", THINGS),
    "class, member of default": ("import acme from 'acme-sdk'; await new acme.Exchange().fetchThings();", THINGS),
    "class, require": ("const acme = require('acme-sdk'); await new acme.Exchange().fetchThings();", THINGS),
    "class, require, named": ("const { Exchange } = require('acme-sdk'); new Exchange().fetchThings();", THINGS),
    "class, lazily": ("const { Exchange } = await import('acme-sdk'); await new Exchange().fetchThings();", THINGS),
    "class, renamed": ("import { Exchange as E } from 'acme-sdk'; await new E().fetchThings();", THINGS),
    "class, in another file": ("import { exchange } from './client'; await exchange.fetchThings();", THINGS),
    "class, static factory": ("import { Exchange } from 'acme-sdk'; const e = await Exchange.create(); await e.fetchThings();", THINGS),
    "class of a part of the package": ("import { Exchange } from 'acme-sdk/rest'; await new Exchange().fetchThings();", THINGS),
    "class that extends it": ("import { Exchange } from 'acme-sdk'; class Mine extends Exchange { all() { return this.fetchThings(); } } await new Mine().all();", THINGS),
    "class that extends it, from outside": ("import { Exchange } from 'acme-sdk'; class Mine extends Exchange {} await new Mine().fetchThings();", THINGS),
    "factory": ("import { createClient } from 'acme-sdk'; await createClient().fetchThings();", THINGS),
    "factory, default": ("import acme from 'acme-sdk'; const e = acme({ key: 1 }); await e.fetchThings();", THINGS),
    "factory, awaited": ("import { connect } from 'acme-sdk'; const e = await connect(); await e.fetchThings();", THINGS),
    "function": ("import { fetchThings } from 'acme-sdk'; await fetchThings();", THINGS),
    "function of a namespace": ("import * as acme from 'acme-sdk'; await acme.fetchThings();", THINGS),
    "field": ("import { Exchange } from 'acme-sdk'; class C { private e = new Exchange(); all() { return this.e.fetchThings(); } } await new C().all();", THINGS),
    "field, set in the constructor": ("import { Exchange } from 'acme-sdk'; class C { private e: Exchange; constructor() { this.e = new Exchange(); } all() { return this.e.fetchThings(); } } await new C().all();", THINGS),
    "injected": ("import { Exchange } from 'acme-sdk'; class C { constructor(private e: Exchange) {} all() { return this.e.fetchThings(); } } await new C(new Exchange()).all();", THINGS),
    "by its type alone": ("import { Exchange } from 'acme-sdk'; class C { constructor(private e: Exchange) {} all() { return this.e.fetchThings(); } } await (JSON.parse('1') as C).all();", THINGS),
    "by the type of a parameter": ("import type { Exchange } from 'acme-sdk'; export const all = (e: Exchange) => e.fetchThings(); await all(JSON.parse('1'));", THINGS),
    "method destructured": ("import { Exchange } from 'acme-sdk'; const { fetchThings } = new Exchange(); await fetchThings();", THINGS),
    "method handed on": ("import { Exchange } from 'acme-sdk'; const e = new Exchange(); const f = (g: () => any) => g(); await f(() => e.fetchThings());", THINGS),
    "method by a known name": ("import { Exchange } from 'acme-sdk'; const e = new Exchange(); await e['fetchThings']();", THINGS),
    "in a wrapper": ("import { Exchange } from 'acme-sdk'; const e = new Exchange(); const cached = async (k: string, f: () => any) => f(); await cached('x', () => e.fetchThings());", THINGS),
    # members of members
    "part": ("import { Exchange } from 'acme-sdk'; await new Exchange().inner.parts.get(1);", PART),
    "part, called": ("import { Exchange } from 'acme-sdk'; await new Exchange().inner().parts().get(1);", PART),
    "part, kept": ("import { Exchange } from 'acme-sdk'; const { parts } = new Exchange().inner; await parts.get(1);", PART),
    # several calls
    "two calls": ("import { Exchange } from 'acme-sdk'; await new Exchange().fetchMine();", {f"GET {HOST}/v2/things": (0, 1), f"GET {HOST}/v2/things/mine": (1, 1)}),
    "pages": ("import { Exchange } from 'acme-sdk'; await new Exchange().fetchParts();", {f"GET {HOST}/v2/things/{{}}": (1, None)}),
    "constructor that calls": ("import { Loader } from 'acme-sdk'; new Loader();", LOADER),
    "constructor that calls, and a method": ("import { Loader } from 'acme-sdk'; await new Loader().load(1);", {**LOADER, **ONE}),
    "stream": ("import { Exchange } from 'acme-sdk'; await new Exchange().watchThings();", {}),
    "in a loop": ("import { Exchange } from 'acme-sdk'; const e = new Exchange(); for (const x of [1, 2, 3]) await e.fetchThings();", {f"GET {HOST}/v2/things": (3, 3)}),
    # one package for many providers
    "of many": ("import many from 'acme-many'; await new many.acme().fetchThings();", THINGS),
    "of many, namespace": ("import * as many from 'acme-many'; const e = new many.pro.acme({}); await e.fetchThings();", THINGS),
    "of many, named": ("import { acme } from 'acme-many'; await new acme().fetchThings();", THINGS),
    # what is no call
    "no call of the method": ("import { Exchange } from 'acme-sdk'; new Exchange();", {}),
    "another package": ("import { Exchange } from 'other-sdk'; await new Exchange().fetchThings();", {}),
    "an own class": ("import 'acme-sdk'; class Exchange { fetchThings() { return 1; } } new Exchange().fetchThings();", {}),
    "a package for Python": ("import { Exchange } from 'acmepy'; await new Exchange().fetchThings();", {}),
    "a method of another class": ("import { Exchange } from 'acme-sdk'; await new Exchange().load(1);", {}),
    "a part's method on the client": ("import { Exchange } from 'acme-sdk'; await new Exchange().get(1);", {}),
    "of many, another provider": ("import many from 'acme-many'; await new many.other().fetchThings();", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_what_a_method_requests(name: str) -> None:
    source, expected = SPELLINGS[name]
    client = "import { Exchange } from 'acme-sdk'; export const exchange = new Exchange();"
    assert reached(found_in({"main.ts": source, "client.ts": client})) == expected


def test_a_call_site_names_package_and_endpoint() -> None:
    inventory = found_in({"main.ts": "import { Exchange } from 'acme-sdk';\nawait new Exchange().inner.parts.get(1);"})
    (call,) = inventory.calls
    assert (call.client, call.line, call.provider, call.method) == ("acme-sdk", 2, "acme", "GET")
    assert (call.host, call.path) == (HOST, "/v2/things/{id}/parts/{part}")
    assert call.endpoint == "GET /v2/things/{id}/parts/{part}"
    assert not inventory.unknowns


UNKNOWN = {
    "method": ("import { Exchange } from 'acme-sdk'; const e = new Exchange(); await e.other();", "other"),
    "method of a part": ("import { Exchange } from 'acme-sdk'; await new Exchange().inner.parts.all();", "inner.parts.all"),
    "method of an unlisted part": ("import { Exchange } from 'acme-sdk'; await new Exchange().outer.parts.get();", "outer.parts.get"),
    "method of another class": ("import { Exchange } from 'acme-sdk'; await new Exchange().load(1);", "load"),
    "method of a listed class": ("import { Loader } from 'acme-sdk'; const f = (l: Loader) => l.other(); f(JSON.parse('1'));", "Loader.other"),
    "method of a class that extends it": ("import { Exchange } from 'acme-sdk'; class Mine extends Exchange {} await new Mine().other();", "other"),
    "function": ("import { fetchOthers } from 'acme-sdk'; await fetchOthers();", "fetchOthers"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_method_that_no_profile_names_is_unknown(name: str) -> None:
    source, method = UNKNOWN[name]
    (unknown,) = found_in({"main.ts": source}).unknowns
    assert (unknown.file, unknown.line) == ("main.ts", 1)
    assert unknown.why == f"acme-sdk: no profile says what {method} calls"


SILENT = {
    "a value of a type": "import type { Thing } from 'acme-sdk'; const f = (t: Thing) => t.toString(); f(JSON.parse('1'));",
    "what a method gives": "import { Exchange } from 'acme-sdk'; const r = await new Exchange().fetchThings(); r.map((x: any) => x);",
    "a promise": "import { Exchange } from 'acme-sdk'; new Exchange().fetchThings().then((x: any) => x).catch(() => 1);",
    "a method of another package": "import { Exchange } from 'other-sdk'; await new Exchange().other();",
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_no_method_of_a_client_is_not_unknown(name: str) -> None:
    assert not found_in({"main.ts": SILENT[name]}).unknowns


TYPED = (
    "import type { Exchange } from 'ccxt'; import ccxt from 'ccxt'; const read = (e: Exchange) => e.fetchPositions();"
)


@pytest.mark.parametrize(
    "made", ["new (ccxt as any)[process.env.EXCHANGE!]()", "new ccxt.binance()", "JSON.parse('1')"]
)
def test_an_sdk_for_many_providers_is_none_of_ours_where_nothing_picks_it(made: str) -> None:
    inventory = audited({"main.ts": f"{TYPED} await read({made} as Exchange);"})
    assert not inventory.entries
    assert "ccxt: no profile says what fetchPositions calls" in {one.why for one in inventory.unknowns}


def test_it_may_be_ours_where_something_picks_it() -> None:
    source = f"{TYPED} await read(JSON.parse('1')); export const mine = () => new ccxt.pacifica();"
    assert "GET api.pacifica.fi/api/v1/positions" in run(source)


def test_the_built_in_profiles_know_their_sdks() -> None:
    source = "import ccxt from 'ccxt'; const e = new ccxt.pacifica(); await e.fetchPositions(); ccxt.pacifica().fetchTickers();"
    assert run(source) == {
        "GET api.pacifica.fi/api/v1/positions": (1, 1),
        "GET api.pacifica.fi/api/v1/info/prices": (1, 1),
        "GET api.pacifica.fi/api/v1/info": (0, 2),
    }


def test_operations_of_one_address_are_told_apart() -> None:
    """One URL serves several operations of a provider, which the body tells apart."""
    package = "- {name: hyper, registries: [npm], official: true, retries: 0, methods: {Info: [POST /info spotMeta, POST /info meta]}}"
    text = (
        (PROFILES / "hyperliquid.yaml").read_text(encoding="utf-8").replace("packages:", f"packages:\n    {package}", 1)
    )
    with TemporaryDirectory() as folder:
        Path(folder, "main.ts").write_text("import { Info } from 'hyper'; new Info();", encoding="utf-8")
        profile = Path(folder, "profile.yaml")
        profile.write_text(text, encoding="utf-8")
        (entry,) = audit(Path(folder), [load_profile(profile)]).inventory.entries
    assert [(reach.endpoint, reach.min, reach.max) for reach in entry.reaches] == [
        ("POST /info meta", 1, 1),
        ("POST /info spotMeta", 1, 1),
    ]


@pytest.mark.parametrize(
    "made", ["new hl.InfoClient({ transport })", "new InfoClient({ transport })", "new hl.PublicClient({ transport })"]
)
def test_the_typescript_client_of_hyperliquid(made: str) -> None:
    source = (
        "import * as hl from '@nktkas/hyperliquid'; import { InfoClient } from '@nktkas/hyperliquid';"
        f" const transport = new hl.HttpTransport(); const info = {made};"
        " await info.metaAndAssetCtxs(); await info.candleSnapshot({ coin: 'X' }); await info.candleSnapshot({ coin: 'Y' });"
    )
    assert run(source) == {"POST api.hyperliquid.xyz/info": (3, 3)}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("import { l2Book } from '@nktkas/hyperliquid/api/info'; await l2Book({ transport }, { coin: 'X' });", "/info"),
        ("import * as info from '@nktkas/hyperliquid/api/info'; await info.allMids({ transport });", "/info"),
        (
            "import { order } from '@nktkas/hyperliquid/api/exchange'; await order({ transport, wallet }, o);",
            "/exchange",
        ),
        ("import { l2Book } from '@nktkas/hyperliquid/api/subscription'; await l2Book({ transport }, {}, f);", ""),
    ],
)
def test_the_functions_behind_the_typescript_client_of_hyperliquid(source: str, wanted: str) -> None:
    assert run(source) == ({f"POST api.hyperliquid.xyz{wanted}": (1, 1)} if wanted else {})
    assert audited({"main.ts": source}).unknowns == ()


def test_subscriptions_of_hyperliquid_send_no_requests() -> None:
    source = (
        "import * as hl from '@nktkas/hyperliquid'; const transport = new hl.WebSocketTransport();"
        " const events = new hl.SubscriptionClient({ transport }); await events.allMids(() => {}); await transport.close();"
    )
    assert run(source) == {}
    assert audited({"main.ts": source}).unknowns == ()
