"""`callaudit load`: whether the calls fit the quotas, and what would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from callaudit.cli import output
from callaudit.cli.analysis import catalogue, say_incomplete, surveyed
from callaudit.cli.configuration import configured, wrong
from callaudit.cli.failures import Failed
from callaudit.cli.load_options import combined, fail_on, unknown_scenarios, wrong_plan
from callaudit.cli.load_runs import TOOLS, export, simulation
from callaudit.cli.options import config_file, example, repository, shared
from callaudit.cli.revision import check_revision, revision, without_calls
from callaudit.cli.targets import pairs, targets, write_all

if TYPE_CHECKING:
    from callaudit.config.load import Config
    from callaudit.inventory.model import Inventory
    from callaudit.load.model import Model
    from callaudit.load.results import Load
    from callaudit.load.scenario import Scenario

FORMATS: Final = ("text", "markdown", "json")


@click.command(
    "load",
    epilog=example(
        "callaudit load fixtures/fightclub --scenario 5000",
        "callaudit load fixtures/fightclub --scenario 250 --what-if --plan 250",
        "callaudit load fixtures/fightclub --scenario 250 --simulate",
        "callaudit load fixtures/fightclub --scenario 250 --export k6 -o load.js",
    ),
)
@repository
@click.option("--scenario", "names", multiple=True, metavar="NAME", help="Scenario, as often as wanted.")
@click.option("--assumptions", is_flag=True, help="Show every assumption with where it comes from (text).")
@click.option("--claims", is_flag=True, help="Show beside it what the audit claims that the built-in scenarios are of.")
@click.option("--what-if", "what_if", is_flag=True, help="Show what each change saves.")
@click.option("--plan", "planned", metavar="N", help="Find the smallest set of changes that fits N users.")
@click.option("--simulate", is_flag=True, help="Run the scenarios as well: refused requests, waiting, bursts.")
@click.option("--seed", type=int, default=1, show_default=True, help="Chance of --simulate: equal seeds, equal runs.")
@click.option(
    "--export",
    "tool",
    type=click.Choice(TOOLS),
    help="Write a script that sends a scenario's load to a staging server.",
)
@click.option("--diff", "base", metavar="BASE", help="Show only what the git revision BASE asks otherwise.")
@config_file
@targets(FORMATS)
@shared
def command(
    *,
    path: str,
    names: tuple[str, ...],
    assumptions: bool,
    claims: bool,
    what_if: bool,
    planned: str | None,
    simulate: bool,
    seed: int,
    tool: str | None,
    base: str | None,
    config: str | None,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    color: str,
    quiet: bool,
) -> None:
    """Estimate requests and credits of each quota, and say what gives way first.

    Scenarios are those of the configuration; three come built in: 250, 5000 and 10000 users.
    """
    if tool is not None and (formats or len(outputs) > 1):
        raise Failed("export", tool=tool)
    shown = {"--assumptions": assumptions, "--claims": claims, "--what-if": what_if, "--plan": planned is not None}
    modes = {"--export": tool is not None, "--simulate": simulate, "--diff": base is not None}
    wanted = pairs(formats, outputs, FORMATS)
    settings = configured(path, config)
    known = {scenario.name: scenario for scenario in _scenarios(settings)}
    fail_on([*combined(modes, shown), *unknown_scenarios(names, known), *wrong_plan(planned)])
    if base is not None:
        check_revision(path, base)
    result = surveyed(path, quiet=quiet)
    model = _model(settings, result.inventory)
    scenarios = _chosen(settings, names, known, model)
    if tool is not None:
        export(tool, model, scenarios, wanted[0][1], quiet=quiet)
        return
    if simulate:
        simulation(model, scenarios, seed, wanted, color, quiet=quiet)
        return
    found, named = _loads(settings, model, scenarios, planned, what_if=what_if)
    if base is not None:
        then = _before(path, base, result.inventory, scenarios, named)
        write_all(wanted, lambda format_, _: _differences(found, base, then, format_), quiet=quiet)
        return
    write_all(
        wanted,
        lambda format_, target: _rendered(found, format_, target, color, assumptions=assumptions, claims=claims),
        quiet=quiet,
    )
    if any(format_ == "json" for format_, _ in wanted):
        say_incomplete(result, quiet=quiet)


def _scenarios(settings: Config) -> tuple[Scenario, ...]:
    from callaudit.load.settings import scenarios

    return scenarios(settings)


def _default_names(settings: Config) -> tuple[str, ...]:
    from callaudit.load.settings import default_names

    return default_names(settings)


def _chosen(settings: Config, names: tuple[str, ...], known: dict[str, Scenario], model: Model) -> tuple[Scenario, ...]:
    """The scenarios that are named, or those that are shown by default."""
    from callaudit.load.processes import told_apart

    scenarios = tuple(known[name] for name in dict.fromkeys(names or _default_names(settings)))
    return scenarios if names else told_apart(scenarios, model)


def _loads(
    settings: Config, model: Model, scenarios: tuple[Scenario, ...], planned: str | None, *, what_if: bool
) -> tuple[Load, tuple[str, ...]]:
    """What the scenarios ask of each quota, and the actions that budgets name."""
    from callaudit.load.answer import load
    from callaudit.load.budgets import named_actions
    from callaudit.load.settings import budgets

    named = named_actions(budgets(settings))
    users = int(planned) if planned is not None else None
    return load(model, scenarios, named=named, with_changes=what_if, planned_users=users), named


def _model(settings: Config, inventory: Inventory) -> Model:
    """Return what the inventory asks for; fails where the configuration names an action or a page that is not there."""
    from callaudit.config.mistakes import ConfigError
    from callaudit.load.settings import check_names
    from callaudit.load.streams import model_of

    model = model_of(inventory, catalogue())
    try:
        check_names(settings, model)
    except ConfigError as error:
        raise wrong(error) from None
    return model


def _rendered(found: Load, format_: str, target: str, color: str, *, assumptions: bool, claims: bool) -> str:
    if format_ == "json":
        from callaudit.report.load.json import load_json

        return load_json(found)
    if format_ == "markdown":
        from callaudit.report.load.markdown import load_markdown

        return load_markdown(found, claims=claims)
    from callaudit.report.load.text import load_text

    return load_text(found, output.screen(color, target), assumptions=assumptions, claims=claims)


def _before(
    path: str, base: str, now: Inventory, scenarios: tuple[Scenario, ...], named: tuple[str, ...]
) -> tuple[str, Load]:
    """The commit that `base` means, and what it asks."""
    from callaudit.load.answer import load
    from callaudit.load.streams import model_of

    with revision(path, base) as (commit, place):
        try:
            inventory = surveyed(place, quiet=True).inventory
        except Failed:  # the folder or the file is new, or had nothing to analyze
            inventory = without_calls(now)
    return commit, load(model_of(inventory, catalogue()), scenarios, named=named)


def _differences(found: Load, base: str, then: tuple[str, Load], format_: str) -> str:
    """Return what is different from the revision `base`: its commit, and what it asked."""
    from callaudit.load.compare import compare
    from callaudit.report.load.change import change_markdown, change_text
    from callaudit.report.load.json import change_json

    change = compare(*then, found)
    if format_ == "json":
        return change_json(change)
    return change_markdown(change, base) if format_ == "markdown" else change_text(change, base)
