"""A stand-in for the exchange: answers what the fixture asks over HTTP and WebSocket, and records each request."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from msgspec import Struct

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
_MARKETS = [{"symbol": symbol, "tick_size": "1", "lot_size": "0.001", "max_leverage": 20} for symbol in ("BTC", "ETH")]
_PRICES = [
    {"symbol": symbol, "mark": "100", "oracle": "100", "funding": "0", "volume_24h": "1"} for symbol in ("BTC", "ETH")
]
_TRADE = {"history_id": 1, "symbol": "BTC", "side": "bid", "amount": "1", "price": "100", "pnl": "0", "created_at": 0}
_ANSWERS: dict[str, object] = {
    "/api/v1/info": _MARKETS,
    "/api/v1/info/prices": _PRICES,
    "/api/v1/book": {"s": "BTC", "l": [[{"p": "99", "a": "1", "n": 1}], [{"p": "101", "a": "1", "n": 1}]], "t": 0},
    "/api/v1/account": {"account_equity": "100", "available_to_spend": "100", "balance": "100"},
    "/api/v1/account/settings": {"margin_settings": [{"symbol": "BTC", "leverage": 2, "isolated": False}]},
    "/api/v1/orders/create_market": {"order_id": 7},
    "/api/v1/orders/create": {"order_id": 7},
    "/api/v1/orders/cancel_all": {"cancelled_count": 0},
}


class Request(Struct, frozen=True):
    """One recorded request: seconds of the monotonic clock, and `GET /api/v1/positions`."""

    at: float
    name: str


class StandIn:
    """An upstream on a port of its own.

    `failing` has it answer 500. `fills_after` is the read of the trade history that shows the order's fill, 0 for
    none that does. `latency` is what each answer takes, in seconds. `welcome` are the ports of the sites whose pages
    get their WebSocket accepted.
    """

    def __init__(self, *, failing: bool = False, fills_after: int = 0, latency: float = 0.005) -> None:
        self.failing = failing
        self.fills_after = fills_after
        self.latency = latency
        self.welcome: set[int] = set()
        self.requests: list[Request] = []
        handler = type("Handler", (_Answers,), {"upstream": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def counted(self, start: float, end: float) -> Counter[str]:
        """How often each endpoint was asked from `start` up to `end`."""
        return Counter(request.name for request in self.requests if start <= request.at < end)

    def moments(self, start: float, end: float) -> dict[str, list[float]]:
        """When each endpoint was asked from `start` up to `end`."""
        found: dict[str, list[float]] = {}
        for request in self.requests:
            if start <= request.at < end:
                found.setdefault(request.name, []).append(request.at)
        return found

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    upstream: ClassVar[StandIn]

    def do_GET(self) -> None:
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self._hold_socket()
        else:
            self._answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def log_message(self, *_: object) -> None:
        """Nothing: the record is `requests`."""

    def _answer(self) -> None:
        upstream, parts = self.upstream, urlsplit(self.path)
        name = f"{self.command} {parts.path}"
        upstream.requests.append(Request(time.monotonic(), name))
        time.sleep(upstream.latency)
        body = json.dumps({"data": self._data(name, parts.path)}).encode()
        self.send_response(500 if upstream.failing else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _data(self, name: str, path: str) -> object:
        if path != "/api/v1/trades/history":
            return _ANSWERS.get(path, [])
        asked = sum(request.name == name for request in self.upstream.requests)
        return [{**_TRADE, "order_id": 7}] if 0 < self.upstream.fills_after <= asked else []

    def _hold_socket(self) -> None:
        """Accept the WebSocket of a welcome site and keep it open until the browser leaves; nothing is ever pushed."""
        if urlsplit(self.headers.get("Origin", "")).port not in self.upstream.welcome:
            self.send_error(503)
            return
        key = self.headers["Sec-WebSocket-Key"] + _MAGIC
        accept = base64.b64encode(hashlib.sha1(key.encode(), usedforsecurity=False).digest()).decode()
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", accept)
        self.end_headers()
        self.wfile.flush()
        self.close_connection = True
        while self.connection.recv(4096):
            pass
