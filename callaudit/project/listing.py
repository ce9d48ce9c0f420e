"""Which files a folder holds: asked of git where there is git, else walked."""

from __future__ import annotations

import os

from msgspec import Struct

from callaudit.project.git import git_records
from callaudit.project.records import Notice

# Mode of an index entry that is a symbolic link, and of one that is another repository's commit.
_LINK_MODE = "120000"
_REPOSITORY_MODE = "160000"


class Listing(Struct, frozen=True):
    """Paths of everything in a folder, of any kind, sorted; symbolic links are apart and not followed."""

    paths: list[str]
    links: list[str]
    notices: list[Notice]
    skipped: list[Notice]


def list_folder(root: str) -> Listing:
    """List the files below `root`, a real absolute path, without what git or .gitignore files leave out."""
    records = git_records(root)
    if isinstance(records, list):
        listing = _from_git(root, records)
        # A folder that its repository ignores has no listed files, yet somebody asked for it by name.
        if listing.paths or listing.links:
            return listing
    from callaudit.project.walk import walk_folder

    walked = walk_folder(root)
    if isinstance(records, Notice):
        walked.notices.append(records)
    return walked


def _from_git(root: str, records: list[str]) -> Listing:
    """Sort out lines of `git ls-files -t -s`: '? path' or 'H mode hash stage<TAB>path'."""
    paths: set[str] = set()
    links: set[str] = set()
    repositories: set[str] = set()
    sparse = 0
    for record in records:
        tag = record[0]
        if tag == "?":
            path = record[2:]
            if path.endswith("/"):
                repositories.add(path[:-1])
            elif os.path.islink(f"{root}/{path}"):  # noqa: PTH114 -- strings, see reading.py
                links.add(path)
            else:
                paths.add(path)
            continue
        entry, _, path = record.partition("\t")
        if tag == "S":
            sparse += 1
        elif _LINK_MODE in entry[:9]:
            links.add(path)
        elif _REPOSITORY_MODE in entry[:9]:
            repositories.add(path)
        else:
            paths.add(path)
    why = "another repository (a submodule or a nested one); audit it by itself"
    skipped = [Notice(path, 0, "repository", why) for path in sorted(repositories)]
    if sparse:
        skipped.append(Notice("", 0, "sparse checkout", f"{sparse} files are not checked out"))
    return Listing(sorted(paths), sorted(links), [], skipped)
