"""A name is found as people write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

FIGHTCLUB = str(FIXTURES / "fightclub")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("POST /api/orders", "POST /api/orders"),
        ("post  /api/orders", "POST /api/orders"),
        ("/api/account/leverage", "POST /api/account/leverage"),
        ("GET /api/markets/BTC/klines", "GET /api/markets/[symbol]/klines"),
        ("apps/web/src/app/trade/page.tsx", "/trade"),
        ("page /trade", "/trade"),
        ("GET /api/v1/positions", "GET /api/v1/positions"),
        ("GET api.pacifica.fi/api/v1/positions", "GET api.pacifica.fi/api/v1/positions"),
    ],
)
def test_names(run: Run, name: str, first: str) -> None:
    ended = run("trace", name, FIGHTCLUB)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(first)


def test_all_methods_of_a_path(run: Run) -> None:
    ended = run("trace", "/api/orders", FIGHTCLUB)
    heads = [line for line in ended.stdout.splitlines() if line.endswith("a run")]
    assert [line.split("  ")[0] for line in heads] == ["POST /api/orders", "DELETE /api/orders"]


def test_a_tree_as_json(run: Run, repository: Path) -> None:
    read = json.loads(run("trace", "GET /api/positions", str(repository), "-f", "json").stdout)
    (tree,) = read["trees"]
    (request,) = tree["children"]
    assert (tree["kind"], tree["min"], tree["max"]) == ("entry", 1, 1)
    assert request["endpoint"] == "GET /api/v1/positions"
    assert (request["file"], request["line"]) == ("app/api/positions/route.ts", 4)


def test_callers_as_json(run: Run, repository: Path) -> None:
    read = json.loads(run("trace", "GET /api/v1/positions", str(repository), "-f", "json").stdout)
    assert [(item["kind"], item["name"]) for item in read["callers"]] == [("route", "GET /api/positions")]


def test_an_entry_that_calls_nothing(run: Run, repository: Path) -> None:
    ended = run("trace", "GET /api/health", str(repository))
    assert "nothing that this entry runs calls the network" in ended.stdout
