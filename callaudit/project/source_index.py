"""From a path as code writes it to the file that it means, among the files that were listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.project.names import DECLARATIONS, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# TypeScript looks for its own files first, then for JavaScript; the rest is what bundlers and Node add.
_SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs", ".json", ".vue", ".svelte")
# `./a.js` names the output of a source file. Where both are there, the output is the copy.
SOURCES_OF = {
    "js": (".ts", ".tsx", ".jsx"),
    "jsx": (".tsx", ".ts"),
    "mjs": (".mts", ".ts"),
    "cjs": (".cts", ".ts"),
}


class SourceIndex:
    """The source files of a project, for look-ups. All paths are relative to the root.

    `links` maps symbolic links to what they stand for; `declarations` are the *.d.ts files.
    """

    def __init__(self, files: Iterable[str], declarations: Iterable[str], links: Mapping[str, str]) -> None:
        """Index `files`; nothing is read from disk, now or later."""
        self._files = frozenset(files)
        self._declarations = frozenset(declarations)
        self._links = links
        self._folders = {""}
        for path in self._files:
            folder = path.rpartition("/")[0]
            while folder not in self._folders:
                self._folders.add(folder)
                folder = folder.rpartition("/")[0]

    def has_file(self, path: str) -> bool:
        """Tell whether exactly this path is a source file."""
        return path in self._files

    def has_folder(self, path: str) -> bool:
        """Tell whether a source file lies in or below this folder."""
        return path in self._folders

    def file(self, path: str) -> str | None:
        """Return the file for a path with or without extension; `a.js` means `a.ts` where that is there."""
        stem, _, extension = path.rpartition(".")
        for suffix in SOURCES_OF.get(extension, ()):
            if stem + suffix in self._files:
                return stem + suffix
        if path in self._files:
            return path
        return next((path + suffix for suffix in _SUFFIXES if path + suffix in self._files), None)

    def index_of(self, folder: str) -> str | None:
        """Return the index file of a folder."""
        return self.file(f"{folder}/index" if folder else "index")

    def is_declared(self, path: str) -> bool:
        """Tell whether there is a declaration file for a path, which then holds types only."""
        stem, _, extension = path.rpartition(".")
        stems = (path, stem, f"{path}/index") if extension in LANGUAGES else (path, f"{path}/index")
        return path in self._declarations or any(s + end in self._declarations for s in stems for end in DECLARATIONS)

    def unlinked(self, path: str) -> str:
        """Return a path with the symbolic links on its way replaced, a few rounds of them."""
        for _ in range(8 if self._links else 0):
            head = path
            while head and head not in self._links:
                head = head.rpartition("/")[0]
            if not head:
                break
            path = (self._links[head] + path[len(head) :]).removeprefix("/")
        return path
