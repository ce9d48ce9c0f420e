"""What a module does beside rendering an app into the document: its statements run when a visitor opens the page."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, entry

ALPHA, BESIDE, POLL = "GET api.example.com/a", "GET api.example.com/beside", "GET api.example.com/poll"
RENDERS = {
    "createRoot": """
        import { createRoot } from "react-dom/client";
        const root = createRoot(document.body);
        root.render(<Alpha />);
        """,
    "ReactDOM.render": 'import ReactDOM from "react-dom"; ReactDOM.render(<Alpha />, document.body);',
    "hydrateRoot": 'import { hydrateRoot } from "react-dom/client"; hydrateRoot(document.body, <Alpha />);',
    "in a function": """
        import { createRoot } from "react-dom/client";
        async function main() { createRoot(document.body).render(<Alpha />); }
        main();
        """,
}
BASE: Files = {
    "package.json": '{"dependencies": {"react": "19", "react-dom": "19", "react-router-dom": "6"}}',
    "src/alpha.tsx": """
        import { useEffect } from "react";
        export function Alpha() { useEffect(() => { fetch("https://api.example.com/a"); }, []); return <p />; }
        """,
    "src/polling.ts": """
        export function startPolling() { setInterval(() => fetch("https://api.example.com/poll"), 5000); }
        """,
}
ALONE = 'import { Alpha } from "./alpha";'


def main(render: str, beside: str = "", imports: str = "") -> Files:
    return {**BASE, "src/main.tsx": f"{ALONE}\n{imports}\n{RENDERS[render]}\n{beside}"}


@pytest.mark.parametrize("render", RENDERS)
def test_statements_beside_it_run(render: str) -> None:
    beside = 'fetch("https://api.example.com/beside"); startPolling();'
    inventory = audited(main(render, beside, 'import { startPolling } from "./polling";'))
    reached = called(inventory, "page", "/")
    assert (reached[ALPHA], reached[BESIDE]) == ((1, 1), (1, 1))
    assert POLL in reached
    assert [(one.kind, one.entry, one.dead) for one in inventory.triggers] == [("timer", "/", False)]
    assert not any(call.dead for call in inventory.calls)
    assert {item.kind for item in inventory.entries} == {"page", "component"}
    assert {reach.origin for item in inventory.entries for reach in item.reaches} == {"browser"}


@pytest.mark.parametrize("render", RENDERS)
def test_it_is_rendered_once(render: str) -> None:
    assert called(audited(main(render)), "page", "/") == {ALPHA: (1, 1)}


def test_modules_imported_for_what_they_do_run() -> None:
    files = main("createRoot", imports='import "./telemetry";')
    files["src/telemetry.ts"] = 'import "./deeper"; fetch("https://api.example.com/beside");'
    files["src/deeper.ts"] = 'import { startPolling } from "./polling"; startPolling();'
    inventory = audited(files)
    assert set(called(inventory, "page", "/")) == {ALPHA, BESIDE, POLL}
    assert not any(call.dead for call in inventory.calls)


def test_the_module_that_imports_the_rendering_one_is_part_of_the_page() -> None:
    files = main("createRoot")
    files["src/index.ts"] = 'import "./main"; fetch("https://api.example.com/beside");'
    inventory = audited(files)
    assert called(inventory, "page", "/") == {ALPHA: (1, 1), BESIDE: (1, 1)}
    assert not [item for item in inventory.entries if item.kind == "script"]


def test_every_route_has_it() -> None:
    files = main("createRoot", 'fetch("https://api.example.com/beside");')
    files["src/alpha.tsx"] = """
        import { Routes, Route } from "react-router-dom";
        export const Alpha = () => (
          <Routes><Route path="/" element={<p />} /><Route path="b" element={<p />} /></Routes>
        );
        """
    inventory = audited(files)
    assert called(inventory, "page", "/") == called(inventory, "page", "/b") == {BESIDE: (1, 1)}


def test_what_nothing_loads_does_not_run() -> None:
    files = main("createRoot")
    files["src/other.ts"] = 'export function other() { return fetch("https://api.example.com/beside"); }'
    inventory = audited(files)
    assert [call.dead for call in inventory.calls if call.file == "src/other.ts"] == [True]
    assert entry(inventory, "/", "page")


def test_a_script_beside_an_app_stays_a_process() -> None:
    files = main("createRoot")
    files["scripts/warm.ts"] = 'await fetch("https://api.example.com/beside");'
    inventory = audited(files)
    assert called(inventory, "script", "scripts/warm.ts") == {BESIDE: (1, 1)}
    assert called(inventory, "page", "/") == {ALPHA: (1, 1)}


LAZY = {
    "a lazy component": 'import { lazy } from "react"; const Later = lazy(() => import("./later"));',
    "a function": 'async function open() { await import("./later"); } document.onclick = open;',
    "a branch": 'if (location.hash) { import("./later"); }',
}


@pytest.mark.parametrize("name", LAZY)
def test_a_module_that_is_loaded_on_demand_is_no_process(name: str) -> None:
    files = main("createRoot", LAZY[name])
    files["src/later.tsx"] = """
        import "./telemetry";
        fetch("https://api.example.com/beside");
        export default function Later() { return <p />; }
        """
    files["src/telemetry.ts"] = 'fetch("https://api.example.com/once");'
    inventory = audited(files)
    assert called(inventory, "page", "/") == {ALPHA: (1, 1), BESIDE: (0, 1), "GET api.example.com/once": (0, 1)}
    assert not [item for item in inventory.entries if item.kind == "script"]


def test_a_module_that_is_loaded_twice_runs_once() -> None:
    files = main("createRoot", 'import("./later");', 'import "./telemetry"; import type { Kind } from "./kinds";')
    files["src/later.tsx"] = 'import "./telemetry"; fetch("https://api.example.com/beside");'
    files["src/telemetry.ts"] = 'fetch("https://api.example.com/once");'
    files["src/kinds.ts"] = 'export type Kind = string; fetch("https://api.example.com/never");'
    inventory = audited(files)
    reached = called(inventory, "page", "/")
    assert reached == {ALPHA: (1, 1), BESIDE: (1, 1), "GET api.example.com/once": (1, 1)}
