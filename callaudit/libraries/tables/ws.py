"""WebSocket clients: ws 8, isomorphic-ws 5, reconnecting-websocket 4, partysocket 1, websocket 1."""

from callaudit.libraries.model import Connect, Library

_SOCKET = Connect()

LIBRARY = Library(
    name="ws",
    packages=(
        "ws",
        "isomorphic-ws",
        "reconnecting-websocket",
        "partysocket",
        "partysocket/ws",
        "websocket",
        "rpc-websockets",
    ),
    exports={
        "default": _SOCKET,
        "WebSocket": _SOCKET,
        "default.WebSocket": _SOCKET,
        "ReconnectingWebSocket": _SOCKET,
        "PartySocket": _SOCKET,
        "w3cwebsocket": _SOCKET,
        "Client": _SOCKET,
    },
    network=True,
)
