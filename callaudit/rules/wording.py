"""Fills the columns of a query into the sentences of a rule: `{ms:time}`, `{delays:times}`, `{names:list}`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from callaudit.inventory.times import about_words
from callaudit.providers.mistakes import did_you_mean, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Cell = int | float | str | None

_HOLE = re.compile(r"\{(\w+)(?::(\w*))?\}")
_MOST_LISTED = 3


def filled(template: str, row: Mapping[str, Cell]) -> str:
    """Return the sentence for one row. What a row holds is never read as a template."""
    return _HOLE.sub(lambda hole: FILTERS[hole[2] or ""](row.get(hole[1])), template)


def columns_of(template: str) -> tuple[str, ...]:
    """Return the columns that a template needs."""
    return tuple(dict.fromkeys(hole[1] for hole in _HOLE.finditer(template)))


def mistakes_in(template: str) -> Iterator[str]:
    """Say what is wrong with a template but for its columns."""
    for hole in _HOLE.finditer(template):
        if (hole[2] or "") not in FILTERS:
            yield f"there is no filter {quote(hole[2])}{did_you_mean(hole[2], filter(None, FILTERS))}"


def time(value: Cell) -> str:
    """Return milliseconds in the unit that reads best: `15 s`, `1.5 s`, `500 ms`; words as they are."""
    return about_words(value) if isinstance(value, int | float) else _plain(value)


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    return str(value)


def _times(value: Cell) -> str:
    return ", ".join(time(float(word)) if _is_number(word) else word for word in _plain(value).split())


def _is_number(word: str) -> bool:
    return re.fullmatch(r"\d+(\.\d+)?", word) is not None


def _names(value: Cell) -> list[str]:
    """Return the different values of a JSON list, in order."""
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        found = value
    names = (
        [_plain(one) if isinstance(one, int | float) else str(one) for one in found]
        if isinstance(found, list)
        else [_plain(value)]
    )
    return sorted(set(names))


def _list(value: Cell) -> str:
    names = _names(value)
    more = len(names) - _MOST_LISTED
    return ", ".join(names[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


FILTERS: Final[dict[str, Callable[[Cell], str]]] = {
    "": _plain,
    "time": time,
    "times": _times,
    "list": _list,
    "count": lambda value: str(len(_names(value))),
}
"""What a template may do with a column."""
