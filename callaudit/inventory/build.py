"""Gather what the stages found into the inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit import __version__
from callaudit.flow import cost as costs
from callaudit.flow.cost import TOTAL
from callaudit.flow.effect_walks import walk_effects
from callaudit.flow.effects import EMIT
from callaudit.flow.effects import Connection as Opened
from callaudit.flow.urls import shape
from callaudit.inventory import model as m
from callaudit.inventory.compose import Crossing, Side, bound
from callaudit.inventory.content import Content, Contents
from callaudit.inventory.firing import Firings
from callaudit.inventory.mounting import MOUNTABLE, Mounts, definition
from callaudit.inventory.payers import Payers
from callaudit.inventory.refreshing import Refreshing
from callaudit.inventory.repeats import Repeats, guard_id, in_order
from callaudit.inventory.standing import standing, standing_before_both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.cost import Chain, Cost
    from callaudit.flow.effects import Requested, Target
    from callaudit.flow.interpreter import Gap, Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.boundary import Boundary
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.unreached import Unreached
    from callaudit.project import Project
    from callaudit.providers.match import Catalogue

MOST_STEPS = 60


def build(
    interpreter: Interpreter,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    boundary: Boundary,
    composer: Composer,
    files: m.Files,
    notices: Iterable[m.Notice],
    unreached: Callable[[], Unreached],
) -> m.Inventory:
    """The inventory of a program whose `entries` are known; `unreached` gives what none of them reaches."""
    builder = _Builder(interpreter, catalogue, boundary, composer, entries)
    found = [builder.entry(entry) for entry in entries]
    repeats = builder.repeats()
    triggers = in_order((*repeats.triggers(), *repeats.refetches(entries)))
    retries = repeats.retries(builder.waited())
    connections = builder.connections(entries)
    calls = builder.calls(unreached())  # late: another process may still be at it
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
        connections=connections,
        entries=tuple(entry for entry in found if entry is not None),
        triggers=triggers,
        retries=retries,
        guards=repeats.guards(builder.dead, builder.in_browsers()),
        unknowns=tuple(
            sorted(
                (m.Unknown(gap.file, gap.line, gap.what, gap.why) for gap in builder.gaps()),
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
        of_interest = {definition(interpreter, entry) for entry in entries if entry.kind in MOUNTABLE}
        self._contents = Contents(interpreter, composer.answers, of_interest)
        self._content: dict[int, Content] = {
            id(entry): self._contents.of(composer.own(entry).effects, entry.app) for entry in entries
        }
        self._anywhere = Content()
        """What all entries hold: routes that ask each other in a circle do not each hold what stands in it."""
        for content in self._content.values():
            self._anywhere.take(content)
        self.dead = Contents(interpreter, composer.answers, set())
        """The content of what no entry reaches; known when its call sites are."""
        self._mounts = Mounts(interpreter, entries, self._content)
        self._guards = {number: guard_id(guard) for guard, number in self._contents.guards.items()}
        self._guarded = {number: guard for guard, number in self._contents.guards.items()}
        self._in = interpreter
        self._catalogue = catalogue
        self._boundary = boundary
        self._composer = composer
        self._payers = Payers(interpreter, catalogue)
        self._firings = Firings(interpreter, composer, self._contents)
        self._reached: set[int] = set()
        self._apps: dict[str, str] = {file.path: file.package for file in interpreter.program.project.files}

    # --- entries --------------------------------------------------------------------------------

    def entry(self, entry: Entry) -> m.Entry | None:
        """An entry with all that it reaches; one that is no route and reaches nothing is left out."""
        own = self._composer.own(entry)
        self._reached.update(costs.requests(own.cost))
        whole = self._composer.whole(entry)
        self._reached.update(costs.requests(whole))  # forwards are no entries, and come with those who ask them
        reaches = self._reaches(entry, whole, self._content[id(entry)])
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
            own = {number for ways in self._content[id(entry)].requests.values() for way in ways for number in way}
            for number in own:
                guard = self._guarded[number]
                held.setdefault(number, set()).add(entry.origin if self._apps.get(guard.file) == entry.app else "")
        return frozenset(number for number, origins in held.items() if origins - {""} == {"browser"})

    def repeats(self) -> Repeats:
        """What makes the records of triggers, retries and guards."""
        holders: dict[int, list[Entry]] = {}
        for entry in self._entries:
            for trigger in self._content[id(entry)].triggers:
                holders.setdefault(trigger, []).append(entry)
            for effect in () if entry.kind not in ("loop", "socket") else self._triggers_of(entry):
                holders.setdefault(effect, []).append(entry)
        return Repeats(
            self._in,
            self._contents,
            holders,
            self._mounts.pages,
            lambda requested: _host(requested.target),
            self._mounts.dead,
            Refreshing(self._in, self._composer, self._contents),
            self._fired,
        )

    def _fired(self, numbers: Sequence[int], entry: Entry, behind: Content) -> tuple[m.Reach, ...]:
        """What one firing of triggers of `entry` reaches; the chains are those of the entry's own reaches."""
        return self._firings.reaches(numbers, entry, lambda cost: self._reaches(entry, cost, behind))

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

    def _reaches(self, entry: Entry, whole: Cost, content: Content) -> tuple[m.Reach, ...]:
        merged: dict[tuple[str, str, str, str, str, int], m.Reach] = {}
        for request in costs.requests(whole):
            least, most, chain = whole[request]
            if not most:
                continue
            requested = self._in.requests[request]
            if requested.target.unknown:
                continue  # it is among the unknowns
            reach = self._reach(requested, int(least), bound(most), chain)
            reach = replace(reach, through=_routes(reach.through, content.through.get(request, ())))
            origin = self._payers.origin(entry, chain)
            sent = content.sent.get(request) or (requested.options,)
            bucket, why = self._payers.bucket(requested.target, sent, origin)
            reach = replace(reach, origin=origin, bucket=bucket, bucket_why=why)
            guards = standing(content.ways(request) or self._anywhere.ways(request), self._guarded)
            if guards:
                reach = replace(reach, guards=tuple(sorted(self._guards[number] for number in guards)))
            key = (reach.method, reach.host, _shape(reach.path), reach.endpoint, reach.site.file, reach.site.line)
            before = merged.get(key)
            merged[key] = reach if before is None else _sum(before, reach)
        return tuple(
            sorted(merged.values(), key=lambda r: (r.host, r.path, r.method, r.site.file, r.site.line, r.endpoint))
        )

    def _reach(self, requested: Requested, least: int, most: int | None, chain: Chain) -> m.Reach:
        target, site = requested.target, requested.site
        provider, endpoint = self._named(requested)
        return m.Reach(
            host=_host(target),
            method=target.method,
            path=target.path,
            min=least,
            max=most,
            site=m.Place(site.file, site.line),
            provider=provider,
            endpoint=endpoint,
            conditional=least == 0,
            via=_via(chain),
            through=tuple(step.route for step in chain if isinstance(step, Crossing) and step.own),
            other_hosts=target.others,
        )

    def _named(self, requested: Requested) -> tuple[str, str]:
        """The provider and the endpoint of a request, as far as a profile knows them."""
        target = requested.target
        profile = self._catalogue.provider_of(target.host) if target.host else None
        if profile is None:
            return "", ""
        endpoint = self._catalogue.endpoint(target.host, target.method, target.path, dict(target.discriminator) or None)
        return profile.provider.id, endpoint.id if endpoint is not None else ""

    # --- call sites -----------------------------------------------------------------------------

    def calls(self, unreached: Unreached) -> tuple[m.Call, ...]:
        """Every call site, with every URL that it reaches from some entry, or could reach from none.

        Functions that no entry reaches may hold call sites too: these are listed as dead.
        """
        for file, effects in unreached:
            self.dead.of(effects, self._apps.get(file, ""))
        sites: dict[tuple[str, int, int], list[int]] = {}
        for number, requested in enumerate(self._in.requests):
            site = requested.site
            if requested.target.method == EMIT:
                continue  # a message is no call
            sites.setdefault((site.file, site.line, site.column), []).append(number)
        return tuple(self._call(numbers) for _, numbers in sorted(sites.items()))

    def _call(self, numbers: list[int]) -> m.Call:
        alive = [number for number in numbers if number in self._reached]
        shown = [self._in.requests[number] for number in alive or numbers]
        known = [requested for requested in shown if not requested.target.unknown] or shown
        urls = dict.fromkeys(url for requested in known for url in self._call_urls(requested))
        ordered = sorted(urls, key=lambda url: (url.host, url.path, url.method))
        first = min(known, key=lambda r: (r.target.host, r.target.path, r.target.method, r.target.url))
        single = ordered[0] if len(ordered) == 1 else None
        site = first.site
        return m.Call(
            file=site.file,
            line=site.line,
            column=site.column,
            function=site.function,
            client=site.client,
            method=single.method if single else "",
            url=first.target.url if single else "",
            host=single.host if single else "",
            path=single.path if single else "",
            provider=single.provider if single else "",
            endpoint=single.endpoint if single else "",
            internal_route=single.internal_route if single else "",
            internal_route_file=single.internal_route_file if single else "",
            unknown=first.target.unknown,
            env=tuple(sorted({name for requested in known for name in requested.target.env})),
            options=first.options,
            urls=tuple(ordered) if single is None else (),
            dead=not alive,
        )

    def _call_urls(self, requested: Requested) -> Iterable[m.CallUrl]:
        """The URLs of a request, one for each host that it may go to."""
        target = requested.target
        for host in (target.host, *target.others):
            one = replace(target, host=host, others=())
            provider, endpoint = self._named(replace(requested, target=one))
            route = self._boundary.route(one, self._apps.get(requested.site.file, ""))
            name, file = (route.name, route.file) if route is not None else ("", "")
            yield m.CallUrl(target.method, _host(one), target.path, provider, endpoint, name, file)

    # --- connections ----------------------------------------------------------------------------

    def connections(self, entries: Sequence[Entry]) -> tuple[m.Connection, ...]:
        """Every connection that is opened, apart from requests."""
        found: dict[m.Connection, None] = {}
        seen: set[int] = set()
        for entry in entries:
            for effect in walk_effects(self._composer.own(entry).effects, seen):
                if isinstance(effect, Opened):
                    site = effect.site
                    connection = m.Connection(
                        site.file, site.line, site.function, site.client, effect.protocol, effect.url
                    )
                    found[connection] = None
        return tuple(sorted(found, key=lambda c: (c.file, c.line, c.url)))


