"""Requests of pages that a service worker sends on: `self.addEventListener("fetch", (event) => fetch(event.request))`.

https://w3c.github.io/ServiceWorker/#fetchevent-interface: the page has asked, and is counted where it does; that the
worker asks instead of the browser is no request more. What it asks for beside that is one.
"""

from __future__ import annotations

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Record, Unknown, Value

SENT_ON = "the request of a page, which a service worker sends on"
_EVENT = Record({"request": Unknown("request", SENT_ON)}, open=True)


def event_of(args: list[Value]) -> list[Value]:
    """What a listener is handed, as far as that is known: `args` are the name of the event and the listener."""
    name = forced(args[0]) if args else None
    return [_EVENT] if isinstance(name, Const) and name.value == "fetch" else []


def is_sent_on(args: list[Value]) -> bool:
    """Whether `fetch` is handed the request of a page, or its address."""
    asked = forced(args[0]) if args else None
    return isinstance(asked, Unknown) and asked.why == SENT_ON
