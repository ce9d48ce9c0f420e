"""The triggers, retries and guards of the inventory, each with the endpoints behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.records import AT_LEAST
from callaudit.flow.requests.sockets import NAMESPACE, PROCESS, SIDE
from callaudit.inventory import model as m
from callaudit.inventory.default_fetches import MECHANISM
from callaudit.inventory.instances import at_once, place_of
from callaudit.inventory.refetched import refetch_triggers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects.effects import Requested
    from callaudit.flow.effects.records import Guard, Retry, Span, Trigger
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.content import Content, Contents
    from callaudit.inventory.instances import Counts
    from callaudit.inventory.refreshing import Refreshing

Place = tuple[str, int, str]


class Repeats:
    """Makes the records of what repeats requests and what stands before them."""

    def __init__(
        self,
        interpreter: Interpreter,
        contents: Contents,
        holders: dict[int, list[Entry]],
        mounts: Callable[[Entry], tuple[str, ...]],
        host: Callable[[Requested], str],
        dead: Callable[[Entry], bool],
        refreshing: Refreshing,
        reached: Callable[[Sequence[int], Entry, Content], tuple[m.Reach, ...]],
        counts: Callable[[Entry], Counts],
    ) -> None:
        """`holders` are the entries that hold each trigger (by number); `mounts` says where an entry is mounted.

        `reached` says what one firing of triggers of an entry reaches, and how often; `counts` how many instances of
        triggers an entry sets up.
        """
        self._counts = counts
        self._reached = reached
        self._dead = dead
        self._in = interpreter
        self._contents = contents
        self._holders = holders
        self._mounts = mounts
        self._host = host
        self._refreshing = refreshing

    def triggers(self) -> tuple[m.Trigger, ...]:
        """Every trigger once, with the intervals of all contexts that set it up to send the same."""
        by_place: dict[Place, list[Trigger]] = {}
        for trigger in self._contents.triggers:
            by_place.setdefault((trigger.file, trigger.line, trigger.mechanism), []).append(trigger)
        found = [
            self._trigger(same)
            for place in sorted(by_place)
            for of_one in self._of_jobs(by_place[place])
            for same in self._alike(of_one)
        ]
        # of events only those matter that come to the network: a message that nobody waits for does not
        return tuple(one for one in found if one.calls_network or one.kind != "event")

    def _of_jobs(self, here: list[Trigger]) -> list[list[Trigger]]:
        """The contexts of one place by the jobs that they run, as a loop over a table of schedules sets them up."""
        groups: dict[tuple[int, ...], list[Trigger]] = {}
        for one in here:
            holders = self._holders.get(self._contents.triggers[one], ())
            if not holders or any(holder.kind != "job" for holder in holders):
                return [here]
            groups.setdefault(tuple(id(holder) for holder in holders), []).append(one)
        return list(groups.values())

    def _alike(self, here: list[Trigger]) -> list[list[Trigger]]:
        """The contexts of one place: apart where each has an interval of its own for endpoints of its own."""
        asked: dict[tuple[Span, ...], set[m.Endpoint | int]] = {}
        for one in here:
            behind = self._contents.behind_trigger[self._contents.triggers[one]]
            asked.setdefault(one.spans, set()).update((*self._endpoints(behind), *map(int, behind.own)))
        known = {frozenset(endpoints) for spans, endpoints in asked.items() if spans and endpoints}
        if len(known) < 2 or len(frozenset().union(*known)) < sum(map(len, known)):
            return [here]
        groups: dict[frozenset[m.Endpoint | int], list[Trigger]] = {}
        for one in here:
            groups.setdefault(frozenset(asked[one.spans]), []).append(one)
        rest = groups.pop(frozenset(), [])
        found = sorted(groups.values(), key=lambda same: [span.ms for one in same for span in one.spans])
        return [[*found[0], *rest], *found[1:]]

    def refetches(self, entries: Sequence[Entry]) -> Iterable[m.Trigger]:
        """The calls that make queries ask again, each with what these queries reach."""
        for call, queries in refetch_triggers(self._in, self._contents.triggers):
            numbers = [self._contents.triggers[query] for query in queries]
            root = call.function.partition(".")[0]
            here = [entry for entry in entries if entry.file == call.file]
            holders = [entry for entry in here if entry.name == root] or [one for one in here if one.kind == "page"]
            yield self._record([call], numbers, holders)

    def _trigger(self, same: list[Trigger]) -> m.Trigger:
        numbers = [self._contents.triggers[one] for one in same]
        holders = {id(entry): entry for number in numbers for entry in self._holders.get(number, ())}
        return self._record(same, numbers, list(holders.values()))

    def _record(self, same: list[Trigger], numbers: list[int], holders: list[Entry]) -> m.Trigger:
        """One trigger in its contexts: `numbers` are those whose bodies it runs, `holders` the entries that have it."""
        first = next((one for one in same if one.spans), same[0])
        entry = _owner(first, holders)
        behind = _together(self._contents.behind_trigger[number] for number in numbers)
        behind.take(self._refreshing.behind(first.mechanism, holders))
        mounted = self._mounts(entry) if entry is not None and entry.kind in ("hook", "component") else ()
        endpoints = self._endpoints(behind)
        spans = dict.fromkeys(span for one in same for span in one.spans)
        return m.Trigger(
            kind=first.kind,
            mechanism=first.mechanism,
            file=first.file,
            line=first.line,
            entry=entry.name if entry is not None else first.function,
            function=first.function,
            origin=entry.origin if entry is not None else "unknown",
            reaches_upstream=bool(endpoints),
            calls_network=behind.sends or bool(behind.own),
            intervals=tuple(m.Interval(span.ms, span.when) for span in spans),
            why="" if spans else first.why,
            period="" if not spans else "interval+run" if first.after else "interval",
            stale_ms=times_of(first.stale),
            enabled=first.enabled,
            background=first.background,
            key=first.key,
            settings=_shown(first.settings),
            mounted_on=mounted,
            endpoints=endpoints,
            reaches=self._reached(numbers, entry, behind) if entry is not None and endpoints else (),
            instances=self._instances(first, numbers, holders) if endpoints and first.kind != "event" else (),
            dead=bool(holders) and all(self._dead(holder) for holder in holders),
            asks_unknown=behind.unknown,
        )

    def _instances(self, trigger: Trigger, numbers: list[int], holders: list[Entry]) -> tuple[m.Instances, ...]:
        return at_once(place_of(trigger), numbers, [(holder, self._counts(holder)) for holder in holders])

    def _endpoints(self, behind: Content) -> tuple[m.Endpoint, ...]:
        found = {
            (self._host(requested), requested.target.path, requested.target.method)
            for requested in (self._in.requests[number] for number in behind.requests)
        }
        return tuple(m.Endpoint(method, host, path) for host, path, method in sorted(found))

    def _named(self, behind: Content) -> tuple[str, ...]:
        return tuple(f"{one.method} {one.host}{one.path}" for one in self._endpoints(behind))

    def retries(self, waited: dict[int, bool]) -> tuple[m.Retry, ...]:
        """Every retry once; `waited` says of each whether an entry that answers somebody waits for it."""
        by_place: dict[Place, list[Retry]] = {}
        for retry in self._contents.retries:
            # one function that calls itself is one retry, from wherever its levels were seen
            mechanism = retry.mechanism if retry.mechanism != "recursion" else f"recursion of {retry.function}"
            line = retry.line if retry.mechanism != "recursion" else 0
            by_place.setdefault((retry.file, line, mechanism), []).append(retry)
        found: list[m.Retry] = []
        for same in (part for place in sorted(by_place) for part in self._told_apart(by_place[place])):
            first = max(same, key=lambda one: (one.attempts is not None, one.attempts or 0, one.delays))
            numbers = [self._contents.retries[one] for one in same]
            behind = _together(self._contents.behind_retry[number] for number in numbers)
            found.append(self._retry(first, behind, in_path=any(waited.get(number, False) for number in numbers)))
        return tuple(found)

    def _told_apart(self, here: list[Retry]) -> list[list[Retry]]:
        """The contexts of one place: apart where each has attempts of its own for endpoints of its own."""
        asked: dict[tuple[int | None, tuple[float, ...]], set[m.Endpoint]] = {}
        for one in here:
            behind = self._contents.behind_retry[self._contents.retries[one]]
            asked.setdefault((one.attempts, one.delays), set()).update(self._endpoints(behind))
        if len(asked) < 2 or len(set().union(*asked.values())) < sum(map(len, asked.values())):
            return [here]
        if not all(asked.values()):
            return [here]
        ways = sorted(asked, key=lambda how: (how[0] is None, how[0] or 0, how[1]))
        return [[one for one in here if (one.attempts, one.delays) == how] for how in ways]

    def _retry(self, retry: Retry, behind: Content, *, in_path: bool) -> m.Retry:
        return m.Retry(
            mechanism=retry.mechanism,
            file=retry.file,
            line=retry.line,
            function=retry.function,
            backoff=retry.backoff,
            jitter=retry.jitter,
            sequential=True,
            in_request_path=in_path,
            max_attempts=retry.attempts,
            delays_ms=tuple(retry.delays),
            delay_position="" if not retry.delays else "before" if retry.before else "between",
            stop=retry.stop,
            why=retry.why,
            endpoints=self._named(behind),
            also_lines=retry.also,
            until_there=retry.until_there,
            opens=tuple(sorted(behind.opens)),
            asks_unknown=behind.unknown,
        )

    def guards(self, dead: Contents, browsers: frozenset[int]) -> tuple[m.Guard, ...]:
        """Every guard before a request, in the order of places.

        `dead` is the content of code that nothing runs; `browsers` are the guards that only browsers hold.
        """
        alive = self._records(self._contents, browsers)
        others = self._records(dead, frozenset())
        found = {**{key: replace(one, dead=True) for key, one in others.items()}, **alive}
        return tuple(sorted(found.values(), key=lambda one: (one.file, one.line, one.kind, one.id)))

    def _records(self, contents: Contents, browsers: frozenset[int]) -> dict[str, m.Guard]:
        same: dict[str, list[Guard]] = {}
        for guard in sorted(contents.guards, key=_guard_order):
            if contents.behind_guard[contents.guards[guard]].sends:
                same.setdefault(guard_id(guard), []).append(guard)
        found: dict[str, m.Guard] = {}
        for name, guards in same.items():
            numbers = [contents.guards[guard] for guard in guards]
            behind = _together(contents.behind_guard[number] for number in numbers)
            if guards[0].mechanism in SERVED and browsers.issuperset(numbers):
                continue
            browser = guards[0].mechanism not in WHOLE and guards[0].store == "process" and browsers.issuperset(numbers)
            found[name] = self._guard(name, guards[0], behind, "browser" if browser else guards[0].store)
        return found

    def _guard(self, name: str, guard: Guard, behind: Content, store: str) -> m.Guard:
        random = [span.when for span in guard.ttl] == [AT_LEAST]
        return m.Guard(
            id=name,
            kind=guard.kind,
            mechanism=guard.mechanism,
            file=guard.file,
            line=guard.line,
            function=guard.function,
            ttl_ms=guard.ttl[0].ms if random else times_of(guard.ttl),
            scope=guard.scope,
            store=store,
            key=guard.key,
            why=guard.why or (AT_LEAST if random else ""),
            endpoints=self._named(behind),
            also_lines=guard.also,
            concurrency=guard.concurrency or None,
            per_second=guard.per_second or None,
        )


SERVED = frozenset({"next.revalidate", "force-cache", MECHANISM})
"""Options that only fetch of a server knows."""
WHOLE = frozenset(
    {"getStaticProps", "getStaticProps revalidate", "revalidate", "force-static", "static handler", "static page"}
)
"""What a server keeps of whole pages, which browsers show."""


def in_order(triggers: Iterable[m.Trigger]) -> tuple[m.Trigger, ...]:
    """Triggers in the order of places."""
    return tuple(sorted(triggers, key=lambda one: (one.file, one.line, one.mechanism, one.key)))


def guard_id(guard: Guard) -> str:
    """What tells a guard from all others, the same in every run."""
    ttl = "/".join(f"{span.ms}" for span in guard.ttl)
    return f"{guard.kind}:{guard.file}:{guard.line}" + (f":{ttl}" if ttl else "")


def _guard_order(guard: Guard) -> tuple[str, int, str, str, str, str]:
    return (guard.file, guard.line, guard.kind, guard_id(guard), guard.key, guard.why)


def times_of(spans: Sequence[Span]) -> float | tuple[m.Interval, ...] | None:
    """One time as a number, several with their conditions, none as None."""
    if not spans:
        return None
    if len(spans) == 1 and not spans[0].when:
        return spans[0].ms
    return tuple(m.Interval(span.ms, span.when) for span in spans)


def _together(contents: Iterable[Content]) -> Content:
    from callaudit.inventory.content import Content as Whole

    whole = Whole()
    for content in contents:
        whole.take(content)
    return whole


_NEAREST = ("loop", "socket", "hook", "component", "job", "action", "route", "script", "page")
"""Which of the entries that hold a trigger it is said to repeat: the one that says most about where it is."""


def _owner(trigger: Trigger, holders: list[Entry]) -> Entry | None:
    """The entry that a trigger repeats."""
    root = trigger.function.partition(".")[0]

    def rank(entry: Entry) -> tuple[bool, bool, int, str, int, str]:
        own = entry.file == trigger.file and entry.line == trigger.line
        named = entry.file == trigger.file and entry.name == root
        return (not own, not named, _NEAREST.index(entry.kind), entry.file, entry.line, entry.name)

    known = [entry for entry in holders if entry.kind in _NEAREST]
    return min(known, key=rank, default=None)


def _shown(settings: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Settings without what tells an emitter of the process from others: that number is another one in each run."""
    if (SIDE, PROCESS) not in settings:
        return settings
    return tuple((name, value) for name, value in settings if name != NAMESPACE)
