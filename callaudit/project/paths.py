"""Paths below the root of a project, as they are joined and cut: `/` between the parts, no `/` at the ends."""

from __future__ import annotations


def folder_of(path: str) -> str:
    """The folder that holds `path`; empty for one at the root."""
    return path.rpartition("/")[0]


def below(folder: str, path: str) -> str:
    """`path` as it is seen from `folder`, without leaving it."""
    parts = [part for part in f"{folder}/{path}".split("/") if part not in ("", ".")]
    return "" if ".." in parts else "/".join(parts)
