"""What a provider pushes over WebSockets, and the limits of its connections."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from callaudit.providers.limits import Amount, Citations

Positive = Annotated[float, Meta(gt=0)]


class Channel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A subscription; `period_s` is the time between two messages (None: per event, or not known).

    Without own sources those of the whole `websocket` hold.
    """

    name: str
    scope: Literal["shared", "account", "object"]
    period_s: Positive | None = None
    note: str = ""
    sources: Citations = ""


class SocketLimit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How many connections, subscriptions or messages; `window_s` where it is a rate."""

    of: Literal["connections", "subscriptions", "messages", "message_bytes"]
    per: str
    max: Amount
    window_s: Positive | None = None


class WebSocket(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Channels, the actions that can be sent instead of requests, limits, and lifetimes in seconds."""

    channels: tuple[Channel, ...]
    actions: tuple[str, ...] = ()
    limits: tuple[SocketLimit, ...] = ()
    idle_close_s: Positive | None = None
    max_age_s: Positive | None = None
    note: str = ""
    sources: Citations = ""
