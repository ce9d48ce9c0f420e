"""Requests to a path without a host: a browser asks the origin of its page, a server has none."""

from __future__ import annotations

import pytest

from callaudit.inventory.hosts import NO_ORIGIN
from tests.projects import Files, audited, called, unresolved

SERVER = 'import express from "express"; const app = express();'
SENT: dict[str, str] = {
    "written": 'await fetch("/notify");',
    "empty in the code": 'const hooks = { url: "" }; await fetch(`${hooks.url}/notify`);',
    "axios": 'import axios from "axios"; await axios.get("/notify");',
}


@pytest.mark.parametrize("name", SENT)
def test_a_server_has_no_origin(name: str) -> None:
    files: Files = {"package.json": '{"dependencies": {"axios": "1", "express": "4"}}', "main.ts": SENT[name]}
    inventory = audited(files)
    assert unresolved(inventory) == [NO_ORIGIN]
    assert [(call.host, call.path, call.unknown) for call in inventory.calls] == [("", "/notify", NO_ORIGIN)]
    assert inventory.entries == ()


def test_the_base_address_of_a_client_is_one() -> None:
    source = """
        import axios from "axios";
        const client = axios.create({ baseURL: process.env.HOOKS });
        await client.get("/notify");
        """
    inventory = audited({"package.json": '{"dependencies": {"axios": "1"}}', "main.ts": source})
    assert unresolved(inventory) == []
    assert called(inventory, "script", "main.ts") == {"GET env:HOOKS/notify": (1, 1)}


def test_a_browser_asks_the_origin_of_its_page() -> None:
    main = """
        import { createRoot } from "react-dom/client";
        fetch("/notify");
        createRoot(document.body).render(<p />);
        """
    inventory = audited({"package.json": '{"dependencies": {"react-dom": "19"}}', "main.tsx": main})
    assert unresolved(inventory) == []
    assert called(inventory, "page", "/") == {"GET same-origin/notify": (1, 1)}


def test_a_route_of_the_repository_answers_a_server_too() -> None:
    server = SERVER + 'app.get("/notify", () => fetch("https://a.test/one"));'
    files: Files = {
        "package.json": '{"dependencies": {"express": "4"}}',
        "server.ts": server,
        "main.ts": 'await fetch("/notify");',
    }
    inventory = audited(files)
    assert unresolved(inventory) == []
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (1, 1)}
