"""Runs the analysis for a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from callaudit.cli.failures import Failed
from callaudit.cli.output import progress, say

if TYPE_CHECKING:
    from callaudit.audit import Audit
    from callaudit.providers.match import Catalogue

_MOST_REASONS = 5


def audited(path: str, *, quiet: bool) -> Audit:
    """Audit the repository at `path`; fails where there is none, or nothing to analyze in it."""
    # The analysis takes longer to import than --help takes to print.
    from callaudit.audit import audit
    from callaudit.project import ProjectError
    from callaudit.report.escape import visible

    with progress(f"analyzing {visible(path)} …", quiet=quiet):
        try:
            result = audit(Path(path))
        except ProjectError as error:
            raise Failed("project", why=error) from None
    if not result.inventory.files.analyzed:
        for notice in result.inventory.notices[:_MOST_REASONS]:
            say(visible(f"{notice.file}: {notice.what}: {notice.why}"), quiet=quiet)
        raise Failed("nothing", path=path)
    return result


def catalogue() -> Catalogue:
    """Return the provider profiles that reports read."""
    from callaudit.providers.load import builtin_profiles
    from callaudit.providers.match import Catalogue as Profiles

    return Profiles(builtin_profiles())


def say_incomplete(result: Audit, *, quiet: bool) -> None:
    """Say on standard error what a reader of data alone would not see."""
    files = result.inventory.files
    if files.skipped or files.with_errors:
        from callaudit.report.table import plural

        counted = f"{plural(files.with_errors, 'file')} partly analyzed, {files.skipped} skipped"
        say(f"callaudit: {counted}; the notices in the output say why", quiet=quiet)
