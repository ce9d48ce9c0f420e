"""The rules of a run: those that come with callaudit, the repository's own, and which of them are wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.config.load import Config
    from callaudit.rules.model import Rule


def ruleset(config: Config, *, examples: bool = False) -> tuple[Rule, ...]:
    """Return all rules; fails with every mistake in own ones, and for severities of rules that there are not."""
    from callaudit.rules.shipped import shipped_rules

    shipped = shipped_rules(examples=examples)
    rules = (*shipped, *own_rules(config, shipped, examples=examples))
    _known(rules, ["severity"], config)
    return rules


def active(config: Config, rules: Sequence[Rule]) -> frozenset[str]:
    """Return the ids of the rules that run; fails for names that stand for none."""
    from callaudit.rules.selection import selected

    _known(rules, ["select", "ignore"], config)
    off = {name for name, severity in config["severity"].items() if severity == "off"}
    return selected(rules, config["select"], config["ignore"]) - off


def own_rules(config: Config, shipped: Sequence[Rule], *, examples: bool) -> tuple[Rule, ...]:
    """Return the rules of the files that the configuration names."""
    if not config["rules"]:
        return ()
    from callaudit.rules.load import load_rules
    from callaudit.rules.mistakes import RuleError

    given = config.values["rules"].origin.startswith("--")
    folder = Path.cwd() if given else config.folder
    paths, missing = _files(folder, config)
    try:
        rules = load_rules(paths, folder, examples=examples)
    except RuleError as error:
        raise _wrong([*missing, *map(str, error.mistakes)]) from None
    mistakes = [*missing, *_clashes(rules, shipped), *_queries(rules)]
    if mistakes:
        raise _wrong(mistakes)
    return rules


def _files(folder: Path, config: Config) -> tuple[list[Path], list[str]]:
    """Return the files that the setting names, and a sentence for each name without any."""
    found: list[Path] = []
    missing = []
    for number, name in enumerate(config["rules"]):
        place = folder / name
        if place.is_dir():
            paths = sorted([*place.glob("*.yaml"), *place.glob("*.yml")])
        elif any(mark in name for mark in "*?["):
            paths = sorted(path for path in folder.glob(name) if path.is_file())
        else:
            paths = [place] if place.is_file() else []
        if not paths:
            missing.append(f"{config.origin('rules', str(number))}: rules: there is no file {name!r}")
        found += [path for path in paths if path not in found]
    return found, missing


def _clashes(rules: Iterable[Rule], shipped: Sequence[Rule]) -> Iterator[str]:
    ids = {rule.id for rule in shipped}
    for rule in rules:
        if rule.id in ids:
            yield f'{rule.path}:{rule.line}: id "{rule.id}" is that of a rule of callaudit'


def _queries(rules: Sequence[Rule]) -> list[str]:
    """Run each query without rows: mistakes in them are found before anything is analyzed."""
    from callaudit.rules.columns import check

    return [str(mistake) for mistake in check(rules)]


def _wrong(mistakes: Sequence[str]) -> Failed:
    from callaudit.report.table import plural

    return Failed("rules", mistakes, mistakes=plural(len(mistakes), "mistake"))


def _known(rules: Sequence[Rule], settings: Sequence[str], config: Config) -> None:
    """Fail where a name in a setting stands for no rule, with its place."""
    from callaudit.report.table import plural
    from callaudit.rules.selection import unknown_names

    mistakes = []
    for setting in settings:
        for number, name in enumerate(config[setting]):
            place = config.origin(setting, name if setting == "severity" else str(number))
            where = place if place == f"--{setting}" else f"{place}: {setting}"
            mistakes += [f"{where}: {said}" for said in unknown_names(rules, [name])]
    if mistakes:
        raise Failed("selection", mistakes, mistakes=plural(len(mistakes), "mistake"))
