"""Conditions in words: of one test, of several that hold together, and of what holds where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.syntax.ir import Name, Op, Un

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.syntax.ir import Expr


def label(test: Expr, *, taken: bool) -> str:
    """A condition in words, or its opposite."""
    if taken:
        return words(test)
    if isinstance(test, Un) and test.op == "!":
        return words(test.value)
    plain = isinstance(test, Name) or not isinstance(test, Op)
    return f"!{words(test)}" if plain else f"!({words(test)})"


def negated(text: str) -> str:
    """The opposite of a condition in words."""
    if " " in text:
        return f"!({text})"
    return text[1:] if text.startswith("!") else f"!{text}"


def both(first: str, second: str) -> str:
    """That two conditions hold; an empty one always does."""
    return together((first, second))


def together(conditions: Iterable[str]) -> str:
    """That all conditions hold: one of several ways stands in brackets, as `&&` binds closer than `||`."""
    given = list(dict.fromkeys(one for one in conditions if one))
    return given[0] if len(given) == 1 else " && ".join(f"({one})" if _is_open(one) else one for one in given)


def _is_open(text: str) -> bool:
    """Whether a condition has ways that no brackets hold together."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if depth <= 0 and text.startswith((" || ", " ? ", " ?? "), at):
            return True
    return False
