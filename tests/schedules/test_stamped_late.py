"""A time that is noted only after a request went well holds back no run after one that failed."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited, cases

ASK = "const r = await fetch('https://a.test/one');"
EACH = "let at = 0; setInterval(async () => {{ if (Date.now() - at < 60_000) return; {} }}, 1000);"
PAUSE = "const pause = (ms: number) => new Promise((done) => setTimeout(done, ms)); let at = 0;"
LATE = {
    "after the request": EACH.format(f"{ASK} at = Date.now();"),
    "where it is well": EACH.format(f"{ASK} if (r.ok) at = Date.now();"),
    "in the try": EACH.format(f"try {{ {ASK} at = Date.now(); }} catch (e) {{ console.error(e); }}"),
    "behind a function that hands errors on": f"async function load() {{{{ try {{{{ {ASK} }}}} catch (e) {{{{ throw e; }}}} }}}} {EACH}".format("await load(); at = Date.now();"),
    "behind a catch that throws": EACH.format("await fetch('https://a.test/one').catch((e) => { throw e; }); at = Date.now();"),
    "behind a handler that leaves": EACH.format(f"try {{ {ASK} }} catch {{ return; }} at = Date.now();"),
    "then": EACH.format("fetch('https://a.test/one').then(() => { at = Date.now(); });"),
    "until": "let next = 0; setInterval(async () => { if (Date.now() < next) return; await fetch('https://a.test/one'); next = Date.now() + 60_000; }, 1000);",
    "in a function that is called": f"let at = 0; async function load() {{ {ASK} at = Date.now(); }} setInterval(async () => {{ if (Date.now() - at > 60_000) await load(); }}, 1000);",
    "in a method": f"class A {{ at = 0; async load() {{ {ASK} this.at = Date.now(); }} async tick() {{ if (Date.now() - this.at > 60_000) await this.load(); }} start() {{ setInterval(() => this.tick(), 1000); }} }} new A().start();",
    "in a loop that goes on after an error": f"{PAUSE} while (true) {{ try {{ if (Date.now() - at > 60_000) {{ {ASK} at = Date.now(); }} }} catch (e) {{ console.error(e); }} await pause(1000); }}",
    "in a loop": f"{PAUSE} while (true) {{ if (Date.now() - at > 60_000) {{ {ASK} if (r.ok) at = Date.now(); }} await pause(1000); }}",
}  # fmt: skip
ALWAYS = {
    "in a loop that an error ends": f"{PAUSE} while (true) {{ if (Date.now() - at > 60_000) {{ {ASK} at = Date.now(); }} await pause(1000); }}",
    "first": EACH.format(f"at = Date.now(); {ASK}"),
    "at last": EACH.format(f"try {{ {ASK} }} finally {{ at = Date.now(); }}"),
    "behind a handler": EACH.format(f"try {{ {ASK} }} catch (e) {{ console.error(e); }} at = Date.now();"),
    "behind a function that takes errors": f"async function load() {{{{ try {{{{ {ASK} }}}} catch (e) {{{{ console.error(e); }}}} }}}} {EACH}".format("await load(); at = Date.now();"),
    "behind a catch": EACH.format("await fetch('https://a.test/one').catch(() => null); at = Date.now();"),
    "on both ways": EACH.format(f"try {{ {ASK} at = Date.now(); }} catch {{ at = Date.now(); }}"),
    "not waited for": EACH.format("fetch('https://a.test/one'); at = Date.now();"),
    "finally": EACH.format("fetch('https://a.test/one').finally(() => { at = Date.now(); });"),
    "first, in a function that is called": f"let at = 0; async function load() {{ at = Date.now(); {ASK} }} setInterval(async () => {{ if (Date.now() - at > 60_000) await load(); }}, 1000);",
}  # fmt: skip


def spans(source: str) -> list[tuple[float, str]]:
    """The intervals of the only trigger, with their conditions."""
    (trigger,) = audited({"main.ts": source}).triggers
    return [(one.ms, one.when) for one in trigger.intervals]


@pytest.mark.parametrize("name", cases(LATE))
def test_a_run_that_failed_is_followed_by_the_next_one(name: str) -> None:
    assert spans(LATE[name]) == [(1000, "failed"), (60_000, "!failed")]


@pytest.mark.parametrize("name", cases(ALWAYS))
def test_a_time_that_any_run_notes_holds_back_all(name: str) -> None:
    assert spans(ALWAYS[name]) == [(60_000, "")]
