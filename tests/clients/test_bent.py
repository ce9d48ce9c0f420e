"""bent makes functions that send, of options in any order."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases, run

SPELLINGS = {
    "a format alone": ("import bent from 'bent'; const get = bent('json'); await get('https://a.test/one');", {"GET a.test/one": (1, 1)}),
    "CommonJS": ("const bent = require('bent'); const get = bent('json'); get('https://a.test/one');", {"GET a.test/one": (1, 1)}),
    "base, method, format, status": ("import bent from 'bent'; const post = bent('https://a.test/', 'POST', 'json', 200); await post('one', { a: 1 });", {"POST a.test/one": (1, 1)}),
    "another order": ("import bent from 'bent'; const put = bent(201, 'PUT', 'https://a.test/v1', 'string'); await put('/one');", {"PUT a.test/v1/one": (1, 1)}),
    "made and not called": ("import bent from 'bent'; const get = bent('https://a.test', 'json'); get;", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_spellings_of_bent(name: str) -> None:
    source, wanted = SPELLINGS[name]
    assert run(source) == wanted
