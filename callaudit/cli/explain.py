"""`callaudit explain`: what a rule finds, why, and how to fix it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from callaudit.cli import output
from callaudit.cli.configuration import configured
from callaudit.cli.failures import Failed
from callaudit.cli.options import config_file, example, one_format, repository, shared
from callaudit.cli.ruleset import ruleset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.rules.model import Rule


@click.command("explain", epilog=example("callaudit explain sequential-retry", "callaudit explain CA201 -f markdown"))
@click.argument("rule")
@repository
@one_format("text", "markdown", "json")
@config_file
@shared
def command(*, rule: str, path: str, config: str | None, format_: str, color: str, quiet: bool) -> None:
    """Say what RULE finds, why it matters, how to fix it and when to ignore it.

    RULE is an id or a number: one of callaudit, or of the own rules of the repository at PATH.
    """
    del quiet
    found = _rule(ruleset(configured(path, config), examples=True), rule)
    from callaudit.report.rule_pages import rule_fields, rule_markdown, rule_text

    if format_ == "json":
        from callaudit.report.json_report import json_document

        output.write(json_document({"schema": "callaudit/rule/1", **rule_fields(found)}))
    elif format_ == "markdown":
        output.write(rule_markdown(found))
    else:
        output.write(rule_text(found, output.screen(color)), data=False)


def _rule(rules: Sequence[Rule], name: str) -> Rule:
    for rule in rules:
        if name.lower() == rule.id or name.upper() == rule.number:
            return rule
    known = [word for rule in rules for word in (rule.id, rule.number)]
    near = get_close_matches(name.lower(), known, 1, 0.4) or get_close_matches(name.upper(), known, 1)
    raise Failed("unknown-rule", name=name, near=near[0] if near else "")
