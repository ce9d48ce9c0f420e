"""The calls that are open while code runs: how often each function is, how deep, and the levels of recursions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.machine.summaries import Summary


class OpenCalls:
    """Functions that have been entered and not left."""

    __slots__ = (
        "busy",
        "depth",
        "given_again",
        "giving",
        "levels",
        "making",
        "recursive",
    )

    def __init__(self) -> None:
        """Begin with none."""
        self.busy: dict[tuple[str, int], int] = {}
        self.recursive: set[tuple[str, int]] = set()
        self.levels: dict[object, tuple[Summary, frozenset[tuple[str, int]]]] = {}
        """Levels of recursions that are still open, and which those are: a level that calls itself twice, as for a
        retry and for the next page, would else be run as often as there are ways to it."""
        self.depth = 0
        self.making: set[tuple[str, int]] = set()
        """The classes of which an object begins with its fields."""
        self.giving: dict[tuple[str, int], int] = {}
        """How deep what functions give is being worked out by way of themselves."""
        self.given_again: dict[tuple[str, int], int] = {}
        """How often what functions give was asked for while that was being worked out."""

    def apart(self) -> OpenCalls:
        """As deep as these, but with no function open: what is running already is told apart then."""
        calls = OpenCalls()
        calls.depth, calls.making = self.depth, self.making
        calls.giving, calls.given_again = self.giving, self.given_again
        return calls

    def close(self, place: tuple[str, int], open_calls: int) -> None:
        """End a call of a function of which `open_calls` remain open."""
        if open_calls:
            self.busy[place] = open_calls
        else:
            self.busy.pop(place, None)

    def forget_levels(self, place: tuple[str, int]) -> None:
        """Forget what was found inside a recursion of the function at `place`, which has ended."""
        self.levels = {key: found for key, found in self.levels.items() if place not in found[1]}
