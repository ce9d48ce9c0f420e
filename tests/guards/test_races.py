"""Timeouts that are a race: somebody waits for a request no longer than a timer runs."""

from __future__ import annotations

import pytest

from tests.guards.asked import guards

SETUP = """
const send = () => fetch("https://a.example/x");
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const rejectAfter = (ms: number) => new Promise((_, no) => { setTimeout(() => { no(new Error("late")); }, ms); });
async function limited<T>(work: Promise<T>, ms = 4_000): Promise<T> {
  const timer = new Promise<T>((_, reject) => setTimeout(() => reject(new Error("late")), ms));
  return Promise.race([work, timer]);
}
"""

RACES = {
    "against what rejects": ("await Promise.race([send(), rejectAfter(3_000)]);", 3_000),
    "against what is written there": (
        "await Promise.race([send(), new Promise((_, no) => setTimeout(() => no(new Error()), 2_000))]);",
        2_000,
    ),
    "against a wait": ("const first = await Promise.race([send(), sleep(1_500)]);", 1_500),
    "against a variable": ("const timer = rejectAfter(2_500); await Promise.race([timer, send()]);", 2_500),
    "of a request that is under way": ("const sent = send();\nawait Promise.race([sent, rejectAfter(1_000)]);", 1_000),
    "in a function that is handed the promise": ("await limited(send());", 4_000),
    "in a function that is told the time": ("await limited(send(), 500);", 500),
    "around a handler": (
        (
            "const around = (work: () => Promise<unknown>) => async () => Promise.race([work(), rejectAfter(700)]);\n"
            "await around(send)();"
        ),
        700,
    ),
}


@pytest.mark.parametrize("name", RACES)
def test_a_race_against_a_timer_is_a_timeout(name: str) -> None:
    source, ttl = RACES[name]
    found = guards(SETUP + f"async function main() {{ {source} }}")
    assert [(guard.kind, guard.mechanism, guard.ttl_ms) for guard in found] == [("timeout", "Promise.race", ttl)]


@pytest.mark.parametrize(
    "source",
    [
        "await Promise.race([send(), send()]);",
        "await Promise.all([send(), sleep(1_000)]);",
        "await Promise.race([send(), new Promise((resolve) => process.once('exit', resolve))]);",
        "await send(); await Promise.race([sleep(1_000), sleep(2_000)]);",
        "const timer = rejectAfter(1_000); timer.catch(() => 0); await send();",
    ],
)
def test_what_is_no_race_against_a_timer(source: str) -> None:
    assert guards(SETUP + f"async function main() {{ {source} }}") == ()
