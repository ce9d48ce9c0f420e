"""`callaudit test`: rules on their own examples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from callaudit.cli import output
from callaudit.cli.analysis import catalogue
from callaudit.cli.configuration import configured
from callaudit.cli.failures import Failed
from callaudit.cli.options import config_file, example, shared
from callaudit.cli.ruleset import own_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.config.load import Config
    from callaudit.rules.examples import Outcome
    from callaudit.rules.model import Example, Rule


@click.command("test", epilog=example("callaudit test rules/sequential-retry.yaml", "callaudit test my-rules"))
@click.argument("path", required=False, metavar="[PATH]", type=click.Path())
@config_file
@shared
def command(*, path: str | None, config: str | None, color: str, quiet: bool) -> int:
    """Run rules on the good and bad examples in their files.

    PATH is a file or a folder of rules; without it, all of callaudit's and those that the configuration names.
    Exits with 1 where a rule does not find what its examples expect, or finds more.
    """
    del color
    from callaudit.report.escape import visible
    from callaudit.report.table import plural
    from callaudit.rules.examples import run_examples

    rules = failed = passed = skipped = 0
    profiles = catalogue()
    for rule, fixtures in _rules(_settings(path, config), path):
        rules += 1
        able = _able(rule, fixtures)
        skipped += len(rule.bad) + len(rule.good) - len(able.bad) - len(able.good)
        for outcome in run_examples(able, profiles, fixtures):
            passed, failed = passed + outcome.passed, failed + (not outcome.passed)
            for line in () if outcome.passed else _told(rule, outcome):
                output.write(f"{visible(line)}\n", data=False)
    if skipped:
        output.say(f"callaudit: {plural(skipped, 'example')} left out: fixtures are in a checkout only", quiet=quiet)
    counted = f"{plural(rules, 'rule')}, {plural(passed, 'example')} as expected"
    output.write(f"{counted}, {failed} not\n" if failed else f"{counted}\n", data=False)
    return 1 if failed else 0


def _settings(path: str | None, config: str | None) -> Config:
    return configured(".", config, {"rules": (path,) if path else ()}, with_rules=False)


def _rules(config: Config, path: str | None) -> Iterator[tuple[Rule, Path]]:
    """Yield the rules that are asked for, each with the folder that its fixtures are in."""
    from callaudit.rules.shipped import folder, shipped_rules

    shipped = shipped_rules(examples=True)
    if path and not Path(path).exists():
        raise Failed("rules", [f"{path}: no such file or folder"], mistakes="1 mistake")
    place = Path(path).resolve() if path else folder().resolve()
    if place.is_relative_to(folder().resolve()):
        found = [rule for rule in shipped if (folder() / rule.path).resolve().is_relative_to(place)]
        if not found:
            raise Failed("rules", [f"{path}: there is no such rule"], mistakes="1 mistake")
        yield from ((rule, folder().parent / "fixtures") for rule in found)
        if path:
            return
    base = Path.cwd() if path else config.folder
    for rule in own_rules(config, shipped, examples=True):
        yield rule, (base / rule.path).parent


def _able(rule: Rule, fixtures: Path) -> Rule:
    """Return the rule with the examples whose fixtures are here."""

    def here(examples: tuple[Example, ...]) -> tuple[Example, ...]:
        return tuple(one for one in examples if not one.fixture or (fixtures / one.fixture).is_dir())

    return replace(rule, bad=here(rule.bad), good=here(rule.good))


def _told(rule: Rule, outcome: Outcome) -> Iterator[str]:
    yield f"{rule.path}:{outcome.line}: {rule.id}: {outcome.kind} example: {outcome.title}"
    for file, line in outcome.missing:
        yield f"  not found where it is expected: {file}:{line}" if line else f"  nothing found {file}"
    for file, line in outcome.extra:
        yield f"  found where it is not expected: {file}:{line}"
    for sentence in outcome.incomplete:
        yield f"  {sentence}"
