"""Files that Next.js loads are no processes of their own: what they do at their top level is done where they are."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called

ASKS = 'fetch("https://a.test/one");'
PAGE = "export default function Page() { return null; }"
BASE: Files = {"package.json": '{"name": "x", "dependencies": {"next": "15.5.0"}}'}
ONE = {"GET a.test/one": (1, 1)}


def scripts(files: Files) -> list[tuple[str, str]]:
    found = audited({**BASE, **files})
    return [(item.name, item.origin) for item in found.entries if item.kind == "script"]


def test_a_page_of_the_pages_router_runs_its_modules_in_the_browser() -> None:
    files = {**BASE, "pages/a.tsx": f'import "../lib/one"; {PAGE}', "pages/b.tsx": PAGE, "lib/one.ts": ASKS}
    inventory = audited(files)
    assert called(inventory, "page", "/a") == ONE
    assert called(inventory, "page", "/b") == {}
    assert {reach.origin for item in inventory.entries for reach in item.reaches} == {"browser"}
    assert scripts(files) == []


def test_what_stands_around_all_pages_runs_on_each_once() -> None:
    app = "export default function App({ Component }) { return <Component />; }"
    files = {**BASE, "pages/_app.tsx": f'import "../lib/one"; {app}', "pages/a.tsx": f'import "../lib/one"; {PAGE}'}
    files["pages/b.tsx"], files["lib/one.ts"] = PAGE, ASKS
    assert called(audited(files), "page", "/a") == called(audited(files), "page", "/b") == ONE
    assert scripts(files) == []


SERVED = {
    "pages/api/a.ts": "export default function handler(req, res) { res.json({}); }",
    "app/a/route.ts": "export function GET() { return new Response(); }",
    "app/b/page.tsx": PAGE,
    "middleware.ts": "export function middleware() {}",
}


@pytest.mark.parametrize("path", SERVED)
def test_files_of_a_server_run_in_its_process(path: str) -> None:
    files = {"app/page.tsx": PAGE, path: f'import "~/lib/one"; {SERVED[path]}', "lib/one.ts": ASKS}
    files["tsconfig.json"] = '{"compilerOptions": {"paths": {"~/*": ["./*"]}}}'
    inventory = audited({**BASE, **files})
    assert called(inventory, "script", path) == ONE
    assert {reach.origin for item in inventory.entries for reach in item.reaches} == {"server"}


def test_another_module_of_the_repository_is_a_process() -> None:
    files = {**BASE, "pages/a.tsx": PAGE, "scripts/warm.ts": ASKS}
    inventory = audited(files)
    assert scripts(files) == [("scripts/warm.ts", "server")]
    assert {reach.origin for item in inventory.entries for reach in item.reaches} == {"worker"}
