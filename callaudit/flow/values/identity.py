"""Numbers that tell things apart for good: what `id` gives is given once more when its thing is gone.

Tables outlive the values that are looked up in them; with `id`, what was found of one value would now and then be said
of another one, in one run of the program and not in the next.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from callaudit.flow.values.values import Value

_NUMBERS = count(1)


def next_number() -> int:
    """A number that nothing has yet."""
    return next(_NUMBERS)


def identity(value: Value | None) -> int:
    """The number of `value`, which it keeps; 0 for none."""
    if value is None:
        return 0
    try:
        return value.number
    except AttributeError:
        value.number = next(_NUMBERS)
        return value.number
