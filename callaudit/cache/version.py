"""What of the tool itself an answer depends on: its own files, those of the grammars and readers, and Python."""

from __future__ import annotations

import os
import sys
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec

READ_WITH = ("tree_sitter", "tree_sitter_html", "tree_sitter_typescript", "msgspec", "pyjson5", "yaml", "cronsim")
"""Packages that decide what is read from a file."""


@cache
def tool_version() -> bytes | None:
    """A digest that changes with the tool; `None` where its files cannot be listed, as in a zip archive.

    Files count by name, size and time of change, as they do for Python when it decides whether to compile them
    again. The number of a release would not do: a checkout changes under the same number.
    """
    digest = blake2b(sys.version.encode(), digest_size=20)
    for package in ("callaudit", *READ_WITH):
        spec = find_spec(package)
        folders = spec.submodule_search_locations if spec is not None else None
        for folder in folders or ("",):
            try:
                files = sorted(_files(folder))
            except OSError:
                return None
            digest.update(repr((package, files)).encode("utf-8", "surrogateescape"))
    return digest.digest()


def _files(folder: str) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                else:
                    info = entry.stat()
                    found.append((entry.path.removeprefix(folder), info.st_size, info.st_mtime_ns))
    return found
