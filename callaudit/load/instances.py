"""How many instances of a trigger fire: on each page that mounts it, or in the process that starts it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.ranges import ONE, UNBOUNDED, Range, between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.inventory.model import Instances, Trigger


def running(trigger: Trigger, pages: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Range]]:
    """The pages of a trigger with how many instances run on each of them, pages with as many together.

    Without `pages` it is one process. Where data decides, the lowest number is expected; whether a condition lets the
    one that is there run is counted elsewhere.
    """
    several = {one.where: _range(one) for one in trigger.instances}
    if not pages:
        most = max(several.values(), key=lambda found: (found.high, found.low), default=ONE)
        yield (), most
        return
    together: dict[Range, list[str]] = {}
    for page in pages:
        together.setdefault(several.get(page, ONE), []).append(page)
    for instances, same in together.items():
        yield tuple(same), instances


def _range(one: Instances) -> Range:
    low = float(max(one.min, 1))
    high = UNBOUNDED if one.max is None else float(max(one.max, 1))
    return between(low, low if one.max is None else (low + high) / 2, high)
