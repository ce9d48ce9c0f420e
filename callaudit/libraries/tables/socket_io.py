"""socket.io-client 2 to 4: https://socket.io/docs/v4/client-api/#io."""

from callaudit.libraries.model import Connect, Library

_SOCKET = Connect(protocol="socket.io")

LIBRARY = Library(
    name="socket.io",
    packages=("socket.io-client",),
    exports={**dict.fromkeys(("default", "io", "connect", "default.connect", "default.io"), _SOCKET)},
    network=True,
)
