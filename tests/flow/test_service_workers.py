"""What a service worker sends on for a page is no request of its own."""

from __future__ import annotations

import pytest

from tests.projects import audited

WORKERS = {
    "a listener": """
        self.addEventListener("fetch", (event) => {
          event.respondWith((async () => {
            try { return await fetch(event.request); } catch { return caches.match("https://a.test/offline"); }
          })());
        });
        fetch("https://a.test/own");
        """,
    "a property, and a function of its own": """
        self.onfetch = (event) => event.respondWith(first(event.request));
        async function first(request) { return (await caches.match(request)) ?? fetch(request.clone()); }
        fetch("https://a.test/own");
        """,
    "its address": """
        self.addEventListener("fetch", (event) => { event.respondWith(fetch(event.request.url)); });
        fetch("https://a.test/own");
        """,
}


@pytest.mark.parametrize("name", WORKERS)
def test_what_is_sent_on_is_asked_for_by_the_page(name: str) -> None:
    inventory = audited({"public/sw.js": WORKERS[name]})
    assert [call.url for call in inventory.calls] == ["https://a.test/own"]
    assert inventory.unknowns == ()


def test_another_event_has_no_such_request() -> None:
    source = 'self.addEventListener("message", (event) => { fetch(event.request); });'
    assert [one.what for one in audited({"public/sw.js": source}).unknowns] == ["request"]
