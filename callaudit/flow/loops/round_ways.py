"""Ways to the next round of a loop: what each does, and whether they wait alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.conditions import label
from callaudit.flow.effects.records import Span
from callaudit.flow.loops.round_expressions import Event
from callaudit.flow.timers.spans import whole
from callaudit.syntax.ir import (
    Block,
    If,
    Jump,
    Ret,
    Throw,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.ir import Expr, Stmt


class Way(Struct):
    """What one way to the next round does, and whether a power goes into a wait of it."""

    events: list[Event]
    power: bool

    @property
    def waits(self) -> list[float | None]:
        """How long it waits."""
        return [event.ms for event in self.events if not event.call]


class Compared:
    """What the ways to the next round have in common."""

    def __init__(self) -> None:
        """Know of none."""
        self.unlike = ""
        """The first test of which the ways wait unlike."""
        self.alike = True
        """Whether such ways all grow by a power."""

    def compare(self, test: str, first: Way, second: Way) -> None:
        """Note that two ways to the next round wait unlike, and whether both grow by a power."""
        if first.waits and second.waits and first.waits != second.waits:
            self.unlike = self.unlike or test
            self.alike = self.alike and first.power and second.power


def wait_once(events: Sequence[Event], test: Expr, first: Way, second: Way) -> list[Event]:
    """`events` with one wait of either time for the waits of two ways, of which one is taken."""
    found = list(events)
    waits = [event for event in (*first.events, *second.events) if not event.call]
    if first.waits == second.waits:
        waits = [event for event in second.events if not event.call]
    elif None not in (*first.waits, *second.waits):
        totals = ((sum(filter(None, way.waits)), way is first) for way in (first, second))
        spans = tuple(Span(whole(ms), label(test, taken=taken)) for ms, taken in totals)
        at = found.index(waits[0])
        found.insert(at, Event(call=False, line=waits[0].line, why="it is one of two", spans=spans))
    return [event for event in found if all(event is not one for one in waits)]


def goes_on(body: Sequence[Stmt]) -> bool:
    """Whether statements may be passed to what follows them."""
    for statement in body:
        if isinstance(statement, (Ret, Throw, Jump)):
            return False
        if isinstance(statement, Block) and not goes_on(statement.body):
            return False
        both = isinstance(statement, If) and bool(statement.other)
        if both and not goes_on(statement.then) and not goes_on(statement.other):  # type: ignore[union-attr]
            return False
    return True
