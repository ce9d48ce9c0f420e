"""How many instances of a trigger run at once: on each page, or in a process."""

from __future__ import annotations

import pytest

from tests.projects import audited

HOOKS = """
'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
const get = (s) => fetch('https://a.test/book?symbol=' + s);
const useBook = (s) => useQuery({ queryKey: ['b', s], queryFn: () => get(s), refetchInterval: 3000 });
const useAll = () => useQuery({ queryKey: ['all'], queryFn: () => get('all'), refetchInterval: 3000 });
const useTimer = (s) => {
  useEffect(() => { const id = setInterval(() => get(s), 3000); return () => clearInterval(id); }, [s]);
};
const Card = ({ s }) => { useBook(s); return null; };
const Clock = ({ s }) => { useTimer(s); return null; };
export default function Page({ wide, rows }) { %s }
"""
MANIFEST = '{"dependencies": {"next": "15", "react": "19", "@tanstack/react-query": "5"}}'
Found = dict[str, tuple[int, int | None]]


def on_page(body: str) -> Found:
    """The instances that are listed for the one poll or timer of a page."""
    files = {"package.json": MANIFEST, "app/page.jsx": HOOKS % body}
    (trigger,) = [one for one in audited(files).triggers if one.intervals and one.mounted_on]
    return {one.where: (one.min, one.max) for one in trigger.instances}


@pytest.mark.parametrize(
    ("body", "instances"),
    [
        ("useBook('x'); useBook('y'); return null;", (2, 2)),
        ("return <><Card s='x'/><Card s='y'/><Card s='z'/></>;", (3, 3)),
        ("return ['x', 'y', 'z'].map((s) => <Card key={s} s={s}/>);", (3, 3)),
        ("return rows.map((row) => <Card key={row.id} s={row.id}/>);", (0, None)),
        ("useBook('x'); return wide ? <Card s='y'/> : null;", (1, 2)),
        ("useTimer('x'); return <Clock s='x'/>;", (2, 2)),
        ("return rows.map((row) => <Clock key={row.id} s='x'/>);", (0, None)),
    ],
)
def test_each_instance_of_a_hook_polls(body: str, instances: tuple[int, int | None]) -> None:
    assert on_page(body) == {"/": instances}


@pytest.mark.parametrize(
    "body",
    [
        "useBook('x'); return null;",
        "useBook('x'); return <Card s='x'/>;",  # one key
        "useAll(); return rows.map((row) => <All key={row.id}/>); function All() { useAll(); return null; }",
        "return wide ? <Card s='x'/> : <Card s='y'/>;",  # one or the other
        "return wide ? <Clock s='x'/> : <Clock s='y'/>;",
        "useBook(wide); return <Card s={wide}/>;",  # nobody knows that they differ
    ],
)
def test_one_instance_is_not_listed(body: str) -> None:
    assert on_page(body) == {}


def test_the_queries_of_one_list() -> None:
    body = """
    const one = (s) => ({ queryKey: ['b', s], queryFn: () => get(s), refetchInterval: 4000 });
    useQueries({ queries: ['x', 'y'].map(one) });
    return null;
    """
    source = (HOOKS % body).replace("{ useQuery }", "{ useQuery, useQueries }")
    found = audited({"package.json": MANIFEST, "app/page.jsx": source})
    (trigger,) = [one for one in found.triggers if one.intervals and one.entry == "/"]
    assert [(one.where, one.min, one.max) for one in trigger.instances] == [("/", 2, 2)]
    assert [(reach.min, reach.max) for reach in trigger.reaches] == [(1, 1)]


@pytest.mark.parametrize(
    "source",
    [
        "for (const s of ['x', 'y']) setInterval(() => fetch('https://a.test/' + s), 4000);",
        "['x', 'y'].forEach((s) => setInterval(() => fetch('https://a.test/book?s=' + s), 4000));",
        "class P { start() { setInterval(() => fetch('https://a.test/x'), 4000); } } new P().start(); new P().start();",
    ],
)
def test_timers_of_one_process(source: str) -> None:
    (trigger,) = audited({"main.ts": source}).triggers
    assert [(one.where, one.min, one.max) for one in trigger.instances] == [("main.ts", 2, 2)]
