"""Events that a connection has once, which are no messages that arrive on it.

WebSocket (https://html.spec.whatwg.org/multipage/web-sockets.html), ws 8, websocket 1 and socket.io 4.
"""

from __future__ import annotations

OF_CONNECTION = frozenset(
    {
        "close", "connect", "connectFailed", "connect_error", "disconnect", "end", "error", "open",
        "unexpected-response", "upgrade",
    }
)  # fmt: skip
