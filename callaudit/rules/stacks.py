"""Rows of the table `stacked`: retries around retries, over own routes too."""

from __future__ import annotations

import re
from math import prod
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.flow.effects.effects import EMIT, Repeated, Request, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.audit import Audit
    from callaudit.flow.effects.effects import Effect

    Row = tuple[int | str, ...]

MOST_PARTS: Final = 200_000
"""Parts of all trees that are looked at, each once for each set of retries around it."""

_COUNT = re.compile(r"^(\d+)\b")


class _Retry(Struct, frozen=True):
    """A retry with a known number of attempts."""

    mechanism: str
    file: str
    line: int
    attempts: int
    until_there: bool = False
    silent: bool = False


def stacked(audit: Audit) -> Iterator[Row]:
    """Give each pair of an outermost and an innermost retry for each request."""
    found: dict[Row, None] = {}
    seen: set[tuple[int, str, tuple[_Retry, ...]]] = set()
    waiting: list[tuple[Effect, str, tuple[_Retry, ...]]] = [
        (effect, run.entry.app, ()) for run in reversed(audit.runs) for effect in reversed(run.effects)
    ]
    while waiting and len(seen) < MOST_PARTS:
        effect, app, around = waiting.pop()
        key = (id(effect), app, around)
        if key in seen:
            continue
        seen.add(key)
        if isinstance(effect, Request):
            for requested in effect.requests:
                run = audit.answers.answer(requested, app)
                if run is not None:
                    waiting.extend((part, run.entry.app, around) for part in run.effects)
                elif len(around) > 1 and requested.target.method != EMIT:
                    target = requested.target
                    found[_row(f"{target.method} {target.host}{target.path}", around)] = None
            continue
        inside = around
        for one in _retries(effect):
            if one.silent:  # what only a failure makes try again hears of none
                inside = tuple(outer for outer in inside if outer.until_there)
            inside = inside if one in inside else (*inside, one)
        waiting.extend((part, app, inside) for part in parts_of(effect))
    yield from found


def _row(request: str, around: tuple[_Retry, ...]) -> Row:
    outer, inner = around[0], around[-1]
    return (
        request,
        outer.attempts,
        outer.mechanism,
        outer.file,
        outer.line,
        inner.attempts,
        inner.mechanism,
        inner.file,
        inner.line,
        prod(one.attempts for one in around),
    )


def _retries(effect: Effect) -> Iterator[_Retry]:
    """Give the retries of a part of a tree; queries try again by default."""
    if not isinstance(effect, Repeated):
        return
    for retry in effect.retries:
        if retry.attempts is not None and retry.attempts > 1:
            there, silent = retry.until_there, retry.silent
            yield _Retry(retry.mechanism, retry.file, retry.line, retry.attempts, there, silent)
    trigger = effect.trigger
    if trigger is not None and not effect.retries:
        told = _COUNT.match(dict(trigger.settings).get("retry", ""))
        if told and int(told[1]):
            yield _Retry(f"{trigger.mechanism} retry", trigger.file, trigger.line, int(told[1]) + 1)
