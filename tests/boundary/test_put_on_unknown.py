"""Clients that a program puts on what a framework hands on: what is asked through them is said to be not known."""

from __future__ import annotations

import pytest

from tests.projects import audited

PACKAGE = '{"dependencies": {"express": "4", "koa": "2", "axios": "1"}}'
SERVER = "import express from 'express'\nimport axios from 'axios'\nconst app = express()\n"
CLIENT = "axios.create({ baseURL: 'https://a.example' })"


def _unknowns(source: str) -> list[str]:
    inventory = audited({"main.ts": source, "package.json": PACKAGE})
    return [one.what for one in inventory.unknowns if "a client is put" in one.why]


@pytest.mark.parametrize(
    ("put", "taken", "what"),
    [
        (f"app.use((req, res, next) => {{ req.api = {CLIENT}; next() }})", "req.api", "req.api"),
        (f"const api = {CLIENT}\napp.use((req, res, next) => {{ req.api = api; next() }})", "req.api", "req.api"),
        (f"app.use((req, res, next) => {{ res.locals.api = {CLIENT}; next() }})", "res.locals.api", "res.locals.api"),
        (f"app.locals.api = {CLIENT}", "req.app.locals.api", "app.locals.api"),
    ],
)
def test_what_is_put_on_a_request_or_a_server_is_said(put: str, taken: str, what: str) -> None:
    route = f"app.get('/p', async (req, res) => {{ res.json((await {taken}.get('/x')).data) }})"
    assert _unknowns(f"{SERVER}{put}\n{route}\napp.listen(1)") == [what]


@pytest.mark.parametrize(
    ("put", "taken", "what"),
    [
        (
            f"app.use(async (ctx, next) => {{ ctx.state.api = {CLIENT}; await next() }})",
            "ctx.state.api",
            "ctx.state.api",
        ),
        (f"app.context.api = {CLIENT}", "ctx.api", "app.context.api"),
    ],
)
def test_what_is_put_on_a_context_is_said(put: str, taken: str, what: str) -> None:
    server = "import Koa from 'koa'\nimport axios from 'axios'\nconst app = new Koa()\n"
    route = f"app.use(async (ctx) => {{ ctx.body = (await {taken}.get('/x')).data }})"
    assert _unknowns(f"{server}{put}\n{route}\napp.listen(1)") == [what]


def test_what_a_server_keeps_under_a_name_is_said() -> None:
    route = "app.get('/p', async (req, res) => { res.json((await req.app.get('api').get('/x')).data) })"
    assert len(_unknowns(f"{SERVER}app.set('api', {CLIENT})\n{route}\napp.listen(1)")) == 1


@pytest.mark.parametrize(
    "put",
    [
        "app.use((req, res, next) => { req.user = { name: 'x' }; next() })",
        "app.set('port', 3000)",
        "app.locals.title = 'x'",
        "app.locals.router = express.Router()",
        f"const kept = {{ api: null }}\nkept.api = {CLIENT}",
    ],
)
def test_nothing_is_said_of_anything_else(put: str) -> None:
    route = "app.get('/p', async (req, res) => { res.json({ user: req.user, title: req.app.locals.title }) })"
    assert _unknowns(f"{SERVER}{put}\n{route}\napp.listen(1)") == []
