"""From what a scheduler is told to the trigger of a job, and from what fills a queue to what empties it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.records import Trigger
from callaudit.flow.timers.plans import plan
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, OneOf, Record, Seq, Value
from callaudit.libraries.runs_once import ONE_FOR_ALL, RUNS_ONCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.apps.registrations import Repeating, Scheduled
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.timers.plans import Plan

TIMES = ("ms", "s", "units")
"""Units that say an interval and no times of the clock."""
ANY = ""
"""Stands for every job of a queue, or for a queue that is not known."""
MOST_NAMES = 20

Setting = tuple[str, str]


def trigger_of(
    interpreter: Interpreter,
    when: Value,
    unit: str,
    mechanism: str,
    place: tuple[str, int, str],
    settings: Iterable[Setting] = (),
) -> tuple[Trigger, Plan]:
    """The trigger that a schedule at `place` (file, line, function) is; one that is not known is a gap as well."""
    found = plan(interpreter, when, unit)
    file, line, function = place
    kind = "timer" if unit in TIMES or (unit == "human" and not _is_cron(found)) else "cron"
    if found.why and not found.spans:
        interpreter.gap(file, line, f"schedule of {function}" if function else "schedule", found.why)
    once = (ONE_FOR_ALL,) if mechanism in RUNS_ONCE else ()
    everything = tuple(sorted({**dict(found.settings), **dict(settings), **dict(once)}.items()))
    return Trigger(kind, mechanism, file, line, function, found.spans, found.why, settings=everything), found


def _is_cron(found: Plan) -> bool:
    return any(name == "cron" for name, _ in found.settings)


def waiting_trigger(item: Scheduled) -> Trigger:
    """The trigger of what runs whenever a queue has something to do."""
    why = "it runs whenever its queue has something to do"
    queue = _name_of(item.when)
    return Trigger("event", item.mechanism, item.file, item.line, item.function, why=why, queue=queue)


def _name_of(queue: Value | None) -> str:
    """The queue that a trigger is of: a loop sets up those of many queues at one place."""
    names = names_of(queue)
    return names[0] if len(names) == 1 else ""


class Repetitions:
    """Which repeated jobs go to which workers."""

    def __init__(self, interpreter: Interpreter) -> None:
        """Read all that the run of the program's top levels has put into queues again and again."""
        self._in = interpreter
        self._items = sorted(interpreter.noted.repeating.values(), key=lambda item: (item.file, item.line))
        self._done: set[int] = set()

    def of(self, queues: Sequence[str], jobs: Sequence[str]) -> tuple[Trigger, ...]:
        """The triggers of a worker that empties one of `queues`, of the jobs called so (none: of all)."""
        found: dict[Trigger, None] = {}
        for number, item in enumerate(self._items):
            if _agree(names_of(item.queue), queues) and _agree(names_of(item.job), jobs):
                self._done.add(number)
                found[self._trigger(item)] = None
        return tuple(found)

    def apart(self, queues: Sequence[str]) -> dict[str, tuple[Trigger, ...]]:
        """The triggers of a worker that empties one of `queues`, by the job; empty where one of these has no name."""
        found: dict[str, tuple[Trigger, ...]] = {}
        for item in self._items:
            if queues and _agree(names_of(item.queue), queues):
                jobs = names_of(item.job)
                if len(jobs) != 1:
                    return {}
                found[jobs[0]] = (*found.get(jobs[0], ()), self._trigger(item))
        return found

    def left(self) -> list[tuple[Repeating, Trigger]]:
        """What no worker of the program was asked about."""
        return [(item, self._trigger(item)) for number, item in enumerate(self._items) if number not in self._done]

    def _trigger(self, item: Repeating) -> Trigger:
        place = (item.file, item.line, item.function)
        found = trigger_of(self._in, item.when, item.unit, item.mechanism, place, item.settings)[0]
        return replace(found, queue=_name_of(item.queue))


def names_of(value: Value | None) -> tuple[str, ...]:
    """The texts that a name may be; none where it is not known, or is no text."""
    known = forced(value) if value is not None else None
    if isinstance(known, Const):
        return (known.value,) if isinstance(known.value, str) else ()
    if isinstance(known, Record):  # `{ name: 'queue' }`
        return names_of(known.fields.get("name"))
    items = known.items if isinstance(known, Seq) else known.values if isinstance(known, OneOf) else ()
    return tuple(name for item in items[:MOST_NAMES] for name in names_of(item))


def _agree(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names may be the same: one that is not known may be any, `*` is all."""
    return not first or not second or "*" in second or bool(set(first) & set(second))
