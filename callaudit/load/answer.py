"""The whole answer of the load estimate, from a model and scenarios to the document that reports render."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from callaudit.load.assumptions import assumptions
from callaudit.load.costs import action_costs, page_costs
from callaudit.load.estimate import estimate
from callaudit.load.plan import plan
from callaudit.load.resolve import resolved
from callaudit.load.results import SCHEMA, Capacity, Load
from callaudit.load.totals import Totals
from callaudit.load.what_if import what_if

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from callaudit.load.model import Model
    from callaudit.load.results import Plan, ScenarioLoad
    from callaudit.load.scenario import Scenario


def load(
    model: Model,
    scenarios: Sequence[Scenario],
    *,
    named: Collection[str] = (),
    with_changes: bool = False,
    planned_users: int | None = None,
) -> Load:
    """Estimate every scenario; at least one is needed.

    `with_changes` adds what each change saves, `planned_users` the smallest set of changes with which so many fit in
    the scenario of so many users, else the first one. `named` are actions whose cost is wanted whether they write or
    not, as those with a budget.
    """
    totals = Totals(model)
    ready = [resolved(scenario, totals) for scenario in scenarios]
    found = tuple(estimate(totals, scenario) for scenario in ready)
    return Load(
        schema=SCHEMA,
        assumptions=tuple(one for scenario in ready for one in assumptions(scenario, model)),
        scenarios=found,
        actions=action_costs(model, ready[0], named),
        pages=tuple(one for scenario in ready for one in page_costs(model, scenario)),
        what_if=tuple(one for scenario in ready for one in what_if(model, scenario)) if with_changes else (),
        capacity=tuple(one for each in found for one in _capacity(each)),
        plan=_planned(model, ready, planned_users) if planned_users is not None else None,
        gaps=model.gaps,
    )


def _planned(model: Model, ready: Sequence[Scenario], users: int) -> Plan:
    same = (scenario for scenario in ready if scenario.users == users)
    return plan(model, next(same, ready[0]), users)


def _capacity(found: ScenarioLoad) -> list[Capacity]:
    """How many users each bucket bears, the one that gives way first in front."""
    by_id = {bucket.id: bucket for bucket in found.buckets}
    rest = sorted(name for name in by_id if name not in found.gives_way)
    answers: list[Capacity] = []
    for name in (*found.gives_way, *rest):
        users = by_id[name].max_users
        if users is None:
            answers.append(Capacity(name, None, found.name))
        else:
            low, expected, high = (None if one == inf else int(one) for one in (users.low, users.expected, users.high))
            answers.append(Capacity(name, expected, found.name, low, high))
    return answers
