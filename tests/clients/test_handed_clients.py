"""Modules of clients that are handed to functions which do not name them."""

from __future__ import annotations

import pytest

from tests.projects import run

_SEND = """
function send(client, url) {
  return new Promise((resolve) => { client.request(url, {}, (response) => resolve(response)).end(); });
}
"""


@pytest.mark.parametrize(
    "imported",
    [
        'import https from "node:https";',
        'import * as https from "https";',
        'import { https } from "follow-redirects";',
        'const https = require("https");',
    ],
)
def test_a_module_of_node(imported: str) -> None:
    assert run(f'{imported}\n{_SEND}\nsend(https, "https://api.example.com/a");') == {"GET api.example.com/a": (1, 1)}


def test_a_module_that_sends_nothing() -> None:
    assert run(f'import path from "node:path";\n{_SEND}\nsend(path, "https://api.example.com/a");') == {}
