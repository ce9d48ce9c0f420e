"""The numbers under which costs count requests.

One call site may send the same request on a server and in a browser: a page whose data function and whose hook ask for
the same. Quotas of different addresses pay then, so that costs count such requests apart: by number and side.
"""

from __future__ import annotations

from typing import Any, TypeVar

_Kept = TypeVar("_Kept")


class Own(int):
    """The number of a request that may be answered by the repository itself."""

    __slots__ = ()


class OnSide(int):
    """The number of a request with the side that it is sent on; `own` where it may be answered by the repository."""

    side: str
    own: bool

    def __new__(cls, number: int, side: str = "", own: bool = False) -> OnSide:  # noqa: PYI034 - it is no other class's
        """Say of a request where it is sent; the same is said by one object, so that tables find it at once."""
        known = _KNOWN.get((int(number), side, own))
        if known is None:
            known = _KNOWN[int(number), side, own] = super().__new__(cls, number)
            known.side, known.own = side, own
        return known

    def __eq__(self, other: object) -> bool:
        """Only the same request on the same side is the same."""
        return isinstance(other, OnSide) and int(self) == int(other) and self.side == other.side

    __hash__ = int.__hash__
    """By the number, as that of the language itself takes no call."""

    def __getnewargs__(self) -> tuple[int, str, bool]:  # type: ignore[override]
        """Travel to another process whole: a key of a dict is hashed before its fields are filled."""
        return int(self), self.side, self.own


_KNOWN: dict[tuple[int, str, bool], OnSide] = {}


def is_own(key: object) -> bool:
    """Whether the key of a cost is a request that the repository itself may answer."""
    return type(key) is Own or (type(key) is OnSide and key.own)


def on_side(key: Any, side: str) -> Any:
    """The key of a cost for what runs on `side`; code inside that runs elsewhere has said so itself."""
    if type(key) is frozenset:
        return frozenset(on_side(member, side) for member in key)
    if not isinstance(key, int) or type(key) is OnSide:
        return key
    return OnSide(key, side, type(key) is Own)


def renumbered(key: Any, number: int) -> Any:
    """The same key with another number."""
    return OnSide(number, key.side, key.own) if type(key) is OnSide else Own(number) if type(key) is Own else number


def all_on_side(kept: dict[int, frozenset[_Kept]], side: str) -> dict[int, frozenset[_Kept]]:
    """What is kept for requests of what runs on `side`."""
    found: dict[int, frozenset[_Kept]] = {}
    for request, what in kept.items():
        key = on_side(request, side)
        found[key] = what if key not in found else found[key] | what
    return found


def of_request(kept: dict[int, frozenset[_Kept]], request: int) -> frozenset[_Kept]:
    """What is kept for a request on its side; where nothing tells its side, for all sides."""
    if request in kept:
        return kept[request]
    return frozenset[_Kept]().union(*(kept[one] for one in kept if int(one) == int(request)))
