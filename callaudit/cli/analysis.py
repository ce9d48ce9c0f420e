"""Runs the analysis for a command."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from callaudit.cli.failures import Failed
from callaudit.cli.options import NO_CACHE
from callaudit.cli.output import progress, say
from callaudit.report.escape import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.audit import Audit
    from callaudit.cache.store import Store
    from callaudit.inventory.model import Inventory
    from callaudit.providers.match import Catalogue
    from callaudit.rules.survey import Survey

_MOST_REASONS = 5


def audited(path: str, *, quiet: bool) -> Audit:
    """Audit the repository at `path`, call trees included; fails where there is none, or nothing to analyze in it."""
    # The analysis takes longer to import than --help takes to print.
    from callaudit.audit import audit

    with _analyzing(path, quiet=quiet) as store:
        result = audit(Path(path), store=store)
    _fail_on_nothing(result.inventory, path, quiet=quiet)
    return result


def surveyed(path: str, *, quiet: bool, trees: bool = False) -> Survey:
    """What `audited` finds without its call trees, which is kept while the repository stays as it is.

    With `trees`, it has the rows of the tables that call trees fill.
    """
    from callaudit.kept import survey

    with _analyzing(path, quiet=quiet) as store:
        result = survey(Path(path), store, trees=trees)
    _fail_on_nothing(result.inventory, path, quiet=quiet)
    return result


@contextmanager
def _analyzing(path: str, *, quiet: bool) -> Iterator[Store]:
    """Say what goes on, and what is the matter with the cache."""
    from callaudit.cache.place import cache_folder
    from callaudit.cache.store import Store
    from callaudit.project import ProjectError

    context = click.get_current_context(silent=True)
    without = context is not None and context.meta.get(NO_CACHE, False)
    store = Store(None if without else cache_folder())
    with progress(f"analyzing {visible(path)} …", quiet=quiet):
        try:
            yield store
        except ProjectError as error:
            raise Failed("project", why=error) from None
        finally:
            store.close()
    if store.trouble:
        say(f"callaudit: analyzed without the cache: {visible(store.trouble)}", quiet=quiet)
        say("  delete that file, or name another folder in CALLAUDIT_CACHE_DIR; --no-cache says nothing", quiet=quiet)


def _fail_on_nothing(inventory: Inventory, path: str, *, quiet: bool) -> None:
    if inventory.files.analyzed:
        return
    for notice in inventory.notices[:_MOST_REASONS]:
        place = f"{notice.file}: " if notice.file else ""
        say(visible(f"{place}{notice.what}: {notice.why}"), quiet=quiet)
    raise Failed("nothing", path=path)


def catalogue() -> Catalogue:
    """Return the provider profiles that reports read."""
    from callaudit.providers.load import builtin_profiles
    from callaudit.providers.match import Catalogue as Profiles

    return Profiles(builtin_profiles())


def say_incomplete(result: Survey, *, quiet: bool) -> None:
    """Say on standard error what a reader of data alone would not see."""
    files = result.inventory.files
    if files.skipped or files.with_errors:
        from callaudit.report.table import plural

        counted = f"{plural(files.with_errors, 'file')} partly analyzed, {files.skipped} skipped"
        say(f"callaudit: {counted}; the notices in the output say why", quiet=quiet)
