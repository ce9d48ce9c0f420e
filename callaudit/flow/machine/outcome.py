"""How statements may end, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.syntax.ir import CONTINUE, LEAVE, NEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost


Jumps = Mapping[tuple[str, str], "Cost"]
"""The cost of each jump but a plain `break`, by its kind and label."""
NO_JUMPS: Jumps = {}
NEXT_ROUND = (CONTINUE, "")


class Outcome:
    """How statements may end: the cost of each way, `None` for one that is not possible."""

    __slots__ = ("breaks", "jumps", "returns", "through", "throws")

    def __init__(
        self,
        through: Cost | None,
        returns: Cost | None = None,
        throws: Cost | None = None,
        breaks: Cost | None = None,
        jumps: Jumps = NO_JUMPS,
    ) -> None:
        """`breaks` leaves the innermost loop or switch; `jumps` begin the next round, or leave what has the label."""
        self.through = through
        self.returns = returns
        self.throws = throws
        self.breaks = breaks
        self.jumps = jumps

    @property
    def goes_on(self) -> bool:
        """Whether something in the same function may run after it."""
        return self.through is not None or self.breaks is not None or bool(self.jumps)

    def without(self, label: str) -> Outcome:
        """How a block ends that has this label: a jump that leaves it goes through."""
        if (LEAVE, label) not in self.jumps:
            return self
        left = self.jumps[LEAVE, label]
        others = {key: way for key, way in self.jumps.items() if key != (LEAVE, label)}
        through = left if self.through is None else costs.either((self.through, left))
        return Outcome(through, self.returns, self.throws, self.breaks, others)

    def left_switch(self) -> Outcome:
        """How a switch ends whose cases end so: a `break` goes through, a `continue` does not."""
        ends = [way for way in (self.through, self.breaks) if way is not None]
        return Outcome(costs.either(ends) if ends else None, self.returns, self.throws, None, self.jumps)

    def finished(self, spent: Cost) -> Outcome:
        """The same ways, each with what is `spent` last."""
        plain = (self.through, self.returns, self.throws, self.breaks)
        through, returns, throws, breaks = (None if way is None else costs.add(way, spent) for way in plain)
        jumps = {key: costs.add(way, spent) for key, way in self.jumps.items()}
        return Outcome(through, returns, throws, breaks, jumps)


def of_loop(outcome: Outcome, label: str) -> tuple[list[Cost], list[Cost], Jumps]:
    """How a round ends of the loop with this label: ways to the next one, ways out of the loop, jumps further out."""
    jumps = outcome.jumps
    on, out = (NEXT_ROUND, (NEXT, label)), (LEAVE, label)
    going = [way for way in (outcome.through, *map(jumps.get, on)) if way is not None]
    leaving = [way for way in (outcome.breaks, jumps.get(out)) if way is not None]
    return going, leaving, {key: way for key, way in jumps.items() if key not in on and key != out}


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
        joined([(spent, outcome.jumps) for outcome in outcomes]),
    )


def joined(found: Sequence[tuple[Cost, Jumps]]) -> Jumps:
    """Jumps of several ways, each with what was spent before."""
    if not any(jumps for _, jumps in found):
        return NO_JUMPS
    ways: dict[tuple[str, str], list[Cost]] = {}
    for spent, jumps in found:
        for key, cost in jumps.items():
            ways.setdefault(key, []).append(costs.add(spent, cost))
    return {key: costs.either(several) for key, several in ways.items()}


def ways_of(outcome: Outcome) -> tuple[Cost | None, ...]:
    return outcome.through, outcome.returns, outcome.throws, outcome.breaks, *outcome.jumps.values()


def with_failures(cost: Cost, throws: Cost) -> Cost:
    """Ways that end in an error raise what is possible, but do not lower what a run that succeeds needs."""
    return costs.worsened(cost, throws)


def repeated(
    spent: Cost,
    test: Cost,
    update: Cost,
    outcome: Outcome,
    bounds: tuple[int, int | None],
    *,
    label: str = "",
    tested: bool = True,
) -> Outcome:
    """The cost of a loop: rounds that complete, and one that leaves it early.

    Where `tested`, each round begins with the test, which is made once more when it fails. A jump with the loop's
    own `label`, made in a loop inside, may end this one or begin its next round.
    """
    least, limit = bounds[0], float("inf") if bounds[1] is None else bounds[1]
    going, leaving, others = of_loop(outcome, label)
    ends = [*going, *leaving]
    leaves = bool(leaving or others) or outcome.returns is not None or outcome.throws is not None
    if not going:  # the first round leaves the loop, or the function
        limit = min(limit, 1)
    whole = costs.add(test, costs.add(costs.either(ends), update)) if ends else costs.NONE
    early = costs.repeat(whole, 0, max(limit - 1, 0))
    ran = costs.repeat(whole, min(least, 1) if leaves else least, limit)
    through = costs.add(spent, costs.add(test, ran) if tested or not whole else ran)
    passes = ends or least == 0

    def left(way: Cost | None) -> Cost | None:
        return None if way is None else costs.add(spent, costs.add(early, costs.add(test, way)))

    return Outcome(
        through if passes else None,
        left(outcome.returns),
        left(outcome.throws),
        None,
        {key: left(way) or costs.NONE for key, way in others.items()},
    )


def handled_matters(handled: Outcome) -> bool:
    """Whether a handler ends otherwise than by raising an error again."""
    return handled.goes_on or handled.returns is not None
