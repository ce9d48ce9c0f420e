"""Alarms of browser extensions."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited

LOAD = "const load = () => fetch('https://a.test/x');\n"
SET = "chrome.alarms.create('poll', { periodInMinutes: 5 });"
HEAR = "chrome.alarms.onAlarm.addListener((alarm) => { load(); });"
PERIODS = {
    "a global": (f"{SET} {HEAR}", [300_000]),
    "a package": (
        "import browser from 'webextension-polyfill'; browser.alarms.create({ periodInMinutes: 1 }); browser.alarms.onAlarm.addListener(load);",
        [60_000],
    ),
    "set in a function": (
        "const EVERY = 0.5; async function start() { await browser.alarms.clearAll(); browser.alarms.create('a', { delayInMinutes: 1, periodInMinutes: EVERY }); } browser.runtime.onInstalled.addListener(start); browser.alarms.onAlarm.addListener(load);",
        [30_000],
    ),
    "one that goes off once beside it": (
        f"{SET} chrome.alarms.create('other', {{ delayInMinutes: 1 }}); {HEAR}",
        [300_000],
    ),
    "several": (
        f"{SET} chrome.alarms.create('other', {{ periodInMinutes: 60 }}); {HEAR}",
        [300_000, 3_600_000],
    ),
}
UNKNOWN = {
    "once": (f"chrome.alarms.create('poll', {{ delayInMinutes: 5 }}); {HEAR}", "goes off once"),
    "beside one that is known": (
        f"{SET} const at = (every) => chrome.alarms.create('other', {{ periodInMinutes: every }}); at(5 * Number(process.argv[2])); {HEAR}",
        "every",
    ),
    "nowhere": (HEAR, "no alarm is set"),
    "by the user": (
        f"const at = (every) => chrome.alarms.create('poll', {{ periodInMinutes: every }}); at(5 * Number(process.argv[2])); {HEAR}",
        "every",
    ),
    "by what is not known": (
        f"const at = (options) => chrome.alarms.create('poll', options); at(JSON.parse('x')); {HEAR}",
        "not known",
    ),
}


@pytest.mark.parametrize("name", PERIODS)
def test_an_alarm_goes_off_as_often_as_it_is_set_to(name: str) -> None:
    source, expected = PERIODS[name]
    (trigger,) = audited({"background.js": LOAD + source}).triggers
    assert (trigger.kind, trigger.origin) == ("timer", "browser")
    assert [one.ms for one in trigger.intervals] == expected
    assert {one.path for one in trigger.endpoints} == {"/x"}


@pytest.mark.parametrize("name", UNKNOWN)
def test_how_often_it_goes_off_may_not_be_known(name: str) -> None:
    source, why = UNKNOWN[name]
    (trigger,) = audited({"background.js": LOAD + source}).triggers
    assert trigger.intervals == ()
    assert why in trigger.why


@pytest.mark.parametrize(
    "source",
    [
        f"{SET} chrome.tabs.onUpdated.addListener(load);",
        f"const chrome = {{ alarms: {{ onAlarm: {{ addListener(f) {{}} }} }} }}; {HEAR}",
    ],
)
def test_what_is_no_alarm_is_none(source: str) -> None:
    assert [one for one in audited({"background.js": LOAD + source}).triggers if one.kind == "timer"] == []


@pytest.mark.parametrize(
    "own",
    [
        "const board = { alarms: { create(n: string, o: object) { console.log(n, o); } } };",
        "class A { create(n: string, o: object) { console.log(n, o); } }\nconst board = { alarms: new A() };",
    ],
)
def test_alarms_of_the_program_itself_are_no_others(own: str) -> None:
    source = f"""{own}
chrome.alarms.create("poll", {{ periodInMinutes: 5 }});
chrome.alarms.onAlarm.addListener(() => {{ fetch("https://a.test/one"); }});
board.alarms.create("x", {{ periodInMinutes: 1 }});
"""
    files = {"manifest.json": '{"manifest_version": 3, "background": {"service_worker": "bg.ts"}}', "bg.ts": source}
    assert [span.ms for trigger in audited(files).triggers for span in trigger.intervals] == [300_000]
