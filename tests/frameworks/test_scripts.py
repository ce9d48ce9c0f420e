"""What is a script of its own, and what an app in a browser loads."""

from __future__ import annotations

import pytest

from tests.projects import audited

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
