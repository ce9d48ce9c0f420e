"""umi-request: functions, methods and instances with a prefix."""

from __future__ import annotations

import pytest

from tests.projects import run

CALLS = {
    "a function": (
        "import request from 'umi-request';\nrequest('https://a.test/x', { method: 'post' });",
        "POST a.test/x",
    ),
    "of umi": (
        "import { request } from '@umijs/max';\nrequest('https://a.test/x', { params: { a: 1 } });",
        "GET a.test/x",
    ),
    "a method": ("import request from 'umi-request';\nrequest.put('https://a.test/x', { data: {} });", "PUT a.test/x"),
    "an instance": (
        "import { extend } from 'umi-request';\nconst api = extend({ prefix: 'https://a.test' });\napi.get('/x');",
        "GET a.test/x",
    ),
    "an instance that is called": (
        "import { extend } from 'umi-request';\nconst api = extend({ prefix: 'https://a.test' });\napi('/x');",
        "GET a.test/x",
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_request(name: str) -> None:
    source, request = CALLS[name]
    assert run(source) == {request: (1, 1)}


def test_what_else_umi_has_is_none() -> None:
    assert run("import { history, useModel } from 'umi';\nhistory.push('/x');\nuseModel('user');") == {}
