"""Where the requests of each entry stand in its call tree: in what order, in which loops, on which ways."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.effects.effects import EMIT, Called, Choice, Guarded, Repeated, Request, parts_of
from callaudit.flow.effects.records import LOCK, ONCE, REST
from callaudit.flow.machine.callbacks import CALLED_LATER
from callaudit.rules.facts import Fact, facts, of_way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.audit import Audit
    from callaudit.flow.effects.effects import Effect, Site, Target
    from callaudit.flow.effects.records import Guard
    from callaudit.inventory.runs import Run

MOST: Final = 1_000
"""Requests of one entry that are looked at: a tree shares parts, and may hold one of them very often."""

LATER: Final = frozenset({"something happens", "it is called back", CALLED_LATER})
"""What decides about a way that is taken at another time: code that is handed on, and may be called again."""


RECEIVER: Final = ("the receiver is ", "the item is ")
"""What the label of a way begins with that is taken where one class or another has the method, or is the item."""


class Spot(Struct, frozen=True):
    """A line, and the function that it is in."""

    function: str
    file: str
    line: int


Way = tuple[int, int]
"""A choice, by identity, and the number of one of its ways."""


class Loop(Struct, frozen=True):
    """A loop over data around a request, and the line of it. `together` where no round waits for the one before.

    `apart` where each round asks in a way of its own: it goes over providers of one interface, not over data of one.
    `depth` is how many timers, handlers and callbacks the loop itself is in.
    """

    over: str
    file: str
    line: int
    together: bool
    items: bool
    apart: bool = False
    depth: int = 0


class Occurrence(Struct, frozen=True):
    """One request at one place of an entry's tree.

    `chain` leads from the entry's own line down to the call site. `ways` are the branches that lead there, `when` what
    holds on them, `left` those after which their function returns, each with the chain down to that function. `loops`
    are the loops around it that data ends, `guards` the kinds of what stands before it. `later` are the timers,
    handlers and callbacks in which it happens, none where it happens in the run itself; `picked` is how much of the
    chain leads to the last choice of an object that is asked; `retried` holds where it is tried again.
    """

    entry: int
    site: Site
    target: Target
    chain: tuple[Spot, ...]
    ways: tuple[Way, ...]
    when: tuple[Fact, ...]
    left: tuple[tuple[tuple[Spot, ...], Way], ...]
    loops: tuple[Loop, ...]
    guards: frozenset[str]
    later: tuple[str, ...]
    retried: bool
    picked: int

    @property
    def request(self) -> str:
        """Return it as the table `requests` names it."""
        return f"{self.target.method} {self.target.host}{self.target.path}"


class _Here(Struct, frozen=True):
    """Where the walk is."""

    function: str
    file: str
    chain: tuple[Spot, ...] = ()
    ways: tuple[Way, ...] = ()
    when: tuple[Fact, ...] = ()
    left: tuple[tuple[tuple[Spot, ...], Way], ...] = ()
    loops: tuple[Loop, ...] = ()
    guards: frozenset[str] = frozenset()
    later: tuple[str, ...] = ()
    retried: bool = False
    picked: int = 0


def occurrences(audit: Audit) -> Iterator[list[Occurrence]]:
    """Give the requests that each entry sends itself to other hosts, in the order in which they stand."""
    numbers = {
        (one.kind, one.name, one.file, one.line): number for number, one in enumerate(audit.inventory.entries, 1)
    }
    walker = _Walker(audit)
    for run in audit.runs:
        number = numbers.get((run.entry.kind, run.entry.name, run.entry.file, run.entry.line))
        if number is not None:
            yield walker.walk(number, run)


class _Walker:
    def __init__(self, audit: Audit) -> None:
        self._answers = audit.answers
        self._asks: dict[int, bool] = {}

    def walk(self, entry: int, run: Run) -> list[Occurrence]:
        found: list[Occurrence] = []
        waiting: list[tuple[Effect, _Here]] = []
        start = _Here(run.entry.name, run.entry.file)
        waiting.extend((effect, start) for effect in reversed(run.effects))
        while waiting and len(found) < MOST:
            effect, here = waiting.pop()
            if isinstance(effect, Request):
                found.extend(self._requests(effect, here, entry, run.entry.app))
            elif self._sends(effect):
                inside = list(_inside(effect, here))
                waiting.extend(reversed(inside))
        return found

    def _requests(self, effect: Request, here: _Here, entry: int, app: str) -> Iterator[Occurrence]:
        for number, requested in enumerate(effect.requests):
            target = requested.target
            if target.method == EMIT or target.unknown or self._answers.route(target, app) is not None:
                continue
            ways = (*here.ways, (id(effect), number)) if len(effect.requests) > 1 else here.ways
            end = Spot(here.function, requested.site.file, requested.site.line)
            chain = (*here.chain, end)
            condition, holds = requested.when
            when = (*here.when, *facts(condition, here.chain, holds=holds))
            around = (here.left, here.loops, here.guards, here.later, here.retried, here.picked)
            yield Occurrence(entry, requested.site, target, chain, ways, when, *around)

    def _sends(self, effect: Effect) -> bool:
        """Whether there is a request inside; parts are shared, so each is looked at once."""
        waiting: list[Effect] = [effect]
        while waiting:
            top = waiting[-1]
            if id(top) in self._asks:
                waiting.pop()
                continue
            missing = [part for part in parts_of(top) if id(part) not in self._asks]
            if missing:
                waiting.extend(missing)
                continue
            self._asks[id(top)] = isinstance(top, Request) or any(self._asks[id(part)] for part in parts_of(top))
            waiting.pop()
        return self._asks[id(effect)]


def _kind(guard: Guard) -> str:
    """What a guard keeps away: a lock or a mark limits no number of calls."""
    return guard.mechanism if guard.mechanism in (LOCK, ONCE) else guard.kind


def _inside(effect: Effect, here: _Here) -> Sequence[tuple[Effect, _Here]]:
    if isinstance(effect, Choice):
        return [(part, _on(effect, number, here)) for number, (_, way) in enumerate(effect.ways) for part in way]
    if isinstance(effect, Called):
        chain = (*here.chain, Spot(here.function, effect.file, effect.line))
        here = replace(here, function=effect.function, file=effect.defined_in, chain=chain)
    elif isinstance(effect, Guarded) and effect.guard.kind != REST:
        here = replace(here, guards=here.guards | {_kind(effect.guard)})
    elif isinstance(effect, Repeated) and effect.trigger is not None:
        # What a person or an event starts runs once for it, however many of its kind are on the page.
        loops = here.loops if effect.trigger.kind != "event" else ()
        later = (*here.later, f"{effect.trigger.file}:{effect.trigger.line}")
        here = replace(here, later=later, loops=loops)
    elif isinstance(effect, Repeated) and effect.retries:
        here = replace(here, retried=True)
    elif isinstance(effect, Repeated) and effect.most is None:
        loop = Loop(effect.over, here.file, effect.line, effect.together, effect.kind == "items", depth=len(here.later))
        here = replace(here, loops=(*here.loops, loop))
    return [(part, here) for part in parts_of(effect)]


def _on(choice: Choice, number: int, here: _Here) -> _Here:
    """Take a way of a choice."""
    way = (id(choice), number)
    label = choice.ways[number][0]
    left = (*here.left, (here.chain, way)) if number in choice.leaves else here.left
    apart = choice.line or id(choice)  # what starts an entry has no line: each is started for itself
    later = (*here.later, f"{here.function}:{apart}:{number}") if label in LATER else here.later
    when = (*here.when, *of_way((label for label, _ in choice.ways), number, here.chain))
    inside = () if label == CALLED_LATER else here.loops  # a round hands it out, and whoever has it calls it
    by = () if number in choice.often else choice.by
    loops = tuple(replace(loop, apart=True) if (loop.file, loop.line) in by else loop for loop in inside)
    here = replace(here, ways=(*here.ways, way), when=when, left=left, later=later, loops=loops)
    return replace(here, picked=len(here.chain)) if label.startswith(RECEIVER) else here
