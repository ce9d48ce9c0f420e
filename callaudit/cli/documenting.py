"""Gathers what the audit document is written from: inventory, findings, load estimate, and the files themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from callaudit.cli.analysis import catalogue
from callaudit.cli.checking import run_check, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from callaudit.cli.checking import Run
    from callaudit.config.load import Config
    from callaudit.inventory.model import Inventory
    from callaudit.load.model import Model
    from callaudit.load.results import Load, ScenarioLoad
    from callaudit.load.scenario import Scenario
    from callaudit.providers.match import Catalogue
    from callaudit.report.audit_document.material import Material


def material_of(path: str, config: Config, *, quiet: bool) -> tuple[Material, Run]:
    """Return the material of the repository at `path`, and the run that it comes from."""
    from callaudit.advice.advise import advise
    from callaudit.advice.known import Known
    from callaudit.load.proposals import proposals
    from callaudit.load.streams import model_of
    from callaudit.project import load_project
    from callaudit.report.audit_document.material import Material

    run = run_check(path, config, quiet=quiet)
    profiles = catalogue()
    model = model_of(run.result.inventory, profiles)
    known = Known(
        inventory=run.result.inventory,
        catalogue=profiles,
        model=model,
        load=estimated(model, config),
        checked=run.found.checked,
        rules=run.plan.rules,
        changes=proposals(model),
        packages=load_project(run.root).declared(),
    )
    fields = {name: getattr(known, name) for name in Known.__struct_fields__}
    return Material(**fields, name=_name(run.root), lines=_reader(run.root), advice=advise(known)), run


def estimated(model: Model, config: Config) -> Load:
    """Estimate the scenarios of the configuration, what changes save in each, and the plan for the most users."""
    from callaudit.load.answer import load
    from callaudit.load.processes import told_apart

    # A plan is made for the first scenario: that of the most users asks most.
    chosen = sorted(told_apart(_scenarios(config), model), key=lambda one: -one.users)
    return load(model, chosen, with_changes=True, planned_users=chosen[0].users)


def _scenarios(config: Config) -> list[Scenario]:
    from callaudit.load.settings import default_names, scenarios

    wanted = default_names(config)
    return [one for one in scenarios(config) if one.name in wanted]


def smallest(inventory: Inventory, profiles: Catalogue, config: Config) -> ScenarioLoad:
    """Estimate the scenario with the fewest users alone."""
    from callaudit.load.answer import load
    from callaudit.load.streams import model_of

    chosen = min(_scenarios(config), key=lambda one: one.users)
    return load(model_of(inventory, profiles), [chosen]).scenarios[0]


def _name(root: Path) -> str:
    """Return what the repository calls itself, wherever it is checked out; else its folder."""
    try:
        name = json.loads((root / "package.json").read_text("utf-8")).get("name")
    except (OSError, ValueError, AttributeError):
        name = None
    return name if isinstance(name, str) and name.strip() else root.resolve().name


def _reader(root: Path) -> Callable[[str], tuple[str, ...]]:
    """Return what reads files below the root, each of them once."""
    known: dict[str, tuple[str, ...]] = {}

    def lines(file: str) -> tuple[str, ...]:
        if file not in known:
            known[file] = tuple(text_of(root, file).splitlines())
        return known[file]

    return lines
