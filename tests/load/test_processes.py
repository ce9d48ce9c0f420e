"""Repositories that serve nobody: what bots and workers ask is the same for any number of users."""

from __future__ import annotations

import pytest

from callaudit.load.answer import load
from callaudit.load.builtin import builtin_scenarios
from callaudit.load.processes import told_apart
from callaudit.report.load.markdown import load_markdown
from callaudit.report.load.text import load_text
from callaudit.report.table import Screen
from tests.load.models import project

URL = "https://api.example.com/list"
BOTS = {
    "a timer": f"setInterval(() => fetch('{URL}'), 1000);",
    "a loop": f"""
        const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
        async function main() {{ while (true) {{ await fetch('{URL}'); await sleep(1000); }} }}
        main();
        """,
}
LISTENS = f"""
    import express from 'express';
    const app = express();
    app.get('/list', async (request, answer) => answer.json(await fetch('{URL}')));
    app.listen(1);
"""


@pytest.mark.parametrize("name", BOTS)
def test_a_bot_is_a_process_and_has_no_users(name: str) -> None:
    model = project({"bot.ts": BOTS[name]})
    found = load(model, told_apart(builtin_scenarios(), model))
    (scenario,) = found.scenarios
    assert [count for _, count in scenario.processes] == [1]
    text = load_text(found, Screen(100))
    assert " process  " in text.splitlines()[0]
    assert "users" not in text
    assert "users" not in load_markdown(found).partition("Assumptions")[0]


def test_a_server_is_asked_by_users() -> None:
    model = project({"server.ts": LISTENS})
    found = load(model, told_apart(builtin_scenarios(), model))
    assert [one.users for one in found.scenarios] == [250, 5000, 10000]
    assert {one.processes for one in found.scenarios} == {()}
    assert load_text(found, Screen(100)).startswith("250 users")


def test_scenarios_that_are_asked_for_by_name_are_all_there() -> None:
    found = load(project({"bot.ts": BOTS["a timer"]}), builtin_scenarios())
    assert [one.name for one in found.scenarios] == ["250", "5000", "10000"]
