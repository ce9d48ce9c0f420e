"""Operations that share one URL are told apart by the body or the query of the request."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from callaudit.audit import audit
from callaudit.providers.load import load_profile
from tests.providers.conftest import SMALL

PROFILE = SMALL.replace(
    "      GET /v2/things: {sources: docs}\n",
    "      POST /v2/rpc list: {discriminator: {method: list}, sources: docs}\n"
    "      POST /v2/rpc one: {discriminator: {method: one}, sources: docs}\n"
    "      POST /v2/exchange order: {discriminator: {action.type: order}, sources: docs}\n"
    "      GET /v2/query prices: {discriminator: {action: prices}, sources: docs}\n"
    "      GET /v2/query supply: {discriminator: {action: supply}, sources: docs}\n",
)
URL = "https://api.acme.test/v2/rpc"
QUERY = "https://api.acme.test/v2/query"


def endpoints(source: str) -> dict[str, tuple[int, int | None]]:
    """The endpoints that a script reaches, with the bounds of calls; those not known as `''`."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "profile.yaml").write_text(PROFILE, encoding="utf-8")
        (root / "package.json").write_text('{"dependencies": {"axios": "1", "ky": "1"}}', encoding="utf-8")
        (root / "main.ts").write_text(source, encoding="utf-8")
        entries = audit(root, [load_profile(root / "profile.yaml")]).inventory.entries
    return {reach.endpoint: (reach.min, reach.max) for entry in entries for reach in entry.reaches}


@pytest.mark.parametrize(
    "call",
    [
        f"fetch('{URL}', {{ method: 'POST', body: JSON.stringify({{ method: 'list' }}) }})",
        f"fetch('{URL}', {{ method: 'POST', body: JSON.stringify({{ ...extra, method: 'li' + 'st' }}) }})",
        f"axios.post('{URL}', {{ method: 'list', params: [process.argv[2]] }})",
        f"axios({{ method: 'post', url: '{URL}', data: {{ method: 'list' }} }})",
        f"ky.post('{URL}', {{ json: {{ method: 'list' }} }})",
        "send({ method: 'list' })",
        "new Client().rpc('list', [])",
    ],
)
def test_the_body_names_the_operation(call: str) -> None:
    source = f"""
    import axios from 'axios';
    import ky from 'ky';
    const extra = {{ id: 1 }};
    async function send(body) {{
      const text = JSON.stringify(body);
      return fetch('{URL}', {{ method: 'POST', body: text }});
    }}
    class Client {{ rpc(method, params) {{ return axios.post('{URL}', {{ jsonrpc: '2.0', method, params }}); }} }}
    await {call};
    """
    assert endpoints(source) == {"POST /v2/rpc list": (1, 1)}


def test_nested_fields() -> None:
    url = URL.replace("rpc", "exchange")
    source = f"await fetch('{url}', {{ method: 'POST', body: JSON.stringify({{ action: {{ type: 'order' }} }}) }});"
    assert endpoints(source) == {"POST /v2/exchange order": (1, 1)}


def test_one_wrapper_and_several_operations() -> None:
    source = f"""
    const rpc = (method) => fetch('{URL}', {{ method: 'POST', body: JSON.stringify({{ method }}) }});
    await rpc('list');
    await rpc('one');
    await rpc('one');
    """
    assert endpoints(source) == {"POST /v2/rpc list": (1, 1), "POST /v2/rpc one": (2, 2)}


def test_either_of_two_operations() -> None:
    source = f"""
    const method = process.argv.length > 2 ? 'list' : 'one';
    await fetch('{URL}', {{ method: 'POST', body: JSON.stringify({{ method }}) }});
    """
    assert endpoints(source) == {"POST /v2/rpc list": (0, 1), "POST /v2/rpc one": (0, 1)}


@pytest.mark.parametrize(
    "body",
    ["{ method: process.argv[2] }", "{ id: 1 }", "{ method: 'nonsense' }", "JSON.parse(process.argv[2])", "[]"],
)
def test_what_is_not_known_is_no_operation(body: str) -> None:
    assert set(endpoints(f"await fetch('{URL}', {{ method: 'POST', body: JSON.stringify({body}) }});")) == {""}


@pytest.mark.parametrize(
    ("call", "operation"),
    [
        (f"fetch('{QUERY}?action=prices&id=' + process.argv[2])", "GET /v2/query prices"),
        (f"fetch(`{QUERY}?id=${{process.argv[2]}}&action=supply`)", "GET /v2/query supply"),
        (f"fetch('{QUERY}?action=' + process.argv[2])", ""),
        (f"fetch('{QUERY}')", ""),
    ],
)
def test_the_query_names_the_operation(call: str, operation: str) -> None:
    assert set(endpoints(f"await {call};")) == {operation}
