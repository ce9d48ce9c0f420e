"""Checks an audit by rules: findings with their identities, silenced and known ones marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.rules.baseline import Baseline, Known, compared
from callaudit.rules.database import database, note_suppressions
from callaudit.rules.grouping import grouped
from callaudit.rules.identity import identified
from callaudit.rules.model import Breach, Checked, Rule, Severity
from callaudit.rules.run import run_rules
from callaudit.rules.suppressions import Suppressions

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.audit import Audit
    from callaudit.providers.match import Catalogue
    from callaudit.rules.survey import Survey

_READS_SUPPRESSIONS = re.compile(r"\bsuppressions\b")
_READS_BREACHES = re.compile(r"\bbreaches\b")


class Plan(Struct, frozen=True):
    """What to check: all `rules` that there are, the ids of those that run, and what is known already.

    `severity` holds the severities that somebody wants instead of the rules' own, by id.
    """

    rules: tuple[Rule, ...]
    active: frozenset[str]
    severity: dict[str, Severity] = {}
    baseline: Baseline | None = None
    breaches: tuple[Breach, ...] = ()


class Result(Struct, frozen=True):
    """The findings; `gone` is what the baseline knows and nobody finds, `inactive` are rules that rest, and why."""

    checked: Checked
    gone: tuple[Known, ...] = ()
    inactive: tuple[tuple[str, str], ...] = ()


def check(audit: Audit | Survey, plan: Plan, catalogue: Catalogue, read: Callable[[str], str]) -> Result:
    """Run the plan's rules on an audit; `read` gives the text of one of its files."""
    resting = {rule.id: rule.inactive for rule in plan.rules if rule.id in plan.active and not _runs(rule, plan)}
    rules = [
        replace(rule, severity=plan.severity.get(rule.id, rule.severity))
        for rule in plan.rules
        if rule.id in plan.active and rule.id not in resting
    ]
    first = [rule for rule in rules if not _READS_SUPPRESSIONS.search(rule.query)]
    last = [rule for rule in rules if _READS_SUPPRESSIONS.search(rule.query)]
    suppressions = Suppressions(audit.comments, plan.rules)
    connection = database(audit, catalogue, plan.breaches)
    try:
        checked = run_rules(connection, first, fixed=frozenset(plan.severity))
        findings = suppressions.applied(checked.findings)
        incomplete = checked.incomplete
        if last:
            note_suppressions(connection, suppressions.idle(frozenset(rule.id for rule in first)))
            checked = run_rules(connection, last, fixed=frozenset(plan.severity))
            findings += suppressions.applied(checked.findings)
            incomplete += checked.incomplete
    finally:
        connection.close()
    found = identified(grouped(findings), read)
    gone: tuple[Known, ...] = ()
    if plan.baseline is not None:
        found, gone = compared(found, plan.baseline)
    return Result(Checked(found, incomplete), gone, tuple(resting.items()))


def _runs(rule: Rule, plan: Plan) -> bool:
    return not rule.inactive or bool(plan.breaches) or not _READS_BREACHES.search(rule.query)
