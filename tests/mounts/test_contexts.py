"""Functions that a component is given through a context, by whoever provides it."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, Files, audited, called, cases, entry

PACKAGE = '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0"}}'
REACT = """
'use client';
import React, { createContext, use, useCallback, useContext, useEffect, useMemo, useState } from 'react';
"""
LOAD = "async () => { const r = await fetch('https://a.test/prices'); setData(await r.json()); }"
STATE = "const [data, setData] = useState<any>(null);"
ASK = """
export function usePrices() {
    const context = useContext(Prices);
    if (context === undefined) throw new Error('usePrices needs a PricesProvider');
    return context;
}
"""
MADE = "export const Prices = createContext<any>(undefined);"
EFFECT = "const { refresh } = usePrices(); useEffect(() => { refresh(); }, [refresh]);"
PRICES: dict[str, Bounds] = {"GET a.test/prices": (1, 1)}


def _app(provider: str, consumer: str = EFFECT, shown: str = "<p/>", *, page: str = "") -> Files:
    return {
        "package.json": PACKAGE,
        "lib/prices.tsx": REACT + provider,
        "app/page.tsx": f"""
            {REACT}
            import * as all from '../lib/prices';
            import {{ Prices, usePrices, PricesProvider }} from '../lib/prices';
            {page}
            export default function Page() {{ {consumer} return {shown}; }}
        """,
    }


def _providing(value: str, before: str = "") -> str:
    return f"""
        {MADE} {ASK}
        export function PricesProvider({{ children }}: any) {{
            {STATE} const refresh = useCallback({LOAD}, []); {before}
            return <Prices.Provider value={{{value}}}>{{children}}</Prices.Provider>;
        }}
    """


PROVIDERS: dict[str, Files] = {
    "an object in place": _app(_providing("{ data, refresh }")),
    "remembered": _app(_providing("value", "const value = useMemo(() => ({ data, refresh }), [data, refresh]);")),
    "spread": _app(_providing("{ ...rest, data }", "const rest = { refresh };")),
    "a cast": _app(_providing("{ data, refresh } as any")),
    "what a hook gives": _app(f"""
        {MADE} {ASK}
        function useLoading() {{ {STATE} const refresh = {LOAD}; return {{ data, refresh }}; }}
        export const PricesProvider = ({{ children }}: any) => {{
            const prices = useLoading();
            return <Prices.Provider value={{prices}}>{{children}}</Prices.Provider>;
        }};
    """),
    "the context as its own provider": _app(
        _providing("{ refresh }").replace("<Prices.Provider", "<Prices").replace("</Prices.Provider", "</Prices")
    ),
    "by another name": _app(
        _providing("{ refresh }").replace("<Prices.Provider", "<Given").replace("</Prices.Provider", "</Given")
        + "const Given = Prices.Provider;"
    ),
    "of the default export": _app(
        _providing("{ refresh }").replace("= createContext", "= React.createContext")
        .replace("useContext(", "React.useContext(")
    ),
    "a list": _app(
        _providing("[data, refresh]"), "const [, load] = usePrices(); useEffect(() => { load(); }, []);"
    ),
    "the function itself": _app(
        _providing("refresh"), "const load = useContext(Prices); useEffect(() => { load(); }, [load]);"
    ),
    "asked with use": _app(_providing("{ refresh }"), "const all = use(Prices); useEffect(() => { all.refresh(); });"),
    "an object of a class": _app(f"""
        {MADE} {ASK}
        class Api {{ async refresh() {{ return fetch('https://a.test/prices'); }} }}
        const api = new Api();
        export const PricesProvider = (p: any) => <Prices.Provider value={{api}}>{{p.children}}</Prices.Provider>;
    """, "const api = usePrices(); useEffect(() => { api.refresh(); }, [api]);"),
    "in a component of a class": _app(f"""
        {MADE} {ASK}
        export class PricesProvider extends React.Component<any> {{
            refresh = async () => {{ await fetch('https://a.test/prices'); }};
            render() {{ return <Prices.Provider value={{{{ refresh: this.refresh }}}}><b/></Prices.Provider>; }}
        }}
    """),
    "handed to the provider": _app(f"""
        {MADE} {ASK}
        export function PricesProvider({{ client, children }}: any) {{
            return <Prices.Provider value={{{{ refresh: () => client.load() }}}}>{{children}}</Prices.Provider>;
        }}
        const http = {{ load: () => fetch('https://a.test/prices') }};
        export function Providers(p: any) {{ return <PricesProvider client={{http}}>{{p.children}}</PricesProvider>; }}
    """),
    "a factory of contexts": _app(f"""
        function make<T>(name: string) {{
            const Context = createContext<T | undefined>(undefined);
            function useIt() {{ const c = useContext(Context); if (!c) throw new Error(name); return c; }}
            return [useIt, Context.Provider] as const;
        }}
        export const [usePrices, Given] = make<any>('prices');
        export const [useOther, Other] = make<any>('other');
        export const Prices = null;
        export function PricesProvider({{ children }}: any) {{
            {STATE} const refresh = {LOAD};
            const other = {{ refresh: () => fetch('https://a.test/other') }};
            return <Other value={{other}}><Given value={{{{ refresh }}}}>{{children}}</Given></Other>;
        }}
    """),
    "a factory with its provider": _app(f"""
        function make(useValue: () => any) {{
            const Context = createContext<any>(null);
            function Provider({{ children }}: any) {{
                const value = useValue();
                return <Context.Provider value={{value}}>{{children}}</Context.Provider>;
            }}
            return {{ Provider, useIt: () => useContext(Context) }};
        }}
        const prices = make(() => {{ {STATE} const refresh = {LOAD}; return {{ refresh }}; }});
        const other = make(() => ({{ refresh: () => fetch('https://a.test/other') }}));
        export const usePrices = () => prices.useIt();
        export const Prices = null, PricesProvider = prices.Provider, useOther = other.useIt;
    """),
    "a default that asks, without a provider": _app(f"""
        export const Prices = createContext({{ refresh: () => fetch('https://a.test/prices') }}); {ASK}
        export const PricesProvider = null;
    """),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(PROVIDERS))
def test_what_a_context_holds_is_run_by_who_asks_for_it(name: str) -> None:
    assert called(audited(PROVIDERS[name]), "page", "/") == PRICES


HANDLER: dict[str, Bounds] = {"GET a.test/prices": (0, 1)}
CONSUMERS: dict[str, tuple[Files, dict[str, Bounds]]] = {
    "a handler": (
        _app(_providing("{ refresh }"), "const { refresh } = usePrices();", "<a onClick={refresh}/>"),
        HANDLER,
    ),
    "a handler in place": (
        _app(_providing("{ refresh }"), "const prices = usePrices();", "<a onClick={() => prices.refresh()}/>"),
        HANDLER,
    ),
    "a consumer element": (
        _app(_providing("{ refresh }"), "", "<Prices.Consumer>{(v) => <a onClick={v.refresh}/>}</Prices.Consumer>"),
        HANDLER,
    ),
    "a child": (
        _app(_providing("{ refresh }"), "", "<Row/>", page=f"function Row() {{ {EFFECT} return <p/>; }}"),
        PRICES,
    ),
    "a class that names it": (
        _app(
            _providing("{ refresh }"),
            "",
            "<Row/>",
            page="class Row extends React.Component { static contextType = Prices;"
            " componentDidMount() { this.context.refresh(); } render() { return null; } }",
        ),
        PRICES,
    ),
    "data alone": (_app(_providing("{ data, refresh }"), "const { data } = usePrices();", "<p>{data}</p>"), {}),
    "another context": (
        _app(
            _providing("{ refresh }") + "export const Other = createContext<any>({ refresh: () => {} });",
            "const { refresh } = useContext(all.Other); useEffect(() => { refresh(); }, []);",
        ),
        {},
    ),
    "a default that does nothing": (
        _app(_providing("{ refresh }").replace("<any>(undefined)", "<any>({ refresh: () => {} })")),
        PRICES,
    ),
    "a default that asks for something else": (
        _app(
            _providing("{ refresh }").replace(
                "<any>(undefined)", "<any>({ refresh: () => fetch('https://a.test/old') })"
            )
        ),
        {"GET a.test/prices": (0, 1), "GET a.test/old": (0, 1)},
    ),
}


@pytest.mark.parametrize("name", cases(CONSUMERS))
def test_consumers(name: str) -> None:
    files, expected = CONSUMERS[name]
    assert called(audited(files), "page", "/") == expected


CHAINS = {
    "callbacks": "const a = useCallback(() => b(), []); ",
    "functions": "function a() { return b(); } ",
    "objects": "const all = useMemo(() => ({ run: b }), []); const a = () => all.run(); ",
}


@pytest.mark.parametrize("name", cases(CHAINS))
def test_functions_of_a_component_that_call_each_other_matter(name: str) -> None:
    """However many stand between what is handed on and the one that asks."""
    inner = (
        f"const ask = useCallback({LOAD}, []); const e = useCallback(() => ask(), []);"
        " const d = async () => { await e(); };"
        " const c = useCallback(async () => d(), []); const b = () => c(); "
    )
    provider = _providing("{ refresh: a }", inner + CHAINS[name])
    body = "const prices = usePrices(); const again = (x: any) => new Promise((r) => prices.refresh().then(r));"
    row = "function Row({ again }: any) { useEffect(() => { again(1); }, []); return <p/>; }"
    assert called(audited(_app(provider, body, "<Row again={again}/>", page=row)), "page", "/") == PRICES


def test_a_timer_in_a_consumer_polls() -> None:
    files = _app(
        _providing("{ refresh }"),
        "const { refresh } = usePrices();"
        "useEffect(() => { const t = setInterval(refresh, 5000); return () => clearInterval(t); }, [refresh]);",
    )
    (trigger,) = [one for one in audited(files).triggers if one.mechanism == "setInterval"]
    assert (trigger.file, trigger.entry, [one.ms for one in trigger.intervals]) == ("app/page.tsx", "/", [5000])


def test_either_of_several_providers_counts() -> None:
    other = """
        export function Slow({ children }: any) {
            const refresh = () => fetch('https://a.test/slow');
            return <Prices.Provider value={{ refresh }}>{children}</Prices.Provider>;
        }
    """
    found = called(audited(_app(_providing("{ refresh }") + other)), "page", "/")
    assert found == {"GET a.test/prices": (0, 1), "GET a.test/slow": (0, 1)}


def test_a_provider_is_not_run_by_its_consumers() -> None:
    """What a provider does when it is drawn belongs to the page that draws it."""
    files = _app(_providing("{ refresh }", "useEffect(() => { fetch('https://a.test/first'); }, []);"))
    assert called(audited(files), "page", "/") == PRICES
    assert not [one for one in entry(audited(files), "/").reaches if one.path == "/first"]


TABLE_PAGE = "import { Table } from '../lib/shared'; export default function Page() { return <Table/>; }"
SHARED = """
    export const View = createContext<any>(%s);
    export function SharedView({ children }: any) { return <View.Provider value={%s}>{children}</View.Provider>; }
    export function Table() {
        %s
        const save = async () => { await fetch('https://a.test/prices', { method: 'POST' }); };
        return %s ? <p/> : <button onClick={save}/>;
    }
