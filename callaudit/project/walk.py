"""The files of a folder without git: a walk that honours .gitignore files."""

from __future__ import annotations

import os

from msgspec import Struct

from callaudit.project.ignore_rules import IgnoreRules
from callaudit.project.listing import Listing
from callaudit.project.names import Folders, is_output_name, left_out_folder
from callaudit.project.reading import read_source
from callaudit.project.records import Notice

_IGNORE_BYTES = 262_144


class _Level(Struct, frozen=True):
    """An ignore file: its folder, its rules, and the ignore file above it."""

    folder: str
    rules: IgnoreRules
    above: _Level | None


def walk_folder(root: str) -> Listing:
    """List everything below `root`; folders that never hold source are not entered, links not followed."""
    listing = Listing([], [], [], [])
    package_dirs: set[str] = set()
    folders = Folders(package_dirs)
    # A stack of our own: os.walk of Python 3.11 recurses, and trees can be deeper than its stack.
    pending: list[tuple[str, _Level | None]] = [("", None)]
    while pending:
        folder, level = pending.pop()
        names = _scan(root, folder, listing)
        if ".gitignore" in names["files"]:
            level = _with_ignore_file(root, folder, level, listing)
        if "package.json" in names["files"]:
            package_dirs.add(folder)
        prefix = f"{folder}/" if folder else ""
        listing.paths.extend(prefix + name for name in names["files"] if not _ignored(prefix + name, level))
        listing.links.extend(prefix + name for name in names["links"] if not _ignored(prefix + name, level))
        for path in [prefix + name for name in names["folders"]]:
            if _ignored(path, level, is_folder=True):
                continue
            if not folders.left_out(path):
                pending.append((path, level))
            elif is_output_name(path):
                listing.skipped.append(left_out_folder(path))
    listing.paths.sort()
    listing.links.sort()
    return listing


def _scan(root: str, folder: str, listing: Listing) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {"files": [], "links": [], "folders": []}
    try:
        with os.scandir(f"{root}/{folder}") as entries:
            for entry in entries:
                if entry.is_symlink():
                    names["links"].append(entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    names["folders"].append(entry.name)
                else:
                    names["files"].append(entry.name)
    except OSError as error:
        why = f"{error.strerror}; its files are not audited"
        listing.skipped.append(Notice(folder, 0, "unreadable folder", why))
    return names


def _ignored(path: str, level: _Level | None, *, is_folder: bool = False) -> bool:
    """Tell whether the nearest ignore file with an opinion on `path` leaves it out."""
    while level is not None:
        below = path[len(level.folder) + 1 :] if level.folder else path
        verdict = level.rules.verdict(below, is_folder=is_folder)
        if verdict is not None:
            return verdict
        level = level.above
    return False


def _with_ignore_file(root: str, folder: str, level: _Level | None, listing: Listing) -> _Level | None:
    path = f"{folder}/.gitignore" if folder else ".gitignore"
    data = read_source(root, path, _IGNORE_BYTES)
    if isinstance(data, Notice):
        listing.notices.append(data)
        return level
    rules = IgnoreRules(data.decode("utf-8", "surrogateescape"))
    why = "the pattern is too long, or one of too many; what it would leave out is audited"
    listing.notices.extend(Notice(path, number, "ignore pattern", why) for number in rules.unusable)
    return _Level(folder, rules, level)
