"""socket.io-client 2 to 4: https://socket.io/docs/v4/client-api/#io.

`volatile` and `compress` give the socket itself, `io` its manager, which has events too. An acknowledgement is a
function after the event.
"""

from callaudit.libraries.model import Arg, Connect, Emit, Library, Listen, Model

_SOCKET = Connect(protocol="socket.io", makes="socket")
_LISTEN = Listen()
_METHODS: dict[str, Model] = {
    **dict.fromkeys(("on", "once", "addEventListener", "prependListener"), _LISTEN),
    "onAny": Listen(event=None, callbacks=(Arg(0),)),
    **dict.fromkeys(("emit", "emitWithAck"), Emit()),
}

LIBRARY = Library(
    name="socket.io",
    packages=("socket.io-client",),
    exports={**dict.fromkeys(("default", "io", "connect", "default.connect", "default.io"), _SOCKET)},
    clients={"socket": _METHODS},
    types={"Socket": "socket"},
    same=("volatile", "compress", "io", "connect", "open", "timeout", "off"),
    network=True,
)