"""


@pytest.mark.parametrize(
    ("default", "given", "asked", "test"),
    [
        (
            "{ readOnly: false, owner: '' }",
            "{ readOnly: true, owner }",
            "const { readOnly } = useContext(View);",
            "readOnly",
        ),
        ("false", "true", "const readOnly = useContext(View);", "readOnly"),
        ("{ mode: 'edit' }", "{ mode: 'view' }", "const view = useContext(View);", "view.mode === 'view'"),
    ],
)
def test_a_switch_that_the_one_provider_turns_is_as_the_default_says_elsewhere(
    default: str, given: str, asked: str, test: str
) -> None:
    shared = SHARED % (default, given, asked, test)
    inventory = audited(
        {
            "package.json": PACKAGE,
            "lib/shared.tsx": REACT + "const owner = document.title;" + shared,
            "app/page.tsx": TABLE_PAGE,
            "app/shared/page.tsx": """
                import { SharedView, Table } from '../../lib/shared';
                export default function Page() { return <SharedView><Table/></SharedView>; }
            """,
        }
    )
    assert called(inventory, "page", "/") == {"POST a.test/prices": (0, 1)}


def test_what_providers_and_the_default_say_alike_decides() -> None:
    shared = SHARED % ("{ readOnly: true }", "{ readOnly: true }", "const { readOnly } = useContext(View);", "readOnly")
    inventory = audited({"package.json": PACKAGE, "lib/shared.tsx": REACT + shared, "app/page.tsx": TABLE_PAGE})
    assert called(inventory, "page", "/") == {}
