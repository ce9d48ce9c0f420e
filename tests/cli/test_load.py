"""`callaudit load`: outputs, options, what a branch adds, exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import FIXTURES
from tests.project.test_revision import commit, git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FIGHTCLUB = str(FIXTURES / "fightclub")
CONFIG = """
[scenario.launch]
users = 400
actions = { "POST /api/orders" = "20/min" }
pages = { "/trade" = 1.0 }
latency = "150ms"
"""


def document(run: Run, *args: str) -> Any:
    done = run("load", *args, "-f", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_json_is_the_document_that_other_programs_read(run: Run) -> None:
    found = document(run, FIGHTCLUB, "--scenario", "5000", "--what-if", "--plan", "5000")
    assert found["schema"] == "callaudit/load/1"
    assert {"name", "value", "from"} <= set(found["assumptions"][0])
    scenario = found["scenarios"][0]
    assert (scenario["name"], scenario["users"]) == ("5000", 5000)
    for bucket in scenario["buckets"]:
        assert {"id", "provider", "unit", "per", "capacity", "window_seconds", "contributors"} <= set(bucket)
        assert set(bucket["requests_per_second"]) == {"low", "expected", "high"}
        assert set(bucket["credits_per_window"]) == {"low", "expected", "high"}
        for one in bucket["contributors"]:
            fields = {"entry", "endpoint", "file", "line", "requests_per_second", "credits_per_window"}
            assert fields <= set(one)
    assert {"entry", "calls", "credits"} <= set(found["actions"][0])
    assert {"page", "requests_per_second", "credits_per_window", "bucket"} <= set(found["pages"][0])
    assert {"change", "bucket", "before", "after", "saves", "why"} <= set(found["what_if"][0])
    assert {(one["bucket"], one.get("max_users")) for one in found["capacity"]} == {
        ("pacifica.api_key", 54),
        ("pacifica.ip.server", 55),
    }
    assert found["plan"]["fits"]


def test_equal_runs_are_equal_to_the_byte(run: Run) -> None:
    options = ("load", FIGHTCLUB, "-f", "json", "--what-if")
    assert run(*options).stdout == run(*options, env={"PYTHONHASHSEED": "7"}).stdout


def test_text_says_what_gives_way_first(run: Run) -> None:
    text = run("load", FIGHTCLUB, "--scenario", "5000").stdout
    assert text.startswith("5,000 users · 50 % concurrent · 50 % of them connected")
    assert "gives way first: Pacifica, API key at 54 users" in text
    assert "\nassumptions\n" not in text
    assert "share_connected" in run("load", FIGHTCLUB, "--scenario", "5000", "--assumptions").stdout


def test_what_an_audit_claimed_is_shown_to_who_asks(run: Run) -> None:
    plain = run("load", FIGHTCLUB, "--scenario", "250", "--what-if", "--assumptions").stdout
    assert "audit" not in plain
    assert "claim" not in plain
    asked = run("load", FIGHTCLUB, "--scenario", "250", "--what-if", "--claims").stdout
    assert "what a hand-written audit of such a program claims" in asked
    assert "80-90 %" in asked
    in_markdown = run("load", FIGHTCLUB, "--scenario", "250", "-f", "markdown")
    assert "hand-written" not in in_markdown.stdout
    assert "hand-written" in run("load", FIGHTCLUB, "--scenario", "250", "--claims", "-f", "markdown").stdout


def test_a_plan_is_made_for_the_scenario_of_so_many_users(run: Run) -> None:
    of_them = run("load", FIGHTCLUB, "--plan", "5000").stdout
    assert of_them.index("· 50 % concurrent") < of_them.index("5,000 users fit")
    assert "as scenario" not in of_them
    others = run("load", FIGHTCLUB, "--plan", "300").stdout
    assert "300 users fit, as scenario 250 assumes, with:" in others


def test_markdown_and_json_in_one_run(run: Run, tmp_path: Path) -> None:
    done = run("load", FIGHTCLUB, "-o", "load.md", "-o", "load.json", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "load.md").read_text(encoding="utf-8").startswith("# Upstream load\n")
    assert len(json.loads((tmp_path / "load.json").read_text(encoding="utf-8"))["scenarios"]) == 3


def test_scenarios_of_the_configuration_come_first(run: Run, app: Path) -> None:
    found = document(run, str(app))
    assert [one["name"] for one in found["scenarios"]] == ["launch"]
    sources = {one["name"]: one["from"] for one in found["assumptions"]}
    assert sources["users"].endswith("callaudit.toml:3")
    assert sources["tabs"] == "default"


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A repository with one page that trades, in git."""
    root = tmp_path / "app"
    files = {
        "package.json": '{"name": "app", "dependencies": {"next": "15.0.0", "react": "18.0.0"}}',
        "callaudit.toml": CONFIG,
        "app/trade/page.tsx": """
            'use client';
            import { useQuery } from '@tanstack/react-query';
            export default function Page() {
              useQuery({ queryKey: ['p'], queryFn: () => fetch('/api/positions'), refetchInterval: 15000 });
              return null;
            }
        """,
        "app/api/positions/route.ts": "export const GET = () => fetch('https://api.pacifica.fi/api/v1/positions');",
        "app/api/orders/route.ts": """
            export async function POST() {
              return fetch('https://api.pacifica.fi/api/v1/orders/create_market', { method: 'POST' });
            }
        """,
    }
    commit(root, files)
    return root


