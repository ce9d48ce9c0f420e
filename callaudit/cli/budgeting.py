"""Budgets of the configuration, for the rule that finds where they are not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.cli.analysis import catalogue

if TYPE_CHECKING:
    from callaudit.config.load import Config
    from callaudit.load.budgets import Breach as Exceeded
    from callaudit.rules.model import Breach
    from callaudit.rules.survey import Survey


def breaches(config: Config, result: Survey, *, strict: bool) -> tuple[Breach, ...]:
    """Return the budgets that the load of a repository does not keep.

    Raises `ConfigError` where a budget or a scenario names what the repository does not have; not without `strict`,
    as an older revision may not have it yet.
    """
    if not config["budget"] and not (strict and config["scenario"]):
        return ()
    from callaudit.load.answer import load
    from callaudit.load.budgets import breaches as exceeded
    from callaudit.load.budgets import named_actions
    from callaudit.load.settings import budgets, check_names, default_names, scenarios
    from callaudit.load.streams import model_of

    model = model_of(result.inventory, catalogue())
    if strict:
        check_names(config, model)
    if not config["budget"]:
        return ()
    limits = budgets(config)
    named = {budget.scenario for budget in limits if budget.scenario}
    wanted = named | (set(default_names(config)) if any(not budget.scenario for budget in limits) else set())
    asked = [one for one in scenarios(config) if one.name in wanted]
    found = load(model, asked, named=named_actions(limits), with_changes=True)
    return tuple(_breach(one) for one in exceeded(found, limits))


def _breach(one: Exceeded) -> Breach:
    from callaudit.rules.model import Breach

    return Breach(one.budget, one.scenario, one.what, one.max, one.value, one.unit, one.file, one.line, one.change)
