"""socket.io 2 to 4, the server: https://socket.io/docs/v4/server-api/.

`connection` hands over a socket, whose events are the messages of one client. What the server emits is for clients.
"""

from callaudit.libraries.model import Arg, Library, Listen, Make, Model, Quiet

_OPENS = ("connection", "connect")
_SERVER: dict[str, Model] = {
    **dict.fromkeys(("on", "once"), Listen(side="server", opens=_OPENS, hands="socket", shown="io")),
    "of": Make("namespace"),
    "emit": Quiet(),
    "use": Listen(event=None, callbacks=(Arg(0),), side="server", opens=("",), hands="socket", shown="io.use"),
}
_SOCKET: dict[str, Model] = {
    **dict.fromkeys(("on", "once", "prependListener"), Listen(side="server")),
    "onAny": Listen(event=None, callbacks=(Arg(0),), side="server"),
    "use": Listen(event=None, callbacks=(Arg(0),), side="server", shown="socket.use"),
    "emit": Quiet(),
}

LIBRARY = Library(
    name="socket.io-server",
    packages=("socket.io",),
    exports={
        **dict.fromkeys(("Server", "default", "default.Server", "default.listen"), Make("server")),
    },
    clients={"server": _SERVER, "namespace": _SERVER, "socket": _SOCKET},
    types={"Server": "server", "Namespace": "namespace", "Socket": "socket"},
    same=("volatile", "local", "broadcast", "sockets", "to", "in", "except", "timeout", "listen", "attach", "compress"),
)
