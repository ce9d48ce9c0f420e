"""Gather what the stages found into the inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit import __version__
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.cost import TOTAL
from callaudit.flow.effects.request_numbers import OnSide
from callaudit.inventory import model as m
from callaudit.inventory.call_sites import CallSites
from callaudit.inventory.compose import bound
from callaudit.inventory.connections import connections
from callaudit.inventory.content import Content, Contents
from callaudit.inventory.firing import Firings
from callaudit.inventory.hosts import Hosts
from callaudit.inventory.loading import with_loads
from callaudit.inventory.mounting import MOUNTABLE, Mounts, definitions
from callaudit.inventory.perhaps_asking import perhaps_asking
from callaudit.inventory.reaching import Reaching
from callaudit.inventory.refreshing import Refreshing
from callaudit.inventory.repeats import Repeats, in_order
from callaudit.inventory.unfollowed import not_followed
from callaudit.inventory.unknown_callers import perhaps_alive
from callaudit.libraries.unfollowed import JSON_RPC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Gap, Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.unreached import Unreached
    from callaudit.project import Project
    from callaudit.providers.match import Catalogue


def build(
    interpreter: Interpreter,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    boundary: Boundary,
    composer: Composer,
    files: m.Files,
    notices: Iterable[m.Notice],
    unreached: Callable[[], list[Unreached]],
) -> m.Inventory:
    """The inventory of a program whose `entries` are known; `unreached` gives what none of them reaches."""
    builder = _Builder(interpreter, catalogue, boundary, composer, entries)
    found = [builder.entry(entry) for entry in entries]
    repeats = builder.repeats()
    triggers = in_order((*repeats.triggers(), *repeats.refetches(entries)))
    loaded = [builder.loaded(one, entry, triggers) for one, entry in zip(found, entries, strict=True) if one]
    retries = repeats.retries(builder.waited())
    opened = connections(entries, composer)
    calls = builder.calls(unreached)  # late: another process may still be at it
    return m.Inventory(
        schema=m.SCHEMA,
        version=__version__,
        root=".",
        files=files,
        routes=tuple(
            m.Route(e.framework, e.method, e.path, e.file, e.line, e.app)
            for e in entries
            if e.kind == "route" and e.path
        ),
        calls=calls,
        connections=tuple(one for one in opened if one.protocol != JSON_RPC),
        entries=tuple(loaded),
        triggers=triggers,
        retries=retries,
        guards=repeats.guards(builder.dead, builder.in_browsers()),
        unknowns=tuple(
            sorted(
                (
                    *(m.Unknown(gap.file, gap.line, gap.what, gap.why) for gap in builder.gaps()),
                    *not_followed(interpreter.program.modules.values(), interpreter.noted.handed_on, opened),
                    *perhaps_asking(interpreter.program),
                ),
                key=lambda u: (u.file, u.line, u.what, u.why),
            )
        ),
        notices=tuple(sorted(notices, key=lambda n: (n.file, n.line, n.what, n.why))),
    )


class _Builder:
    def __init__(
        self,
        interpreter: Interpreter,
        catalogue: Catalogue,
        boundary: Boundary,
        composer: Composer,
        entries: Sequence[Entry],
    ) -> None:
        self._entries = entries
        mountable = (entry for entry in entries if entry.kind in MOUNTABLE)
        of_interest = {place for entry in mountable for place in definitions(interpreter, entry)}
        self._contents = Contents(interpreter, composer.answers, of_interest)
        self._content: dict[int, Content] = {
            id(entry): self._contents.of(composer.own(entry).effects, entry.app) for entry in entries
        }
        anywhere = Content()
        for content in self._content.values():
            anywhere.take(content)
        self.dead = Contents(interpreter, composer.answers, set())
        """The content of what no entry reaches; known when its call sites are."""
        self._mounts = Mounts(interpreter, entries, self._content)
        self._guarded = {number: guard for guard, number in self._contents.guards.items()}
        self._in = interpreter
        self._catalogue = catalogue
        self._boundary = boundary
        self._composer = composer
        self._hosts = Hosts(interpreter)
        self._reaching = Reaching(interpreter, catalogue, self._hosts, self._guarded, anywhere)
        self._firings = Firings(interpreter, composer, self._contents)
        self._reached: set[int] = set()
        self._apps: dict[str, str] = {file.path: file.package for file in interpreter.program.project.files}

    def entry(self, entry: Entry) -> m.Entry | None:
        """An entry with all that it reaches; one that is no route and reaches nothing is left out."""
        own = self._composer.own(entry)
        self._reached.update(map(int, costs.requests(own.cost)))
        whole = self._composer.whole(entry)
        # forwards are no entries, and come with those who ask them
        self._reached.update(map(int, costs.requests(whole)))
        reaches = self._reaching.of(entry, whole, self._content[id(entry)])
        if not reaches and entry.kind not in ("route", "page", "job"):
            return None
        least, most, _ = whole.get(TOTAL, (0, 0, ()))
        return m.Entry(
            kind=entry.kind,
            name=entry.name,
            file=entry.file,
            line=entry.line,
            origin=entry.origin,
            app=entry.app,
            framework=entry.framework,
            reaches=reaches,
            calls_min=int(least),
            calls_max=bound(most),
            mounted_on=self._mounts.pages(entry) if entry.kind in MOUNTABLE else (),
            dead=self._mounts.dead(entry),
        )

    def loaded(self, found: m.Entry, entry: Entry, triggers: Sequence[m.Trigger]) -> m.Entry:
        """A page with what it asks for when it opens; another entry as it is."""
        if found.kind != "page" or found.dead or not found.reaches:
            return found

        def reached(cost: Cost, effects: tuple[Effect, ...]) -> tuple[m.Reach, ...]:
            return self._reaching.of(entry, self._composer.part(entry, cost, effects), self._content[id(entry)])

        return with_loads(self._in, found, self._composer.own(entry), triggers, reached)

    def gaps(self) -> Iterable[Gap]:
        """What was given up; not a request without a URL where every run that starts somewhere has one."""
        known: set[tuple[str, int]] = set()
        unknown: set[tuple[str, int]] = set()
        for number in self._reached:
            requested = self._in.requests[number]
            place = requested.site.file, requested.site.line
            (unknown if requested.target.unknown else known).add(place)
        for gap in self._in.gaps.values():
            place = gap.file, gap.line
            if gap.what != "request" or place in unknown or place not in known:
                yield gap

    def in_browsers(self) -> frozenset[int]:
        """The guards that stand before requests of browsers only."""
        held: dict[int, set[str]] = {}
        for entry in self._entries:
            requests = self._content[id(entry)].requests.items()
            own = {(number, _side(request, entry)) for request, ways in requests for way in ways for number in way}
            for number, side in own:
                guard = self._guarded[number]
                held.setdefault(number, set()).add(side if self._apps.get(guard.file) == entry.app else "")
        # what only browsers have before a request that a route of the repository sends for them is theirs
        return frozenset(number for number, sides in held.items() if sides - {""} in _BROWSERS)

    def repeats(self) -> Repeats:
        """What makes the records of triggers, retries and guards."""
        holders: dict[int, list[Entry]] = {}
        for entry in self._entries:
            for trigger in self._content[id(entry)].triggers.numbers:
                holders.setdefault(trigger, []).append(entry)
            for effect in () if entry.kind not in ("loop", "socket") else self._triggers_of(entry):
                holders.setdefault(effect, []).append(entry)
        return Repeats(
            self._in,
            self._contents,
            holders,
            self._mounts.pages,
            self._hosts.of,
            self._mounts.dead,
            Refreshing(self._in, self._composer, self._contents),
            self._fired,
            lambda entry: self._content[id(entry)].triggers,
        )

    def _fired(self, numbers: Sequence[int], entry: Entry, behind: Content) -> tuple[m.Reach, ...]:
        """What one firing of triggers of `entry` reaches; the chains are those of the entry's own reaches."""
        return self._firings.reaches(numbers, entry, lambda cost: self._reaching.of(entry, cost, behind))

    def _triggers_of(self, entry: Entry) -> list[int]:
        """The triggers that an entry was derived from."""
        return [
            number
            for trigger, number in self._contents.triggers.items()
            if (trigger.file, trigger.line, trigger.mechanism) == (entry.file, entry.line, entry.framework)
        ]

    def waited(self) -> dict[int, bool]:
        """For each retry, whether a route or action that answers somebody waits for it."""
        found: dict[int, bool] = {}
        for entry in self._entries:
            if entry.kind in ("route", "action"):
                for retry, waits in self._content[id(entry)].retries.items():
                    found[retry] = found.get(retry, False) or waits
        return found

    def calls(self, unreached: Callable[[], list[Unreached]]) -> tuple[m.Call, ...]:
        """Every call site; functions that no entry reaches may hold some too: these are listed as dead."""
        called = dict(self._in.noted.unknown_callers)  # by live code, not by what is run now
        for one in unreached():
            self.dead.of(one.effects, self._apps.get(one.file, ""))
        sites = CallSites(self._in.requests, self._reached, self._catalogue, self._boundary, self._hosts, self._apps)
        return perhaps_alive(self._in, sites.all(), called)


_CROSSED = "crossed"
_BROWSERS = ({"browser"}, {_CROSSED}, {"browser", _CROSSED})


def notices_of(project: Project) -> list[m.Notice]:
    """What the project stage had to say."""
    return [m.Notice(n.path, n.line, n.what, n.why) for n in (*project.notices, *project.skipped)]


def _side(request: int, entry: Entry) -> str:
    """Where a request of an entry is sent, by its number: a page of a server draws what runs in browsers.

    A browser sends nothing on a server by itself: a route of the repository does it for it.
    """
    side = (request.side if isinstance(request, OnSide) else "") or entry.origin
    return _CROSSED if entry.origin == "browser" != side else side
