"""Reads the configuration for a command; what is wrong in it ends the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.config.load import Config, ConfigError


def configured(path: str, file: str | None, given: Mapping[str, Any] | None = None) -> Config:
    """Return the settings for the repository at `path`: from `file` where it is named, `given` options first.

    An option that is empty or off was not given.
    """
    from callaudit.config.load import ConfigError, load_config

    options = {name: value or None for name, value in (given or {}).items()}
    try:
        return load_config(Path(path), given=options, file=Path(file) if file else None)
    except ConfigError as error:
        raise wrong(error) from None


def wrong(error: ConfigError) -> Failed:
    """Return the failure that names every mistake of a configuration."""
    from callaudit.report.table import plural

    return Failed("config", error.mistakes, mistakes=plural(len(error.mistakes), "mistake"), path=error.file)
