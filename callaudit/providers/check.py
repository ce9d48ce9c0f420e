"""Reads a profile from YAML and checks all of it: first the text, then the records, then the names in it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from callaudit.providers.document import ProfileDocument, assemble
from callaudit.providers.mistakes import Mistake, ProfileError
from callaudit.providers.references import contradictions
from callaudit.providers.shape import differences
from callaudit.providers.source import MAX_BYTES, UnreadableError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from callaudit.providers.model import Profile


def read_profile(path: Path) -> Profile:
    """Read and check a profile. Raises `ProfileError` with every mistake and its line."""
    try:
        node, mistakes = read_yaml(_bytes(path))
    except UnreadableError as error:
        raise ProfileError(path, [error.mistake]) from None
    _raise_any(path, chain(mistakes, differences(node, ProfileDocument)))
    plain: dict[str, Any] = node.plain()
    try:
        document = msgspec.convert(plain, ProfileDocument)
    except msgspec.ValidationError as error:  # what msgspec knows beyond `differences`
        raise ProfileError(path, [Mistake(1, str(error))]) from None
    _raise_any(path, contradictions(document, node))
    return assemble(document)


def _raise_any(path: Path, mistakes: Iterator[Mistake]) -> None:
    first = next(mistakes, None)
    if first is not None:
        raise ProfileError(path, chain([first], mistakes))


def _bytes(path: Path) -> bytes:
    try:
        # A pipe or a device could wait or flow for ever.
        if path.exists() and not path.is_file():
            raise ProfileError(path, [Mistake(1, "not a file")])
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ProfileError(path, [Mistake(1, f"cannot be read: {error.strerror}")]) from None
