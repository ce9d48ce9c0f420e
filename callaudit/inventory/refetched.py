"""Triggers of the calls that make queries ask again: each with the endpoints of the queries that it matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Trigger
from callaudit.flow.queries.endpoints import INVALIDATES, PROVIDES
from callaudit.flow.queries.query_keys import begins, says_nothing
from callaudit.flow.queries.query_predicates import may_choose
from callaudit.flow.queries.refetches import Refetching, delay_words, refetches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.machine.interpreter import Interpreter


def refetch_triggers(interpreter: Interpreter, triggers: Iterable[Trigger]) -> list[tuple[Trigger, list[Trigger]]]:
    """A trigger of kind `event` for each such call, and those of `triggers` whose queries it makes ask again."""
    known = list(triggers)
    queries = [trigger for trigger in known if trigger.parts]
    if not queries:
        return []
    found: list[tuple[Trigger, list[Trigger]]] = []
    for call in refetches(interpreter):
        matched = [query for query in queries if _matches(interpreter, call, query)]
        if call.own and says_nothing(call.key):
            places = {(query.file, query.line) for query in matched if says_nothing(query.parts)}
            matched = [query for query in matched if not places or (query.file, query.line) in places]
        why = "" if call.own else "its key is not known" if says_nothing(call.key) else ""
        if call.key and not why and not (call.own and says_nothing(call.key)):
            told = [query for query in matched if not says_nothing(query.parts)]
            why = "" if told or call.own else "the keys of the queries that it may match are not known"
            matched = told or matched
        if matched and not why:
            found.append((_trigger(call), matched))
        elif matched:
            interpreter.gap(call.file, call.line, f"the queries that {call.mechanism} makes ask again", why)
    return [*found, *_by_tags(known)]


def _by_tags(triggers: list[Trigger]) -> list[tuple[Trigger, list[Trigger]]]:
    """A mutation whose endpoint invalidates tags makes the queries ask again that provide one of them."""
    found: list[tuple[Trigger, list[Trigger]]] = []
    for trigger in triggers:
        tags = _setting(trigger, INVALIDATES)
        matched = [query for query in triggers if tags and tags & _setting(query, PROVIDES)]
        if matched:
            words = ", ".join(sorted(tags))
            event = Trigger("event", INVALIDATES, trigger.file, trigger.line, trigger.function, key=words)
            found.append((event, matched))
    return found


def _setting(trigger: Trigger, name: str) -> set[str]:
    return {tag for key, value in trigger.settings if key == name for tag in value.split(", ")}


def _matches(interpreter: Interpreter, call: Refetching, query: Trigger) -> bool:
    key = query.parts
    if call.own and says_nothing(call.key):  # whatever its key is, it is asked for in the same function
        return query.file == call.file and f"{call.function}.".startswith(f"{query.function}.")
    if call.chooses is not None and not may_choose(interpreter, call.chooses, key, whole=call.whole):
        return False
    return begins(call.key, key) and (not call.exact or len(call.key) == len(key))


def _trigger(call: Refetching) -> Trigger:
    if call.polls:
        return Trigger(
            "poll", call.mechanism, call.file, call.line, call.function, call.delays,
            "" if call.delays else "the interval is not known", after=True, key=call.words,
        )  # fmt: skip
    if call.timer:
        why = "" if call.delays else "the interval is not known"
        return Trigger("timer", call.timer, call.file, call.line, call.function, call.delays, why, key=call.words)
    settings = (("delay_ms", delay_words(call.delays)),) if call.delays else ()
    return Trigger("event", call.mechanism, call.file, call.line, call.function, key=call.words, settings=settings)
