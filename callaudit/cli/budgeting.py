"""Budgets of the configuration, for the rule that finds where they are not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.cli.analysis import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.config.load import Config
    from callaudit.load.budgets import Breach as Exceeded
    from callaudit.load.budgets import Budget
    from callaudit.load.scenario import Scenario
    from callaudit.rules.model import Breach
    from callaudit.rules.survey import Survey

WORDS = {
    "max_share": ("use of the limit", "%"),
    "max_requests_per_second": ("requests", "requests/s"),
    "max_calls": ("calls of one run", "calls"),
    "min_users": ("users that fit", "users"),
}
"""What each limit counts, in words, and its unit; a limit of credits has the unit of its bucket."""


def breaches(config: Config, result: Survey, *, strict: bool) -> tuple[Breach, ...]:
    """Return the budgets that the load of a repository does not keep.

    Raises `ConfigError` where a budget or a scenario names what the repository does not have; not without `strict`,
    as an older revision may not have it yet.
    """
    if not config["budget"]:
        return ()
    from callaudit.load.answer import load
    from callaudit.load.budgets import breaches as exceeded
    from callaudit.load.settings import budgets, check_names, default_names, scenarios
    from callaudit.load.streams import model_of

    model = model_of(result.inventory, catalogue())
    if strict:
        check_names(config, model)
    limits = budgets(config)
    named = {budget.scenario for budget in limits if budget.scenario}
    wanted = named | (set(default_names(config)) if any(not budget.scenario for budget in limits) else set())
    asked = [_with_actions(one, limits) for one in scenarios(config) if one.name in wanted]
    found = load(model, asked, with_changes=True)
    return tuple(_breach(one) for one in exceeded(found, limits))


def _breach(one: Exceeded) -> Breach:
    from callaudit.rules.model import Breach

    what, unit = WORDS.get(one.what, ("cost", one.unit))
    scale = 100 if one.what == "max_share" else 1
    most, value = round(one.max * scale, 3), round(one.value * scale, 3)
    return Breach(one.budget, one.scenario or "any", what, most, value, unit, one.file, one.line, one.change)


def _with_actions(scenario: Scenario, limits: Sequence[Budget]) -> Scenario:
    """Name the actions that have a budget: what one run of them costs is asked, however seldom they happen."""
    from msgspec.structs import replace

    from callaudit.load.ranges import exactly
    from callaudit.load.scenario import Action

    known = {action.entry for action in scenario.actions}
    more = [Action(one.name, exactly(0)) for one in limits if one.about == "action" and one.name not in known]
    return replace(scenario, actions=(*scenario.actions, *more))
