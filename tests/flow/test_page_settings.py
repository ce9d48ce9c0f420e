"""Settings that a page is given when it is served are read as variables of the environment are."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited, cases, entry, run

SETTINGS = {
    "of the window": "await fetch(window.API_URL + '/one');",
    "as any": "await fetch(`${(window as any as { API_URL: string }).API_URL}/one`);",
    "of an object of the window": "await fetch(`${window._env_.API_URL}/one`);",
    "of globalThis": "const { API_URL } = globalThis; await fetch(API_URL + '/one');",
    "by its name in brackets": "await fetch(window['API_URL'] + '/one');",
    "a base": "import axios from 'axios'; const http = axios.create({ baseURL: window.API_URL }); await http.get('/one');",
}


@pytest.mark.parametrize("name", cases(SETTINGS))
def test_a_setting_of_the_page_stands_for_its_host(name: str) -> None:
    assert run(SETTINGS[name]) == {"GET env:API_URL/one": (1, 1)}


def test_what_the_code_gives_for_it_is_its_host() -> None:
    assert run("await fetch((window.API_URL || 'https://a.test') + '/one');") == {"GET a.test/one": (1, 1)}


OTHERS = {
    "a constant of the platform": "await fetch('https://a.test/' + Number.MAX_VALUE);",
    "a field of something else": "const go = (given: Given) => fetch('https://a.test/' + given.API_URL); await go(JSON.parse(process.argv[2]));",
    "no word in capitals": "await fetch('https://a.test/' + window.apiUrl);",
}


@pytest.mark.parametrize("name", cases(OTHERS))
def test_what_is_no_setting(name: str) -> None:
    (call,) = audited({"main.ts": OTHERS[name]}).calls
    assert call.env == ()
    assert call.host == "a.test"


WEB = {
    "package.json": '{"workspaces": ["apps/*"]}',
    "apps/web/package.json": '{"name": "web", "dependencies": {"react": "19", "axios": "1"}}',
    "apps/api/package.json": '{"name": "api", "dependencies": {"express": "5"}}',
    "apps/api/main.ts": """
        import express from "express";
        const app = express();
        app.get("/prices", async (req, res) => res.json(await (await fetch("https://a.test/prices")).json()));
        app.listen(3000);
    """,
    "apps/web/main.tsx": """
        import axios from "axios";
        import { useEffect } from "react";
        import { createRoot } from "react-dom/client";
        const http = axios.create({ baseURL: window.NAME });
        function Prices() { useEffect(() => { http.get("/prices"); }, []); return <p />; }
        createRoot(document.body).render(<Prices />);
    """,
}


@pytest.mark.parametrize(("name", "through"), [("API_ENDPOINT", True), ("STRIPE_URL", False)])
def test_a_page_asks_the_routes_of_the_repository_that_its_setting_leads_to(name: str, through: bool) -> None:
    files = {path: text.replace("NAME", name) for path, text in WEB.items()}
    (reach,) = entry(audited(files), "Prices").reaches
    assert (reach.host == "a.test") == through
    assert bool(reach.through) == through
