"""Modules that are started: as nobody else loads them, or as package.json says so."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

ASK = 'export async function ask() { await fetch("https://a.test/x"); }'
OTHER = 'import { ask } from "./example"; export const again = ask;'
CALLS = {
    "a call": ("ask();", (1, 1)),
    "an async main": ("const main = async () => { await ask(); }; main().catch(console.error);", (1, 1)),
    "when it is the main module": ("if (require.main === module) { ask(); }", (0, 1)),
}


def scripts(files: Files) -> list[str]:
    return [item.name for item in audited(files).entries if item.kind == "script"]


@pytest.mark.parametrize("name", CALLS)
def test_a_module_that_nobody_loads_is_a_script(name: str) -> None:
    call, bounds = CALLS[name]
    files = {"examples/example.ts": f"{ASK} {call}"}
    assert called(audited(files), "script", "examples/example.ts") == {"GET a.test/x": bounds}


@pytest.mark.parametrize("command", ["ts-node example.ts", "node dist/example.js", "FOO=1 tsx ./example.ts --once"])
@pytest.mark.parametrize("name", CALLS)
def test_a_module_that_package_json_starts_is_a_script(name: str, command: str) -> None:
    call, bounds = CALLS[name]
    files = {
        "package.json": f'{{"scripts": {{"example": "{command}"}}}}',
        "example.ts": f"{ASK} {call}",
        "other.ts": OTHER,
    }
    assert called(audited(files), "script", "example.ts") == {"GET a.test/x": bounds}


def test_a_module_that_others_load_is_none() -> None:
    assert scripts({"example.ts": f"{ASK} ask();", "other.ts": OTHER}) == ["other.ts"]
    assert scripts({"example.ts": ASK, "other.ts": OTHER}) == []


PACKAGE = '{"name": "a", "dependencies": {"react": "18.0.0", "react-dom": "18.0.0"}}'
FILES = {
    "package.json": PACKAGE,
    "src/main.tsx": """
        import { lazy } from 'react';
        import { createRoot } from 'react-dom/client';
        const Page = lazy(() => import('./parts/page.tsx'));
        export const load = (name: string) => import(`./kinds/${name}.ts`);
        createRoot(document.body).render(<Page />);
        """,
    "src/parts/page.tsx": """
        const known = await fetch('https://api.test/known');
        export default function Page() { return <p>{known.status}</p>; }
        """,
    "src/kinds/one.ts": "export const one = await fetch('https://api.test/one');",
    "scripts/job.ts": "await fetch('https://api.test/job');",
}


@pytest.mark.parametrize("path", ["src/parts/page.tsx", "src/kinds/one.ts"])
def test_what_an_app_loads_when_it_is_needed_is_no_script(path: str) -> None:
    assert path not in {entry.name for entry in audited(FILES).entries if entry.kind == "script"}


def test_what_nobody_loads_is_a_script() -> None:
    names = {entry.name for entry in audited(FILES).entries if entry.kind == "script"}
    assert "scripts/job.ts" in names
    alone = {path: text for path, text in FILES.items() if path != "src/main.tsx"}
    assert {entry.name for entry in audited(alone).entries if entry.kind == "script"} >= {"src/kinds/one.ts"}


STORE = "setInterval(() => fetch('https://a.test/prices'), 1000);\nexport const prices = {};"
MODAL = "import { prices } from './store';\nconst Modal = () => <p onClick={() => window.open('x')}>{prices.a}</p>;\n"


def test_a_component_that_nobody_takes_is_no_script_whatever_it_would_load() -> None:
    inventory = audited({"src/store.ts": STORE, "src/modal.tsx": MODAL + "export default Modal;"})
    assert {one.kind for one in inventory.entries} <= {"component", "loop"}


def test_a_module_with_markup_that_does_something_is_one() -> None:
    inventory = audited({"src/store.ts": STORE, "src/main.tsx": MODAL + "fetch('https://a.test/main');\nexport {};"})
    assert [one.name for one in inventory.entries if one.kind in ("page", "script")] == ["src/main.tsx"]
