"""Timers that begin anew: a query library restarts the interval of a poll when something else updates its query.

TanStack Query sets the timer of each observer on every update of the query (measured; see `formulas`), so that what an
action makes it ask again puts off the next poll. Sums stay below those of polls and refetches counted apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from callaudit.load.formulas import put_off
from callaudit.load.ranges import NOTHING, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.load.demand import Demand
    from callaudit.load.model import Stream
    from callaudit.load.situation import Situation

_MECHANISM: Final = "refetchInterval"
"""How a library polls that restarts its timer on each update."""


class Restart(Struct, frozen=True):
    """An action after which a library asks again for what a poll asks, and with what chance."""

    action: str
    chance: Range


def with_restarts(streams: Sequence[Stream]) -> tuple[Stream, ...]:
    """Tell each poll of such a library which actions ask again for its query, and with what chance."""
    again = [one for one in streams if one.kind == "refetch" and one.key]
    return tuple(
        replace(one, restarts=tuple(_restarts(one, again)))
        if one.kind == "poll" and one.mechanism == _MECHANISM and one.key and again
        else one
        for one in streams
    )


def _restarts(poll: Stream, again: Iterable[Stream]) -> Iterable[Restart]:
    """What asks again for the poll's query, each place of the code once."""
    found: dict[tuple[str, str, int], Restart] = {}
    for one in again:
        stem = one.key.partition(",")[0].rstrip("]")
        if one.endpoint == poll.endpoint and one.site == poll.site and poll.key.startswith(stem):
            found.setdefault((one.action, one.file, one.line), Restart(one.action, _chance(one.calls, poll.calls)))
    return found.values()


def _chance(asked: Range, polled: Range) -> Range:
    """The chance that an action asks again: its calls are those of the poll as often as that."""
    chance = asked.expected / polled.expected if polled.expected else 0.0
    return Range(0, min(chance, 1.0), 1)


def restarted(wanted: Demand, situation: Situation) -> Demand:
    """What a poll asks for where actions put it off; others as they are."""
    if not wanted.shape.restarts or wanted.shape.holder != "user":
        return wanted
    often = NOTHING
    for one in wanted.shape.restarts:
        often = often + situation.action_rate(one.action) * one.chance
    there = situation.concurrent
    # Everybody acts alike: each user's part of all actions.
    each = Range(*(rate / users if users else 0.0 for rate, users in zip(often.points, there.points, strict=True)))
    weights = tuple(
        Range(
            weight.low * put_off(period, each.high),
            weight.expected * put_off(period, each.expected),
            weight.high * put_off(period, each.low),
        )
        for weight, period in zip(wanted.weights, wanted.shape.periods, strict=True)
    )
    return replace(wanted, weights=weights)
