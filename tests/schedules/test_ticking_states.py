"""Effects that a timer runs again through a state that they depend on."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, called, cases

PACKAGE = '{"name": "web", "dependencies": {"next": "15.0.0", "react": "19.0.0"}}'
IMPORTS = """
'use client';
import { useEffect, useReducer, useState } from 'react';
import { useInterval } from 'usehooks-ts';
const load = () => fetch('https://a.test/x');
const seconds = () => Math.round(new Date().getTime() / 1000);
"""
TICK = "const [tick, setTick] = useState(0); "
LOAD = "useEffect(() => { load(); }, [tick]); "


def _every(run: str) -> str:
    return f"useEffect(() => {{ const t = setInterval({run}, 5000); return () => clearInterval(t); }}, []); "


def _page(body: str) -> Files:
    page = f"export default function Page({{ id }}: any) {{ {body} return <p/>; }}"
    return {"package.json": PACKAGE, "app/page.tsx": f"{IMPORTS}\n{page}"}


def _timers(body: str) -> list[tuple[list[float], str, list[str]]]:
    found = [one for one in audited(_page(body)).triggers if one.kind == "timer"]
    return [([span.ms for span in one.intervals], one.why, [end.path for end in one.endpoints]) for one in found]


POLLS: dict[str, str] = {
    "counted": TICK + _every("() => setTick((n) => n + 1)") + LOAD,
    "counted by a value": TICK + _every("() => { setTick(tick + 1); }") + LOAD,
    "the clock": "const [now, setNow] = useState(Date.now()); "
    + _every("() => setNow(Date.now())")
    + "useEffect(() => { load(); }, [id, now]);",
    "seconds of the clock": "const [now, setNow] = useState(() => Math.floor(Date.now() / 1000)); "
    + _every("() => { setNow(Math.floor(Date.now() / 1000)); }")
    + "useEffect(() => { load(); }, [id, now]);",
    "a function that tells the time": "const [now, setNow] = useState(seconds()); "
    + _every("() => { const at = seconds(); setNow(at); }")
    + "useEffect(() => { load(); }, [now]);",
    "passed on by an effect": TICK
    + _every("() => setTick((n) => n + 1)")
    + "const [asked, setAsked] = useState([]); useEffect(() => { setAsked([id]); }, [id, tick]); "
    "useEffect(() => { load(); }, [asked]);",
    "a new object": "const [, again] = useState({}); const [tick, setTick] = useState({}); "
    + _every("() => setTick({})")
    + LOAD,
    "a reducer": "const [tick, bump] = useReducer((n: number) => n + 1, 0); " + _every("bump") + LOAD,
    "a hook of a package": TICK + "useInterval(() => setTick((n) => n + 1), 5000);" + LOAD,
    "set anew by the effect": TICK
    + "useEffect(() => { load(); const t = setTimeout(() => setTick((n) => n + 1), 5000);"
    " return () => clearTimeout(t); }, [tick]);",
    "set anew by another effect": TICK
    + "useEffect(() => { const t = setTimeout(() => setTick(tick + 1), 5000); return () => clearTimeout(t); }, [tick]);"
    + LOAD,
}


@pytest.mark.parametrize("name", cases(POLLS))
def test_an_effect_that_depends_on_what_a_timer_counts_polls(name: str) -> None:
    assert _timers(POLLS[name]) == [([5_000], "", ["/x"])]
    assert called(audited(_page(POLLS[name])), "page", "/") == {"GET a.test/x": (1, 1)}


FLAGS: dict[str, str] = {
    "a flag that a timer raises": "const [due, setDue] = useState(true); "
    + _every("() => setDue(true)")
    + "useEffect(() => { if (due) { load(); setDue(false); } }, [due]);",
    "taken down by a function": "const [due, setDue] = useState(true); "
    "const again = async () => { await load(); setDue(false); }; "
    + _every("() => { setDue(true); }")
    + "useEffect(() => { if (!due) return; again(); }, [due]);",
    "set anew when it is taken down": "const [busy, setBusy] = useState(true); useEffect(() => { let t: any; "
    "if (busy) { const run = async () => { await load(); setBusy(false); }; run(); } "
    "else { t = setTimeout(() => { setBusy(true); }, 5000); } return () => clearTimeout(t); }, [busy]);",
}


@pytest.mark.parametrize("name", cases(FLAGS))
def test_an_effect_that_takes_down_the_flag_that_a_timer_raises_polls(name: str) -> None:
    assert _timers(FLAGS[name]) == [([5_000], "", ["/x"])]
    assert called(audited(_page(FLAGS[name])), "page", "/") == {"GET a.test/x": (0, 1)}


LOADS = """
import { useEffect } from 'react';
const load = () => fetch('https://a.test/x');
export function useLoaded(path: string, { first = true, again = [] }: { first?: boolean; again?: number[] } = {}) {
  useEffect(() => { if (first) load(); }, [path, first, ...again]);
}
export function useLoadedAt(at: number) { useEffect(() => { load(); }, [at]); }
export function List({ tick: at }: { tick: number }) { useEffect(() => { load(); }, [at]); return <i/>; }
export function Around({ tick }: { tick: number }) { return <List tick={tick} />; }
"""
HANDED = {
    "in a list": "useLoaded('one', { again: [tick] });",
    "as an argument": "useLoadedAt(tick);",
    "as an attribute": "if (id) return <List tick={tick} />;",
    "through a component": "if (id) return <Around tick={tick} />;",
}


@pytest.mark.parametrize("name", cases(HANDED))
def test_a_state_that_is_handed_on_ticks_where_it_is_handed_to(name: str) -> None:
    page = _page(TICK + _every("() => setTick((n) => n + 1)") + HANDED[name])
    page["app/page.tsx"] = (
        page["app/page.tsx"]
        .strip()
        .replace(
            "import { useInterval",
            "import { useLoaded, useLoadedAt, List, Around } from '../lib/loads';\nimport { useInterval",
        )
    )
    found = [one for one in audited({**page, "lib/loads.tsx": LOADS}).triggers if one.kind == "timer"]
    assert [([span.ms for span in one.intervals], one.file) for one in found] == [([5_000], "app/page.tsx")]
    still = page["app/page.tsx"].replace("setTick((n) => n + 1)", "void 0")
    assert not audited({**page, "app/page.tsx": still, "lib/loads.tsx": LOADS}).triggers


NONE: dict[str, str] = {
    "a flag that a user takes down": "const [due, setDue] = useState(true); "
    + _every("() => setDue(true)")
    + "useEffect(() => { if (due) load(); }, [due]); if (id) return <b onClick={() => setDue(false)}/>;",
    "a value that stays": "const [tick, setTick] = useState(false); " + _every("() => setTick(true)") + LOAD,
    "another state": TICK + _every("() => setTick((n) => n + 1)") + "useEffect(() => { load(); }, [id]);",
    "a function that tells no time": "const [at, setAt] = useState(0); const place = () => Math.round(id); "
    + _every("() => setAt(place())")
    + "useEffect(() => { load(); }, [at]);",
    "passed on where no timer is": "const [asked, setAsked] = useState([]); "
    "useEffect(() => { setAsked([id]); }, [id]); useEffect(() => { load(); }, [asked]);",
    "no dependency": TICK + _every("() => setTick((n) => n + 1)") + "useEffect(() => { load(); }, []);",
    "by a user": TICK + LOAD + "const more = () => setTick(tick + 1); if (id) return <b onClick={more}/>;",
    "a timer that fires once": TICK
    + "useEffect(() => { setTimeout(() => setTick((n) => n + 1), 5000); }, []); "
    + LOAD,
}


@pytest.mark.parametrize("name", cases(NONE))
def test_other_effects_do_not(name: str) -> None:
    assert _timers(NONE[name]) == []


def test_how_often_is_not_known_where_a_timer_sets_it_seldom() -> None:
    body = (
        "const [last, setLast] = useState(seconds()); "
        + _every("() => { const now = seconds(); if (id && now - last >= 300) { setLast(now); } }")
        + "useEffect(() => { load(); }, [last]);"
    )
    assert _timers(body) == [([], "only when id && now - last >= 300", ["/x"])]


def test_how_often_is_not_known_where_the_value_decides() -> None:
    body = (
        "const [tick, setTick] = useState(10); "
        + _every("() => setTick((n) => n - 1)")
        + "useEffect(() => { if (tick === 0) { load(); setTick(10); } }, [tick]);"
    )
    assert _timers(body) == [([], "only for some values of tick", ["/x"])]
