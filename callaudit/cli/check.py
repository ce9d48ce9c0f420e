"""`callaudit check`: what the rules find, and whether it is too much."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from callaudit.cli import output
from callaudit.cli.baseline_file import known
from callaudit.cli.checking import against, outcome_of, run_check, text_of
from callaudit.cli.configuration import configured
from callaudit.cli.failures import Failed
from callaudit.cli.options import config_file, example, repository, shared
from callaudit.cli.revision import check_revision
from callaudit.cli.selecting import selecting
from callaudit.cli.targets import pairs, targets, write_all
from callaudit.report.escape import visible

if TYPE_CHECKING:
    from callaudit.cli.checking import Run
    from callaudit.config.load import Config
    from callaudit.report.findings.outcome import Outcome

FORMATS: Final = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")
_SUMMARY: Final = "GITHUB_STEP_SUMMARY"
_SUMMARY_BYTES: Final = 1_000_000
"""GitHub takes 1 MiB of summary from a step."""


@click.command(
    "check",
    epilog=example(
        "callaudit check fixtures/fightclub",
        "callaudit check fixtures/fightclub --select retries -f text -o - -f sarif -o callaudit.sarif",
    ),
)
@repository
@selecting
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    help="Mildest severity that makes the exit code 1.  [default: error]",
)
@click.option("--fail-on-incomplete", is_flag=True, default=None, help="Exit with 1 also where something is unknown.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found; mistakes still exit with 2.")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Findings that are known and do not count.")
@click.option("--diff", "base", metavar="BASE", help="Count only what the revision BASE does not have.")
@targets(FORMATS)
@click.option("--full", is_flag=True, help="Every step of the evidence on a line of its own (text).")
@config_file
@shared
def command(
    *,
    path: str,
    config: str | None,
    exit_zero: bool,
    base: str | None,
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    full: bool,
    color: str,
    quiet: bool,
    **given: Any,
) -> int:
    """Run the rules on the repository at PATH.

    Exits with 0 where nothing is found, 1 with findings at or above --fail-on, 2 for mistakes in options,
    configuration or rules, 3 where there is nothing to analyze. --diff compares what two revisions do, findings and
    calls, not which lines changed; for a branch that is behind: --diff "$(git merge-base main HEAD)".
    """
    wanted = pairs(formats, outputs, FORMATS)
    settings = configured(path, config, given)
    if base is not None:
        check_revision(path, base)
    run = run_check(path, settings, quiet=quiet, baseline=known(settings))
    outcome = outcome_of(run, settings["fail_on"])
    if base is not None:
        outcome = against(outcome, base, path, run, settings)
    write_all(wanted, lambda format_, target: _rendered(outcome, run, format_, target, color, full=full), quiet=quiet)
    if any(format_ == "github" for format_, _ in wanted):
        _summarize(outcome)
    if not {("text", output.STANDARD), ("github", output.STANDARD)} & {*wanted}:
        _say(outcome, quiet=quiet)
    return 0 if exit_zero else _code(outcome, settings, quiet=quiet)


def _code(outcome: Outcome, settings: Config, *, quiet: bool) -> int:
    from callaudit.report.findings.outcome import at_gate

    if at_gate(outcome.findings, settings["fail_on"]):
        return 1
    if settings["fail_on_incomplete"] and outcome.status == "partial":
        origin = settings.values["fail_on_incomplete"].origin
        output.say(f"callaudit: the analysis is not complete, and {origin} asks for it", quiet=quiet)
        return 1
    return 0


def _say(outcome: Outcome, *, quiet: bool) -> None:
    """Say what a person who sees no text would miss."""
    from callaudit.report.findings.outcome import gaps, totals

    output.say(f"callaudit: {' · '.join([*totals(outcome), *gaps(outcome)])}", quiet=quiet)
    for sentence in outcome.incomplete:
        output.say(f"callaudit: incomplete: {visible(sentence)}", quiet=quiet)


def _rendered(outcome: Outcome, run: Run, format_: str, target: str, color: str, *, full: bool) -> str:
    from importlib import import_module

    # Each format imports what it needs: JSON needs neither tables nor colors.
    render = getattr(import_module(f"callaudit.report.findings.{format_}"), f"findings_{format_}")
    if format_ == "text":
        return str(render(outcome, output.screen(color, target), full=full))
    if format_ == "sarif":
        return str(render(outcome, _hashes(outcome, run.root)))
    return str(render(outcome))


def _hashes(outcome: Outcome, root: Path) -> dict[tuple[str, int], str]:
    """Return GitHub's hash of every line with a finding."""
    from callaudit.report.findings.line_hash import line_hashes

    lines: dict[str, set[int]] = {}
    for finding in outcome.findings:
        lines.setdefault(finding.file, set()).add(finding.line)
    return {
        (file, line): value
        for file, wanted in lines.items()
        for line, value in line_hashes(text_of(root, file), frozenset(wanted)).items()
    }


def _summarize(outcome: Outcome) -> None:
    """Add all findings to the summary of the job, where GitHub Actions runs."""
    name = os.environ.get(_SUMMARY)
    if not name:
        return
    from callaudit.report.findings.markdown import findings_markdown

    try:
        with Path(name).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(findings_markdown(outcome, most_bytes=_SUMMARY_BYTES - file.tell()))
    except OSError as error:
        raise Failed("output", path=name, why=error.strerror or error) from None
