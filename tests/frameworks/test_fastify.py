"""What a Fastify server is decorated with, by each of the ways that its handlers come to it."""

from __future__ import annotations

import pytest

from tests.projects import audited, called

SERVER = """
    import Fastify from "fastify";
    import axios from "axios";
    const app = Fastify();
    app.decorate("api", axios.create({ baseURL: "https://api.example.com" }));
    """
HANDLERS = {
    "by the server": "app.get('/x', async () => app.api.get('/prices'));",
    "by the request": "app.get('/x', async (request) => request.server.api.get('/prices'));",
    "by this": "app.get('/x', async function (request, reply) { return this.api.get('/prices'); });",
    "by this of a method": """
        app.route({ method: 'GET', url: '/x', async handler() { return this.api.get('/prices'); } });
        """,
}


@pytest.mark.parametrize("name", HANDLERS)
def test_a_handler_comes_to_what_its_server_is_decorated_with(name: str) -> None:
    inventory = audited({"server.ts": SERVER + HANDLERS[name]})
    assert called(inventory, "route", "GET /x") == {"GET api.example.com/prices": (1, 1)}


def test_an_arrow_function_has_no_server_for_this() -> None:
    inventory = audited({"server.ts": SERVER + "app.get('/x', async () => this.api.get('/prices'));"})
    assert called(inventory, "route", "GET /x") == {}
