"""Waits of timers that grow by a counter of the module or of the object, not of the function."""
# ruff: noqa: E501 - a program a line reads best

from __future__ import annotations

import pytest

from tests.projects import audited

Found = tuple[int | None, tuple[float, ...], str, bool]

SPELLED: dict[str, tuple[str, Found]] = {
    "a variable of the module, stepped before": (
        "let n = 0; async function f() { try { await fetch('https://a.test/x'); n = 0; } catch { n++; setTimeout(f, Math.min(1000 * 2 ** n, 9000)); } } f();",
        (None, (2000, 4000, 8000, 9000, 9000, 9000), "exponential", False),
    ),
    "stepped in the wait": (
        "let n = 0; async function f() { try { await fetch('https://a.test/x'); n = 0; } catch { if (n >= 4) throw new Error(); setTimeout(f, 100 * n++ + 100); } } f();",
        (5, (100, 200, 300, 400), "linear", False),
    ),
    "a wait that doubles itself": (
        "let wait = 500; async function f() { try { await fetch('https://a.test/x'); wait = 500; } catch { setTimeout(f, wait); wait = Math.min(wait * 2, 4000); } } f();",
        (None, (500, 1000, 2000, 4000, 4000, 4000), "exponential", False),
    ),
    "a field, in another method": (
        """
        class A {
          private attempts = 0;
          async connect() { try { await fetch('https://a.test/x'); this.attempts = 0; } catch (e) { this.retry(); } }
          private retry() {
            if (this.attempts >= 3) return;
            this.attempts += 1;
            const delay = 1000 * Math.pow(2, this.attempts - 1) + Math.random() * 100;
            setTimeout(() => this.connect(), delay);
          }
        }
        new A().connect();
        """,
        (4, (1050, 2050, 4050), "exponential", True),
    ),
    "a variable of a function around": (
        "function start() { let wait = 1000; const f = async () => { try { await fetch('https://a.test/x'); wait = 1000; } catch { setTimeout(f, wait); wait *= 2; } }; f(); } start();",
        (None, tuple(1000 * 2**n for n in range(10)), "exponential", False),
    ),
}


@pytest.mark.parametrize("name", SPELLED)
def test_waits_of_one_failure_after_the_other(name: str) -> None:
    source, expected = SPELLED[name]
    (retry,) = audited({"main.ts": source}).retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff, retry.jitter) == expected


def test_a_wait_that_does_not_grow_stays_one() -> None:
    source = "let n = 0; const wait = 700; async function f() { try { await fetch('https://a.test/x'); } catch { n++; setTimeout(f, wait); } } f();"
    (retry,) = audited({"main.ts": source}).retries
    assert (retry.delays_ms, retry.backoff) == ((700,), "fixed")


def test_what_counts_is_not_what_it_began_with() -> None:
    source = "let n = 0; function reset() { n = 0; } setInterval(() => { n++; fetch('https://a.test/x'); }, 1000 * 2 ** n); reset();"
    (trigger,) = audited({"main.ts": source}).triggers
    assert trigger.intervals == ()


REFS = {
    "React": (
        "import { useEffect, useRef } from 'react';\nexport default function Page() { const n = useRef(0); STATE }",
        (
            "const again = async () => { try { await fetch('https://a.test/x'); n.current = 0; } catch { if (n.current < 4) { TIMER } } };\n"
            "useEffect(() => { void again(); }, []); return null;"
        ),
    ),
    "stepped before it is asked": (
        "import * as React from 'react';\nexport default function Page() { const n = React.useRef<number>(0); STATE }",
        (
            "const again = async () => { try { await fetch('https://a.test/x'); } catch { n.current += 1; if (n.current > 4) return; STEPPED } };\n"
            "React.useEffect(() => { void again(); }, []); return null;"
        ),
    ),
}


@pytest.mark.parametrize("name", REFS)
def test_a_counter_in_a_ref_begins_where_the_ref_does(name: str) -> None:
    around, inside = REFS[name]
    inside = inside.replace(
        "TIMER", "const wait = Math.min(100 * 2 ** n.current, 500); n.current++; setTimeout(again, wait);"
    )
    inside = inside.replace("STEPPED", "setTimeout(again, Math.min(50 * Math.pow(2, n.current), 500));")
    files = {
        "package.json": '{"dependencies": {"next": "15", "react": "19"}}',
        "app/page.tsx": "'use client';\n" + around.replace("STATE", inside),
    }
    (retry,) = audited(files).retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff) == (5, (100, 200, 400, 500), "exponential")


def test_where_a_ref_begins_with_what_is_handed_over_nothing_is_known() -> None:
    source = (
        "'use client';\nimport { useEffect, useRef } from 'react';\nexport default function Page({ first }) { const n = useRef(first);"
        "const again = async () => { try { await fetch('https://a.test/x'); } catch { if (n.current < 4) { n.current++; setTimeout(again, 100 * 2 ** n.current); } } };"
        "useEffect(() => { void again(); }, []); return null; }"
    )
    files = {"package.json": '{"dependencies": {"next": "15", "react": "19"}}', "app/page.tsx": source}
    (retry,) = audited(files).retries
    assert (retry.max_attempts, retry.delays_ms) == (None, ())
    assert "n.current" in retry.why
