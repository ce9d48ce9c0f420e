"""Quotas: what is counted, for whom, over which time, and what one call costs."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Citations = Annotated[str, Meta(pattern=r"^(\S+( \S+)*)?$")]
"""Where a value comes from: source ids separated by blanks, each with a page below its address if need be."""

Payer = Literal["ip", "api_key", "account", "org", "project", "user", "address", "repo", "model", "endpoint", "object"]

Quantity = Annotated[float, Meta(ge=0)]


class Amount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A quantity with its sources; `value` is None where it is not known."""

    value: Quantity | None
    note: str = ""
    sources: Citations = ""


class Window(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The time over which a bucket counts; `seconds` is None for kinds without one.

    A token bucket's `seconds` is how long an empty one takes to fill.
    """

    seconds: Quantity | None
    kind: Literal["rolling", "fixed", "token_bucket", "calendar_month", "lifetime", "instant", "unknown"]
    sources: Citations = ""


class Tiers(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Capacities that a customer's level raises, in the bucket's unit."""

    by: str
    values: dict[str, Quantity]
    sources: Citations = ""


class Bucket(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One quota: a call is charged to every bucket that lists its context and that its cost class names.

    `key_by` says what each own counter belongs to: one a visitor's IP, one an account, ...
    """

    id: str
    unit: Literal["requests", "weight", "credits", "points", "tokens", "concurrent", "orders", "seconds"]
    key_by: tuple[Payer, ...]
    contexts: tuple[str, ...]
    capacity: Amount
    window: Window
    tiers: Tiers | None = None
    note: str = ""


class PerItems(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A charge on top: `add` for each full `every` items of the request or of the response."""

    every: Annotated[int, Meta(ge=1)]
    add: Quantity
    of: Literal["request", "response"]


class Cost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one call costs in the bucket's unit: the value to use (None: not known), and its bounds.

    `max` is None where nothing bounds it, as for a charge by items.
    """

    min: Quantity
    max: Quantity | None
    value: Quantity | None
    per_items: PerItems | None = None


class CostClass(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Endpoints of one price: the charge in each bucket (a number is exact), and what the figures rest on."""

    charges: dict[str, Quantity | Cost]
    basis: str
    sources: Citations


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A response header that tells the quota: its number under `key` times `scale`, in the bucket's unit."""

    name: str
    gives: Literal["remaining", "limit", "reset_s", "window_s"]
    key: str = ""
    scale: float = 1.0
    note: str = ""
    sources: Citations = ""


class OnExceed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a call over the limit gets: HTTP status, whether Retry-After is sent (None: not known)."""

    status: tuple[Annotated[int, Meta(ge=100, le=599)], ...]
    retry_after: bool | None
    ws_code: int | None = None
    note: str = ""
    sources: Citations = ""
