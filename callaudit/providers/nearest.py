"""Names the endpoint that an unknown path may have meant."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from callaudit.providers.paths import segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.providers.model import Endpoint

_LIKE_ENOUGH = 0.6
_SAME_LAST_WORD = 0.15
_OTHER_METHOD = 0.05
_LONGEST_COMPARED = 200


def nearest(endpoints: Iterable[Endpoint], prefixes: Iterable[str], method: str, path: str) -> str | None:
    """Return the id of the likest endpoint, or None when none is like it.

    What all endpoints begin with (`prefixes`) says nothing and is not compared.
    """
    starts = [segments(prefix) for prefix in prefixes]
    wanted = _tail(path, starts)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2("/".join(wanted)[:_LONGEST_COMPARED])
    best, best_score = None, _LIKE_ENOUGH
    for endpoint in endpoints:
        tail = _tail(endpoint.path, starts)
        matcher.set_seq1("/".join(tail))
        extra = _SAME_LAST_WORD if tail[-1:] == wanted[-1:] else 0.0
        extra -= 0.0 if endpoint.method == method.upper() else _OTHER_METHOD
        if matcher.quick_ratio() + extra > best_score and (score := matcher.ratio() + extra) > best_score:
            best, best_score = endpoint.id, score
    return best


def _tail(path: str, starts: list[tuple[str, ...]]) -> tuple[str, ...]:
    parts = segments(path)
    for start in starts:
        if start and parts[: len(start)] == start:
            return parts[len(start) :]
    return parts
