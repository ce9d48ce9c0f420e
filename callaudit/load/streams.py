"""From the inventory to streams of requests: what polls, runs on a schedule, loads with a page or follows an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.inventory.model import REPEATING
from callaudit.libraries.runs_once import ONE_FOR_ALL
from callaudit.load.actions import Actions
from callaudit.load.behind import Behind
from callaudit.load.causes import Cause
from callaudit.load.charges import Charges
from callaudit.load.conditions import condition
from callaudit.load.instances import running
from callaudit.load.model import Alternative, Gap, Model, Place, Stream
from callaudit.load.own_limits import without_own_limits
from callaudit.load.page_loads import page_loads
from callaudit.load.query_options import attempts_of, delays_of, fresh_of, refetches_on_focus
from callaudit.load.ranges import NOTHING, Range
from callaudit.load.restarts import with_restarts

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Reach, Trigger
    from callaudit.load.model import Holder, Kind
    from callaudit.providers.match import Catalogue

QUERIES = ("poll", "load", "focus")
_HOLDERS: dict[str, Holder] = {"browser": "user", "server": "server", "worker": "worker"}


def model_of(inventory: Inventory, catalogue: Catalogue) -> Model:
    """What the code says about load; dead triggers have none."""
    builder = Streams(inventory, catalogue)
    for trigger in inventory.triggers:
        if trigger.reaches and not trigger.dead:
            builder.trigger(trigger)
    page_loads(inventory, builder)
    builder.actions.all()
    streams = with_restarts(without_own_limits(builder.found))
    pages = tuple(sorted({page for stream in streams for page in stream.pages if stream.holder == "user"}))
    said = tuple(Gap(one.file, one.line, one.name, one.value) for one in inventory.annotations if one.used)
    return Model(streams, builder.charges.buckets(), pages, builder.actions.all_runs, said, tuple(builder.gaps))


class Streams:
    """Makes streams, one for each reach of what sends requests."""

    def __init__(self, inventory: Inventory, catalogue: Catalogue) -> None:
        """Make streams for what `inventory` says."""
        self.found: list[Stream] = []
        self.gaps: list[Gap] = []
        self.charges = Charges(catalogue)
        self.actions = Actions(inventory, self)
        self._behind = Behind(inventory)
        self._retries = [retry for retry in inventory.retries if retry.mechanism.endswith(" retry")]
        self._pages = {entry.name for entry in inventory.entries if entry.kind == "page"}

    def trigger(self, trigger: Trigger) -> None:
        """The streams of one trigger."""
        if trigger.kind == "event":
            self.actions.event(trigger)
            return
        if trigger.kind in REPEATING and not trigger.intervals:
            why = f"{trigger.why or 'the interval is not known'}: counted as nothing"
            self.gap(trigger.file, trigger.line, f"{trigger.mechanism} of {trigger.entry}", why)
        query = trigger.kind in QUERIES and trigger.origin == "browser"
        fresh = fresh_of(trigger) if query else NOTHING
        for reach in trigger.reaches:
            for pages, calls in running(trigger, self.pages_of(trigger)):
                if trigger.kind in REPEATING and trigger.intervals:
                    self._repeat(trigger, reach, pages, calls)
                if query:
                    self.add(trigger, reach, "load", pages=pages, calls=calls, fresh_s=fresh)
                if query and refetches_on_focus(trigger):
                    alternatives = _alternatives(trigger)
                    self.add(
                        trigger, reach, "focus", pages=pages, calls=calls, fresh_s=fresh, alternatives=alternatives
                    )

    def _repeat(self, trigger: Trigger, reach: Reach, pages: tuple[str, ...], calls: Range) -> None:
        self.add(
            trigger,
            reach,
            _kind(trigger.kind),
            pages=pages,
            calls=calls,
            alternatives=_alternatives(trigger),
            after_run=trigger.period == "interval+run",
            background=trigger.background is not False,
        )

    def add(
        self,
        trigger: Trigger,
        reach: Reach,
        kind: Kind,
        *,
        pages: tuple[str, ...] | None = None,
        calls: Range | None = None,
        action: str = "",
        fresh_s: Range = NOTHING,
        alternatives: tuple[Alternative, ...] = (),
        after_run: bool = False,
        background: bool = False,
        enabled: str | None = None,
    ) -> None:
        """Add the stream of one reach of a trigger."""
        cause = Cause(
            kind=kind,
            entry=trigger.entry,
            function=trigger.function,
            file=trigger.file,
            line=trigger.line,
            mechanism=trigger.mechanism,
            holder=_holder(trigger),
            pages=self.pages_of(trigger) if pages is None else pages,
            calls=calls,
            action=action,
            fresh_s=fresh_s,
            alternatives=alternatives,
            after_run=after_run,
            background=background,
            when=condition(trigger.enabled if enabled is None else enabled),
            key=trigger.key,
            failure_attempts=attempts_of(trigger),
            failure_delays_s=delays_of(trigger, self._retries),
        )
        self.put(reach, cause)

    def put(self, reach: Reach, cause: Cause) -> None:
        """Add a stream; requests to the same origin that no own route answers are left out."""
        if reach.host == "same-origin":
            return
        stream = Stream(
            id=len(self.found),
            kind=cause.kind,
            entry=cause.entry,
            function=cause.function,
            file=cause.file,
            line=cause.line,
            mechanism=cause.mechanism,
            holder=cause.holder,
            pages=cause.pages,
            action=cause.action,
            fresh_s=cause.fresh_s,
            alternatives=cause.alternatives,
            after_run=cause.after_run,
            background=cause.background,
            when=cause.when,
            key=cause.key,
            failure_delays_s=cause.failure_delays_s,
            origin=reach.origin,
            provider=reach.provider,
            # The host stands for a URL of which no path is known, as that of a webhook.
            endpoint=reach.endpoint or f"{reach.method} {reach.path or reach.host or 'unknown host'}",
            method=reach.method,
            host=reach.host,
            path=reach.path,
            site=Place(reach.site.file, reach.site.line),
            through=reach.through,
            charges=self.charges.of(reach),
        )
        self.found.append(self._with_profile(self._with_surroundings(stream, reach, cause), reach))

    def _with_surroundings(self, stream: Stream, reach: Reach, cause: Cause) -> Stream:
        """Add what stands around the call: loops, retries, caches, queues."""
        facts = self._behind.of(reach)
        return replace(
            stream,
            calls=facts.calls if cause.calls is None else cause.calls * facts.calls,
            retry_attempts=facts.retry_attempts,
            failure_attempts=facts.failure_attempts * cause.failure_attempts,
            caches=facts.caches,
            queues=facts.queues,
        )

    def _with_profile(self, stream: Stream, reach: Reach) -> Stream:
        """Add what the provider's profile says of the endpoint, and what it costs with and without a key."""
        stream = replace(
            stream,
            without_key=self.charges.without_key(reach),
            with_key=self.charges.with_key(reach),
            key_header=self.charges.key_header(reach),
            batch=self.charges.batch(reach),
            sequence=self.charges.sequence(reach),
        )
        endpoint = self.charges.endpoint(reach)
        if endpoint is None:
            return stream
        return replace(
            stream,
            channel=endpoint.channels[0] if endpoint.channels else "",
            keep_s=endpoint.ttl_s[1] if endpoint.ttl_s is not None else None,
            scope=endpoint.scope,
            effect=endpoint.effect,
        )

    def pages_of(self, trigger: Trigger) -> tuple[str, ...]:
        """The pages on which a trigger runs; none where it is in no page."""
        return trigger.mounted_on or ((trigger.entry,) if trigger.entry in self._pages else ())

    def gap(self, file: str, line: int, what: str, why: str) -> None:
        """Remember something that is not counted, once."""
        gap = Gap(file, line, what, why)
        if gap not in self.gaps:
            self.gaps.append(gap)


def _kind(kind: str) -> Kind:
    return "cron" if kind == "cron" else "timer" if kind == "timer" else "loop" if kind == "loop" else "poll"


def _holder(trigger: Trigger) -> Holder:
    return "once" if ONE_FOR_ALL in trigger.settings else _HOLDERS.get(trigger.origin, "server")


def _alternatives(trigger: Trigger) -> tuple[Alternative, ...]:
    return tuple(Alternative(one.ms / 1000, condition(one.when, of_interval=True)) for one in trigger.intervals)
