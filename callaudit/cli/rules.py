"""`callaudit rules`: the table of rules."""

from __future__ import annotations

from typing import Any

import click

from callaudit.cli import output
from callaudit.cli.configuration import configured
from callaudit.cli.options import config_file, example, one_format, repository, shared
from callaudit.cli.ruleset import active, ruleset
from callaudit.cli.selecting import selecting


@click.command("rules", epilog=example("callaudit rules --select caching", "callaudit rules -f markdown"))
@repository
@selecting
@one_format("text", "markdown", "json")
@config_file
@shared
def command(*, path: str, config: str | None, format_: str, color: str, quiet: bool, **given: Any) -> None:
    """List the rules that run on the repository at PATH, its own ones included."""
    del quiet
    settings = configured(path, config, given)
    rules = ruleset(settings)
    wanted = active(settings, rules)
    shown = [rule for rule in rules if rule.id in wanted]
    from callaudit.report.rule_pages import rule_fields, rules_markdown, rules_text

    if format_ == "json":
        from callaudit.report.json_report import json_document

        output.write(json_document({"schema": "callaudit/rules/1", "rules": [rule_fields(rule) for rule in shown]}))
    elif format_ == "markdown":
        output.write(rules_markdown(shown))
    else:
        output.write(rules_text(shown, output.screen(color)), data=False)
