"""Holds the budgets of the configuration against the load of a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.cli.analysis import catalogue
from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.config.load import Config
    from callaudit.inventory.model import Inventory
    from callaudit.load.budgets import Breach as Exceeded
    from callaudit.load.budgets import Budget
    from callaudit.load.model import Model
    from callaudit.load.scenario import Scenario
    from callaudit.rules.model import Breach

WORDS = {
    "max_share": ("use of the limit", "%"),
    "max_requests_per_second": ("requests", "requests/s"),
    "max_calls": ("calls of one run", "calls"),
    "min_users": ("users that fit", "users"),
}
"""What each limit counts, in words, and its unit; a limit of credits has the unit of its bucket."""


def exceeded(inventory: Inventory, config: Config) -> tuple[Breach, ...]:
    """Every budget that the load does not keep; without budgets nothing is estimated."""
    if not config["budget"]:
        return ()
    from callaudit.load.answer import load
    from callaudit.load.budgets import breaches
    from callaudit.load.settings import budgets
    from callaudit.load.streams import model_of

    model = model_of(inventory, catalogue())
    check_names(config, model)
    wanted = budgets(config)
    found = load(model, _scenarios(config, wanted), with_changes=True)
    return tuple(_breach(one) for one in breaches(found, wanted))


def check_names(config: Config, model: Model) -> None:
    """Fail where the configuration names an action or a page that is not there."""
    from callaudit.config.load import ConfigError
    from callaudit.load.settings import check_names as check
    from callaudit.report.table import plural

    try:
        check(config, model)
    except ConfigError as error:
        count = plural(len(error.mistakes), "mistake")
        raise Failed("config", error.mistakes, mistakes=count, path=error.file) from None


def _scenarios(config: Config, wanted: Iterable[Budget]) -> list[Scenario]:
    """The scenarios that budgets name; those that are estimated anyway where one names none."""
    from callaudit.load.settings import default_names, scenarios

    known = {scenario.name: scenario for scenario in scenarios(config)}
    names = dict.fromkeys(
        name for budget in wanted for name in ([budget.scenario] if budget.scenario else default_names(config))
    )
    return [known[name] for name in names]


def _breach(one: Exceeded) -> Breach:
    from callaudit.rules.model import Breach

    what, unit = WORDS.get(one.what, ("cost", one.unit))
    scale = 100 if one.what == "max_share" else 1
    return Breach(
        budget=one.budget,
        scenario=one.scenario or "any",
        what=what,
        max=round(one.max * scale, 3),
        value=round(one.value * scale, 3),
        unit=unit,
        file=one.file,
        line=one.line,
        change=one.change,
    )