def _host(target: Target) -> str:
    """The host of a request; a relative URL goes to the origin that the page came from."""
    if target.host.startswith("{"):
        return ""
    return target.host or ("same-origin" if target.path.startswith("/") and not target.unknown else "")


def _via(chain: Chain) -> tuple[m.Step, ...]:
    steps: list[m.Step] = []
    for step in chain[:MOST_STEPS]:
        if isinstance(step, Side):
            continue
        if isinstance(step, Crossing):
            steps.append(m.Step(f"→ {step.route}", step.file, step.line))
        else:
            steps.append(m.Step(step.function, step.file, step.line, step.called_at))
    return tuple(steps)


def _shape(path: str) -> str:
    return shape(path)


def _routes(shown: tuple[str, ...], others: Iterable[str]) -> tuple[str, ...]:
    """The own routes of the chain that is shown, in order, then those of other ways."""
    return (*shown, *sorted(set(others).difference(shown)))


def _sum(first: m.Reach, second: m.Reach) -> m.Reach:
    most = None if first.max is None or second.max is None else first.max + second.max
    whole = replace(
        first,
        min=first.min + second.min,
        max=most,
        conditional=first.min + second.min == 0,
        through=_routes(first.through, second.through),
        guards=standing_before_both(first.guards, second.guards),
    )
    if first.origin != second.origin and "," not in first.origin:
        whole = replace(whole, origin=",".join(sorted({first.origin, second.origin})))
    if first.bucket != second.bucket:
        why = "ways differ: " + ", ".join(sorted({first.bucket, second.bucket}))
        whole = replace(whole, bucket="unknown", bucket_why=why)
    return whole


def notices_of(project: Project) -> list[m.Notice]:
    """What the project stage had to say."""
    return [m.Notice(n.path, n.line, n.what, n.why) for n in (*project.notices, *project.skipped)]