def test_a_branch_says_what_it_adds_and_the_checkout_stays(run: Run, app: Path) -> None:
    route = app / "app/api/orders/route.ts"
    text = route.read_text(encoding="utf-8")
    check = "await fetch('https://api.pacifica.fi/api/v1/trades/history');\n"
    route.write_text(text.replace("return fetch", check + "return fetch"), encoding="utf-8")
    done = run("load", str(app), "--diff", "main")
    assert done.returncode == 0, done.stderr
    assert "POST /api/orders: 1 → 2 calls, +12 credits a run" in done.stdout
    assert "Pacifica, server IP: +0.333 requests/s, +240 credits in its window at 400 users" in done.stdout
    assert git(app, "status", "--porcelain").strip() == "M app/api/orders/route.ts"
    found = json.loads(run("load", str(app), "--diff", "main", "-f", "json").stdout)
    assert found["schema"] == "callaudit/load-diff/1"
    assert [one["entry"] for one in found["actions"]] == ["POST /api/orders"]
    markdown = run("load", str(app), "--diff", "main", "-f", "markdown").stdout
    assert markdown.startswith("### Upstream load against `main`")


def test_an_equal_revision_adds_nothing(run: Run, app: Path) -> None:
    assert "it asks the same" in run("load", str(app), "--diff", "HEAD").stdout


def test_a_file_that_the_revision_does_not_have_is_new(run: Run, app: Path) -> None:
    new = app / "app/api/prices/route.ts"
    new.parent.mkdir()
    new.write_text((app / "app/api/orders/route.ts").read_text(encoding="utf-8"), encoding="utf-8")
    (app / "defaults.toml").write_text("", encoding="utf-8")
    done = run("load", str(new), "--diff", "HEAD", "--config", str(app / "defaults.toml"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("against HEAD")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--scenario", "500"], 'did you mean "5000"?'),
        (["--diff", "no-such"], "no-such"),
        (["--plan", "-1"], "--plan"),
        (["--plan", "many"], "--plan"),
        (["--format", "csv"], "csv"),
        (["--config", "none.toml"], "none.toml"),
    ],
)
def test_mistakes_end_with_2(run: Run, app: Path, args: list[str], said: str) -> None:
    done = run("load", str(app), *args)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--plan", "many"], "callaudit: --plan wants a whole number of users, not 'many'"),
        (["--diff", "HEAD", "--what-if", "--plan", "3"], "--what-if, --plan cannot be combined with --diff"),
        (["--diff", "HEAD", "--assumptions"], "--assumptions cannot be combined with --diff"),
        (["--simulate", "--diff", "HEAD"], "--diff cannot be combined with --simulate"),
        (["--export", "k6", "--what-if"], "--what-if cannot be combined with --export"),
    ],
)
def test_no_option_is_passed_over(run: Run, app: Path, args: list[str], said: str) -> None:
    done = run("load", str(app), *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_all_mistakes_are_said_at_once(run: Run, app: Path) -> None:
    done = run("load", str(app), "--scenario", "nope", "--scenario", "25", "--plan", "-5")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "nope: no such scenario; there are 250, 5000, 10000, launch",
        '25: no such scenario; did you mean "250"?',
        "--plan wants a whole number of users, not '-5'",
        "callaudit: 3 mistakes in options; nothing was analyzed",
        "  callaudit load --help says more",
    ]


def test_scenarios_with_equal_answers_are_not_repeated(run: Run, tmp_path: Path) -> None:
    text = "setInterval(() => fetch('https://api.example.com/v1/x'), 5000);\n"
    (tmp_path / "main.ts").write_text(text, encoding="utf-8")
    assert "the same as" not in run("load", str(tmp_path)).stdout
    route = "require('express')().get('/x', () => fetch('https://api.example.com/v1/y'));\n"
    (tmp_path / "main.ts").write_text(text + route, encoding="utf-8")
    done = run("load", str(tmp_path), "--what-if")
    assert done.stdout.count("api.example.com") == run("load", str(tmp_path), "--scenario", "250").stdout.count(
        "api.example.com"
    )
    assert done.stdout.count("the same as with 250 users") == 2
    assert done.stdout.count("--assumptions") == 1


def test_all_mistakes_of_a_configuration_and_nothing_else(run: Run, app: Path) -> None:
    (app / "callaudit.toml").write_text("[scenario.x]\nusers = -1\nshare_connected = 1.4\n", encoding="utf-8")
    done = run("load", str(app))
    assert done.returncode == 2
    assert "callaudit.toml:2:1: [scenario.x] users = -1 is less than 0" in done.stderr
    assert "callaudit.toml:3:1: [scenario.x] share_connected = 1.4 is not between 0 and 1" in done.stderr
    assert "2 mistakes in" in done.stderr


def test_a_repository_that_calls_nobody_has_no_buckets(run: Run, tmp_path: Path) -> None:
    (tmp_path / "main.ts").write_text("export const x = 1;\n", encoding="utf-8")
    found = document(run, str(tmp_path), "--what-if", "--plan", "5000")
    assert [one["buckets"] for one in found["scenarios"]] == [[], [], []]
    assert run("load", str(tmp_path)).returncode == 0
