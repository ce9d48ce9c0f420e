"""The rules of a run: those that come with callaudit, the repository's own, and which of them are wanted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from callaudit.cli.failures import Failed
from callaudit.providers.mistakes import did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.config.load import Config
    from callaudit.config.mistakes import Mistake
    from callaudit.rules.model import Rule


def ruleset(config: Config, *, examples: bool = False) -> tuple[Rule, ...]:
    """Return all rules; fails with every mistake in own ones."""
    from callaudit.rules.shipped import shipped_rules

    shipped = shipped_rules(examples=examples)
    return (*shipped, *own_rules(config, shipped, examples=examples))


def active(config: Config, rules: Sequence[Rule]) -> frozenset[str]:
    """Return the ids of the rules that run."""
    from callaudit.rules.selection import selected

    off = {name for name, severity in config["severity"].items() if severity == "off"}
    return selected(rules, config["select"], config["ignore"]) - off


def unknown_rules(config: Config, rules: Sequence[Rule]) -> tuple[list[Mistake], list[str]]:
    """Return the names that stand for no rule: mistakes of the configuration, and sentences about options."""
    from callaudit.rules.selection import unknown_names

    written: list[Mistake] = []
    given: list[str] = []
    for setting in ("select", "ignore", "severity"):
        origin = config.values[setting].origin
        for number, name in enumerate(config[setting]):
            for said in _not_an_id(rules, name) if setting == "severity" else unknown_names(rules, [name]):
                if origin.startswith("--"):
                    given.append(f"{origin}: {said}")
                else:
                    keys = (setting, name if setting == "severity" else str(number))
                    written.append(config.mistake(f"{setting}: {said}", *keys))
    return written, given


def _not_an_id(rules: Sequence[Rule], name: str) -> list[str]:
    """Return what to say of a severity for something else than the id of a rule."""
    ids = {rule.id: rule.number for rule in rules}
    if name in ids:
        return []
    meant = next((one for one, number in ids.items() if number == name.upper()), "")
    near = f"; did you mean {quote(meant)}?" if meant else did_you_mean(name, ids)
    return [f"there is no rule with the id {quote(name)}{near}"]


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
            given = config.values["rules"].origin.startswith("--")
            mistake = config.mistake(f"rules: there is no file {quote(name)}", "rules", str(number))
            missing.append(f"--rules: there is no file {quote(name)}" if given else mistake.told(config.file))
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
