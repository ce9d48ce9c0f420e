"""What a connection's messages do, which is not what opening the connection does, be it opened again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import Repeated
from callaudit.flow.sockets import EVENT, setting

if TYPE_CHECKING:
    from callaudit.flow.effects import Effect

OF_CONNECTION = frozenset(
    {"connect", "open", "upgrade", "connectFailed", "close", "disconnect", "end", "error", "connect_error"}
) | {"unexpected-response"}
"""Events that a connection has once: of WebSocket (HTML), ws 8, websocket 1 and socket.io 4."""


def is_heard(effect: Effect) -> bool:
    """Whether an effect is what is done for each message."""
    if not isinstance(effect, Repeated) or effect.trigger is None or effect.trigger.kind != "event":
        return False
    return setting(effect.trigger, EVENT) not in OF_CONNECTION
