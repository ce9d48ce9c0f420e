"""Timers that make queries ask again: they poll, whatever the query itself says."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import cases
from tests.queries.hooks import page

HEAD = """
import { useEffect, useCallback, useRef } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import useSWR from 'swr';
import { useInterval as useTicks } from 'usehooks-ts';
const usePrices = () => useQuery({ queryKey: ['prices'], queryFn: one });
function useEvery(run: () => void, ms: number | null) {
  const latest = useRef(run);
  useEffect(() => { latest.current = run; });
  useEffect(() => {
    if (ms === null) return;
    const timer = setInterval(() => latest.current(), ms);
    return () => clearInterval(timer);
  }, [ms]);
}
"""
SPELLINGS = {
    "called": "const { refetch } = usePrices();\nuseEffect(() => { setInterval(() => { refetch(); }, 5000); }, []);",
    "by its name": "const { refetch } = usePrices();\nuseEffect(() => { setInterval(refetch, 5 * 1000); }, []);",
    "renamed": "const { refetch: again } = usePrices();\nuseEffect(() => { setInterval(() => again(), 5000); }, []);",
    "of the answer": "const q = usePrices();\nuseEffect(() => { window.setInterval(() => q.refetch(), 5000); }, []);",
    "invalidated": "usePrices();\nconst client = useQueryClient();\n"
    "useEffect(() => { setInterval(() => client.invalidateQueries({ queryKey: ['prices'] }), 5000); }, []);",
    "useCallback": "const { refetch } = usePrices();\nconst tick = useCallback(() => { void refetch(); }, [refetch]);\n"
    "useEffect(() => { const t = setInterval(tick, 5000); return () => clearInterval(t); }, [tick]);",
    "named function": "const { refetch } = usePrices();\n"
    "useEffect(() => { const tick = async () => { await refetch(); };\nsetInterval(tick, 5000); }, []);",
    "sets itself anew": "const { refetch } = usePrices();\n"
    "useEffect(() => { const tick = async () => { await refetch();\nsetTimeout(tick, 5000); };\ntick(); }, []);",
    "hook of a library": "const { refetch } = usePrices();\nuseTicks(() => { refetch(); }, 5000);",
    "own hook": "const { refetch } = usePrices();\nuseEvery(() => { refetch(); }, 5000);",
    "own hook, by its name": "const { refetch } = usePrices();\nuseEvery(refetch, 5000);",
    "SWR": "const { mutate } = useSWR('/prices', one);\nuseEffect(() => { setInterval(() => mutate(), 5000); }, []);",
}


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_a_timer_that_asks_again_is_one(name: str) -> None:
    inventory = page(SPELLINGS[name], HEAD)
    (timer,) = [one for one in inventory.triggers if one.kind == "timer"]
    assert [one.ms for one in timer.intervals] == [5000]
    assert {end.path for end in timer.endpoints} == {"/one"}
    assert not [one for one in inventory.triggers if one.kind == "event"]


NONE = {
    "once": "const { refetch } = usePrices();\nuseEffect(() => { setTimeout(() => refetch(), 5000); }, []);",
    "something else": "const { refetch } = usePrices();\nuseEffect(() => { setInterval(() => console.log(1), 5000); }, []);"
    "\nreturn <button onClick={() => refetch()} />;",
    "a hook that is handed it and is no timer": "const { refetch } = usePrices();\nuseOther(() => refetch(), 5000);",
}


@pytest.mark.parametrize("name", cases(NONE))
def test_what_asks_again_once_is_none(name: str) -> None:
    head = HEAD + "function useOther(run: () => void, most: number) { useEffect(() => { if (most) run(); }); }\n"
    triggers = page(NONE[name], head).triggers
    assert [one for one in triggers if one.kind in ("timer", "poll")] == []
    assert [one.mechanism for one in triggers if one.kind == "event"] == ["refetch"]


def test_a_renamed_method_is_an_event() -> None:
    body = "const { refetch: again } = usePrices();\nreturn <button onClick={() => again()} />;"
    assert [one.mechanism for one in page(body, HEAD).triggers if one.kind == "event"] == ["refetch"]
