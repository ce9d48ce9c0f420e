"""What is known, while code runs, of functions that start themselves again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Again, Called
from callaudit.flow.timers.spans import Times, times
from callaudit.flow.values.identity import next_number

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Span
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

Place = tuple[str, int]


class Deferral:
    """A function that runs after `wait`: which functions were running when it was set, and which it starts again."""

    __slots__ = ("hits", "number", "open", "wait")

    def __init__(self, open_: frozenset[Place], wait: Times | tuple[Value, float]) -> None:
        """Begin while the functions at `open_` are running; `wait` is a time, or a value and its unit."""
        self.open = open_
        self.wait = wait
        self.hits: set[Place] = set()
        self.number = next_number()


class Later(Struct, frozen=True):
    """How a function is started again by a timer; `failing` where that happens only after an error."""

    file: str
    line: int
    function: str
    mechanism: str
    spans: tuple[Span, ...]
    why: str
    failing: bool
    wait: Value | None = None
    """What the timer is told, as it is written."""
    scope: Scope | None = None
    """Where the timer is set."""


class Reentries:
    """What is known, while code runs, of functions that start themselves again."""

    def __init__(self) -> None:
        """Know of none."""
        self.deferrals: list[Deferral] = []
        self.later: dict[Place, list[Later]] = {}
        self._left: dict[Place, frozenset[Place]] = {}
        """Functions that have ended and whose rounds are those of others, while these run."""
        self.seen = 0
        """How often a running function was found to be started again: what does not add to it stands by itself."""
        self.failing = 0
        """How many handlers of errors are open."""
        self.finishing = 0
        """How many blocks are open that run however what is before them ended."""
        self.events: list[frozenset[Place]] = []
        """For each open handler of an event: the functions that were running when it was registered."""
        self.rendered: set[Place] = set()
        """The functions that were rendered as elements."""
        self._levels: dict[Place, list[int]] = {}
        self._failed: dict[Place, bool] = {}

    def is_deferred(self, place: Place, *, effects: bool = True) -> bool:
        """Whether a call comes from a timer that the function itself has set; it is noted then, if it is run."""
        if not self.deferrals or place not in self.deferrals[-1].open:
            return False
        if effects and not (self.events and place in self.events[-1]):
            self.deferrals[-1].hits.add(place)  # else something has to happen before each round
        self.seen += 1
        return True

    def pending(self) -> bool:
        """Whether functions that run on are known to be started again: what showed that is found anew elsewhere."""
        return bool(self.later) or any(one.hits for one in self.deferrals)

    def leave_to(self, place: Place, others: frozenset[Place]) -> None:
        """Leave how a function that has ended is started again to `others`, which run on."""
        if place in self.later:
            self._left[place] = others

    def forget_left(self, running: Container[Place], ended: Place) -> None:
        """Forget it once none of those runs any more, of which one has `ended`: who runs it next finds it anew."""
        for place, others in list(self._left.items()):
            if ended in others and place not in running and not any(other in running for other in others):
                del self._left[place]
                self.later.pop(place, None)

    def waits_of(self, interpreter: Interpreter, place: Place) -> list[Times]:
        """The waits of all timers that are set one by the other from a running function until it is started again."""
        waits = [one.wait for one in self.deferrals if place in one.open]
        return [wait if isinstance(wait, Times) else times(interpreter, *wait) for wait in waits]

    def restarts(self, interpreter: Interpreter, effects: Sequence[Effect]) -> bool:
        """Whether what runs later, seen from elsewhere before, starts a function that is running now."""
        if not self.deferrals or not effects:
            return False
        running = {(module, interpreter.function(module, index).line) for module, index in self.deferrals[-1].open}
        return any(
            isinstance(effect, Called) and (effect.defined_in, effect.defined) in running
            for effect in walk_effects(effects)
        )

    def enter(self, place: Place) -> None:
        """Begin to run a function."""
        self._levels.setdefault(place, []).append(0)

    def leave(self, place: Place) -> int:
        """End it; how many levels of itself it ran, its own included."""
        return 1 + self._levels[place].pop()

    def nested(self, place: Place, levels: int) -> None:
        """Note that a function that is open ran `levels` further levels of itself."""
        inner = self._levels.get(place)
        if inner:
            inner[-1] = max(inner[-1], levels)
            if self.failing:
                self._failed[place] = True

    def runs_itself(self, place: Place) -> bool:
        """Whether a function that is open ran levels of itself."""
        levels = self._levels.get(place)
        return bool(levels and levels[-1] > 0)

    def failed(self, place: Place) -> bool:
        """Whether a function called itself from a handler of errors; asked once."""
        return self._failed.pop(place, False)


def note_later(
    frame: Frame,
    place: Place,
    file: str,
    line: int,
    mechanism: str,
    times: Times,
    tree: list[Effect],
    wait: Value | None = None,
) -> None:
    """Note that the running function at `place` is started again by a timer."""
    reentries = frame.interpreter.reentries
    function = frame.interpreter.qualified(frame.scope.module, frame.scope.function)
    later = Later(file, line, function, mechanism, times.spans, times.why, bool(reentries.failing), wait, frame.scope)
    reentries.later.setdefault(place, []).append(later)
    reentries.seen += 1
    tree.append(Again(place[0], place[1], line, always=bool(reentries.finishing)))
