"""Policies that a function runs under: what tries it again, ends it, bounds how many run, or leaves it out.

cockatiel 2 and 3 (https://github.com/connor4312/cockatiel#readme and its source: `maxAttempts` counts what comes after
the first one, without end where it is not told; waits are random, from 128 ms, doubling up to 30 s), opossum 5 to 9
(https://nodeshift.dev/opossum/#circuitbreaker: 10 s, `false` for ever; `cacheTTL` 0 is for ever).
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice, Guarded, Repeated
from callaudit.flow.effects.records import ENDLESS, Guard, Span
from callaudit.flow.retries.retry_waits import retry_of, waits_of
from callaudit.flow.timers.spans import number_of, times
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, Const, ForeignValue, Record, Undefined
from callaudit.libraries.model import Backoff
from callaudit.libraries.tables.circuit_breakers import UNTOLD
from callaudit.libraries.tables.cockatiel import BACKOFFS

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value

RETRY, TIMEOUT, BULKHEAD, BREAKER, WRAPPED, OPOSSUM = "retry", "timeout", "bulkhead", "breaker", "wrapped", "opossum"
"""Kinds of clients that are policies."""
OPEN = "the breaker lets it through"
MOST_WRAPPED = 12
DEPTH = 4


class Ran(NamedTuple):
    """What runs under a policy, and what it costs."""

    effects: list[Effect]
    cost: Cost


def under_policies(frame: Frame, here: Application, client: Client | None, ran: Ran) -> Ran:
    """What a policy makes of a function that it runs: the inner ones of several first."""
    for policy in reversed(_all(client, DEPTH)) if ran.effects else ():
        ran = _UNDER[policy.kind](frame, here, policy, ran)
    return ran


def _all(policy: Client | None, depth: int) -> list[Client]:
    """The policies that one is made of, from the outside to the inside."""
    if policy is None or policy.kind != WRAPPED:
        return [policy] if policy is not None and policy.kind in _UNDER else []
    given = [forced(arg) for arg in policy.args[:MOST_WRAPPED]] if depth else []
    return [one for arg in given if isinstance(arg, Client) for one in _all(arg, depth - 1)]


def _option(policy: Client, place: int, name: str) -> Value:
    options = forced(policy.args[place]) if place < len(policy.args) else UNDEFINED
    return forced(options.fields[name]) if isinstance(options, Record) and name in options.fields else UNDEFINED


def _guard(frame: Frame, here: Application, kind: str, mechanism: str, ran: Ran, **more: object) -> Ran:
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    guard = Guard(kind, mechanism, here.scope.module, here.expr.line, function, **more)  # type: ignore[arg-type]
    return Ran([Guarded(guard, tuple(ran.effects))], ran.cost)


def _tried(frame: Frame, here: Application, policy: Client, ran: Ran) -> Ran:
    told = _option(policy, 1, "maxAttempts")
    number = number_of(told)
    most = inf if number is None else number + 1
    why = "" if number is not None or isinstance(told, Undefined) else "how often it tries is not known"
    attempts = None if most == inf else int(most)
    backoff = _option(policy, 1, "backoff")
    model = Backoff(0)
    args: list[Value] = []
    if isinstance(backoff, ForeignValue) and backoff.path[-1:] and backoff.path[-1] in BACKOFFS:
        model, args = BACKOFFS[backoff.path[-1]], list(backoff.args or ())
    elif not isinstance(backoff, Undefined):
        why = why or "how long it waits is not known"
    waits = waits_of(frame.interpreter, model, args, attempts)
    retry = retry_of(frame, here.scope, "cockatiel", here.expr.line, attempts, waits, why)
    retries = (retry,) if attempts is None or attempts > 1 else ()
    again = Repeated("loop", here.expr.line, 1, attempts, tuple(ran.effects), "while it fails", retries=retries)
    return Ran([again], costs.repeat(ran.cost, 1, most))


def _timed(frame: Frame, here: Application, policy: Client, ran: Ran) -> Ran:
    found = times(frame.interpreter, policy.args[0]) if policy.args else None
    spans = found.spans if found is not None else ()
    why = "" if spans or found is None else found.why
    return _guard(frame, here, "timeout", "cockatiel timeout", ran, ttl=spans, why=why)


def _bounded(frame: Frame, here: Application, policy: Client, ran: Ran) -> Ran:
    return _bound(frame, here, policy.args[0] if policy.args else UNDEFINED, "bulkhead", ran)


def _bound(frame: Frame, here: Application, limit: Value, mechanism: str, ran: Ran) -> Ran:
    number = number_of(limit)
    why = "" if number else "how many may run at once is not known"
    most = int(number) if number else 0
    return _guard(frame, here, "queue", mechanism, ran, scope="shared", store="process", concurrency=most, why=why)


def _broken(frame: Frame, here: Application, policy: Client, ran: Ran) -> Ran:
    del frame, policy
    return Ran([Choice(here.expr.line, ((OPEN, tuple(ran.effects)),))], costs.maybe(ran.cost))


def _of_opossum(frame: Frame, here: Application, policy: Client, ran: Ran) -> Ran:
    limit = _option(policy, 1, "timeout")
    if not (isinstance(limit, Const) and limit.value is False):
        told = not isinstance(limit, Undefined)
        found = times(frame.interpreter, limit) if told else None
        spans = found.spans if found is not None else (Span(UNTOLD),)
        why = "" if spans and told else found.why if found is not None else "the default of opossum"
        ran = _guard(frame, here, "timeout", "opossum timeout", ran, ttl=spans, why=why)
    capacity = _option(policy, 1, "capacity")
    if not isinstance(capacity, Undefined):
        ran = _bound(frame, here, capacity, "opossum capacity", ran)
    ran = _broken(frame, here, policy, ran)
    scope = "per-key" if here.expr.args else "shared"
    if truth(_option(policy, 1, "coalesce")):
        ran = _guard(frame, here, "dedup", "opossum coalesce", ran, scope=scope, store="process")
    if truth(_option(policy, 1, "cache")):
        lasts = _option(policy, 1, "cacheTTL")
        found = times(frame.interpreter, lasts) if not isinstance(lasts, Undefined) else None
        kept = found.spans if found is not None else ()
        why = "" if kept else ENDLESS if found is None or found.off else found.why
        place = "process" if isinstance(_option(policy, 1, "cacheTransport"), Undefined) else "unknown"
        ran = _guard(frame, here, "cache", "opossum cache", ran, ttl=kept, scope=scope, store=place, why=why)
    return ran


_UNDER = {
    RETRY: _tried,
    TIMEOUT: _timed,
    BULKHEAD: _bounded,
    BREAKER: _broken,
    OPOSSUM: _of_opossum,
}
