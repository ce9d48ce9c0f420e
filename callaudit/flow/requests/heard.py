"""What a connection's messages do, which is not what opening the connection does, be it opened again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Repeated
from callaudit.flow.requests.sockets import EVENT, setting
from callaudit.libraries.connection_events import OF_CONNECTION

if TYPE_CHECKING:
    from callaudit.flow.effects.effects import Effect


def is_heard(effect: Effect) -> bool:
    """Whether an effect is what is done for each message."""
    if not isinstance(effect, Repeated) or effect.trigger is None or effect.trigger.kind != "event":
        return False
    return setting(effect.trigger, EVENT) not in OF_CONNECTION
