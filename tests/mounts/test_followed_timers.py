"""Effects that run again because a timer sets what they depend on: they are no instances of the timer."""

from __future__ import annotations

import pytest

from tests.projects import audited

PACKAGE = '{"name": "x", "dependencies": {"next": "14.0.0", "react": "18.0.0"}}'
PAGE = """
'use client';
import { useEffect, useState } from 'react';
function Board() {
  const [rows, setRows] = useState<any[]>([]);
  useEffect(() => {
    const load = async () => {
      const answer = await fetch('https://a.test/rows');
      const data = await answer.json();
      setRows((before) => [...before, ...data]);
    };
    const timer = setInterval(load, 5000);
    return () => clearInterval(timer);
  }, []);
  %s
  return null;
}
export default function Page() { return <main>%s</main>; }
"""
FOLLOWS = "useEffect(() => { void fetch('https://a.test/%s'); }, [rows]);"


def instances(effects: tuple[str, ...], boards: str) -> list[tuple[int, int | None]]:
    """How many instances of the timer run at once on the page; none where it is one."""
    page = PAGE % ("\n  ".join(FOLLOWS % one for one in effects), boards)
    inventory = audited({"package.json": PACKAGE, "app/page.tsx": page})
    (timer,) = (one for one in inventory.triggers if one.mechanism == "setInterval")
    return [(one.min, one.max) for one in timer.instances]


@pytest.mark.parametrize("effects", [(), ("one",), ("one", "two", "three")])
def test_effects_that_follow_a_timer_are_no_timers(effects: tuple[str, ...]) -> None:
    assert instances(effects, "<Board />") == []


@pytest.mark.parametrize("effects", [(), ("one", "two")])
def test_components_have_timers_of_their_own(effects: tuple[str, ...]) -> None:
    assert instances(effects, "<Board /><Board />") == [(2, 2)]
