"""The file of findings that are known: where it is, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.config.load import Config
    from callaudit.rules.baseline import Baseline

NAME: Final = "callaudit-baseline.json"
"""Where findings are kept if nothing says another place: beside the configuration, else in the audited folder."""


def known(config: Config) -> Baseline | None:
    """Return the baseline that the configuration or --baseline names, None where neither does."""
    path = config.path("baseline")
    return None if path is None else read(path)


def read(path: Path) -> Baseline:
    """Return the baseline in a file; fails where there is none of this version."""
    from callaudit.rules.baseline import BaselineError, read_baseline

    try:
        return read_baseline(path)
    except BaselineError as error:
        raise Failed("baseline", why=error) from None
