"""Intervals in other words, and wrappers that are handed several."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from callaudit.libraries.model import Query
from callaudit.libraries.placed import PLACED
from callaudit.libraries.registry import libraries
from tests.queries.hooks import page, polls, spans, tanstack

UNITS: dict[str, tuple[str, list[tuple[float, str]]]] = {
    "secondsToMilliseconds(4)": ("import { secondsToMilliseconds } from 'date-fns';", [(4_000, "")]),
    "minutesToMilliseconds(2)": ("import { minutesToMilliseconds } from 'date-fns';", [(120_000, "")]),
    "milliseconds({ minutes: 1, seconds: 5 })": ("import { milliseconds } from 'date-fns';", [(65_000, "")]),
    "ms('5m')": ("import ms from 'ms';", [(300_000, "")]),
    "ms('1.5 hours')": ("import ms from 'ms';", [(5_400_000, "")]),
    "given ? secondsToMilliseconds(4) : false": (
        "import { secondsToMilliseconds } from 'date-fns';",
        [(4_000, "given")],
    ),
    "ms(given)": ("import ms from 'ms';", []),
    "ms('often')": ("import ms from 'ms';", []),
    "milliseconds(given)": ("import { milliseconds } from 'date-fns';", []),
}


@pytest.mark.parametrize("written", UNITS)
def test_units(written: str) -> None:
    head, wanted = UNITS[written]
    (trigger,) = polls(tanstack(f"refetchInterval: {written}", head=head))
    assert spans(trigger) == wanted
    assert bool(trigger.why) is not bool(wanted)


def test_a_wrapper_that_is_handed_the_same_twice_polls_twice() -> None:
    head = (
        "import { useQuery } from '@tanstack/react-query';\n"
        "const useOne = (options: any) => { const all = { queryKey: ['k'], queryFn: one, ...options }; return useQuery(all); };"
    )
    body = "useOne({ refetchInterval: 5 });\nuseOne({ refetchInterval: 5 });"
    assert [trigger.line for trigger in polls(page(body, head))] == [6, 7]


def test_every_interval_and_retry_has_its_place() -> None:
    tables = [table for found in libraries().values() for table in found]
    names = {
        name
        for table in tables
        for model in (*table.exports.values(), *(m for kind in table.clients.values() for m in kind.values()))
        if isinstance(model, Query)
        for name in (model.names.interval, model.names.retry, model.names.stale)
        if name
    }
    assert names
    assert names <= PLACED


STATES: dict[str, list[tuple[float, str]]] = {
    "const [every, setEvery] = useState(3000);": [(3_000, "")],
    "const [every, setEvery] = useState(undefined);\nconst f = () => { setEvery(5000); };": [(5_000, "")],
    "const [every, setEvery] = useState(1000);\nconst f = () => { if (given) { setEvery(5000); } };": [
        (1_000, ""),
        (5_000, ""),
    ],
    "const [every, setEvery] = useState(false);": [],
    "const [every, setEvery] = useState(0);\nconst f = (setEvery: any) => 1;": [],
}


@pytest.mark.parametrize("body", STATES)
def test_an_interval_that_is_state(body: str) -> None:
    head = "import { useState } from 'react';\nimport { useQuery } from '@tanstack/react-query';"
    found = polls(page(f"{body}\nuseQuery({{ queryKey: ['k'], queryFn: one, refetchInterval: every }});", head))
    assert [spans(trigger) for trigger in found] == ([STATES[body]] if STATES[body] else [])
