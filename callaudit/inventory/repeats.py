"""The triggers, retries and guards of the inventory, each with the endpoints behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory import model as m

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects import Requested
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.records import Guard, Retry, Span, Trigger
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.content import Content, Contents

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
    ) -> None:
        """`holders` are the entries that hold each trigger (by number); `mounts` says where an entry is mounted."""
        self._dead = dead
        self._in = interpreter
        self._contents = contents
        self._holders = holders
        self._mounts = mounts
        self._host = host

    def triggers(self) -> tuple[m.Trigger, ...]:
        """Every trigger once, with the intervals of all contexts that set it up."""
        by_place: dict[Place, list[Trigger]] = {}
        for trigger in self._contents.triggers:
            by_place.setdefault((trigger.file, trigger.line, trigger.mechanism), []).append(trigger)
        found = [self._trigger(by_place[place]) for place in sorted(by_place)]
        # of events only those matter that come to the network: a message that nobody waits for does not
        return tuple(one for one in found if one.calls_network or one.kind != "event")

    def _trigger(self, same: list[Trigger]) -> m.Trigger:
        first = next((one for one in same if one.spans), same[0])
        numbers = [self._contents.triggers[one] for one in same]
        behind = _together(self._contents.behind_trigger[number] for number in numbers)
        holders = {id(entry): entry for number in numbers for entry in self._holders.get(number, ())}
        entry = _owner(first, list(holders.values()))
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
            calls_network=bool(behind.requests or behind.own),
            intervals=tuple(m.Interval(span.ms, span.when) for span in spans),
            why="" if spans else first.why,
            period="" if not spans else "interval+run" if first.after else "interval",
            stale_ms=times_of(first.stale),
            enabled=first.enabled,
            background=first.background,
            key=first.key,
            settings=first.settings,
            mounted_on=mounted,
            endpoints=endpoints,
            dead=bool(holders) and all(self._dead(holder) for holder in holders.values()),
        )

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
        for place in sorted(by_place):
            same = by_place[place]
            first = max(same, key=lambda one: (one.attempts is not None, one.attempts or 0, one.delays))
            numbers = [self._contents.retries[one] for one in same]
            behind = _together(self._contents.behind_retry[number] for number in numbers)
            found.append(self._retry(first, behind, in_path=any(waited.get(number, False) for number in numbers)))
        return tuple(found)

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
        )

    def guards(self) -> tuple[m.Guard, ...]:
        """Every guard, in the order of places."""
        found: list[m.Guard] = []
        for guard in sorted(self._contents.guards, key=_guard_order):
            behind = self._contents.behind_guard[self._contents.guards[guard]]
            found.append(
                m.Guard(
                    id=guard_id(guard),
                    kind=guard.kind,
                    mechanism=guard.mechanism,
                    file=guard.file,
                    line=guard.line,
                    function=guard.function,
                    ttl_ms=times_of(guard.ttl),
                    scope=guard.scope,
                    store=guard.store,
                    key=guard.key,
                    why=guard.why,
                    endpoints=self._named(behind),
                    also_lines=guard.also,
                )
            )
        return tuple({one.id: one for one in found}.values())


def guard_id(guard: Guard) -> str:
    """What tells a guard from all others, the same in every run."""
    ttl = "/".join(f"{span.ms:g}" for span in guard.ttl)
    return f"{guard.kind}:{guard.file}:{guard.line}" + (f":{ttl}" if ttl else "")


def _guard_order(guard: Guard) -> tuple[str, int, str, str, str]:
    return (guard.file, guard.line, guard.kind, guard_id(guard), guard.key)


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
