"""Why a change saves nothing, or makes a bucket bear more: in words, from the streams that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.model import REPEATING
from callaudit.load.situation import Situation

if TYPE_CHECKING:
    from callaudit.load.changes import Change
    from callaudit.load.model import Model, Stream
    from callaudit.load.scenario import Scenario

SMALL = 0.005
"""Savings below this part are none."""


def reason(change: Change, bucket: str, saves: float, model: Model, scenario: Scenario) -> str:
    """Say why; empty where a change saves what it is for."""
    if change.kind == "tier":
        return "" if saves else "this quota has no levels"
    if change.kind == "queue":
        return "it delays what is too much and loses none of it: the rate in the long run stays"
    own = [one for one in model.streams if one.id in change.streams]
    here = [one for one in own if any(charge.bucket == bucket for charge in one.charges)]
    if saves < -SMALL:
        return "requests that another quota paid for come here"
    if not here:
        return _elsewhere(own, model)
    situation = Situation(scenario)
    asking = [stream for stream in here if situation.asks(stream).expected > 0]
    if not asking:
        return "nothing asks for it in this scenario"
    if change.kind == "cache":
        return _of_cache(change, asking, saves)
    return "" if saves > SMALL else _of_kind(change, asking, scenario)


def _elsewhere(own: list[Stream], model: Model) -> str:
    """Where the requests of a change are charged instead."""
    titles = {bucket.id: bucket.title or bucket.id for bucket in model.buckets}
    payers = sorted({titles.get(charge.bucket, charge.bucket) for stream in own for charge in stream.charges})
    return f"its requests are charged to {'; '.join(payers)}" if payers else "nothing is charged here"


def _of_kind(change: Change, asking: list[Stream], scenario: Scenario) -> str:
    if change.kind == "dedup":
        if not scenario.latency_s.expected:
            return "no request is in flight while another comes: latency is taken as 0"
        return "hardly two requests for one key are in flight at a time"
    if change.kind in ("no-retry", "push") and scenario.retry_miss.expected == 0:
        return "the first attempt is taken to succeed"
    if change.kind == "websocket-only" and scenario.websocket_uptime.expected == 0:
        return "the WebSocket is taken to be down all the time"
    return _rare(asking)


def _of_cache(change: Change, asking: list[Stream], saves: float) -> str:
    """A cache of one account's data is asked by that account's pollers alone."""
    ttl = change.ttl_s or 0.0
    periods = sorted(one.seconds for stream in asking if stream.kind in REPEATING for one in stream.alternatives)
    slower = [period for period in periods if period >= ttl]
    if change.scope == "per-key" and slower:
        which = "asked" if len(slower) == len(periods) else "what is asked"
        return f"{which} every {slower[0]:g} s or less often: a {ttl:g} s cache is never hit by it"
    return "" if saves > SMALL else _rare(asking)


def _rare(asking: list[Stream]) -> str:
    kinds = ", ".join(sorted({stream.kind for stream in asking}))
    return f"these requests ({kinds}) are less than 0.5 % of this quota's"
