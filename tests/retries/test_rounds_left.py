"""Timers that start their function a few times: a counter stops them, and an answer may before."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, brief, called

ONE = "fetch('https://a.test/one')"
STOPPED: dict[str, tuple[str, int]] = {
    "a parameter that counts down": (f"async function f(n = 3) {{ const r = await {ONE}; if (r.ok || n <= 0) return r; setTimeout(() => f(n - 1), 500); }} f();", 4),
    "in a handler, as a promise": (f"function f(n: number): any {{ return {ONE}.then((r) => {{ if (r.ok || !n) return r; return new Promise((done) => setTimeout(() => done(f(n - 1)), 500)); }}); }} f(3);", 4),
    "in the callback": (f"const f = (n = 3): any => {ONE}.then((r) => r.ok ? r : new Promise((done) =>\n setTimeout(() => done(n ? f(n - 1) : r), 500))); f();", 4),
    "counted up": (f"function f(n = 0): void {{ {ONE}.then((r) => {{ if (!r.ok && n < 4) setTimeout(f, 500, n + 1); }}); }} f();", 5),
    "by two at a time": (f"function f(n = 0): void {{ {ONE}.then((r) => {{ if (!r.ok && n < 9) setTimeout(f, 500, n + 2); }}); }} f();", 6),
    "by what a constant says": (f"const STEP = 5; async function f(n = 10) {{ const r = await {ONE}; if (r.ok || n <= 0) return r; setTimeout(() => f(n - STEP), 500); }} f();", 3),
    "a variable": (f"let n = 0; async function f() {{ const r = await {ONE}; if (!r.ok && n++ < 5) {{ setTimeout(f, 500); }} }} f();", 6),
}  # fmt: skip


def lines(source: str) -> str:
    return source.replace("{ ", "{\n").replace("; ", ";\n")


@pytest.mark.parametrize("name", STOPPED)
def test_a_counter_stops_what_an_answer_may_stop(name: str) -> None:
    source, attempts = STOPPED[name]
    inventory = audited({"main.ts": lines(source)})
    assert [(one.max_attempts, one.delays_ms) for one in inventory.retries] == [(attempts, (500,) * (attempts - 1))]
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (1, attempts)}
    assert not inventory.triggers


def test_what_only_a_counter_stops_is_no_retry() -> None:
    inventory = audited(
        {"main.ts": lines(f"function f(n: number) {{ {ONE}; if (n > 1) setTimeout(() => f(n - 1), 500); }} f(5);")}
    )
    assert called(inventory, "script", "main.ts") == {"GET a.test/one": (1, 5)}
    assert not inventory.retries
    assert not inventory.triggers


@pytest.mark.parametrize("test", ["n === 0", "!n", "n <= 0"])
def test_after_an_error(test: str) -> None:
    source = f"function f(n: number): void {{ {ONE}.catch((e) => {{ if ({test}) throw e; setTimeout(() => f(n - 1), 500); }}); }} f(3);"
    assert [one.max_attempts for one in audited({"main.ts": lines(source)}).retries] == [4]


SAYING = {
    "that it tries again": "if (n) console.log('again', n); n++; setTimeout(f, 500);",
    "how often it failed": "n += 1; if (n === 3) console.warn('three times'); setTimeout(f, 500);",
    "with a step in the test": "if (++n > 3) { console.warn(n); } else { console.log(n); } setTimeout(f, 500);",
    "one of several": "n++; if (process.env.DEBUG && n >= 3) console.warn(n); setTimeout(f, 500);",
}  # fmt: skip


@pytest.mark.parametrize("name", SAYING)
def test_a_counter_that_is_only_told_bounds_nothing(name: str) -> None:
    source = lines(f"let n = 0; function f() {{ {ONE}.catch(() => {{ {SAYING[name]} }}); }} f();")
    assert [(one.max_attempts, one.why) for one in audited({"main.ts": source}).retries] == [
        (None, "nothing bounds it")
    ]


def test_one_that_is_told_and_then_leaves_does() -> None:
    doing = "n++; if (n === 1) console.log(n); if (n >= 3) { console.warn(n); return; } setTimeout(f, 500);"
    source = lines(f"let n = 0; function f() {{ {ONE}.catch(() => {{ {doing} }}); }} f();")
    assert [one.max_attempts for one in audited({"main.ts": source}).retries] == [3]


ENDLESS = {
    "a counter that begins anew": f"let n = 0; async function f() {{ const r = await {ONE}; if (r.ok) n = 0; if (n++ < 5) {{ setTimeout(f, 100); }} }} f();",
    "another timer where it has run out": f"function f(n: number) {{ {ONE}; if (n < 5) {{ setTimeout(() => f(n + 1), 100); }} else {{ setTimeout(() => f(n), 5000); }} }} f(0);",
    "a counter of something else": f"let n = 0; function f() {{ {ONE}; n++; if (n > 3) console.log('x'); setTimeout(f, 100); }} f();",
    "a counter that passes its end by": f"function f(n: number) {{ {ONE}; if (n !== 5) setTimeout(() => f(n + 2), 100); }} f(0);",
    "a counter that goes on by what is not known": f"const step = Number(process.argv[2]); function f(n: number) {{ {ONE}; if (n < 5) setTimeout(() => f(n + step), 100); }} f(0);",
    "a flag": f"let over = false; function f() {{ {ONE}; if (!over) setTimeout(f, 100); }} f(); process.on('SIGTERM', () => {{ over = true; }});",
}  # fmt: skip


AFTERWARDS = f"function f(n: number) {{ {ONE}; if (n < 5) {{ setTimeout(() => f(n + 1), 100); }} else {{ setTimeout(() => f(n), 5000); }} }} f(START);"


@pytest.mark.parametrize("start", ["0", "Number(process.argv[2])"])
def test_what_a_timer_waits_where_its_counter_has_run_out_is_told_too(start: str) -> None:
    (poll,) = audited({"main.ts": lines(AFTERWARDS.replace("START", start))}).triggers
    assert [one.ms for one in poll.intervals] == [100, 5000]


@pytest.mark.parametrize("name", ENDLESS)
def test_what_no_counter_stops_is_a_poll(name: str) -> None:
    inventory = audited({"main.ts": lines(ENDLESS[name])})
    assert [one.intervals[0].ms for one in inventory.triggers] == [100]
    assert not inventory.retries


CHOSEN = {
    "in the call": f"function f(n: number) {{ {ONE}; setTimeout(() => f(n + 1), n < 5 ? 100 : 5000); }} f(0);",
    "before it": f"function f(n: number) {{ {ONE}; const wait = n < 5 ? 100 : 5000; setTimeout(() => f(n + 1), wait); }} f(0);",
    "counted in the call": f"function f(n: number) {{ {ONE}; setTimeout(() => f(++n), n < 5 ? 100 : 5000); }} f(0);",
    "counting down": f"function f(left: number) {{ {ONE}; setTimeout(() => f(left - 1), left > 0 ? 100 : 5000); }} f(5);",
}


@pytest.mark.parametrize("how", CHOSEN)
def test_a_counter_that_chooses_the_wait_bounds_no_rounds(how: str) -> None:
    inventory = audited({"main.ts": lines(CHOSEN[how])})
    assert [[one.ms for one in poll.intervals] for poll in inventory.triggers] == [[100, 5000]]
    assert not inventory.retries


@pytest.mark.parametrize("other", ["", "else { console.log('done'); }", "else { clearTimeout(n); }"])
def test_a_counter_that_lets_one_way_wait_bounds_the_rounds(other: str) -> None:
    source = f"function f(n: number) {{ {ONE}; if (n < 5) {{ setTimeout(() => f(n + 1), 100); }} {other} }} f(0);"
    inventory = audited({"main.ts": lines(source)})
    assert not inventory.triggers
    assert [brief(one) for one in inventory.entries] == [{"GET a.test/one": (1, 6)}]


def test_a_number_that_stays_chooses_one_wait() -> None:
    source = f"function f(n: number) {{ {ONE}; setTimeout(() => f(n), n < 5 ? 100 : 5000); }} f(0);"
    (poll,) = audited({"main.ts": lines(source)}).triggers
    assert [one.ms for one in poll.intervals] == [100]
