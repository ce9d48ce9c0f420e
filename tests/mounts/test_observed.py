"""MobX: what is observed does what it does without that, components and stores alike."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, Files, audited, called, cases, entry

BASE: Files = {
    "package.json": '{"dependencies": {"react": "19", "react-dom": "19", "mobx": "6", "mobx-react": "9"}}',
    "src/main.tsx": """
        import { createRoot } from "react-dom/client";
        import { App } from "./app";
        createRoot(document.getElementById("root")!).render(<App />);
        """,
}
ONE = "GET a.test/one"
HEAD = """
import { useEffect } from "react";
import { inject, observer, useLocalObservable } from "mobx-react";
import { action, autorun, flow, makeAutoObservable, observable, reaction, runInAction } from "mobx";
const one = () => fetch("https://a.test/one");
"""
COMPONENTS = {
    "a function": "export const App = observer(() => { useEffect(() => { one(); }, []); return null; });",
    "handed a store": 'export const App = inject("s")(observer(() => { useEffect(one, []); return null; }));',
    "a name": "function Shown() { useEffect(() => { one(); }, []); return null; } export const App = observer(Shown);",
    "part of another": """
        const Part = observer(() => { useEffect(() => { one(); }, []); return null; });
        export const App = () => <Part />;
        """,
    "an object of its own": """
        export const App = observer(() => {
          const own = useLocalObservable(() => ({ load() { return one(); } }));
          useEffect(() => { own.load(); }, []);
          return null;
        });
        """,
}
STORES = {
    "a class": "class S { constructor() { makeAutoObservable(this); } load() { return one(); } } const s = new S();",
    "an action": "class S { load = action(async () => { await one(); }); } const s = new S();",
    "an action with a name": 'class S { load = action("load", async () => { await one(); }); } const s = new S();',
    "a flow": "class S { load = flow(function* () { yield one(); }); } const s = new S();",
    "a decorator": "class S { @action.bound load() { return one(); } } const s = new S();",
    "an object": "const s = observable({ load() { return one(); } });",
    "in an action": "const s = { load() { runInAction(() => { one(); }); } };",
}
REACTIONS: dict[str, Bounds] = {
    "autorun(() => { one(); })": (1, 1),
    "reaction(() => box.n, () => { one(); })": (0, 1),
    "reaction(() => box.n, () => { one(); }, { fireImmediately: true })": (0, 1),
}


@pytest.mark.parametrize("name", cases(COMPONENTS))
def test_a_component_that_observes_is_itself(name: str) -> None:
    found = audited({**BASE, "src/app.tsx": HEAD + COMPONENTS[name]})
    assert called(found, "page", "/") == {ONE: (1, 1)}
    assert called(found, "component", "App") == {ONE: (1, 1)}
    assert not entry(found, "App", "component").dead


@pytest.mark.parametrize("name", cases(STORES))
def test_what_a_store_does_is_done(name: str) -> None:
    app = "export const App = () => { useEffect(() => { s.load(); }, []); return null; };"
    assert called(audited({**BASE, "src/app.tsx": f"{HEAD}{STORES[name]}\n{app}"}), "page", "/") == {ONE: (1, 1)}


@pytest.mark.parametrize("name", REACTIONS)
def test_reactions_run_when_something_changes(name: str) -> None:
    app = (
        f"const box = observable({{ n: 0 }}); export const App = () => {{ useEffect(() => {name}, []); return null; }};"
    )
    assert called(audited({**BASE, "src/app.tsx": HEAD + app}), "page", "/") == {ONE: REACTIONS[name]}


def test_a_store_of_which_nothing_is_called_does_nothing() -> None:
    app = (
        STORES["an action"]
        + "export const App = observer(() => { useEffect(() => { console.log(s); }, []); return null; });"
    )
    found = audited({**BASE, "src/app.tsx": HEAD + app})
    assert [reach for item in found.entries for reach in item.reaches] == []
