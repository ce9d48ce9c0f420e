"""Limits that a store counts for all processes: @upstash/ratelimit."""

from __future__ import annotations

import pytest

from tests.projects import audited

SETUP = """
    import { Ratelimit } from '@upstash/ratelimit';
    const limits = new Ratelimit({ redis: null, limiter: Ratelimit.slidingWindow(10, '10 s') });
"""


@pytest.mark.parametrize(
    "waits",
    [
        "const { success } = await limits.limit(id); if (!success) return null;",
        "const { success: free } = await limits.limit(id); if (!free) throw new Error(id);",
        "const room = await limits.limit(id); if (!room.success) return null;",
        "const room = await limits.limit(id); const full = !room.success; if (full) return null;",
        "if (!(await limits.limit(id)).success) return null;",
        "await limits.blockUntilReady(id, 30_000);",
    ],
)
def test_who_asks_a_limit_first_stands_behind_it(waits: str) -> None:
    source = (
        f"{SETUP}\nasync function f(id: string) {{ {waits} return fetch('https://a.test/x'); }}\nf(process.argv[2]);"
    )
    found = audited({"main.ts": source}).guards
    assert [(one.kind, one.scope, one.store) for one in found] == [("limiter", "per-key", "distributed")]


@pytest.mark.parametrize("asks", ["await limits.getRemaining(id);", "await rows.limit(10);"])
def test_other_methods_limit_nothing(asks: str) -> None:
    source = f"{SETUP}\nasync function f(id: any, rows: any) {{ {asks} return fetch('https://a.test/x'); }}\nf(1, []);"
    assert not audited({"main.ts": source}).guards


@pytest.mark.parametrize(
    "asks",
    [
        "await limits.limit(id);",
        "const { remaining } = await limits.limit(id); console.log(remaining);",
        "const { success, reset } = await limits.limit(id); console.log(success); if (reset > 5) return null;",
        "const room = await limits.limit(id); const other = { success: id }; if (!other.success) return null;",
    ],
)
def test_who_does_not_heed_what_a_limit_says_goes_on(asks: str) -> None:
    source = (
        f"{SETUP}\nasync function f(id: string) {{ {asks} return fetch('https://a.test/x'); }}\nf(process.argv[2]);"
    )
    assert not audited({"main.ts": source}).guards
