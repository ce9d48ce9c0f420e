"""The files of a repository: found by the names that documents use, read and counted in one way."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from callaudit.project.ignore_rules import IgnoreRules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Tree:
    """Answers for names of files; a name that means none has no answer."""

    def __init__(self, root: Path, paths: Iterable[str]) -> None:
        """Take a folder and the paths of its files, relative to it."""
        self.root = root
        self.paths = frozenset(paths)
        self._named: dict[str, list[str]] = defaultdict(list)
        for path in sorted(self.paths):
            self._named[path.rpartition("/")[2]].append(path)
        self._texts: dict[str, str] = {}

    def text(self, path: str) -> str:
        """Return the text of a file, empty where it cannot be read."""
        if path not in self._texts:
            try:
                self._texts[path] = (self.root / path).read_text("utf-8", "replace") if path in self.paths else ""
            except OSError:
                self._texts[path] = ""
        return self._texts[path]

    def line_ends(self, path: str) -> int:
        """Return how many line ends a file has: what `wc -l` prints."""
        return self.text(path).count("\n")

    def ends_open(self, path: str) -> bool:
        """Whether something stands behind the last line end, or there is none."""
        text = self.text(path)
        return bool(text) and not text.endswith("\n")

    def line_count(self, path: str) -> int:
        """Return the number of lines: one for each line end, and a last one without an end."""
        return self.line_ends(path) + self.ends_open(path)

    def files(self, name: str, folder: str = "") -> list[str]:
        """Return the files that a path, the end of one, or a name means in a document of `folder`."""
        wanted = re.sub(r"^(?:\.{1,3}/)+", "", name).strip("/")
        beside = joined(folder, name)
        for path in (beside, wanted):
            if path in self.paths:
                return [path]
        return [path for path in self._named.get(wanted.rpartition("/")[2], []) if path.endswith("/" + wanted)]

    def lines_with(self, path: str, word: str) -> list[int]:
        """Return the lines of a file that hold a word."""
        whole = re.compile(rf"(?<![\w$]){re.escape(word)}(?![\w$])")
        return [number for number, line in enumerate(self.text(path).split("\n"), 1) if whole.search(line)]

    def has_folder(self, name: str, folder: str = "") -> bool:
        """Whether a folder of this name is at the root, beside a document of `folder`, or at the root of a package."""
        return name in self._below_roots or (folder, name) in self._folders

    def is_ignored(self, path: str) -> bool:
        """Whether the .gitignore file at the root leaves a path out, or a folder above it."""
        parts = path.split("/")
        above = ("/".join(parts[:end]) for end in range(1, len(parts)))
        return any(self._ignored.verdict(one, is_folder=True) for one in above) or bool(
            self._ignored.verdict(path, is_folder=False)
        )

    @cached_property
    def _ignored(self) -> IgnoreRules:
        return IgnoreRules(self.text(".gitignore"))

    @cached_property
    def _folders(self) -> frozenset[tuple[str, str]]:
        """Every folder as the one above it and its name."""
        whole = {path[:at] for path in self.paths for at, char in enumerate(path) if char == "/"}
        return frozenset((above, name) for one in whole for above, _, name in [one.rpartition("/")])

    @cached_property
    def _below_roots(self) -> frozenset[str]:
        roots = {"", *(path.rpartition("/")[0] for path in self._named.get("package.json", []))}
        return frozenset(name for above, name in self._folders if above in roots)


def joined(folder: str, name: str) -> str:
    """Return a path that is relative to a folder as one that is relative to the root; empty where it leaves it."""
    parts = [part for part in folder.split("/") if part]
    for part in name.split("/"):
        if part == ".." and not parts:
            return ""
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
