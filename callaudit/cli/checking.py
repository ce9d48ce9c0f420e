"""Runs the rules for a command: the findings of a repository, what is known of them, and what another revision has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from callaudit.cli.analysis import catalogue, surveyed
from callaudit.cli.budgeting import breaches
from callaudit.cli.configuration import wrong
from callaudit.cli.failures import Failed
from callaudit.cli.revision import folder_of, revision, without_calls
from callaudit.cli.ruleset import active, ruleset

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.config.load import Config
    from callaudit.report.findings.outcome import Gate, Outcome
    from callaudit.rules.baseline import Baseline
    from callaudit.rules.check import Plan, Result
    from callaudit.rules.survey import Survey


class Run(Struct, frozen=True):
    """A repository, the rules that run on it, and what they found."""

    root: Path
    result: Survey
    plan: Plan
    found: Result


def run_check(path: str, config: Config, *, quiet: bool, baseline: Baseline | None = None) -> Run:
    """Audit the repository at `path` and run the rules on it that the configuration wants; `baseline` is known."""
    from callaudit.config.mistakes import ConfigError
    from callaudit.rules.check import Plan

    rules = ruleset(config)
    severity = {name: value for name, value in config["severity"].items() if value != "off"}
    if config["budget"]:  # rules of budgets rest only where there are none
        rules = tuple(msgspec.structs.replace(one, inactive="") if one.group == "budget" else one for one in rules)
    try:
        return _run(path, Plan(rules, active(config, rules), severity, baseline), config, quiet=quiet)
    except ConfigError as error:
        raise wrong(error) from None


def outcome_of(run: Run, gate: Gate = "note") -> Outcome:
    """Return what a run found, as reports show it; findings at the `gate` or above are failures."""
    from callaudit.inventory.counts import counts, unread
    from callaudit.report.findings.outcome import Outcome

    count = counts(run.result.inventory)
    return Outcome(
        run.found.checked.findings,
        tuple(
            msgspec.structs.replace(rule, severity=run.plan.severity.get(rule.id, rule.severity))
            for rule in run.plan.rules
            if rule.id in run.plan.active
        ),
        run.found.checked.incomplete,
        tuple(f"{rule}: {why}" for rule, why in run.found.inactive),
        count.partly,
        count.skipped,
        count.unknown,
        _prefix(run.root),
        -1 if run.plan.baseline is None else len(run.found.gone),
        gate=gate,
        unread=unread(run.result.inventory),
    )


def against(outcome: Outcome, base: str, path: str, run: Run, config: Config) -> Outcome:
    """Mark the findings that the revision `base` has as well, and add what its entries ask otherwise."""
    from callaudit.inventory.compare import compare
    from callaudit.rules.baseline import baseline_of, compared, fixed

    inventory = run.result.inventory
    plan = msgspec.structs.replace(run.plan, baseline=None)
    with revision(path, base) as (commit, place):
        try:
            before = _run(place, plan, config, quiet=True, strict=False)
            known, old = before.found.checked.findings, before.result.inventory
        except Failed:  # the folder or the file is new, or had nothing to analyze
            known, old = (), without_calls(inventory)
    marked, gone = compared(outcome.findings, baseline_of(known))
    findings = tuple(
        msgspec.structs.replace(now, baselined=now.baselined or then.baselined)
        for now, then in zip(outcome.findings, marked, strict=True)
    )
    comparison = compare(commit, old, inventory)
    done = fixed(known, gone)
    return msgspec.structs.replace(outcome, findings=findings, base=base, fixed=done, comparison=comparison)


def _run(path: str, plan: Plan, config: Config, *, quiet: bool, strict: bool = True) -> Run:
    from callaudit.rules.check import check

    result = surveyed(path, quiet=quiet, trees=True)
    root = folder_of(path)
    plan = msgspec.structs.replace(plan, breaches=breaches(config, result, strict=strict))
    return Run(root, result, plan, check(result, plan, catalogue(), lambda file: text_of(root, file)))


def text_of(root: Path, file: str) -> str:
    """Return the text of a file with the line ends that it has; empty where it is gone."""
    try:
        return (root / file).read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _prefix(root: Path) -> str:
    """Return the way from the root of the repository to the audited folder, with a slash at its end, or nothing."""
    from callaudit.project.git import work_tree

    real = root.resolve()
    top = work_tree(str(real))
    below = real.relative_to(top).as_posix() if top else "."
    return "" if below == "." else f"{below}/"
