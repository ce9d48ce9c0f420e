"""Functions that read and write files, by the names that they have in every module that has them.

Node 18 to 24 (https://nodejs.org/api/fs.html), fs-extra 10 and 11 (https://github.com/jprichardson/node-fs-extra),
jsonfile 6, load-json-file 7, write-json-file 5, path-exists 5, write-file-atomic 5.
"""

from __future__ import annotations

from callaudit.libraries.storage import Store

PACKAGES = frozenset(
    {
        "fs",
        "node:fs",
        "fs/promises",
        "node:fs/promises",
        "fs-extra",
        "graceful-fs",
        "jsonfile",
        "load-json-file",
        "write-json-file",
        "path-exists",
        "write-file-atomic",
    }
)
_NAMES = {
    "read": ("readFile", "exists", "stat", "lstat", "access", "readJson", "readJSON", "pathExists"),
    "write": ("writeFile", "writeJson", "writeJSON", "outputFile", "outputJson", "outputJSON"),
    "remove": ("unlink", "rm", "remove"),
}
_WHOLE = {
    "load-json-file": "read",
    "path-exists": "read",
    "write-json-file": "write",
    "write-file-atomic": "write",
}
"""Packages that are a function by themselves, or are taken apart by names that say the same."""

WORDS = {spelling: what for what, names in _NAMES.items() for name in names for spelling in (name, f"{name}Sync")}
"""What each function does."""

FILE = Store(
    "file",
    (),
    "process",
    frozenset(name for name, what in WORDS.items() if what == "read"),
    {name: () for name, what in WORDS.items() if what == "write"},
    frozenset(name for name, what in WORDS.items() if what == "remove"),
)
"""One file, told by its path. It outlives the process, and is not shared with other machines."""


def file_word(package: str, path: tuple[str, ...]) -> str:
    """What the export `path` of `package` does to a file: `read`, `write`, `remove`; empty for anything else."""
    if package not in PACKAGES:
        return ""
    return WORDS.get(path[-1] if path else "", _WHOLE.get(package, ""))
