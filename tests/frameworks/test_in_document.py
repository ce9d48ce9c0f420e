"""Scripts of documents are pages of a browser, not processes."""

from __future__ import annotations

import pytest

from tests.projects import audited

SEND = 'await fetch("https://a.test/things");'
IN_A_BROWSER = {
    "the document": f"document.querySelector('#a')!.textContent = 'a';\n{SEND}",
    "the window, inside a function": f"const name = () => window.location.search;\n{SEND}",
    "a declared window": f"declare const window: {{ log?: string }} & Window;\nif (window.log) {SEND}",
    "a service worker": f"self.skipWaiting();\n{SEND}",
}
ELSEWHERE = {
    "a variable of that name": f"const window = {{ size: 5 }};\nconsole.log(window.size);\n{SEND}",
    "a parameter of that name": f"const read = (document: {{ id: string }}) => document.id;\n{SEND}",
    "what drives a browser": f"""
        import puppeteer from 'puppeteer';
        const page = await (await puppeteer.launch()).newPage();
        await page.evaluate(() => document.title);
        {SEND}
        """,
    "a document that it makes": f"""
        import {{ JSDOM }} from 'jsdom';
        const {{ document }} = new JSDOM('').window;
        console.log(document.title);
        {SEND}
        """,
    "files": f"import {{ readFileSync }} from 'node:fs';\nconsole.log(window.name, readFileSync('a'));\n{SEND}",
}


@pytest.mark.parametrize("name", IN_A_BROWSER)
def test_what_asks_its_document_is_a_page(name: str) -> None:
    (entry,) = audited({"a.ts": IN_A_BROWSER[name]}).entries
    assert (entry.kind, entry.origin) == ("page", "browser")
    assert [reach.path for reach in entry.reaches] == ["/things"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_other_scripts_are_processes(name: str) -> None:
    (entry,) = audited({"a.ts": ELSEWHERE[name]}).entries
    assert (entry.kind, entry.origin) == ("script", "server")


def test_what_package_json_starts_is_a_process() -> None:
    package = '{"name": "a", "scripts": {"start": "tsx a.ts"}}'
    (entry,) = audited({"package.json": package, "a.ts": IN_A_BROWSER["the document"]}).entries
    assert entry.kind == "script"
