"""Another revision of the repository, for commands that say what is different from it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.cli.failures import Failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.inventory.model import Inventory


def check_revision(path: str, base: str) -> None:
    """Fail where the repository at `path` has no revision `base`, before anything is analyzed."""
    if Path(path).exists():
        _commit(folder_of(path), base, None)


@contextmanager
def revision(path: str, base: str) -> Iterator[tuple[str, str]]:
    """Yield the commit that `base` means, and a place with what `path` was there: nothing, where it is new."""
    with tempfile.TemporaryDirectory(prefix="callaudit-") as name:
        folder = Path(name, "base")
        folder.mkdir()
        commit = _commit(folder_of(path), base, folder)
        yield commit, str(folder if Path(path).is_dir() else folder / Path(path).name)


def without_calls(inventory: Inventory) -> Inventory:
    """Return the inventory of a revision that had nothing to analyze yet."""
    return replace(inventory, entries=(), triggers=())


def folder_of(path: str) -> Path:
    """Return the audited folder, for a file the one that it is in."""
    return Path(path) if Path(path).is_dir() else Path(path).parent


def _commit(root: Path, base: str, folder: Path | None) -> str:
    """Return the commit that `base` means, its files written to `folder` where one is given."""
    from callaudit.project.revision import RevisionError, commit_of, write_revision

    try:
        return commit_of(root, base) if folder is None else write_revision(root, base, folder)
    except RevisionError as error:
        raise Failed("diff", base=base, why=error, near=error.hint) from None
