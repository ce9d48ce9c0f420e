"""The three scenarios that come with callaudit, with the assumptions of a scaling audit that was written by hand.

Its figures stand in them as claims, which are shown beside the computed ones to whoever asks for them.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from callaudit.load.ranges import Range, exactly
from callaudit.load.scenario import Action, Claim, Scenario

DEAREST: Final = "the write that asks most"
"""Stands for the action that a repository's scenario does not name: see `resolve`."""


class _Audit(Struct, frozen=True):
    """What one section of the audit assumes and says: users, trades a minute, and requests a second."""

    section: str
    users: int
    concurrent: float
    trades: float
    polls: float
    public: float
    trading: float
    total: tuple[float, float]


_AUDIT: Final = (
    _Audit("2.1", 250, 1, 12, 8.33, 10 + 2, 1, (20, 25)),
    _Audit("2.2", 5000, 0.5, 250, 83.33, 50 + 15, 20.83, (150, 170)),
    _Audit("2.3", 10_000, 0.5, 500, 166.67, 100 + 30, 41.67, (280, 320)),
)


def builtin_scenarios() -> tuple[Scenario, ...]:
    """Users, what part of them is there and connected, and trades a minute, as the audit assumes them."""
    return tuple(_scenario(one) for one in _AUDIT)


def _scenario(one: _Audit) -> Scenario:
    said = f"built-in scenario {one.users}"
    low, high = one.total
    fields = ("users", "share_concurrent", "share_connected", "websocket_uptime", "retry_miss", "latency_s")
    return Scenario(
        name=str(one.users),
        users=one.users,
        share_concurrent=exactly(one.concurrent),
        share_connected=exactly(0.5),
        # Its baseline polls as without a WebSocket; "with good WS" is its better case.
        websocket_uptime=Range(0, 0, 1),
        # It counts every attempt of the loop after a trade.
        retry_miss=Range(0, 1, 1),
        actions=(Action(DEAREST, exactly(one.trades / 60), source=said),),
        sources=tuple((field, said) for field in fields),
        claims=(
            Claim("polls", exactly(one.polls), "account, positions and orders, every 15 s", one.section),
            Claim("shared polls", exactly(one.public), "prices and other market data", one.section),
            Claim("actions", exactly(one.trading), f"{one.trades:g} trades/min, 5 calls each", one.section),
            Claim("total", Range(low, (low + high) / 2, high), "in all", one.section),
        ),
    )
