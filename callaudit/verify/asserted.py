"""Whether a statement says how things are, and what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from callaudit.verify.words import is_modal, proposes

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.verify.model import Statement

_Found = TypeVar("_Found")
_LONGEST = 110


def asserts(statement: Statement) -> bool:
    """Whether it says what is, and not what should be done, could be, or will be."""
    block = statement.block
    return not (proposes((*block.headings, *reversed(block.lead))) or is_modal(statement.text))


def nearest(statement: Statement, find: Callable[[str], list[_Found]]) -> list[_Found]:
    """Return what `find` finds in the statement, else in its block, else in what is around it."""
    for text in (statement.text, statement.block.text, *statement.block.context):
        found = find(text)
        if found:
            return found
    return []


def close(statement: Statement, find: Callable[[str], list[_Found]]) -> list[_Found]:
    """Return what `find` finds in the statement, in what introduces it, or in the two paragraphs nearest to it."""
    block = statement.block
    for text in (statement.text, block.text, *block.lead, *block.around[:2], *block.headings[-1:]):
        found = find(text)
        if found:
            return found
    return []


def introduced(statement: Statement, find: Callable[[str], list[_Found]]) -> list[_Found]:
    """Return what `find` finds in the statement, else in what directly introduces it."""
    block = statement.block
    for text in (statement.text, block.text if block.kind != "code" else "", *block.lead, *block.headings[-1:]):
        found = find(text)
        if found:
            return found
    return []


def quoted(text: str) -> str:
    """Return a statement on one line, shortened."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
