"""WebSocket clients: ws 8, isomorphic-ws 5, reconnecting-websocket 4, partysocket 1, websocket 1.

The server of ws (https://github.com/websockets/ws/blob/master/doc/ws.md) hands each connection to the listener of
`connection`; its messages have no names of their own.
"""

from callaudit.libraries.model import Connect, Library, Listen, Make, Model

_SOCKET = Connect(makes="socket")
_SERVER = Make("server")
_ON = ("on", "once", "addEventListener", "addListener")
_CONNECTION: dict[str, Model] = dict.fromkeys(_ON, Listen(shown="ws"))
_PEER: dict[str, Model] = dict.fromkeys(_ON, Listen(side="server", shown="ws"))
_LISTENS: dict[str, Model] = dict.fromkeys(
    ("on", "once", "addListener"), Listen(side="server", opens=("connection",), hands="peer", shown="wss")
)

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
        **dict.fromkeys(("WebSocketServer", "Server", "default.Server", "default.WebSocketServer"), _SERVER),
        **dict.fromkeys(("WebSocket.Server", "WebSocket.WebSocketServer"), _SERVER),
    },
    clients={"socket": _CONNECTION, "peer": _PEER, "server": _LISTENS},
    types={"WebSocket": "peer", "WebSocketServer": "server"},
    network=True,
)
