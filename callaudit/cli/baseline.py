"""`callaudit baseline`: keeps the findings that are known, so that only new ones count."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from callaudit.cli import output
from callaudit.cli.baseline_file import NAME, read
from callaudit.cli.checking import run_check
from callaudit.cli.configuration import configured
from callaudit.cli.failures import Failed
from callaudit.cli.options import config_file, example, repository, shared
from callaudit.cli.selecting import selecting

if TYPE_CHECKING:
    from callaudit.config.load import Config
    from callaudit.rules.baseline import Baseline


@click.command(
    "baseline",
    epilog=example("callaudit baseline write fixtures/fightclub --baseline /tmp/known.json", "callaudit baseline show"),
)
@click.argument("what", type=click.Choice(["write", "prune", "show"]))
@repository
@click.option("--baseline", metavar="FILE", type=click.Path(), help=f"The file; else the configuration's, else {NAME}.")
@selecting
@config_file
@shared
def command(*, what: str, path: str, config: str | None, color: str, quiet: bool, **given: Any) -> None:
    """Keep the findings of the repository at PATH as known: check counts only what is new.

    write keeps all that there are now, prune drops those that are gone, show lists what is kept.
    """
    settings = configured(path, config, given)
    file = _file(settings, path)
    if what == "show":
        _show(read(file), color)
        return
    from callaudit.report.table import plural
    from callaudit.rules.baseline import baseline_of, compared, pruned

    old = read(file) if what == "prune" else None
    findings = run_check(path, settings, quiet=quiet).found.checked.findings
    if old is None:
        made = baseline_of(findings)
        _write(file, made)
        counted = sum(not one.suppressed for one in findings)
        places = plural(len(made.findings), "place")
        output.say(f"wrote {file}: {plural(counted, 'finding')} in {places}", quiet=quiet)
        if settings.path("baseline") is None:
            output.say(f'  to have it read: baseline = "{file.name}" in callaudit.toml', quiet=quiet)
        return
    _, gone = compared(findings, old)
    made = pruned(old, gone)
    _write(file, made)
    output.say(f"{file}: {plural(len(gone), 'place')} gone, {len(made.findings)} kept", quiet=quiet)


def _file(settings: Config, path: str) -> Path:
    named = settings.path("baseline")
    if named is not None:
        return named
    folder = settings.folder if settings.file else Path(path)
    if not folder.is_dir():
        raise Failed("no-baseline")
    return folder / NAME


def _write(file: Path, baseline: Baseline) -> None:
    from callaudit.report.json_report import json_document

    output.write(json_document(baseline), str(file))


def _show(baseline: Baseline, color: str) -> None:
    from callaudit.report.text import rows_text

    rows = [(one.rule, one.file, one.message) for one in baseline.findings]
    output.write(rows_text(("rule", "file", "message"), rows, (False,) * 3, output.screen(color)), data=False)
