"""Which routes answer a path, by what stands around the parameters of their segments."""

from __future__ import annotations

import pytest

from tests.projects import audited

SERVER = "import express from 'express'; const app = express(); const on = process.env.PREFIX;\n"
ANSWERED = {
    ":id": "/one/7",
    ":id.json": "/one/7.json",
    "@:id": "/one/@7",
    ":id(\\d+)": "/one/7",
    "*": "/one/7/more",
    "${on}orders": "/one/v1orders",
}
OTHERS = {
    ":id.json": "/two/7/more",
    "@:id": "/one/7",
    "v:id": "/one/7",
    "${on}orders": "/one/prices",
    "**.(css|js)*": "/one/more/7",
}


def _answered(segment: str, path: str) -> str:
    server = f"{SERVER}app.get(`/one/{segment}`, (req, res) => res.json(1)); app.listen(3000);"
    inventory = audited({"server.ts": server, "job.ts": f"await fetch('http://localhost:3000{path}');"})
    (call,) = inventory.calls
    return call.internal_route


@pytest.mark.parametrize("segment", ANSWERED)
def test_what_stands_around_a_parameter_agrees(segment: str) -> None:
    assert _answered(segment, ANSWERED[segment]).startswith("GET /one/")


@pytest.mark.parametrize("segment", OTHERS)
def test_another_text_around_a_parameter_is_another_path(segment: str) -> None:
    assert not _answered(segment, OTHERS[segment])


STORE = {
    "by an address": 'const api = axios.create({ baseURL: "http://localhost:7070" });',
    "by a variable": 'const api = axios.create({ baseURL: process.env.STORE_URL || "http://localhost:7070/" });',
}


@pytest.mark.parametrize("how", STORE)
def test_no_server_asks_itself_for_anything_at_all(how: str) -> None:
    found = audited(
        {
            "package.json": '{"name": "server", "dependencies": {"express": "4", "axios": "1"}}',
            "server.js": f"""
                import express from "express";
                import axios from "axios";
                {STORE[how]}
                const app = express();
                app.get("/orders", async (req, res) => {{ res.json((await api.get("orders/all")).data); }});
                app.get("/own", async (req, res) => {{ res.json(await fetch("http://localhost:4000/orders")); }});
                app.get("*", (req, res) => {{ res.sendStatus(404); }});
                app.listen(4000);
                """,
        }
    )
    reached = {item.name: [(one.path, one.through) for one in item.reaches] for item in found.entries}
    assert reached["GET /orders"] == [("/orders/all", ())]
    assert reached["GET /own"] == [("/orders/all", ("GET /orders",))]
