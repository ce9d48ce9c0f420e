"""A page that is nothing but a component which is loaded when it is shown: the page does what the component does."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, entry

PACKAGE = {"package.json": '{"dependencies": {"next": "14.2.0", "react": "18.0.0"}}'}
HOME = (
    "import { useEffect } from 'react';\n"
    "export default function Home() { useEffect(() => { fetch('https://a.test/one'); }, []); return <b />; }\n"
    "export const Named = Home;"
)
NEXT = "import dynamic from 'next/dynamic';\n"
LAZY = {
    "loaded": NEXT + "export default dynamic(() => import('../parts/Home'), { ssr: false });",
    "by a name": NEXT + "const Shown = dynamic(() => import('../parts/Home'));\nexport default Shown;",
    "what is taken of it": NEXT + "export default dynamic(() => import('../parts/Home').then((m) => m.default));",
    "a part of it": NEXT + "export default dynamic(() => import('../parts/Home').then((m) => ({ default: m.Named })));",
    "React's": "import { lazy } from 'react';\nexport default lazy(() => import('../parts/Home'));",
}
FILES = {"pages/index.tsx": "", "app/page.tsx": "'use client';\n"}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", LAZY)
def test_a_page_that_is_loaded_when_it_is_shown(name: str, file: str) -> None:
    inventory = audited({**PACKAGE, "parts/Home.tsx": HOME, file: FILES[file] + LAZY[name]})
    assert called(inventory, "page", "/") == {"GET a.test/one": (1, 1)}
    assert [reach.origin for reach in entry(inventory, "/").reaches] == ["browser"]
    home = entry(inventory, "Home", "component")
    assert (home.dead, home.mounted_on) == (False, ("/",))


def test_a_module_that_is_only_loaded_is_shown_on_no_page() -> None:
    page = "export default function Page() { return <button onClick={() => import('../parts/Home')} />; }"
    inventory = audited({**PACKAGE, "parts/Home.tsx": HOME, "pages/index.tsx": page})
    assert called(inventory, "page", "/") == {}
    assert entry(inventory, "Home", "component").dead
