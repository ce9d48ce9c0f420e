"""WebSocket clients: ws 8, isomorphic-ws, reconnecting-websocket, socket.io-client 4, eventsource."""

from callaudit.libraries.model import Arg, Connect, Invoke, Library, Model

_SOCKET: dict[str, Model] = {"on": Invoke((Arg(1),), how="event"), "once": Invoke((Arg(1),), how="event")}

LIBRARY = Library(
    name="ws",
    packages=(
        "ws",
        "isomorphic-ws",
        "reconnecting-websocket",
        "partysocket",
        "socket.io-client",
        "eventsource",
        "websocket",
    ),
    exports={
        "default": Connect(),
        "WebSocket": Connect(),
        "io": Connect(protocol="socket.io"),
        "connect": Connect(protocol="socket.io"),
        "EventSource": Connect(protocol="server-sent events"),
    },
    clients={"socket": _SOCKET},
    network=True,
)
