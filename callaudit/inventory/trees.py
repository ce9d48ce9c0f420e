"""The call tree of an entry as plain records: what calls what, where, how often, down to the requests."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from callaudit.flow.effects.effects import (
    EMIT,
    EVENT_INSIDE,
    QUEUE,
    Called,
    Choice,
    Connection,
    Guarded,
    Repeated,
    Request,
)
from callaudit.flow.effects.records import REST
from callaudit.inventory.measure import ONE, ZERO, Measures, always_taken, one_of, rounds, sequence, times
from callaudit.inventory.sending import Sending
from callaudit.inventory.tree import (
    CIRCLE,
    SHOWN_ABOVE,
    TIMES,
    TreeNode,
    group,
    guard_words,
    loop_words,
    merged,
    node,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.effects import Effect, Requested
    from callaudit.inventory.answers import Answers
    from callaudit.inventory.measure import Bounds
    from callaudit.inventory.model import Entry, Reach
    from callaudit.inventory.runs import Run
    from callaudit.inventory.tree import Grown
    from callaudit.providers.match import Catalogue

MOST_NODES: Final = 2_000
MOST_DEPTH: Final = 100

Marks = tuple[str, ...]


class _Here(Struct, frozen=True):
    """Where effects happen: in which app, in the code of which file, how deep in the tree."""

    app: str
    file: str
    depth: int

    def inside(self, file: str = "", levels: int = 1) -> _Here:
        return _Here(self.app, file or self.file, self.depth + levels)

    def place(self, line: int) -> tuple[str, int]:
        return (self.file, line) if line else ("", 0)


class Trees:
    """Makes the trees of all entries of one audit."""

    def __init__(self, answers: Answers, catalogue: Catalogue) -> None:
        """Prepare to follow requests by `answers`; nothing is computed yet."""
        self._measures = Measures(answers)
        self._catalogue = catalogue

    def tree(self, run: Run, entry: Entry | None) -> TreeNode:
        """Return the tree of `run`; `entry` is what the inventory says of it, None where it says nothing."""
        growth = _Growth(self._measures, self._catalogue, entry.reaches if entry else ())
        growth.crossed.add(id(run))
        growth.open.append(id(run))
        found = growth.nodes(run.effects, ONE, _Here(run.entry.app, run.entry.file, 1))
        least, most = sequence(bounds for _, bounds in found)
        if entry is not None:
            least = min(least, entry.calls_min)
            most = min(most, inf if entry.calls_max is None else entry.calls_max)
        place = run.entry.file, run.entry.line
        return node("entry", run.entry.name, (least, most), place, (), *(child for child, _ in found))


class _Growth:
    """One tree while it grows: how many nodes it may still get, and which routes it has shown."""

    def __init__(self, measures: Measures, catalogue: Catalogue, reaches: Iterable[Reach]) -> None:
        self.crossed: set[int] = set()
        self.open: list[int] = []
        self._measures = measures
        self._sending = Sending(catalogue, reaches)
        self._left = MOST_NODES

    def nodes(self, effects: Sequence[Effect], often: Bounds, here: _Here) -> list[Grown]:
        """Return the nodes of effects that happen one after the other, equal ones as one."""
        found: list[Grown] = []
        plain: list[Effect] = []
        for effect in effects:
            if isinstance(effect, Guarded) and effect.guard.kind == REST:
                found.extend(self._plain(plain, often, here))
                found.extend(self.nodes(effect.body, (0, often[1]), here))
                plain = []
            else:
                plain.append(effect)
        return merged([*found, *self._plain(plain, often, here)])

    def _plain(self, effects: Sequence[Effect], often: Bounds, here: _Here) -> list[Grown]:
        same: dict[int, list[Effect]] = {}
        for effect in effects:
            if isinstance(effect, Called) and not effect.body:
                continue  # a hook that does nothing by itself
            same.setdefault(self._measures.number(effect), []).append(effect)
        groups = list(same.values())
        found: list[Grown] = []
        for place, equal in enumerate(groups):
            if self._left <= 0 or here.depth > MOST_DEPTH:
                found.append(self._cut([effect for rest in groups[place:] for effect in rest], often, here.app))
                break
            count = len(equal)
            marks = (f"{count}{TIMES}",) if count > 1 else ()
            self._left -= 1
            found.append(self._grown(equal[0], times((count, count), often), here, marks))
        return found

    def _cut(self, effects: list[Effect], often: Bounds, app: str) -> Grown:
        bounds = times(often, self._measures.bounds(effects, app))
        return node("cut", f"{len(effects)} more left out: the tree is too large", bounds, ("", 0), ()), bounds

    def _grown(self, effect: Effect, often: Bounds, here: _Here, marks: Marks) -> Grown:
        if isinstance(effect, Called):
            inside = self.nodes(effect.body, often, here.inside(effect.defined_in))
            late = () if effect.awaited else ("not awaited",)
            return group("function", effect.function, inside, (effect.file, effect.line), (*late, *marks))
        if isinstance(effect, Repeated):
            inside = self.nodes(effect.body, times(often, rounds(effect)), here.inside())
            return group("loop", loop_words(effect), inside, here.place(effect.line), marks)
        if isinstance(effect, Guarded):
            inside = self.nodes(effect.body, often, here.inside())
            return group("guard", guard_words(effect.guard), inside, (effect.guard.file, effect.guard.line), marks)
        if isinstance(effect, Choice):
            return self._choice(effect, often, here, marks)
        if isinstance(effect, Request):
            return self._requests(effect, often, here, marks)
        opened = f"{effect.protocol} {effect.url}" if isinstance(effect, Connection) else "?"
        place = (effect.site.file, effect.site.line) if isinstance(effect, Connection) else ("", 0)
        return node("connection", opened, ZERO, place, marks), ZERO

    def _choice(self, choice: Choice, often: Bounds, here: _Here, marks: Marks) -> Grown:
        alike: dict[tuple[int, ...], tuple[list[str], tuple[Effect, ...]]] = {}
        for label, way in choice.ways:
            alike.setdefault(tuple(self._measures.number(part) for part in way), ([], way))[0].append(label)
        always = always_taken(choice)
        place = here.place(choice.line)
        if len(alike) == 1:
            ((labels, way),) = alike.values()
            inside = self.nodes(way, often if always else (0, often[1]), here.inside())
            return group("way", " or ".join(labels), inside, place, marks)
        ways = [
            group("way", " or ".join(labels), self.nodes(way, (0, often[1]), here.inside(levels=2)), place, ())
            for labels, way in alike.values()
        ]
        least, _ = one_of((self._measures.bounds(way, here.app) for _, way in alike.values()), always=always)
        return self._one_of(ways, often, least, place, marks)

    @staticmethod
    def _one_of(ways: list[Grown], often: Bounds, least: float, place: tuple[str, int], marks: Marks) -> Grown:
        """Join what excludes each other, where one of them alone costs `least`."""
        most = max(bounds[1] for _, bounds in ways)
        bounds = min(often[0] * least, most), most
        return node("choice", "one of", bounds, place, marks, *(child for child, _ in ways)), bounds

    # --- requests -------------------------------------------------------------------------------

    def _requests(self, request: Request, often: Bounds, here: _Here, marks: Marks) -> Grown:
        if len(request.requests) == 1:
            return self._request(request.requests[0], often, here, marks)
        ways = [self._request(one, (0, often[1]), here.inside(), ()) for one in request.requests]
        least, _ = self._measures.bounds([request], here.app)
        site = request.requests[0].site
        return self._one_of(ways, often, least, (site.file, site.line), marks)

    def _request(self, requested: Requested, often: Bounds, here: _Here, marks: Marks) -> Grown:
        run = self._measures.crossed(requested, here.app)
        if run is None and requested.target.method == EMIT:
            path = requested.target.path
            queue = path.startswith(QUEUE)
            text = (
                f"{path}, which nothing here processes"
                if queue
                else f"emit('{path.removeprefix(EVENT_INSIDE)}'), which nothing here listens for"
            )
            return node("connection", text, ZERO, (requested.site.file, requested.site.line), marks), ZERO
        if run is None:
            bounds = self._sending.held(requested, often)
            return self._sending.node(requested, bounds, marks, ()), bounds
        place = run.entry.file, run.entry.line
        if id(run) in self.open:
            bounds = ZERO
            route = node("route", run.entry.name, bounds, place, (CIRCLE,))
        elif id(run) in self.crossed or self._left <= 0:
            bounds = times(often, self._measures.bounds(run.effects, run.entry.app))
            route = node("route", run.entry.name, bounds, place, (SHOWN_ABOVE,))
        else:
            self.crossed.add(id(run))
            self.open.append(id(run))
            beyond = _Here(run.entry.app, run.entry.file, here.depth + 2)
            route, bounds = group("route", run.entry.name, self.nodes(run.effects, often, beyond), place, ())
            self.open.pop()
        return self._sending.node(requested, bounds, marks, (route,)), bounds
