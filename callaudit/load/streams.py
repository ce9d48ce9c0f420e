"""From the inventory to streams of requests: what polls, runs on a schedule, loads with a page or follows an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.libraries.runs_once import ONE_FOR_ALL
from callaudit.load.actions import Actions
from callaudit.load.behind import Behind
from callaudit.load.charges import Charges
from callaudit.load.conditions import condition
from callaudit.load.model import Alternative, Gap, Model, Place, Stream
from callaudit.load.page_loads import page_loads
from callaudit.load.query_options import attempts_of, delays_of, fresh_of, refetches_on_focus
from callaudit.load.ranges import NOTHING, Range
from callaudit.load.restarts import with_restarts

if TYPE_CHECKING:
    from callaudit.inventory.model import Inventory, Reach, Trigger
    from callaudit.load.model import Holder, Kind
    from callaudit.providers.match import Catalogue

REPEATS = ("poll", "timer", "loop", "cron")
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
    streams = with_restarts(builder.found)
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
        query = trigger.kind in QUERIES and trigger.origin == "browser"
        for reach in trigger.reaches:
            if trigger.kind in REPEATS:
                self._repeat(trigger, reach)
            if query:
                self.add(trigger, reach, "load", fresh_s=fresh_of(trigger))
            if query and refetches_on_focus(trigger):
                self.add(trigger, reach, "focus", fresh_s=fresh_of(trigger), alternatives=_alternatives(trigger))

    def _repeat(self, trigger: Trigger, reach: Reach) -> None:
        if not trigger.intervals:
            why = f"{trigger.why or 'the interval is not known'}: counted as nothing"
            self.gap(trigger.file, trigger.line, f"{trigger.mechanism} of {trigger.entry}", why)
            return
        self.add(
            trigger,
            reach,
            _kind(trigger.kind),
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
        calls: Range | None = None,
        action: str = "",
        fresh_s: Range = NOTHING,
        alternatives: tuple[Alternative, ...] = (),
        after_run: bool = False,
        background: bool = False,
        enabled: str | None = None,
    ) -> None:
        """Add the stream of one reach of a trigger."""
        enabled = trigger.enabled if enabled is None else enabled
        self.put(
            reach,
            kind=kind,
            entry=trigger.entry,
            function=trigger.function,
            file=trigger.file,
            line=trigger.line,
            mechanism=trigger.mechanism,
            holder=_holder(trigger),
            pages=self.pages_of(trigger),
            calls=calls,
            action=action,
            fresh_s=fresh_s,
            alternatives=alternatives,
            after_run=after_run,
            background=background,
            when=condition(enabled),
            key=trigger.key,
            failure_attempts=attempts_of(trigger),
            failure_delays_s=delays_of(trigger, self._retries),
        )

    def put(
        self,
        reach: Reach,
        *,
        kind: Kind,
        entry: str,
        function: str,
        file: str,
        line: int,
        mechanism: str,
        holder: Holder,
        pages: tuple[str, ...],
        calls: Range | None = None,
        failure_attempts: int = 1,
        **more: object,
    ) -> None:
        """Add a stream; requests to the same origin that no own route answers are left out."""
        if reach.host == "same-origin":
            return
        facts = self._behind.of(reach)
        endpoint = self.charges.endpoint(reach)
        self.found.append(
            Stream(
                id=len(self.found),
                kind=kind,
                entry=entry,
                function=function,
                file=file,
                line=line,
                mechanism=mechanism,
                holder=holder,
                pages=pages,
                origin=reach.origin,
                provider=reach.provider,
                # The host stands for a URL of which no path is known, as that of a webhook.
                endpoint=reach.endpoint or f"{reach.method} {reach.path or reach.host or 'unknown host'}",
                method=reach.method,
                host=reach.host,
                path=reach.path,
                site=Place(reach.site.file, reach.site.line),
                charges=self.charges.of(reach),
                without_key=self.charges.without_key(reach),
                with_key=self.charges.with_key(reach),
                key_header=self.charges.key_header(reach),
                channel=endpoint.channels[0] if endpoint is not None and endpoint.channels else "",
                keep_s=endpoint.ttl_s[1] if endpoint is not None and endpoint.ttl_s is not None else None,
                scope=endpoint.scope if endpoint is not None else "unknown",
                effect=endpoint.effect if endpoint is not None else "unknown",
                calls=facts.calls if calls is None else calls * facts.calls,
                retry_attempts=facts.retry_attempts,
                failure_attempts=facts.failure_attempts * failure_attempts,
                caches=facts.caches,
                queues=facts.queues,
                batch=self.charges.batch(reach),
                sequence=self.charges.sequence(reach),
                through=reach.through,
                **more,  # type: ignore[arg-type]  # fields of a stream, by their names
            )
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
