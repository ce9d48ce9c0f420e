"""Limiters that one poller alone goes through: its interval is their time already, and nothing comes too early.

What limiters drop is told for requests that come at random; those of one timer come at even times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.inventory.model import REPEATING
from callaudit.load.formulas import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.model import Stream
    from callaudit.load.queues import Queue


def without_own_limits(streams: Sequence[Stream]) -> list[Stream]:
    """`streams` without limiters that drop nothing of the only timer which goes through them."""
    behind: dict[str, list[Stream]] = {}
    for stream in streams:
        for queue in stream.queues:
            if queue.drops:
                behind.setdefault(queue.id, []).append(stream)
    own = {name for name, members in behind.items() if _is_one_timer(members)}
    return [_without(stream, own) for stream in streams]


def _without(stream: Stream, own: set[str]) -> Stream:
    kept = tuple(queue for queue in stream.queues if queue.id not in own or _may_drop(stream, queue))
    return replace(stream, queues=kept) if len(kept) < len(stream.queues) else stream


def _is_one_timer(members: Sequence[Stream]) -> bool:
    first = members[0]
    same = all((one.file, one.line, one.entry) == (first.file, first.line, first.entry) for one in members)
    return same and all(one.kind in REPEATING for one in members)


def _may_drop(stream: Stream, queue: Queue) -> bool:
    """Whether a run may come too early: of many users on one server, of several processes, or of a fast timer."""
    shared = queue.store != "browser" if stream.holder == "user" else queue.store != "process"
    slowest = (1 - ROUNDING) / queue.per_second if queue.per_second else float("inf")
    return shared or any(one.seconds < slowest for one in stream.alternatives)
