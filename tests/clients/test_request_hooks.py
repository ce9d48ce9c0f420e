"""What hooks of a client send runs before each of its requests; one of a request itself may stand in their place."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, cases

PACKAGE: Files = {"package.json": '{"dependencies": {"ofetch": "1", "ky": "1", "got": "14"}}'}
ASKED, LOGGED, OWN = "GET a.test/one", "GET log.test/x", "GET own.test/x"
OFETCH = "import { ofetch } from 'ofetch'; const c = ofetch.create({ baseURL: 'https://a.test', retry: 0, onRequest: async () => { await fetch('https://log.test/x'); } }); "
HOOKS = {
    "ofetch": (OFETCH + "await c('/one');", {ASKED: (1, 1), LOGGED: (1, 1)}),
    "ky": ("import ky from 'ky'; const c = ky.create({ prefixUrl: 'https://a.test', retry: 0, hooks: { beforeRequest: [async () => { await fetch('https://log.test/x'); }] } }); await c.get('one');", {ASKED: (1, 1), LOGGED: (1, 1)}),
    "got, by a function": ("import got from 'got'; const log = () => fetch('https://log.test/x'); const c = got.extend({ prefixUrl: 'https://a.test', retry: { limit: 0 }, hooks: { beforeRequest: [async () => { await log(); }] } }); await c.get('one');", {ASKED: (1, 1), LOGGED: (1, 1)}),
    "a hook of the request itself": (OFETCH + "await c('/one', { onRequest: async () => { await fetch('https://own.test/x'); } });", {ASKED: (1, 1), OWN: (1, 1)}),
    "each time that it is tried": (OFETCH.replace("retry: 0", "retry: 2") + "await c('/one');", {ASKED: (1, 3), LOGGED: (1, 3)}),
    # ---
    "a hook that sends nothing": ("import { ofetch } from 'ofetch'; const c = ofetch.create({ baseURL: 'https://a.test', retry: 0, onRequest() { console.log('x'); } }); await c('/one');", {ASKED: (1, 1)}),
    "of another client": (OFETCH + "await ofetch('https://a.test/one', { retry: 0 });", {ASKED: (1, 1)}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(HOOKS))
def test_what_is_sent_before_a_request(name: str) -> None:
    source, wanted = HOOKS[name]
    (script,) = audited({**PACKAGE, "main.ts": source}).entries
    assert brief(script) == wanted
