"""Quotas that count as a provider does: who is over, how often, and how much arrived at once."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from callaudit.load.model import Bucket

MINUTE_S = 60.0
MOMENT_S = 1.0
"""A burst is what arrives within this time."""


class Account(Struct):
    """One payer's rolling window: the units in it, and the most that it ever held."""

    spent: deque[tuple[float, float]]
    units: float = 0.0
    most: float = 0.0


class Quota:
    """One bucket while a simulation runs: a rolling window for each payer.

    A request that does not fit is answered with 429 and costs nothing (the common rule; providers that charge refused
    requests refuse more than this counts). Buckets without a known capacity refuse nothing.
    """

    def __init__(self, bucket: Bucket) -> None:
        """Begin with nothing spent."""
        self.bucket = bucket
        self.requests = 0
        self.units = 0.0
        self.refused = 0
        self.refused_payers: set[int] = set()
        self.most_at_once = 0
        self._payers: dict[int, Account] = {}
        self._moment: deque[float] = deque()

    def begin(self) -> None:
        """Forget what was counted so far; windows stay as they are."""
        self.requests = self.refused = self.most_at_once = 0
        self.units = 0.0
        self.refused_payers = set()
        for account in self._payers.values():
            account.most = account.units

    def charge(self, payer: int, cost: float, now: float) -> bool:
        """Charge a request; whether the provider takes it. What was asked for counts as sent either way."""
        self.requests += 1
        self.units += cost
        self._count_moment(now)
        account = self._payers.get(payer)
        if account is None:
            account = self._payers[payer] = Account(deque())
        window = self.bucket.window_s
        if window is None:
            return True
        while account.spent and account.spent[0][0] <= now - window:
            account.units -= account.spent.popleft()[1]
        capacity = self.bucket.capacity
        if capacity is not None and account.units + cost > capacity + 1e-9:
            self.refused += 1
            self.refused_payers.add(payer)
            return False
        account.spent.append((now, cost))
        account.units += cost
        account.most = max(account.most, account.units)
        return True

    @property
    def fullest(self) -> float:
        """The most units that any payer's window held."""
        return max((account.most for account in self._payers.values()), default=0.0)

    def _count_moment(self, now: float) -> None:
        moment = self._moment
        moment.append(now)
        while moment[0] <= now - MOMENT_S:
            moment.popleft()
        self.most_at_once = max(self.most_at_once, len(moment))
