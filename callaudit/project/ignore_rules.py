"""What .gitignore files leave out of a folder that git does not list.

Written here and not taken from pathspec for two reasons, both measured: importing pathspec and compiling its
expressions takes three times as long as the rest of this stage, and its expressions backtrack, so that one
line of stars in a hostile repository hangs the walk. Matching here takes time linear in the name for each
wildcard. The tests compare it with git itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.project.globs import is_plain, name_glob

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_PATTERNS = 5000
_MAX_LENGTH = 1024


class _Rule(Struct, frozen=True):
    """One line: without a slash inside it is about names at any depth, and has one segment.

    A segment tells whether a name of the path fits; None stands for '**', any number of names.
    """

    keeps: bool
    folders_only: bool
    anywhere: bool
    segments: tuple[Callable[[str], bool] | None, ...]


class IgnoreRules:
    """The rules of one .gitignore file; `unusable` are the numbers of lines that are too long or too many."""

    def __init__(self, text: str) -> None:
        """Read the lines of a file."""
        self.unusable: list[int] = []
        self._rules: list[_Rule] = []
        # A tree has thousands of names and an ignore file a hundred lines, so lines are found by what they
        # fit: plain names, then the ends, the beginnings and the first folders of the rest.
        self._plain: dict[tuple[str, bool], int] = {}
        self._by_end: dict[str, list[int]] = {}
        self._by_start: dict[str, list[int]] = {}
        self._by_folder: dict[str, list[int]] = {}
        self._others: list[int] = []
        for number, line in enumerate(text.split("\n"), 1):
            pattern = _trimmed(line)
            if not pattern or pattern.startswith("#"):
                continue
            if len(pattern) > _MAX_LENGTH or len(self._rules) >= _MAX_PATTERNS:
                self.unusable.append(number)
                continue
            self._add(pattern)
        self._ends = tuple(self._by_end)
        self._starts = tuple(self._by_start)

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Tell whether `path`, relative to the file's folder, is left out; None when no rule speaks of it.

        The folders above `path` are not looked at: who walks does not enter those that are left out.
        """
        name = path.rpartition("/")[2]
        last = self._plain.get((name, False), -1)
        if is_folder:
            last = max(last, self._plain.get((name, True), -1))
        for number in sorted(self._candidates(path, name), reverse=True):
            if number < last:
                break
            rule = self._rules[number]
            if (is_folder or not rule.folders_only) and _fits(rule, path, name):
                last = number
                break
        return None if last < 0 else not self._rules[last].keeps

    def _add(self, pattern: str) -> None:
        keeps = pattern.startswith("!")
        pattern = pattern[keeps:]
        folders_only = pattern.endswith("/")
        pattern = pattern.removesuffix("/")
        anywhere = "/" not in pattern
        names = pattern.removeprefix("/").split("/")
        number = len(self._rules)
        first = names[0]
        before, _, after = first.partition("*")
        if not anywhere:
            found = self._by_folder.setdefault(first, []) if is_plain(first) else self._others
            found.append(number)
        elif is_plain(first):
            self._plain[first, folders_only] = number
        elif after and is_plain(after):
            self._by_end.setdefault(after, []).append(number)
        elif before and is_plain(before):
            self._by_start.setdefault(before, []).append(number)
        else:
            self._others.append(number)
        segments = tuple(name_glob(name) for name in names)
        self._rules.append(_Rule(keeps, folders_only, anywhere, segments))

    def _candidates(self, path: str, name: str) -> list[int]:
        """Return the numbers of the rules, plain ones aside, that may fit."""
        found = [*self._others, *self._by_folder.get(path.partition("/")[0], ())]
        if name.endswith(self._ends):
            found += [number for end, rules in self._by_end.items() if name.endswith(end) for number in rules]
        if name.startswith(self._starts):
            found += [number for start, rules in self._by_start.items() if name.startswith(start) for number in rules]
        return found


def _trimmed(line: str) -> str:
    line = line.removesuffix("\r")
    bare = line.rstrip(" ")
    # A space behind a backslash belongs to the name.
    return bare + " " if bare.endswith("\\") and len(bare) < len(line) else bare


def _fits(rule: _Rule, path: str, name: str) -> bool:
    if rule.anywhere:
        fits = rule.segments[0]
        return fits is None or fits(name)
    return _path_fits(rule.segments, path.split("/"))


def _path_fits(segments: tuple[Callable[[str], bool] | None, ...], names: list[str]) -> bool:
    """Match names from the left; on a mismatch only the last '**' takes one more name, which is enough."""
    at = done = 0
    retry_at = retry_done = -1
    while done < len(names):
        fits = segments[at] if at < len(segments) else None
        if at < len(segments) and fits is None:
            if at == len(segments) - 1:
                return True
            at += 1
            retry_at, retry_done = at, done
        elif fits is not None and fits(names[done]):
            at += 1
            done += 1
        elif retry_at >= 0:
            retry_done += 1
            at, done = retry_at, retry_done
        else:
            return False
    return at == len(segments)
