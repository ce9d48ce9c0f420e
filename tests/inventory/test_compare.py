"""Two revisions differ by what they ask and how often, wherever the code is that makes it so."""

from __future__ import annotations

from callaudit.inventory.compare import CallChange, Calls, Comparison, PeriodChange, compare
from callaudit.inventory.model import Interval
from tests.projects import Files, audited

APP = """
import express from 'express';
import { positions } from './client';
const app = express();
app.get('/positions', async (_request, response) => response.json(await positions()));
app.listen(3000);
setInterval(() => positions(), 30_000);
"""
CLIENT = "export const positions = () => fetch('https://api.example.com/positions');\n"
BEFORE = {"package.json": '{"dependencies": {"express": "4"}}', "index.ts": APP, "client.ts": CLIENT}
TWICE = """
export const positions = async () => {
  await fetch('https://api.example.com/positions');
  return fetch('https://api.example.com/positions');
};
"""


def compared(after: Files, before: Files | None = None) -> Comparison:
    return compare("base", audited(before or BEFORE), audited(after))


def route(found: Comparison) -> list[CallChange]:
    return [one for one in found.calls if one.kind == "route"]


def test_the_same_calls_elsewhere_are_no_change() -> None:
    moved = {**BEFORE, "index.ts": "// a comment\n" + APP.replace("'./client'", "'./other'"), "other.ts": CLIENT}
    found = compared(moved)
    assert (found.calls, found.periods) == ((), ())


def test_a_change_in_one_file_is_told_of_the_entry_in_another() -> None:
    (change,) = route(compared({**BEFORE, "client.ts": TWICE}))
    assert (change.entry, change.endpoint, change.file) == (
        "GET /positions",
        "GET api.example.com/positions",
        "index.ts",
    )
    assert (change.before, change.after) == (Calls(1, 1), Calls(2, 2))


def test_calls_that_are_new_or_gone() -> None:
    more = {**BEFORE, "client.ts": CLIENT.replace("positions'", "all'")}
    found = {one.endpoint: (one.before, one.after) for one in route(compared(more))}
    assert found == {
        "GET api.example.com/all": (None, Calls(1, 1)),
        "GET api.example.com/positions": (Calls(1, 1), None),
    }


def test_a_period_that_changes() -> None:
    (change,) = compared({**BEFORE, "index.ts": APP.replace("30_000", "3_000")}).periods
    assert isinstance(change, PeriodChange)
    assert (change.mechanism, change.before, change.after) == ("setInterval", (Interval(30_000),), (Interval(3_000),))


def test_a_period_of_what_calls_nobody_is_no_change() -> None:
    before = {**BEFORE, "client.ts": "export const positions = async () => 1;\n"}
    after = {**before, "index.ts": APP.replace("30_000", "3_000")}
    assert compared(after, before).periods == ()
