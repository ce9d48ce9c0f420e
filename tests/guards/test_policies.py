"""Policies of cockatiel and opossum: what tries again, ends, bounds, leaves out, keeps."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, brief, cases

ONE = "const one = (id?: string) => fetch('https://a.test/one');\n"
COCKATIEL = (
    "import { retry, handleAll, handleType, timeout, bulkhead, circuitBreaker, wrap, ConsecutiveBreaker, ConstantBackoff, ExponentialBackoff, TimeoutStrategy } from 'cockatiel';\n"
    + ONE
)
OPOSSUM = "import CircuitBreaker from 'opossum';\n" + ONE
GET = "GET a.test/one"

TRIED = {
    "exponential": ("const p = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() });\nawait p.execute(() => one());", (1, 4), (4, (128, 256, 512), "exponential")),
    "constant": ("const p = retry(handleType(Error), { maxAttempts: 2, backoff: new ConstantBackoff(500) });\nawait p.execute(one);", (1, 3), (3, (500, 500), "fixed")),
    "at once": ("await retry(handleAll, { maxAttempts: 1 }).execute(() => one());", (1, 2), (2, (0,), "none")),
    "without end": ("await retry(handleAll, { backoff: new ConstantBackoff(50) }).execute(one);", (1, None), (None, (50,) * 20, "fixed")),
    "wrapped": ("const p = wrap(retry(handleAll, { maxAttempts: 2, backoff: new ConstantBackoff(5) }), timeout(2000, TimeoutStrategy.Aggressive));\nawait p.execute(one);", (1, 3), (3, (5, 5), "fixed")),
    "behind a breaker": ("const p = wrap(retry(handleAll, { maxAttempts: 2, backoff: new ConstantBackoff(5) }), circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }));\nawait p.execute(one);", (0, 3), (3, (5, 5), "fixed")),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(TRIED))
def test_cockatiel_tries_again(name: str) -> None:
    source, bounds, expected = TRIED[name]
    inventory = audited({"package.json": "{}", ENTRY: COCKATIEL + source})
    assert brief(inventory.entries[0]) == {GET: bounds}
    assert [(one.max_attempts, one.delays_ms, one.backoff) for one in inventory.retries] == [expected]


GUARDS = {
    "timeout": (COCKATIEL + "await timeout(2000, TimeoutStrategy.Cooperative).execute(one);", (1, 1), [("timeout", 2000, "", 0)]),
    "bulkhead": (COCKATIEL + "const p = bulkhead(12, 4);\nawait p.execute(() => one());", (1, 1), [("queue", None, "process", 12)]),
    "breaker": (COCKATIEL + "await circuitBreaker(handleAll, { halfOpenAfter: 10 }).execute(one);", (0, 1), []),
    "two": (COCKATIEL + "await wrap(bulkhead(2), timeout(10)).execute(one);", (1, 1), [("queue", None, "process", 2), ("timeout", 10, "", 0)]),
    "not run": (COCKATIEL + "const p = timeout(2000, TimeoutStrategy.Cooperative);\nawait one();", (1, 1), []),
    "opossum": (OPOSSUM + "const b = new CircuitBreaker(one, { timeout: 3000 });\nawait b.fire();", (0, 1), [("timeout", 3000, "", 0)]),
    "opossum, untold": (OPOSSUM + "await new CircuitBreaker(one).fire('a');", (0, 1), [("timeout", 10_000, "", 0)]),
    "opossum, for ever": (OPOSSUM + "const b = new CircuitBreaker(one, { timeout: false, capacity: 5 });\nawait b.fire();", (0, 1), [("queue", None, "process", 5)]),
    "opossum, kept": (OPOSSUM + "const b = new CircuitBreaker(one, { timeout: false, cache: true, cacheTTL: 10_000 });\nawait b.fire();", (0, 1), [("cache", 10_000, "process", 0)]),
    "opossum, kept elsewhere": (OPOSSUM + "const b = new CircuitBreaker(one, { timeout: false, cache: true, cacheTransport: transport() });\nawait b.fire('a');", (0, 1), [("cache", None, "unknown", 0)]),
    "opossum, not kept": (OPOSSUM + "const b = new CircuitBreaker(one, { timeout: false, cache: false, cacheTTL: 10_000 });\nawait b.fire();", (0, 1), []),
    "opossum, one for all": (OPOSSUM + "const b = new CircuitBreaker(one, { timeout: false, coalesce: true });\nawait b.fire();", (0, 1), [("dedup", None, "process", 0)]),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(GUARDS))
def test_what_runs_under_a_policy(name: str) -> None:
    source, bounds, guards = GUARDS[name]
    inventory = audited({"package.json": "{}", ENTRY: source})
    (script,) = [one for one in inventory.entries if one.reaches]
    assert brief(script) == {GET: bounds}
    assert [(one.kind, one.ttl_ms, one.store, one.concurrency or 0) for one in inventory.guards] == guards
    assert not inventory.retries
