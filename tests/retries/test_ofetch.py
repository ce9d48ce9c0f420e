"""ofetch tries again once what has no body, and anything as often as it is told."""

from __future__ import annotations

import pytest

from tests.projects import audited, cases

RETRIES = {
    "by itself": ("await ofetch('https://a.test/one');", [(2, (0,))]),
    "a body": ("await ofetch('https://a.test/one', { method: 'POST' });", []),
    "a body, told": (
        "await ofetch('https://a.test/one', { method: 'POST', retry: 3, retryDelay: 500 });",
        [(4, (500,) * 3)],
    ),
    "off": ("await ofetch('https://a.test/one', { retry: false });", []),
    "its client": (
        "const api = ofetch.create({ baseURL: 'https://a.test', retry: 2, retryDelay: 100 }); await api('/one');",
        [(3, (100, 100))],
    ),
    "a function": ("await ofetch('https://a.test/one', { retry: 2, retryDelay: () => 1000 });", [(3, (1000, 1000))]),
}


@pytest.mark.parametrize("name", cases(RETRIES))
def test_how_often_ofetch_tries(name: str) -> None:
    source, wanted = RETRIES[name]
    inventory = audited({"main.ts": "import { ofetch } from 'ofetch'; " + source})
    assert [(one.max_attempts, one.delays_ms) for one in inventory.retries] == wanted
