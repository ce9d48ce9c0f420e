"""Versions as package.json asks for them."""

from __future__ import annotations


def major(version: str) -> str:
    """The first number of a version or of a range: `14` of `^14.2.0`; empty where there is none."""
    number = version.lstrip("^~>=v ").split(".")[0]
    return number if number.isdigit() else ""
