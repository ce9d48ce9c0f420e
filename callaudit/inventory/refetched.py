"""Triggers of the calls that make queries ask again: each with the endpoints of the queries that it matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.query_keys import begins
from callaudit.flow.records import Trigger
from callaudit.flow.refetches import Refetching, delay_words, refetches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.interpreter import Interpreter


def refetch_triggers(interpreter: Interpreter, triggers: Iterable[Trigger]) -> list[tuple[Trigger, list[Trigger]]]:
    """A trigger of kind `event` for each such call, and those of `triggers` whose queries it makes ask again."""
    queries = [trigger for trigger in triggers if trigger.parts]
    if not queries:
        return []
    found: list[tuple[Trigger, list[Trigger]]] = []
    for call in refetches(interpreter):
        matched = [query for query in queries if _matches(call, query.parts)]
        if matched:
            found.append((_trigger(call), matched))
    return found


def _matches(call: Refetching, key: tuple[str, ...]) -> bool:
    return begins(call.key, key) and (not call.exact or len(call.key) == len(key))


def _trigger(call: Refetching) -> Trigger:
    settings = (("delay_ms", delay_words(call.delays)),) if call.delays else ()
    return Trigger("event", call.mechanism, call.file, call.line, call.function, key=call.words, settings=settings)
