"""How many requests each stream sends a second in one scenario, all users together, after caches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.load.resolve import resolved
from callaudit.load.situation import Situation
from callaudit.load.totals import Totals

if TYPE_CHECKING:
    from callaudit.load.model import Model
    from callaudit.load.ranges import Range
    from callaudit.load.scenario import Scenario


def stream_rates(model: Model, scenario: Scenario) -> dict[int, Range]:
    """Requests per second by the id of the stream."""
    totals = Totals(model)
    return totals.rates(Situation(resolved(scenario, totals)))
