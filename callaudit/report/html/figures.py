"""Numbers as the page shows them: three digits that mean something, groups of thousands, ranges."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.report.audit_document import wording
from callaudit.report.load.numbers import who

if TYPE_CHECKING:
    from callaudit.load.ranges import Range
    from callaudit.load.results import ScenarioLoad


def amount(value: float) -> str:
    """Return `0.083`, `8.3`, `41.7`, `1,610` or `∞`."""
    return "∞" if value == inf else wording.amount(value)


def spread(value: Range) -> str:
    """Return `27` or `27 (9…46)`."""
    if amount(value.low) == amount(value.high):
        return amount(value.expected)
    return f"{amount(value.expected)} ({amount(value.low)}…{amount(value.high)})"


def round_amount(value: float) -> str:
    """Return `10`, `10k`, `1M`: for the scale of a drawing, where there is little room."""
    for size, letter in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def fit_words(users: Range | None, per: str, *, known: bool) -> str:
    """Say how many users a quota bears: `27`, `any`, `none` where not even one visitor's own quota is enough."""
    if not known:
        return "not known"
    if users is None or users.expected == inf:
        return "any number"
    return "none" if per == "visitor" else amount(users.expected)


def scenario_words(scenario: ScenarioLoad) -> str:
    """Return `5,000 users`, with the scenario's name in front where it is not this number."""
    counted = who(scenario)
    return counted if scenario.name == str(scenario.users) else f"{scenario.name}, {counted}"
