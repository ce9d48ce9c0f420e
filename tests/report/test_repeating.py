"""How often things run, as tables say it: each loop with its own interval, many intervals in a few words."""

from __future__ import annotations

import pytest

from callaudit.inventory.model import Interval, Inventory
from callaudit.inventory.times import interval_words
from callaudit.load.answer import load
from callaudit.load.scenario import Scenario
from callaudit.providers.load import builtin_profiles
from callaudit.providers.match import Catalogue
from callaudit.report.load.text import load_text
from callaudit.report.repeats import polling
from callaudit.report.rows import Callers, rows
from callaudit.report.table import Screen
from tests.load.models import project
from tests.projects import audited

LOOPS = """
    export function start() {
      setInterval(() => fetch('https://api.example.com/list'), 6000);
      setInterval(() => fetch('https://api.example.com/list'), 60000);
    }
    start();
"""


def test_two_loops_of_one_function_each_have_their_own_interval() -> None:
    inventory = audited({"bot.ts": LOOPS})
    assert _said(inventory, "loop") == ["every 6 s", "every 1 min"]


def _said(inventory: Inventory, kind: str) -> list[str]:
    callers = Callers(inventory)
    found = rows(inventory, Catalogue(builtin_profiles()))
    return [callers.trigger(row) for row in found if row.entry.kind == kind]


PAGE = """
    import { useEffect, useState } from "react";
    import useSWR from "swr";
    const get = (path: string) => fetch(`https://api.example.com${path}`);
    export function Board() {
      useSWR("/prices", get, { refreshInterval: 5000 });
      useEffect(() => { get("/news"); }, []);
      const [open, setOpen] = useState(false);
      return <button onClick={() => get("/reset")} onMouseEnter={() => get("/news")}>{open}</button>;
    }
    export default function Page() { return <Board />; }
"""


def test_what_a_click_asks_for_is_not_polled() -> None:
    """Each row of a component has its own trigger, and a page asks for what a click does when somebody clicks."""
    inventory = audited({"package.json": '{"dependencies": {"next": "15.0.0", "swr": "2.2.0"}}', "app/page.tsx": PAGE})
    assert _said(inventory, "component") == ["when shown", "when shown, every 5 s", "when shown or user action"]
    assert _said(inventory, "page") == ["page load", "page load", "user action"]


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ((5000,), "5 s"),
        ((30_000, 5000), "5 s, 30 s"),
        ((4000, 3000, 2000, 1000), "1 s, 2 s, 3 s, 4 s"),
        ((30_000, 10_000, 6000, 600_000, 1000), "1 s to 10 min (5 intervals)"),
    ],
)
def test_intervals_stand_in_order_and_many_are_counted(times: tuple[int, ...], words: str) -> None:
    assert interval_words(Interval(ms) for ms in times) == words


def test_intervals_with_conditions_stay_as_the_code_has_them() -> None:
    found = [Interval(30_000, "up"), Interval(5000, "!up")]
    assert interval_words(found) == "30 s if up, 5 s if !up"


def test_a_url_without_a_path_is_named_by_its_host() -> None:
    hook = "setInterval(() => fetch(process.env.HOOK_URL!, { method: 'POST' }), 5000);"
    table = polling(audited({"bot.ts": hook}))
    assert [row[4] for row in table.rows] == ["POST env:HOOK_URL"]
    assert [one.endpoint for one in project({"bot.ts": hook}).streams] == ["POST env:HOOK_URL"]


def test_where_nothing_gives_way_the_busiest_quota_is_told_first() -> None:
    calm = "setInterval(() => fetch('https://a.example.com/list'), 60000);"
    busy = "setInterval(() => fetch('https://z.example.com/list'), 1000);"
    text = load_text(load(project({"bot.ts": f"{calm}\n{busy}"}), [Scenario(name="x")]), Screen(100))
    assert "most of: z.example.com, servers" in text


def test_an_action_has_credits_only_where_a_quota_counts_them() -> None:
    route = "import express from 'express'; const app = express();\n"
    route += "app.post('/buy', async (q, s) => s.json(await fetch('%s', {method: 'POST'})));"
    for url, credits_ in (("https://a.example.com/buy", False), ("https://api.pacifica.fi/api/v1/orders/create", True)):
        found = load(project({"server.ts": route % url}), [Scenario(name="x")], named=("POST /buy",))
        text = load_text(found, Screen(100))
        assert "POST /buy  1 call" in text
        assert ("credit" in text.partition("one action costs")[2]) is credits_
