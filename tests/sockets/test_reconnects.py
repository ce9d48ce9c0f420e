"""A connection that is opened again asks what opening it asks; what its messages ask they ask themselves."""

from __future__ import annotations

import pytest

from callaudit.report.repeats import retries
from tests.projects import audited

CLASS = """
import WebSocket from 'ws';
class Feed {{
  connect() {{
    this.ws = new WebSocket('wss://a.test/ws');
    fetch('https://a.test/key', {{ method: 'POST' }});
    {listen}
    this.ws.on('close', () => setTimeout(() => this.connect(), 5000));
  }}
  async handle(data) {{ await fetch('https://a.test/message'); }}
}}
new Feed().connect();
"""
FUNCTION = """
import WebSocket from 'ws';
async function handle(data) {{ await fetch('https://a.test/message'); }}
class Feed {{ constructor(ws) {{ this.ws = ws; }} {method} }}
function connect() {{
  const ws = new WebSocket('wss://a.test/ws');
  fetch('https://a.test/key', {{ method: 'POST' }});
  {listen}
  ws.on('close', () => {{ setTimeout(connect, 5000); }});
}}
connect();
"""


def asked(source: str, mechanism: str) -> list[str]:
    """What the triggers of this mechanism ask for."""
    triggers = audited({"main.ts": source}).triggers
    return sorted(one.path for trigger in triggers if trigger.mechanism == mechanism for one in trigger.endpoints)


@pytest.mark.parametrize(
    "source",
    [
        CLASS.format(listen="this.ws.on('message', (data) => this.handle(data));"),
        CLASS.format(listen="this.ws.addEventListener('message', async (event) => { await this.handle(event); });"),
        FUNCTION.format(method="", listen="ws.on('message', handle);"),
        FUNCTION.format(method="listen() { this.ws.on('message', handle); }", listen="new Feed(ws).listen();"),
    ],
)
def test_what_messages_ask_is_not_what_the_reconnect_asks(source: str) -> None:
    assert asked(source, "setTimeout") == ["/key"]
    assert asked(source, "ws.on('message')") == ["/message"]


@pytest.mark.parametrize(
    "source",
    [
        CLASS.format(listen="this.ws.on('open', () => this.handle());"),
        FUNCTION.format(method="", listen="ws.addEventListener('open', handle);"),
    ],
)
def test_what_the_open_connection_asks_is_asked_again(source: str) -> None:
    assert asked(source, "setTimeout") == ["/key", "/message"]


def test_what_a_function_asks_that_a_timer_starts_again_is_asked_again() -> None:
    source = """
    async function handle() { await fetch('https://a.test/message'); }
    function connect() { fetch('https://a.test/key'); handle(); setTimeout(connect, 5000); }
    connect();
    """
    assert asked(source, "setTimeout") == ["/key", "/message"]


RECONNECTS = {
    "a loop": """
    import WebSocket from 'ws';
    const open = () => new Promise((resolve, reject) => {
      const ws = new WebSocket('wss://a.test/ws');
      ws.on('open', () => resolve(ws));
      ws.on('error', reject);
    });
    async function connect() {
      for (let left = 3; left > 0; left--) {
        try {
          return await open();
        } catch (error) {
          await new Promise((resolve) => setTimeout(resolve, 1000));
        }
      }
    }
    connect();
    """,
    "a library, the browser's own": """
    import pRetry from 'p-retry';
    function open() { return new WebSocket('wss://a.test/ws'); }
    pRetry(() => open(), { retries: 2 });
    """,
}


@pytest.mark.parametrize("how", RECONNECTS)
def test_what_is_tried_again_is_the_connection(how: str) -> None:
    found = audited({"main.ts": RECONNECTS[how]})
    (retry,) = found.retries
    assert (retry.endpoints, retry.opens, retry.max_attempts) == ((), ("websocket wss://a.test/ws",), 3)
    assert [row[5] for row in retries(found).rows] == ["websocket wss://a.test/ws"]


def test_what_is_sent_again_and_is_not_known_is_no_own_route() -> None:
    found = audited({"main.ts": "import pRetry from 'p-retry';\npRetry(() => fetch(load()), { retries: 2 });"})
    assert [row[5] for row in retries(found).rows] == ["not known"]


def test_a_request_beside_a_connection_opens_none() -> None:
    source = (
        "import pRetry from 'p-retry';\nnew WebSocket('wss://a.test/ws');\n"
        "pRetry(() => fetch('https://a.test/one'), { retries: 2 });"
    )
    (retry,) = audited({"main.ts": source}).retries
    assert (retry.endpoints, retry.opens, retry.asks_unknown) == (("GET a.test/one",), (), False)
