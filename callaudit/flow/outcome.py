"""How statements may end, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.cost import Cost


class Outcome:
    """How statements may end: the cost of each way, `None` for one that is not possible."""

    __slots__ = ("breaks", "returns", "through", "throws")

    def __init__(
        self,
        through: Cost | None,
        returns: Cost | None = None,
        throws: Cost | None = None,
        breaks: Cost | None = None,
    ) -> None:
        """`breaks` covers `continue` too."""
        self.through = through
        self.returns = returns
        self.throws = throws
        self.breaks = breaks


def after(spent: Cost, outcomes: Sequence[Outcome]) -> Outcome:
    if not spent and len(outcomes) == 1:
        return outcomes[0]

    def way(found: list[Cost | None]) -> Cost | None:
        present = [cost for cost in found if cost is not None]
        return costs.add(spent, costs.either(present)) if present else None

    return Outcome(
        way([outcome.through for outcome in outcomes]),
        way([outcome.returns for outcome in outcomes]),
        way([outcome.throws for outcome in outcomes]),
        way([outcome.breaks for outcome in outcomes]),
    )


def ways_of(outcome: Outcome) -> tuple[Cost | None, ...]:
    return outcome.through, outcome.returns, outcome.throws, outcome.breaks


def with_failures(cost: Cost, throws: Cost) -> Cost:
    """Ways that end in an error raise what is possible, but do not lower what a run that succeeds needs."""
    return costs.worsened(cost, throws)


def repeated(
    spent: Cost, test: Cost, update: Cost, outcome: Outcome, least: int, most: int | None, *, tested: bool = True
) -> Outcome:
    """The cost of a loop: rounds that complete, and one that leaves it early.

    Where `tested`, each round begins with the test, which is made once more when it fails.
    """
    limit = float("inf") if most is None else most
    ends = [way for way in (outcome.through, outcome.breaks) if way is not None]
    leaves = outcome.returns is not None or outcome.throws is not None or outcome.breaks is not None
    whole = costs.add(test, costs.add(costs.either(ends), update)) if ends else costs.NONE
    early = costs.repeat(whole, 0, max(limit - 1, 0))
    ran = costs.repeat(whole, min(least, 1) if leaves else least, limit)
    if outcome.through is None and outcome.breaks is None:
        ran = costs.NONE  # the first round always leaves; only a loop of no rounds passes
    through = costs.add(spent, costs.add(test, ran) if tested or not whole else ran)
    passes = ends or least == 0

    def left(way: Cost | None) -> Cost | None:
        return None if way is None else costs.add(spent, costs.add(early, costs.add(test, way)))

    return Outcome(through if passes else None, left(outcome.returns), left(outcome.throws))


def handled_matters(handled: Outcome) -> bool:
    """Whether a handler ends otherwise than by raising an error again."""
    return handled.through is not None or handled.returns is not None or handled.breaks is not None
