"""From a path that an import leads to, to the file there: with extensions, index files and folders' mains."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from callaudit.project.resolution import InFile, Missing
from callaudit.project.source_index import SourceIndex
from callaudit.project.specifiers import is_asset

if TYPE_CHECKING:
    from callaudit.project.records import Project


class FileLookup:
    """The files of one project as the targets of imports. All paths are relative to the root."""

    def __init__(self, project: Project) -> None:
        """Index the project's files and packages."""
        self.index = SourceIndex(
            chain((file.path for file in project.files), project.data), project.declarations, project.links
        )
        self._skipped = {notice.path: notice.what for notice in project.skipped}
        self._starts = {package.dir: package.entry_points.get(".") for package in project.packages}

    def at(self, path: str | None, *, is_folder: bool = False) -> InFile | None:
        """Return the file at `path`: itself, with an extension, or what a folder of that name starts with.

        None when there is none, and for a path outside the root, which is given as None.
        """
        if path is None:
            return None
        path = self.index.unlinked(path)
        found = None if is_folder or not path else self.index.file(path)
        found = found or self._starts.get(path) or self.index.index_of(path)
        return None if found is None else InFile(found)

    def is_declared(self, path: str | None) -> bool:
        """Tell whether a path leads to nothing but a declaration file."""
        return path is not None and self.index.is_declared(self.index.unlinked(path))

    def nothing_at(self, path: str) -> Missing:
        """Say why there is no file at `path`."""
        path = self.index.unlinked(path)
        if is_asset(path):
            return Missing("asset")
        if self.index.is_declared(path):
            return Missing("declaration")
        if path in self._skipped:
            return Missing(f"{path} was skipped: {self._skipped[path]}")
        return Missing(f"no such file: {path}")
