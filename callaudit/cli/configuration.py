"""Reads the configuration for a command; what is wrong in it ends the command, all of it at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from callaudit.config.load import Config
    from callaudit.config.mistakes import ConfigError, Mistake

_OF_RULES = ("select", "ignore", "severity", "rules")


def configured(
    path: str, file: str | None, given: Mapping[str, Any] | None = None, *, with_rules: bool = True
) -> Config:
    """Return the settings for the repository at `path`: from `file` where it is named, `given` options first.

    An option that is empty or off was not given. Fails with every mistake that there is: where something is wrong,
    the code is read for the names in the file as well. Without `with_rules`, the command looks at rules itself.
    """
    from callaudit.config.load import load_config
    from callaudit.config.mistakes import ConfigError

    if not Path(path).exists():
        raise Failed("project", why=f"{path}: no such file or folder; give the path of a repository")
    options = {name: value or None for name, value in (given or {}).items()}
    found: list[Mistake] = []
    try:
        config = load_config(Path(path), given=options, file=Path(file) if file else None)
    except ConfigError as error:
        if error.config is None:
            raise wrong(error) from None
        config, found = error.config, [*error.found]
    written, failed = _rules(config) if with_rules else ([], None)
    found += written
    if found or failed is not None:
        found += _names_in_code(path, config)
    if failed is not None and not found:
        raise failed
    if found:
        raise wrong(ConfigError(config.file, found), failed.lines if failed is not None else ())
    return config


def wrong(error: ConfigError, others: Sequence[str] = ()) -> Failed:
    """Return the failure that names every mistake of a configuration, after `others` that are not in it."""
    from callaudit.report.table import plural

    lines = [*others, *error.mistakes]
    return Failed("config", lines, mistakes=plural(len(lines), "mistake"), path=error.file)


def _rules(config: Config) -> tuple[list[Mistake], Failed | None]:
    """Return names in the file that stand for no rule, and what is wrong with options or with own rules."""
    if not any(config[name] for name in _OF_RULES):
        return [], None
    from callaudit.cli.ruleset import ruleset, unknown_rules
    from callaudit.report.table import plural

    try:
        written, given = unknown_rules(config, ruleset(config))
    except Failed as failed:
        return [], failed
    return written, Failed("selection", given, mistakes=plural(len(given), "mistake")) if given else None


def _names_in_code(path: str, config: Config) -> list[Mistake]:
    """Return the actions, pages and conditions of the file that the code does not have; none where it has no code."""
    if not config["scenario"] and not config["budget"]:
        return []
    from callaudit.cli.analysis import catalogue, surveyed
    from callaudit.load.settings import unknown_names
    from callaudit.load.streams import model_of

    try:
        inventory = surveyed(path, quiet=True).inventory
    except Failed:
        return []
    return unknown_names(config, model_of(inventory, catalogue()))
