"""Timers that stop themselves in the run in which they ask."""

from __future__ import annotations

import pytest

from tests.projects import Files, audited, brief, entry

ONE = "GET a.test/one"
ONCE = {
    "behind a test": "const timer = setInterval(() => { if (go) { clearInterval(timer); ask(); } }, 100);",
    "after a way out": (
        "let timer; timer = setInterval(() => { if (!go) return; clearInterval(timer); ask(); }, 100);"
    ),
    "with what it gives": (
        "const timer = setInterval(() => { if (go) { ask(); return clearInterval(timer); } }, 100);"
    ),
    "a field": """
        class Parcel {
          wait() { this.every = setInterval(this.look, 100); }
          look = async () => {
            if (!this.door?.rings) return;
            clearInterval(this.every);
            const paid = await ask();
            console.log(paid);
          }
        }
        new Parcel().wait();
        """,
    "in a method that its function calls": """
        class Parcel {
          wait() { this.every = setInterval(() => this.look(), 100); }
          look() { if (!go) return; clearInterval(this.every); ask(); }
        }
        new Parcel().wait();
        """,
    "in a function that its function calls": """
        let timer;
        function open() { look(); }
        function look() { if (go) { clearInterval(timer); ask(); } }
        timer = setInterval(() => { console.log('looks'); open(); }, 100);
        """,
}
POLLS = {
    "stops after its answer": (
        "const timer = setInterval(async () => { const got = await ask(); if (got.ok) clearInterval(timer); }, 100);"
    ),
    "asks before the test": "const timer = setInterval(() => { ask(); if (go) clearInterval(timer); }, 100);",
    "asks in other runs too": """
        const timer = setInterval(() => { if (go) { clearInterval(timer); return; } ask(); }, 100);
        """,
    "stops another timer": """
        const other = setInterval(() => {}, 5000);
        const timer = setInterval(() => { if (go) { clearInterval(other); ask(); } }, 100);
        """,
    "asks beside the method that stops": """
        class Parcel {
          wait() { this.every = setInterval(() => { this.look(); ask(); }, 100); }
          look() { if (!go) return; clearInterval(this.every); ask(); }
        }
        new Parcel().wait();
        """,
    "stops the timer of another object": """
        class Other { look() { clearInterval(this.every); ask(); } }
        class Parcel {
          other = new Other();
          wait() { this.every = setInterval(() => this.other.look(), 100); }
        }
        new Parcel().wait();
        """,
    "stops another variable of the same name": """
        let timer;
        function look() { clearInterval(timer); ask(); }
        function wait() { const timer = setInterval(() => look(), 100); }
        wait();
        """,
    "waits for the answer first": (
        "const timer = setInterval(async () => { if (go) { await ask(); clearInterval(timer); } }, 100);"
    ),
}


def script(source: str) -> Files:
    return {"main.js": f"const go = process.argv[2] === 'x';\nconst ask = () => fetch('https://a.test/one');\n{source}"}


@pytest.mark.parametrize("how", ONCE)
def test_it_asks_once(how: str) -> None:
    found = audited(script(ONCE[how]))
    assert not [one for one in found.triggers if one.calls_network]
    assert brief(entry(found, "main.js"))[ONE] == (0, 1)


@pytest.mark.parametrize("how", POLLS)
def test_it_asks_in_other_runs_too(how: str) -> None:
    (timer,) = (one for one in audited(script(POLLS[how])).triggers if one.calls_network)
    assert [span.ms for span in timer.intervals] == [100]
