"""The call tree of an entry as plain records: what calls what, where, how often, down to the requests."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from callaudit.flow.effects import Called, Choice, Connection, Repeated, Request
from callaudit.flow.urls import shape
from callaudit.inventory.measure import (
    ONE,
    ZERO,
    Bounds,
    Measures,
    always_taken,
    one_after_the_other,
    one_of,
    rounds,
    times,
)
from callaudit.inventory.tree import Grown, TreeNode, group, node, upper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects import Effect, Requested
    from callaudit.inventory.boundary import Boundary
    from callaudit.inventory.compose import Run
    from callaudit.inventory.model import Entry, Reach
    from callaudit.providers.match import Catalogue

MOST_NODES: Final = 2_000
MOST_DEPTH: Final = 100

class Trees:
    """Makes the trees of all entries of one audit."""

    def __init__(self, runs: Sequence[Run], boundary: Boundary, catalogue: Catalogue) -> None:
        """Prepare for the entries of `runs`; nothing is computed yet."""
        self._measures = Measures(runs, boundary)
        self._catalogue = catalogue

    def tree(self, run: Run, entry: Entry | None) -> TreeNode:
        """The tree of what `run` does; `entry` is what the inventory knows of it, None where that is nothing."""
        growth = _Growth(self._measures, self._catalogue, entry.reaches if entry else ())
        growth.crossed.add(id(run))
        found = growth.nodes(run.effects, ONE, run.entry.app, 1)
        least, most = one_after_the_other(bounds for _, bounds in found)
        if entry is not None:
            least = min(least, entry.calls_min)
            most = min(most, inf if entry.calls_max is None else entry.calls_max)
        place = run.entry.file, run.entry.line
        return node("entry", run.entry.name, (least, most), place, children=[child for child, _ in found])


class _Growth:
    """One tree while it grows: how many nodes it has, and which routes it has shown."""

    def __init__(self, measures: Measures, catalogue: Catalogue, reaches: Iterable[Reach]) -> None:
        self.crossed: set[int] = set()
        self._measures = measures
        self._catalogue = catalogue
        self._left = MOST_NODES
        self._known: dict[tuple[str, str, str, int], Bounds] = {}
        for reach in reaches:
            key = (reach.method, shape(reach.path), reach.site.file, reach.site.line)
            bounds = (reach.min, inf if reach.max is None else reach.max)
            self._known[key] = one_after_the_other((self._known.get(key, ZERO), bounds))

    def nodes(self, effects: Sequence[Effect], often: Bounds, app: str, depth: int) -> list[Grown]:
        """The nodes of effects that happen one after the other, equal ones together."""
        same: dict[int, list[Effect]] = {}
        for effect in effects:
            same.setdefault(self._measures.number(effect), []).append(effect)
        found: list[Grown] = []
        for place, equal in enumerate(same.values()):
            if self._left <= 0 or depth > MOST_DEPTH:
                rest = [effect for group in list(same.values())[place:] for effect in group]
                found.append(self._cut(rest, often, app))
                break
            count = len(equal)
            marks = (f"{count} times",) if count > 1 else ()
            found.extend(self._grown(equal[0], times((count, count), often), app, depth, marks))
        return found

    def _cut(self, effects: list[Effect], often: Bounds, app: str) -> Grown:
        bounds = times(often, self._measures.bounds(effects, app))
        text = f"{len(effects)} more left out: the tree is too large"
        return node("cut", text, bounds, ("", 0)), bounds

    def _grown(self, effect: Effect, often: Bounds, app: str, depth: int, marks: tuple[str, ...]) -> list[Grown]:
        self._left -= 1
        if isinstance(effect, Request):
            return [self._requests(effect, often, app, depth, marks)]
        if isinstance(effect, Connection):
            place = effect.site.file, effect.site.line
            return [(node("connection", f"{effect.protocol} {effect.url}", ZERO, place, marks), ZERO)]
        if isinstance(effect, Choice):
            return [self._choice(effect, often, app, depth, marks)]
        if isinstance(effect, Repeated):
            inside = self.nodes(effect.body, times(often, rounds(effect)), app, depth + 1)
            return [group("loop", _loop(effect), inside, ("", effect.line), marks)]
        if isinstance(effect, Called):
            inside = self.nodes(effect.body, often, app, depth + 1)
            late = () if effect.awaited else ("not awaited",)
            return [group("function", effect.function, inside, (effect.file, effect.line), (*late, *marks))]
        return []

    def _choice(self, choice: Choice, often: Bounds, app: str, depth: int, marks: tuple[str, ...]) -> Grown:
        alike: dict[tuple[int, ...], list[str]] = {}
        bodies: dict[tuple[int, ...], tuple[Effect, ...]] = {}
        for label, way in choice.ways:
            key = tuple(self._measures.number(part) for part in way)
            alike.setdefault(key, []).append(label)
            bodies.setdefault(key, way)
        maybe = (0, often[1])
        always = always_taken(choice)
        ways: list[Grown] = []
        for key, labels in alike.items():
            sure = always and len(alike) == 1
            inside = self.nodes(bodies[key], often if sure else maybe, app, depth + 2)
            ways.append(group("way", " or ".join(labels), inside, ("", choice.line), marks if len(alike) == 1 else ()))
        if len(ways) == 1:
            return ways[0]
        parts = [times(often, self._measures.bounds(body, app)) for body in bodies.values()]
        least = one_of(parts, always=always)[0]
        most = one_of((bounds for _, bounds in ways), always=always)[1]
        bounds = (min(least, most), most)
        return node("choice", "one of", bounds, ("", choice.line), marks, [child for child, _ in ways]), bounds

    # --- requests -------------------------------------------------------------------------------

    def _requests(self, request: Request, often: Bounds, app: str, depth: int, marks: tuple[str, ...]) -> Grown:
        if len(request.requests) == 1:
            return self._request(request.requests[0], often, app, depth, marks)
        maybe = (0, often[1])
        found = [self._request(requested, maybe, app, depth + 1, ()) for requested in request.requests]
        parts = [times(often, self._measures.bounds([Request((one,))], app)) for one in request.requests]
        bounds = one_of(parts, always=True)[0], one_of((item for _, item in found), always=True)[1]
        site = request.requests[0].site
        return node("choice", "one of", bounds, (site.file, site.line), marks, [child for child, _ in found]), bounds

    def _request(
        self, requested: Requested, often: Bounds, app: str, depth: int, marks: tuple[str, ...]
    ) -> Grown:
        run = self._measures.crossed(requested, app)
        if run is None:
            bounds = self._held(requested, often)
            return self._sent(requested, bounds, marks), bounds
        if id(run) in self.crossed or self._left <= 0:
            bounds = times(often, self._measures.bounds(run.effects, run.entry.app))
            route = node("route", run.entry.name, bounds, (run.entry.file, run.entry.line), ("shown above",))
        else:
            self.crossed.add(id(run))
            inside = self.nodes(run.effects, often, run.entry.app, depth + 2)
            route, bounds = group("route", run.entry.name, inside, (run.entry.file, run.entry.line), ())
        return self._sent(requested, bounds, marks, [route]), bounds

    def _held(self, requested: Requested, often: Bounds) -> Bounds:
        """What the tree says, held to what the inventory says of all requests of this call site to this URL.

        The tree does not know that a branch returns early; the inventory's costs do.
        """
        target, site = requested.target, requested.site
        known = self._known.get((target.method, shape(target.path), site.file, site.line))
        return often if known is None else (min(often[0], known[0]), min(often[1], known[1]))

    def _sent(
        self, requested: Requested, bounds: Bounds, marks: tuple[str, ...], children: Sequence[TreeNode] = ()
    ) -> TreeNode:
        target, site = requested.target, requested.site
        profile = self._catalogue.provider_of(target.host) if target.host else None
        endpoint = None
        if profile is not None:
            fields = dict(target.discriminator) or None
            endpoint = self._catalogue.endpoint(target.host, target.method, target.path, fields)
        where = target.path if not target.host else target.host + target.path
        text = endpoint.id if endpoint is not None else f"{target.method} {where if not target.unknown else 'unknown URL'}"
        return TreeNode(
            kind="request",
            text=text,
            min=int(bounds[0]),
            max=upper(bounds),
            file=site.file,
            line=site.line,
            marks=(*marks, *((target.unknown,) if target.unknown else ())),
            provider=profile.provider.id if profile is not None else "",
            endpoint=endpoint.id if endpoint is not None else "",
            host=target.host,
            headers=tuple(sorted({value for name, value in requested.options if name == "header"})),
            children=tuple(children),
        )


def _loop(loop: Repeated) -> str:
    """A loop in a few words: `loop ×1…3`, `for each of accounts ×0…n`."""
    most = "n" if loop.most is None else str(loop.most)
    count = f"×{most}" if most == str(loop.least) else f"×{loop.least}…{most}"
    if loop.kind == "timer":
        return "later, by a timer"
    if loop.kind == "items":
        return f"for each of {loop.over} {count}" if loop.over else f"for each item {count}"
    return f"loop {count} while {loop.over}" if loop.over and loop.most is None else f"loop {count}"
