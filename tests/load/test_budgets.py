"""Budgets and scenarios of the configuration: all mistakes at once, and what is over a budget."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from callaudit.config.load import load_config
from callaudit.config.mistakes import ConfigError
from callaudit.load.answer import load
from callaudit.load.budgets import breaches
from callaudit.load.ranges import Range, exactly
from callaudit.load.settings import budgets, check_names, default_names, scenarios
from tests.load.models import fightclub

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.config.load import Config


def configured(root: Path, text: str) -> Config:
    (root / "callaudit.toml").write_text(dedent(text), encoding="utf-8")
    return load_config(root)


def mistakes(root: Path, text: str) -> list[str]:
    """What is said of each line, without the name of the file and the column."""
    with pytest.raises(ConfigError) as raised:
        configured(root, text)
    return [f"{one.line}: {one.message}" for one in raised.value.found]


def test_every_mistake_at_once_with_its_line(tmp_path: Path) -> None:
    found = mistakes(
        tmp_path,
        """\
        [providers.pacifica]
        tier = "tier9"
        [providers.pacifca]
        tier = "base"
        [scenario.5000]
        users = -3
        share_connected = 1.4
        websocket_uptime = [0.9, 0.5, 1]
        actions = { "POST /api/orders" = 250 }
        pages = { "/trade" = 0.8, "/lobby" = 0.3 }
        latency = 5
        usrs = 3
        [budget]
        "pacifica.sever-ip" = { scenario = "500", max_share = 0.8 }
        "pacifica.api_key" = { max_calls = 3 }
        "/trade" = { scenario = "5000" }
        """,
    )
    assert [line.partition(":")[0] for line in found] == [
        "2", "3", "6", "7", "8", "9", "10", "11", "12", "14", "14", "15", "16",
    ]  # fmt: skip
    assert 'unknown tier; did you mean "tier' in found[0]
    assert 'did you mean "pacifica"?' in found[1]
    assert "users = -3 is less than 0" in found[2]
    assert "share_connected = 1.4 is not between 0 and 1" in found[3]
    assert "not in order" in found[4]
    assert "has no unit" in found[5]
    assert "add up to 1.1" in found[6]
    assert 'did you mean "pacifica.ip.server"? there are ' in " ".join(found)
    assert 'unknown scenario "500"; did you mean "5000"?' in " ".join(found)
    assert "max_calls is no limit of a bucket" in " ".join(found)
    assert "bounds nothing" in found[-1]


@pytest.mark.parametrize("rate", ['"-3/min"', '"3"', '"3/fortnight"', '"many/min"', '"3/min each"'])
def test_a_rate_needs_a_unit_and_is_not_negative(tmp_path: Path, rate: str) -> None:
    assert len(mistakes(tmp_path, f'[scenario.x]\nactions = {{ "POST /x" = {rate} }}')) == 1


def test_what_is_below_zero_is_called_negative(tmp_path: Path) -> None:
    text = '[scenario.x]\nactions = { "POST /x" = "-5/min" }\ndwell = "-2s"\nlatency = "-fast"'
    rate, dwell, latency = mistakes(tmp_path, text)
    assert '"-5/min" is negative' in rate
    assert '"-2s" is negative' in dwell
    assert '"-fast" is no duration' in latency


def test_names_of_actions_and_pages_are_checked_against_the_code(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        """\
        [scenario.x]
        actions = { "POST /api/order" = "1/min" }
        pages = { "/trad" = 1 }
        conditions = { connected = 0.2, conected = 0.5 }
        [budget]
        "DELETE /api/order" = { max_calls = 1 }
        "/trade" = { max_credits = 1 }
        """,
    )
    with pytest.raises(ConfigError) as raised:
        check_names(config, fightclub())
    assert [one.partition("callaudit.toml:")[2] for one in raised.value.mistakes] == [
        '2:13: no action is called "POST /api/order"; did you mean "POST /api/orders"?',
        '3:11: no page is called "/trad"; did you mean "/trade"?',
        '4:33: no condition is called "conected"; did you mean "connected"?',
        '6:1: no action is called "DELETE /api/order"; did you mean "DELETE /api/orders"?',
    ]


def test_a_scenario_says_where_each_value_comes_from(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        """\
        [providers.pacifica]
        tier = "tier2"
        [scenario.launch]
        users = 400
        share_connected = [0.3, 0.5, 0.8]
        latency = "150ms"
        actions = { "POST /api/orders" = "20/min", "DELETE /api/orders" = "2/h a user" }
        pages = { "/trade" = { share = 0.8, dwell = "2min" } }
        conditions = { fightId = 0.2 }
        """,
    )
    found = next(one for one in scenarios(config) if one.name == "launch")
    assert default_names(config) == ("launch",)
    assert (found.users, found.share_connected) == (400, Range(0.3, 0.5, 0.8))
    assert found.latency_s == exactly(0.15)
    assert [(one.entry, one.per_user) for one in found.actions] == [
        ("POST /api/orders", False),
        ("DELETE /api/orders", True),
    ]
    assert [one.dwell_s for one in found.pages] == [120]
    assert found.source("users").endswith("callaudit.toml:4")
    assert found.source("focus_share") == "default"
    assert found.actions[0].source.endswith("callaudit.toml:7")
    assert dict(found.tiers) == {"pacifica": "tier2"}
    assert found.source("conditions.fightId").endswith("callaudit.toml:9")


def test_a_built_in_scenario_that_is_changed_has_no_claims(tmp_path: Path) -> None:
    found = scenarios(configured(tmp_path, "[scenario.5000]\nwebsocket_uptime = 1"))
    assert [one.name for one in found] == ["250", "5000", "10000"]
    changed = next(one for one in found if one.name == "5000")
    assert changed.websocket_uptime == exactly(1)
    assert changed.users == 5000
    assert not changed.claims


def test_what_is_over_a_budget_names_the_code_and_what_helps(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        """\
        [budget]
        "pacifica.api_key" = { scenario = "250", max_share = 0.8 }
        "pacifica.ip.server" = { scenario = "250", max_share = 10, min_users = 100 }
        "POST /api/orders" = { max_credits = 20, max_calls = 6 }
        "/trade" = { scenario = "250", max_credits = 10 }
        "/lobby" = { max_credits = 1000 }
        """,
    )
    wanted = [one for one in scenarios(config) if one.name == "250"]
    found = breaches(load(fightclub(), wanted, with_changes=True), budgets(config))
    assert [(one.budget, one.limit, one.budget_line) for one in found] == [
        ("pacifica.api_key", "max_share", 2),
        ("pacifica.ip.server", "min_users", 3),
        ("POST /api/orders", "max_credits", 4),
        ("/trade", "max_credits", 5),
    ]
    share, users, order, _ = found
    assert (share.what, share.unit, share.max) == ("use of the limit", "%", 80)
    assert share.value == pytest.approx(100 * 2710 / 300, rel=1e-3)
    assert share.change
    assert (users.max, users.value, users.unit) == (100, 57, "users")
    assert order.file.endswith("orders/route.ts")


def test_what_keeps_its_budget_is_not_named(tmp_path: Path) -> None:
    config = configured(tmp_path, '[budget]\n"POST /api/orders" = { max_calls = 5 }')
    assert breaches(load(fightclub(), scenarios(config)), budgets(config)) == ()


def test_an_unknown_bucket_is_told_which_there_are(tmp_path: Path) -> None:
    (found,) = mistakes(tmp_path, '[budget."no.where"]\nmax_share = 0.5')
    assert 'unknown bucket "no.where"; there are ' in found
    assert "pacifica.ip.visitor, pacifica.ip.server, pacifica.api_key," in found
    assert found.endswith("HOST.visitor and HOST.server of hosts without a profile")
