"""Routers that answer nothing by themselves and that no app is seen to use are said not to be known to answer."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, cases, unresolved

H = "async () => { await fetch('https://a.test/one'); }"
APP = "import express, { Router } from 'express'; const app = express();"
ALONE = f"import {{ Router }} from 'express'; export const r = Router(); r.get('/x', {H});"
UNMOUNTED: dict[str, Files] = {
    "Router of express": {"r.ts": ALONE},
    "express.Router": {
        "r.js": f"const express = require('express'); const r = express.Router(); r.get('/x', {H}); module.exports = r;"
    },
    "beside an app": {"main.ts": APP + f"const r = Router(); r.get('/x', {H}); app.listen(1);"},
    "a route of a router": {"main.ts": APP + f"const r = Router(); r.route('/x').get({H}); app.listen(1);"},
    "used by a router that nothing uses": {
        "main.ts": APP + f"const r = Router(); const s = Router(); s.get('/x', {H}); r.use('/r', s); app.listen(1);"
    },
    "Router of koa": {"r.ts": f"import {{ Router }} from '@koa/router'; export const r = new Router(); r.get('/x', {H});"},
}  # fmt: skip
MOUNTED: dict[str, Files] = {
    "a router": {"main.ts": APP + f"const r = Router(); r.get('/x', {H}); app.use('/r', r);"},
    "a router of a router": {
        "main.ts": APP
        + f"const r = Router(); const s = Router(); s.get('/x', {H}); r.use('/s', s); app.use('/r', r);"
    },
    "one of another module": {"main.ts": APP + "import { r } from './r'; app.use('/r', r);", "r.ts": ALONE},
    "an app that is exported": {"main.ts": f"import express from 'express'; const app = express(); app.get('/x', {H}); export default app;"},
    "an app that nothing starts": {"main.ts": APP + f"app.get('/x', {H});"},
    "a router of koa": {"main.ts": f"import Koa from 'koa'; import {{ Router }} from '@koa/router'; const r = new Router(); r.get('/x', {H}); new Koa().use(r.routes());"},
}  # fmt: skip


def said(files: Files) -> list[str]:
    """What is said of routers that nothing uses."""
    return [why for why in unresolved(audited(files)) if "no app is seen" in why]


@pytest.mark.parametrize("name", cases(UNMOUNTED))
def test_a_router_that_nothing_uses_is_said_not_to_be_known_to_answer(name: str) -> None:
    assert len(said(UNMOUNTED[name])) == 1


@pytest.mark.parametrize("name", cases(MOUNTED))
def test_a_router_that_an_app_uses_answers(name: str) -> None:
    assert not said(MOUNTED[name])
