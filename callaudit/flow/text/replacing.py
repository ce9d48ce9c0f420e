"""What regular expressions make of strings that are known in part: `symbol.replace(/-/g, "")`, hosts without a scheme.

What is not known is one character that no pattern names: where a pattern takes it away with its surroundings, or is one
that is not run here, the string is left as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.strings import MOST_PARTS, parts_of, text
from callaudit.flow.text.text_methods import NotTextError, regex
from callaudit.flow.values.values import Closure, Const, Text, Unknown

if TYPE_CHECKING:
    from callaudit.flow.text.strings import Part
    from callaudit.flow.values.values import Value

_FIRST = 0xE000
"""The first of the characters of Unicode that are nobody's: each stands for a part that is not known."""


def by_pattern(receiver: Const | Text | Unknown, pattern: str, new: Value | None, *, every: bool) -> Value:
    """What `receiver.replace(/pattern/, new)` gives."""
    if new is None or isinstance(new, Closure):
        return receiver  # a function makes what is put there
    try:
        if isinstance(receiver, Unknown):
            return _of_variable(receiver, pattern, new, every=every)
        holes: list[Part] = []
        before = _written(parts_of(receiver), holes)
        mark = len(holes)
        after = regex(pattern).replace(before, _written(parts_of(new, "value"), holes), every=every)
    except NotTextError:
        return receiver
    if any(after.count(chr(_FIRST + number)) != before.count(chr(_FIRST + number)) for number in range(mark)):
        return receiver
    return text(_read(after, holes))


def _of_variable(receiver: Unknown, pattern: str, new: Value, *, every: bool) -> Value:
    """The value of a variable of the environment: what it is by default."""
    if not receiver.env or not receiver.default or not isinstance(new, Const):
        return receiver
    default = regex(pattern).replace(receiver.default, str(new.value), every=every)
    return Unknown(receiver.name, receiver.why, env=receiver.env, default=default, given=receiver.given)


def _written(parts: tuple[Part, ...] | list[Part], holes: list[Part]) -> str:
    """Parts as one string, with a character for each that is not known; those are added to `holes`."""
    found: list[str] = []
    for part in parts:
        if isinstance(part, str):
            found.append(part)
        else:
            found.append(chr(_FIRST + len(holes)))
            holes.append(part)
        if len(holes) > MOST_PARTS:
            raise NotTextError
    return "".join(found)


def _read(written: str, holes: list[Part]) -> list[Part]:
    found: list[Part] = []
    for one in written:
        number = ord(one) - _FIRST
        if 0 <= number < len(holes):
            found.append(holes[number])
        elif found and isinstance(found[-1], str):
            found[-1] += one
        else:
            found.append(one)
    return found
