"""Texts that are split at a separator: `names.split(" ")`, `key.split("?")[0]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.strings import MOST_PARTS, Part, text
from callaudit.flow.values.values import Const, Seq

if TYPE_CHECKING:
    from callaudit.flow.values.values import Text, Value

_BEHIND_PATHS = ("?", "#")


def split(value: str, separator: str) -> Seq:
    """The parts of a text that is known."""
    parts = value.split(separator)
    items = tuple(Const(part) for part in parts[:MOST_PARTS])
    return Seq(items, open=len(parts) > MOST_PARTS, most=len(parts) if len(parts) > MOST_PARTS else None)


def begun(value: Text, separator: str) -> Seq | None:
    """What a text is split into that begins with known parts; behind what only the running program knows it is open.

    Where an address is cut at its query, such a part is taken for one of its path, as it is in every other address.
    """
    items: list[Value] = []
    piece: list[Part] = []
    for part in value.parts if separator else ():
        if isinstance(part, str):
            first, *others = part.split(separator)
            piece.append(first)
            for other in others:
                items.append(text(piece))
                piece = [other]
        elif separator in _BEHIND_PATHS:
            piece.append(part)
        else:
            break
    return Seq(tuple(items[:MOST_PARTS]), open=True) if items else None
