"""Sorts the names of a listing into sources, configuration, and what is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.project.crontabs import is_crontab
from callaudit.project.file_replacements import NAMES as BUILDS
from callaudit.project.names import (
    DATA,
    DECLARATIONS,
    LANGUAGES,
    UNREAD,
    Folders,
    is_env_example,
    is_output_name,
    left_out_folder,
)
from callaudit.project.platform_files import EXTENSIONS, is_for_a_platform
from callaudit.project.reading import outside, real_place
from callaudit.project.records import Notice

if TYPE_CHECKING:
    from callaudit.project.listing import Listing


class Sorted(Struct, frozen=True):
    """Paths by what they are, each list sorted.

    `followed` are the sources that are symbolic links to files inside the root which the listing does not
    have; `links` maps all other links inside the root to the places that they stand for.
    """

    sources: list[str]
    followed: set[str]
    declarations: list[str]
    manifests: list[str]
    configs: list[str]
    env_examples: list[str]
    links: dict[str, str]
    skipped: list[Notice]
    schedules: list[str]
    builds: list[str]
    data: list[str]


def sort_out(root: str, listing: Listing) -> Sorted:
    """Sort the paths of a listing of `root`, which is absolute; only symbolic links are looked at on disk."""
    found = Sorted([], set(), [], [], [], [], {}, [], [], [], [])
    package_dirs = {path.rpartition("/")[0] for path in listing.paths if path.endswith("package.json")}
    folders = Folders(package_dirs)
    left_out: set[str] = set()
    unread: Counter[str] = Counter()
    for path in listing.paths:
        folder, _, name = path.rpartition("/")
        extension = name.rpartition(".")[2]
        top = folders.left_out(folder)
        if not top:
            _sort_one(path, name, extension, found, unread)
        elif extension in LANGUAGES and is_output_name(top):
            left_out.add(top)
    listed = set(listing.paths) if listing.links else set()
    for path in listing.links:
        if not folders.left_out(path):
            _sort_link(root, path, listed, found)
    found.skipped.extend(left_out_folder(top) for top in left_out)
    for extension, count in unread.items():
        files = "file is" if count == 1 else "files are"
        found.skipped.append(Notice("", 0, "language", f"{count} .{extension} {files} not read"))
    _prefer_tsconfig(found.configs)
    for paths in (
        found.sources,
        found.declarations,
        found.manifests,
        found.env_examples,
        found.schedules,
        found.builds,
        found.data,
    ):
        paths.sort()
    return found


def _sort_one(path: str, name: str, extension: str, found: Sorted, unread: Counter[str]) -> None:
    if extension in LANGUAGES:
        if name.endswith(DECLARATIONS):
            found.declarations.append(path)
        elif name.endswith((".min.js", ".min.mjs", ".min.cjs")):
            found.skipped.append(Notice(path, 0, "minified", "named as the minified copy of another file"))
        else:
            found.sources.append(path)
    elif name == "package.json":
        found.manifests.append(path)
    elif name in {"tsconfig.json", "jsconfig.json"}:
        found.configs.append(path)
    elif name in BUILDS:
        found.builds.append(path)
    elif extension in UNREAD:
        unread[extension] += 1
    elif is_env_example(name):
        found.env_examples.append(path)
    elif (extension in EXTENSIONS and is_for_a_platform(name)) or is_crontab(path):
        found.schedules.append(path)
    elif extension == DATA:
        found.data.append(path)


def _sort_link(root: str, path: str, listed: set[str], found: Sorted) -> None:
    name = path.rpartition("/")[2]
    extension = name.rpartition(".")[2]
    is_config = name in {"package.json", "tsconfig.json", "jsconfig.json"} or is_env_example(name)
    place = real_place(root, path)
    if place is None:
        found.skipped.append(outside(path))
    elif is_config:
        _sort_one(path, name, extension, found, Counter())
    elif extension in LANGUAGES and place not in listed and place.rpartition(".")[2] in LANGUAGES:
        found.followed.add(path)
        _sort_one(path, name, extension, found, Counter())
    else:
        # The file or folder is audited once, where it really is; imports through the link are led there.
        found.links[path] = place


def _prefer_tsconfig(configs: list[str]) -> None:
    """Drop the jsconfig.json of a folder that has a tsconfig.json as well, as editors do."""
    folders = {path.rpartition("/")[0] for path in configs if path.endswith("tsconfig.json")}
    configs[:] = sorted(
        path for path in configs if path.endswith("tsconfig.json") or path.rpartition("/")[0] not in folders
    )
