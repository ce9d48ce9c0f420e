"""Objects that are handed to a library are called by it; what keeps or shows them calls nothing."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, run

FEED = """
    export class Feed {
      private cache: string[] = [];
      ready(done: () => void) { this.load().then(done); }
      async bars(symbol: string) { const r = await fetch(`https://api.example.com/bars/${symbol}`); return r.json(); }
      size() { return this.cache.length; }
      load() { return fetch("https://api.example.com/markets"); }
    }
    """
BOTH = {"GET api.example.com/markets": (0, 1), "GET api.example.com/bars/{}": (0, 1)}
FILES: Files = {"feed.ts": FEED}

CALLED = {
    "an option of a global's constructor": "new window.Charts.Widget({ feed: new Feed() });",
    "a variable": "const feed = new Feed(); const options = { feed }; new (window as any).Charts.Widget(options);",
    "a global function": "window.charts.create(new Feed());",
    "an object that a package made": 'import { make } from "charts"; const c = make("#a"); c.setFeed(new Feed());',
    "a package": 'import { Chart } from "charts"; new Chart({ data: { feed: new Feed() } });',
    "a namespace": 'import * as charts from "charts"; charts.create(document.body, new Feed());',
    "required": 'const charts = require("charts"); charts.create({ feed: new Feed() });',
}


@pytest.mark.parametrize("name", CALLED)
def test_its_methods_may_run(name: str) -> None:
    source = f'import {{ Feed }} from "./feed";\n{CALLED[name]}'
    assert run(source, FILES) == BOTH


def test_the_trigger_names_the_library() -> None:
    inventory = audited(
        {"main.ts": 'import { Feed } from "./feed"; new window.Charts.Widget({ feed: new Feed() });', **FILES}
    )
    assert {(one.kind, one.mechanism) for one in inventory.triggers} == {("event", "called by Charts.Widget")}
    assert {dict(one.settings)["method"] for one in inventory.triggers} <= {"Feed.ready", "Feed.bars"}
    assert {item.kind for item in inventory.entries} == {"page"}


KEPT = {
    "its own function": "const use = (feed: Feed) => feed.size(); use(new Feed());",
    "the console": "console.log(new Feed());",
    "JSON": "JSON.stringify({ feed: new Feed() });",
    "a map": 'new Map([["feed", new Feed()]]);',
    "a collection": "const all = new Set(); all.add(new Feed());",
    "a context": 'import { createContext } from "react"; createContext(new Feed());',
    "state": 'import { useState } from "react"; useState(new Feed());',
    "a container": 'import { container } from "tsyringe"; container.registerInstance("feed", new Feed());',
    "a check": 'import { z } from "zod"; z.object({}).parse(new Feed());',
    "a log": 'import pino from "pino"; const log = pino(); log.info({ feed: new Feed() });',
    "a promise": "Promise.resolve(new Feed());",
    "an undeclared function": "track(new Feed());",
    "a shared object": "Object.assign(globalThis, { feed: new Feed() });",
}


@pytest.mark.parametrize("name", KEPT)
def test_what_keeps_it_calls_nothing(name: str) -> None:
    source = f'import {{ Feed }} from "./feed";\n{KEPT[name]}\nfetch("https://api.example.com/other");'
    assert run(source, FILES) == {"GET api.example.com/other": (1, 1)}


def test_an_object_that_hands_itself_over_is_not_called() -> None:
    source = """
        import { register } from "observers";
        class Store {
          constructor() { register(this); }
          load() { return fetch("https://api.example.com/markets"); }
        }
        new Store();
        fetch("https://api.example.com/other");
        """
    assert run(source) == {"GET api.example.com/other": (1, 1)}


def test_of_an_interface_only_its_methods_are_called() -> None:
    source = """
        import { Chart } from "charts";
        interface Source { bars(): Promise<unknown> }
        class Feed implements Source {
          bars() { return fetch("https://api.example.com/bars"); }
          reload() { return fetch("https://api.example.com/reload"); }
        }
        new Chart({ feed: new Feed() });
        """
    assert run(source) == {"GET api.example.com/bars": (0, 1)}


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_functions_in_nested_options(depth: int) -> None:
    inner = '{ price: () => fetch("https://api.example.com/price") }'
    for level in range(depth - 1):
        inner = f"{{ level{level}: {inner} }}"
    assert run(f'import {{ Server }} from "graph"; new Server({inner});') == {"GET api.example.com/price": (0, 1)}


def test_a_component_that_makes_a_chart() -> None:
    source = """
        import { useEffect } from "react";
        import { Feed } from "./feed";
        export function Chart() {
          useEffect(() => { new window.Charts.Widget({ datafeed: new Feed() }); }, []);
          return <div />;
        }
        """
    assert called(audited({"Chart.tsx": source, **FILES}), "component", "Chart") == BOTH


@pytest.mark.parametrize(
    "element", ["<Provider value={feed}><p /></Provider>", "<Library.Provider value={feed} />", "<Child feed={feed} />"]
)
def test_props_and_contexts_call_nothing(element: str) -> None:
    source = f"""
        import {{ createContext }} from "react";
        import * as Library from "library";
        import {{ Feed }} from "./feed";
        const Context = createContext(null);
        const Provider = Context.Provider;
        const Child = (props) => <p>{{props.feed.size()}}</p>;
        export function Page() {{
          const feed = new Feed();
          return {element};
        }}
        """
    assert not [item for item in audited({"Page.tsx": source, **FILES}).entries if item.kind == "component"]


def test_one_of_two_objects_that_a_library_is_handed_in_options_is_called() -> None:
    source = """
        import { Chart } from "chart-library";
        const ask = (symbol: string) => fetch("https://a.test/bars", { headers: { symbol } });
        const feed = (symbol: string) => ({ bars: async () => { await ask(symbol); } });
        const options = { width: 1, feed: process.env.PERP ? feed("perp") : feed("spot") };
        new Chart(options);
        """
    assert run(source) == {"GET a.test/bars": (0, 1)}
