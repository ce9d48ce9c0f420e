"""What lies inside parts of call trees, over own routes too: who asks whom, what is tried again, what goes together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.flow.effects.effects import EMIT, Choice, Repeated, Request, parts_of
from callaudit.inventory.words import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.audit import Audit
    from callaudit.flow.effects.effects import Effect
    from callaudit.inventory.model import Trigger
    from callaudit.inventory.runs import Run

    Row = tuple[int | str, ...]
    Key = tuple[int, str]
    """A part of a tree, by identity, and the package that it runs in."""

NOTHING: Final[frozenset[str]] = frozenset()
PICKED: Final = ("it is ", "the receiver is ", "the item is ")
"""What the labels of ways begin with of which data picks one, such as the handler of a kind of thing."""


class Inside(Struct, frozen=True):
    """What a part of a tree sends upstream: all of it, the most that one run sends, and the entries that it asks."""

    sent: frozenset[str] = NOTHING
    together: frozenset[str] = NOTHING
    asked: frozenset[int] = frozenset()


def inside_tables(audit: Audit) -> dict[str, list[Row]]:
    """Return the rows of `asked_routes`, `tried_again` and `firings`, of what live entries do."""
    numbers = {(one.kind, one.name, one.file, one.line): n for n, one in enumerate(audit.inventory.entries, 1)}
    live: list[tuple[int, Run]] = []
    for run in audit.runs:
        number = numbers.get((run.entry.kind, run.entry.name, run.entry.file, run.entry.line), 0)
        if number and not audit.inventory.entries[number - 1].dead:
            live.append((number, run))
    insides = _Insides(audit, {id(run.entry): number for number, run in live})
    return {
        "asked_routes": list(_asked(audit, live, insides)),
        "tried_again": list(dict.fromkeys(_tried_again(audit, live, insides))),
        "firings": list(_firings(audit, live, insides)),
    }


class _Insides:
    """Looks at each part of a tree once for each package, from the leaves up."""

    def __init__(self, audit: Audit, numbers: dict[int, int]) -> None:
        """`numbers` are those of entries, by the identity of what the analysis knows of them."""
        self._answers = audit.answers
        self._numbers = numbers
        self._known: dict[Key, Inside] = {}

    def of(self, effects: Iterable[Effect], app: str) -> Inside:
        """What a run of `effects` does in the package `app`."""
        effects = tuple(effects)
        for effect in effects:
            self._look(effect, app)
        return self._sequence(effects, app)

    def _look(self, effect: Effect, app: str) -> None:
        waiting: list[tuple[Effect, str]] = [(effect, app)]
        begun: set[Key] = set()
        while waiting:
            part, where = waiting[-1]
            key = (id(part), where)
            if key in self._known:
                waiting.pop()
            elif key in begun:  # what a route asks of itself, by whatever way, is no more than it does
                self._known[key] = self._made(part, where)
                waiting.pop()
            else:
                begun.add(key)
                waiting += [one for one in self._below(part, where) if (id(one[0]), one[1]) not in begun]

    def _below(self, part: Effect, app: str) -> list[tuple[Effect, str]]:
        if not isinstance(part, Request):
            return [(one, app) for one in parts_of(part)]
        runs = [run for one in part.requests if (run := self._answers.answer(one, app)) is not None]
        return [(effect, run.entry.app) for run in runs for effect in run.effects]

    def _made(self, part: Effect, app: str) -> Inside:
        if isinstance(part, Request):
            return self._request(part, app)
        if isinstance(part, Choice):
            ways = [self._sequence(way, app) for _, way in part.ways]
            return _picked(ways) if all(label.startswith(PICKED) for label, _ in part.ways) else _either(ways)
        return self._sequence(parts_of(part), app)

    def _sequence(self, parts: Sequence[Effect], app: str) -> Inside:
        """What parts do one after the other; what comes after a way that returns does not go together with it."""
        whole = Inside()
        for part in reversed(parts):
            here = self._known.get((id(part), app), Inside())
            if isinstance(part, Choice) and part.leaves:
                ways = [self._sequence(way, app) for _, way in part.ways]
                stays = [way for number, way in enumerate(ways) if number not in part.leaves]
                whole = _either([*(ways[number] for number in part.leaves), _all([_either(stays), whole])])
            else:
                whole = _all([here, whole])
        return whole

    def _request(self, part: Request, app: str) -> Inside:
        ways: list[Inside] = []
        for one in part.requests:
            run = self._answers.answer(one, app)
            target = one.target
            if run is not None:
                beyond = self._sequence(run.effects, run.entry.app)
                number = self._numbers.get(id(run.entry))
                ways.append(Inside(beyond.sent, beyond.together, frozenset((number,) if number else ())))
            elif target.method != EMIT and not target.unknown:
                host = UNKNOWN if not target.host or target.host.startswith("{") else target.host
                name = frozenset((f"{target.method} {host}{target.path}",))
                ways.append(Inside(name, name))
        return _either(ways)


def _all(parts: list[Inside]) -> Inside:
    return Inside(
        NOTHING.union(*(one.sent for one in parts)),
        NOTHING.union(*(one.together for one in parts)),
        frozenset().union(*(one.asked for one in parts)),
    )


def _either(ways: list[Inside]) -> Inside:
    whole = _all(ways)
    return Inside(whole.sent, max((one.together for one in ways), key=len, default=NOTHING), whole.asked)


def _picked(ways: list[Inside]) -> Inside:
    """What one of several functions or objects does, of which data picks one: no more together than the least does."""
    whole = _all(ways)
    sending = [one.together for one in ways if one.together]
    return Inside(whole.sent, min(sending, key=len, default=NOTHING), whole.asked)


def _asked(audit: Audit, live: list[tuple[int, Run]], insides: _Insides) -> Iterator[Row]:
    """Give the routes that somebody asks for, and whether visitors do.

    Where nothing in the repository asks for any route, all are there for others.
    """
    asks = {number: insides.of(run.effects, run.entry.app).asked for number, run in live}
    kinds = {number: run.entry for number, run in live}
    wanted: dict[int, bool] = {}
    waiting = [(n, kinds[n].origin == "browser") for n in asks if kinds[n].kind != "route"]
    while waiting:
        number, visitors = waiting.pop()
        for route in asks.get(number, ()):
            if route not in wanted or (visitors and not wanted[route]):
                wanted[route] = visitors
                waiting.append((route, visitors))
    if not wanted:
        wanted = {number: True for number, one in enumerate(audit.inventory.entries, 1) if one.kind == "route"}
    yield from ((route, int(visitors)) for route, visitors in sorted(wanted.items()))


def _parts(live: list[tuple[int, Run]]) -> Iterator[tuple[Repeated, str]]:
    """Give what is repeated in trees, once for each package."""
    seen: set[Key] = set()
    waiting: list[tuple[Effect, str]] = [(effect, run.entry.app) for _, run in live for effect in run.effects]
    while waiting:
        part, app = waiting.pop()
        if (id(part), app) in seen:
            continue
        seen.add((id(part), app))
        if isinstance(part, Repeated):
            yield part, app
        waiting += [(one, app) for one in parts_of(part)]


def _tried_again(audit: Audit, live: list[tuple[int, Run]], insides: _Insides) -> Iterator[Row]:
    """Give each retry with the requests that live code repeats by it."""
    numbers = {
        _place(one.mechanism, one.file, one.function, one.line): number
        for number, one in enumerate(audit.inventory.retries, 1)
    }
    for part, app in _parts(live):
        for one in part.retries:
            number = numbers.get(_place(one.mechanism, one.file, one.function, one.line))
            if number is not None:
                yield from ((number, request) for request in sorted(insides.of(part.body, app).sent))


def _place(mechanism: str, file: str, function: str, line: int) -> tuple[str, str, str, int]:
    """Tell retries apart as the inventory does: a function that calls itself is one, from wherever it does so."""
    return mechanism, file, function, 0 if mechanism == "recursion" else line


def _firings(audit: Audit, live: list[tuple[int, Run]], insides: _Insides) -> Iterator[Row]:
    """Give what one firing of each trigger sends at most, where one run of it can send all of that."""
    numbers: dict[tuple[str, str, int], list[tuple[int, Trigger]]] = {}
    for n, one in enumerate(audit.inventory.triggers, 1):
        numbers.setdefault((one.mechanism, one.file, one.line), []).append((n, one))
    most: dict[int, frozenset[str]] = {}
    for part, app in _parts(live):
        trigger = part.trigger
        same = numbers.get((trigger.mechanism, trigger.file, trigger.line), []) if trigger is not None else []
        spans = [span.ms for span in trigger.spans] if trigger is not None else []
        mine = [n for n, one in same if spans and spans[0] in [interval.ms for interval in one.intervals]]
        for number in mine[:1] or [n for n, _ in same[:1]]:
            together = insides.of(part.body, app).together
            most[number] = max(most.get(number, NOTHING), together, key=lambda one: (len(one), sorted(one)))
    yield from ((number, request) for number, requests in sorted(most.items()) for request in sorted(requests))
