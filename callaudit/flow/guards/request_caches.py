"""Caches of HTTP clients: what is kept of the answers to a request by an option of its own, or of its client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Guarded, Request
from callaudit.flow.effects.records import Guard
from callaudit.flow.guards.cache_stores import place_of
from callaudit.flow.reading.use_sites import is_constant
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Const, ForeignValue, Record, Undefined, Unknown
from callaudit.libraries.request_caches import CACHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.guards.request_guards import Sending
    from callaudit.flow.values.values import Value
    from callaudit.libraries.request_caches import RequestCache

_ADAPTER = "axios-cache-adapter"
KEY = "request URL"
"""What such caches keep answers under."""


def client_caches(sending: Sending, own: Value, made_with: Sequence[Value], sent: Effect) -> Iterator[Guard]:
    """The cache that a client has before the request `sent`; none where the request turns it off."""
    methods = {one.target.method for one in sent.requests} if isinstance(sent, Request) else set[str]()
    for cache in CACHES.get(sending.library.name, ()):
        held = _held(cache, (own, *made_with))
        if not isinstance(forced(held), Undefined) or cache.always:
            if not cache.methods or methods & cache.methods:
                guard = _guard(sending, cache, held)
                if guard is not None:
                    yield guard
            return


def is_kept(sent: Effect) -> bool:
    """Whether one of the guards of a request is such a cache, which may answer for it."""
    while isinstance(sent, Guarded):
        if sent.guard.kind == "cache" and sent.guard.key == KEY:
            return True
        (sent,) = sent.body
    return False


def _held(cache: RequestCache, sources: Sequence[Value]) -> Value:
    for source in sources:
        known = forced(source)
        if cache.always and isinstance(known, ForeignValue):  # the cache itself: `withCache(cache)`
            return known
        if isinstance(known, Record) and cache.option in known.fields:
            return known.fields[cache.option]
    return UNDEFINED


def _guard(sending: Sending, cache: RequestCache, given: Value) -> Guard | None:
    held = forced(given)
    if isinstance(held, Const) and not held.value:
        return None
    if cache.maker == "client" and _ADAPTER not in sending.library.packages:
        return None
    maker = forced(held.receiver) if isinstance(held, Unknown) and held.receiver is not None else held
    if cache.maker == _ADAPTER and not (isinstance(maker, ForeignValue) and maker.package == _ADAPTER):
        return None
    told = _time(cache, maker)
    found = times(sending.interpreter, told) if not isinstance(told, Undefined) else None
    if (found is None and not cache.untold) or (found is not None and found.off and not found.spans):
        return None
    why = cache.untold if found is None else "" if found.spans else found.why
    place = "process" if isinstance(held, Undefined) or cache.ttl == "maxAge" else _place(sending, given)
    shared = bool(sending.expr.args) and is_constant(sending.interpreter, sending.expr.args[0], sending.scope)
    spans = found.spans if found is not None else ()
    file, line = sending.scope.module, sending.expr.line
    scope = "shared" if shared else "per-key"
    return Guard("cache", cache.mechanism, file, line, sending.function(), spans, scope, place, KEY, why)


def _place(sending: Sending, held: Value) -> str:
    return place_of(sending.interpreter, [Record({"store": held})])


def _time(cache: RequestCache, maker: Value) -> Value:
    """How long it is told to keep answers: by a property, or by what the store was made with."""
    options = forced(maker.args[0]) if isinstance(maker, ForeignValue) and maker.args else maker
    field = options.fields.get(cache.ttl) if isinstance(options, Record) and cache.ttl else None
    return forced(field) if field is not None else UNDEFINED
