"""Whether a statement says how things are, and what it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from callaudit.verify.words import is_modal, proposes

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.verify.model import Statement

_Found = TypeVar("_Found")
_POINTS = re.compile(r"\b(?:it|its|they|their|them|this|that|these|those|both|each)\b", re.IGNORECASE)
_LONGEST = 110


def asserts(statement: Statement) -> bool:
    """Whether it says what is, and not what should be done, could be, or will be."""
    block = statement.block
    return not (proposes((*block.headings, *reversed(block.lead))) or is_modal(statement.text))


def nearest(statement: Statement, find: Callable[[str], list[_Found]]) -> list[_Found]:
    """Return what `find` finds in the statement, else in its block, else in what is around it."""
    for text in (*_own(statement), *statement.block.context):
        found = find(text)
        if found:
            return found
    return []


def close(statement: Statement, find: Callable[[str], list[_Found]]) -> list[_Found]:
    """Return what `find` finds in the statement, in what introduces it, or in the two paragraphs nearest to it."""
    block = statement.block
    before = block.text.partition(statement.text)[0] if block.kind != "code" else ""
    for text in (statement.text, before, *block.lead, *block.around[:2], *block.headings[-1:]):
        found = find(text)
        if found:
            return found
    return []


def introduced(statement: Statement, find: Callable[[str], list[_Found]]) -> list[_Found]:
    """Return what `find` finds in the statement, else in what directly introduces it."""
    block = statement.block
    for text in (*_own(statement), *block.lead, *block.headings[-1:]):
        found = find(text)
        if found:
            return found
    return []


def _own(statement: Statement) -> tuple[str, ...]:
    """Return the statement, and what is before it in its block where a word like `it` points there."""
    if statement.block.kind == "code" or not _POINTS.search(statement.text):
        return (statement.text,)
    return statement.text, statement.block.text.partition(statement.text)[0]


def quoted(text: str) -> str:
    """Return a statement on one line, shortened."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
