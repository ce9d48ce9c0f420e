"""What people have to decide or to find out: quotas that are too small or not known, gaps of the analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.advice.model import Question, Spot
from callaudit.inventory.counts import unknown_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.advice.known import Known

_MOST: Final = 10


def questions(known: Known) -> Iterator[Question]:
    """Return them in the order in which they matter."""
    for bucket in sorted(known.scenarios[-1].buckets, key=lambda one: -one.share):
        if bucket.share > 1:
            yield Question(kind="quota", bucket=bucket)
    for host in known.strangers[:_MOST]:
        yield Question(kind="host", what=host)
    for file, line, what, why in unknown_places(known.inventory)[:_MOST]:
        yield Question(kind="unknown", what=what, why=why, spot=Spot(file, line))
    seen: set[Spot] = set()
    for gap in known.load.gaps:
        spot = Spot(gap.file, gap.line)
        if spot not in seen and len(seen) < _MOST:
            seen.add(spot)
            yield Question(kind="assumption", what=gap.what, why=gap.why, spot=spot)
