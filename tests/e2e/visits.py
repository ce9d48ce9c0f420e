"""Visits of pages in headless Chromium: what each asked the upstream when it opened, and while it stayed open."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from playwright.sync_api import sync_playwright

from tests.e2e import site as sites
from tests.e2e.standin import StandIn

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

# The longest opening is one that fails: three waits of a library, 7 s, and four answers.
SETTLE = 8.0
# Four rounds of a query that fails: waits of 1, 2 and 4 s, its interval, and four answers.
STEADY = 29.4
LOADED = 2.0
CLICKS = 10
_PREPARE = """
performance.setResourceTimingBufferSize(10000);
window.wallet = { sign: async () => 'signature' };
// How late timers of this page are on a busy machine.
window.late = { total: 0, times: 0 };
const tick = (due) => setTimeout(() => {
  window.late.total += performance.now() - due;
  window.late.times += 1;
  tick(performance.now() + 100);
}, 100);
tick(performance.now() + 100);
"""
_BEGIN = """() => {
  performance.clearResourceTimings();
  window.late = { total: 0, times: 0 };
}"""
_LATENCY = """() => {
  const taken = performance
    .getEntriesByType('resource')
    .filter((entry) => new URL(entry.name).pathname.startsWith('/api/'))
    .map((entry) => entry.duration);
  const mean = taken.reduce((sum, one) => sum + one, 0) / Math.max(taken.length, 1);
  return (mean + window.late.total / Math.max(window.late.times, 1)) / 1000;
}"""


class Plan(Struct, frozen=True):
    """One visit: a page, and what its surroundings are like. `press` is a button that is pressed `CLICKS` times."""

    page: str
    connected: bool = True
    hidden: bool = False
    failing: bool = False
    press: str = ""


class Visit(Struct, frozen=True):
    """What was counted: requests when the page opened, in `seconds` of staying open, and after the button was pressed.

    `moments` are those of staying open, on one clock. `latency` is the mean
    time in seconds that a request of the page took and its timers were late, as the browser saw it.
    """

    opened: Counter[str]
    steady: Counter[str]
    pressed: Counter[str]
    moments: dict[str, list[float]]
    seconds: float
    latency: float


def visit(copy: Path, plans: dict[str, Plan], sockets: StandIn) -> dict[str, Visit]:
    """Carry out all visits at the same time, each with a site and an upstream of its own."""
    upstreams = {name: StandIn(failing=plan.failing) for name, plan in plans.items()}
    running = {name: sites.start(copy, upstream.port) for name, upstream in upstreams.items()}
    try:
        sites.wait_for(running.values())
        sockets.welcome.update(running[name].port for name, plan in plans.items() if plan.connected)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=sites.chromium(), args=["--no-sandbox"])
            tabs = {name: _open(browser, running[name].url, plan) for name, plan in plans.items()}
            return _watch(tabs, plans, upstreams)
    finally:
        sites.stop(running.values())
        for upstream in upstreams.values():
            upstream.close()


class Tab(Struct):
    """A page of Playwright's, or a hidden window that only the browser knows; `since` is when it was opened."""

    since: float
    page: Page | None = None


def _open(browser: Browser, url: str, plan: Plan) -> Tab:
    since = time.monotonic()
    if plan.hidden:
        _open_window(browser.new_browser_cdp_session(), url, plan.page)
        return Tab(since)
    context: BrowserContext = browser.new_context()
    context.add_cookies([{"name": "fc_session", "value": "demo", "url": url}])
    context.add_init_script(_PREPARE)
    page = context.new_page()
    page.goto(url + plan.page)
    return Tab(since, page)


def _open_window(session: CDPSession, url: str, path: str) -> None:
    """Open a window and minimize it. Playwright makes its own pages believe that they are in front; not this one."""
    context = session.send("Target.createBrowserContext")["browserContextId"]
    cookie: dict[str, Any] = {"name": "fc_session", "value": "demo", "url": url}
    session.send("Storage.setCookies", {"browserContextId": context, "cookies": [cookie]})
    opened = {"url": url + path, "browserContextId": context, "newWindow": True}
    target = session.send("Target.createTarget", opened)["targetId"]
    time.sleep(LOADED)
    window = session.send("Browser.getWindowForTarget", {"targetId": target})["windowId"]
    session.send("Browser.setWindowBounds", {"windowId": window, "bounds": {"windowState": "minimized"}})


def _watch(tabs: dict[str, Tab], plans: dict[str, Plan], upstreams: dict[str, StandIn]) -> dict[str, Visit]:
    pages = {name: tab.page for name, tab in tabs.items() if tab.page}
    _wait(pages, SETTLE)
    for page in pages.values():
        page.evaluate(_BEGIN)
    start = time.monotonic()
    _wait(pages, STEADY)
    end = start + STEADY
    latencies = {name: float(page.evaluate(_LATENCY)) for name, page in pages.items()}
    pressed_at = time.monotonic()
    for name, page in pages.items():
        if button := plans[name].press:
            _press(page, button)
    pressed_until = time.monotonic()
    return {
        name: Visit(
            opened=upstreams[name].counted(tab.since, start),
            steady=upstreams[name].counted(start, end),
            pressed=upstreams[name].counted(pressed_at, pressed_until),
            moments=upstreams[name].moments(start, end),
            seconds=STEADY,
            latency=latencies.get(name, 0.0),
        )
        for name, tab in tabs.items()
    }


def _wait(pages: dict[str, Page], seconds: float) -> None:
    """Wait while Playwright goes on answering the browser."""
    next(iter(pages.values())).wait_for_timeout(seconds * 1000)


def _press(page: Page, button: str) -> None:
    for _ in range(CLICKS):
        page.get_by_role("button", name=button).click()
        page.wait_for_timeout(300)
