"""A connection that is opened again asks what opening it asks; what its messages ask they ask themselves."""

from __future__ import annotations

import pytest

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
