"""The panel answers what Python answers, for every lever and for levers together."""

from __future__ import annotations

from itertools import product
from math import inf, isclose
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from callaudit.load.changes import Change, changed
from callaudit.load.estimate import estimate
from callaudit.load.ranges import Range, exactly
from callaudit.load.scenario import resized
from callaudit.load.totals import Totals
from callaudit.report.html.embedded import embedded
from tests.html import models, sample

if TYPE_CHECKING:
    from callaudit.load.model import Model, Stream
    from callaudit.load.scenario import Scenario
    from tests.html.conftest import Opened

Levers = dict[str, Any]
_ANSWER = """([scenario, levers, model]) => callaudit.evaluate(scenario, levers, model).map((one) => ({
  id: one.bucket.id, capacity: one.capacity, requests: one.requests.map(String), counted: one.counted.map(String),
  users: one.users && one.users.map(String),
}))"""
_SEEDS = 200
_RANGES = (
    "share_concurrent", "share_connected", "websocket_uptime", "focus_share", "tabs", "returns_per_hour", "dwell_s",
    "latency_s", "retry_miss", "failure", "unknown_condition",
)  # fmt: skip
_SWITCHED = {
    "push": Change(kind="push", title="push"),
    "websocket_only": Change(kind="websocket-only", title="socket"),
    "batch": Change(kind="batch", title="batch"),
    "key_header": Change(kind="key-header", title="key"),
}
_GRID: list[Levers] = [
    {},
    *({name: True} for name in _SWITCHED),
    dict.fromkeys(_SWITCHED, True) | {"websocket_uptime": 0.5},
    *({"users": users} for users in (0, 1, 40, 5000, 250_000)),
    *({"interval_s": seconds} for seconds in (1, 20, 45, 120)),
    *({"shared_ttl_s": seconds} for seconds in (1, 5, 60)),
    *({"account_ttl_s": seconds} for seconds in (1, 5, 15, 16, 60)),
    *({"share_connected": share, "websocket_uptime": up} for share, up in product((0, 0.3, 1), (0, 0.95, 1))),
    *({"share_concurrent": share, "focus_share": seen} for share, seen in ((0.1, 1), (1, 0.4))),
    *({"attempts": most, "retry_miss": miss} for most, miss in product((1, 2), (0, 0.5, 1))),
    *({"latency_s": wait, "failure": chance} for wait, chance in ((0.4, 0), (0.4, 0.2), (2, 1))),
    {"tabs": 2, "returns_per_hour": 6, "dwell_s": 90, "unknown_condition": 0.7},
    {"latency_s": 0.3, "account_ttl_s": 20, "returns_per_hour": 12},
    {"actions": 0.1},
    {"actions": 10, "users": 100},
    *({"tier:pacifica": tier} for tier in ("base", "tier_3")),
    {"server_instances": 4, "shared_ttl_s": 5},
    {"users": 800, "interval_s": 30, "shared_ttl_s": 10, "account_ttl_s": 40, "attempts": 1, "server_instances": 3},
]


def _expected(model: Model, scenario: Scenario, levers: Levers) -> dict[str, Any]:
    """The same levers as changes and fields of Python's own model."""
    fields: dict[str, Any] = {name: exactly(levers[name]) for name in _RANGES if name in levers}
    if "server_instances" in levers:
        fields["server_instances"] = levers["server_instances"]
    users = levers.get("users", scenario.users)
    scenario = replace(resized(scenario, users), **fields)
    pace = levers.get("actions", 1)
    actions = tuple(replace(one, per_second=one.per_second.scaled(pace)) for one in scenario.actions)
    scenario = replace(scenario, actions=actions)
    for change in _changes(model, levers):
        model, scenario = changed(model, scenario, change)
    found = estimate(Totals(model), scenario)
    return {bucket.id: bucket for bucket in found.buckets}


def _changes(model: Model, levers: Levers) -> list[Change]:
    polls = frozenset(one.id for one in model.streams if one.kind == "poll")
    reads = [one for one in model.streams if one.origin != "browser" and one.effect == "read"]
    shared = frozenset(one.id for one in reads if one.scope == "shared")
    own = frozenset(one.id for one in reads if one.scope != "shared")
    found = []
    if "interval_s" in levers:
        found.append(Change(kind="longer-interval", title="slower", streams=polls, seconds=levers["interval_s"]))
    if "shared_ttl_s" in levers:
        found.append(Change(kind="cache", title="what-if", streams=shared, ttl_s=levers["shared_ttl_s"]))
    if "account_ttl_s" in levers:
        ttl = levers["account_ttl_s"]
        found.append(Change(kind="cache", title="what-if", streams=own, ttl_s=ttl, scope="per-key"))
    if levers.get("attempts") == 1:
        found.append(Change(kind="no-retry", title="once", streams=frozenset(one.id for one in model.streams)))
    for lever, change in _SWITCHED.items():
        if levers.get(lever):
            found.append(replace(change, streams=frozenset(one.id for one in model.streams if _meant(change, one))))
    if "tier:pacifica" in levers:
        found.append(Change(kind="tier", title="tier", provider="pacifica", tier=levers["tier:pacifica"]))
    return found


def _meant(change: Change, stream: Stream) -> bool:
    """Whether a change is about a stream, as callaudit proposes it."""
    if change.kind == "push":
        return bool(stream.channel) and stream.retry_attempts > 1
    if change.kind == "websocket-only":
        return bool(stream.channel) and stream.kind == "poll"
    if change.kind == "batch":
        return stream.batch is not None and stream.calls.high > 1 and stream.retry_attempts == 1
    return bool(stream.key_header)


def _same(one: Range, other: list[str]) -> bool:
    values = [inf if text == "Infinity" else float(text) for text in other]
    return all(
        isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
        for a, b in zip((one.low, one.expected, one.high), values, strict=True)
    )


def _compare(answered: list[dict[str, Any]], model: Model, scenario: Scenario, levers: Levers) -> None:
    answers = {one["id"]: one for one in answered}
    expected = _expected(model, scenario, levers)
    assert answers.keys() == expected.keys(), (scenario, levers)
    for name, bucket in expected.items():
        about = (scenario.name, levers, name, answers[name], bucket)
        assert answers[name]["capacity"] == bucket.capacity, about
        assert _same(bucket.requests_per_second, answers[name]["requests"]), about
        assert _same(bucket.credits_per_window, answers[name]["counted"]), about
        assert (answers[name]["users"] is None) == (bucket.max_users is None), about
        if bucket.max_users is not None:
            assert _same(bucket.max_users, answers[name]["users"]), about


def test_the_panel_answers_what_python_answers(opened: Opened) -> None:
    page = opened()
    for scenario, levers in product(sample.scenarios(), _GRID):
        if levers.get("attempts") in (None, 1):
            answered = page.evaluate(_ANSWER, [scenario.name, levers, ""])
            _compare(answered, sample.model(), scenario, levers)


def test_any_model_in_any_scenario_gets_the_same_answer(opened: Opened) -> None:
    page = opened()
    moved: Levers = {"interval_s": 20, "shared_ttl_s": 7, "account_ttl_s": 18, "users": 500}
    switched = dict.fromkeys(_SWITCHED, True)
    for seed, levers in product(range(_SEEDS), ({}, moved, switched)):
        model, scenario = models.model(seed), models.scenario(seed)
        text = embedded(model, (scenario,), lambda _file, _line: "at-1")
        _compare(page.evaluate(_ANSWER, [scenario.name, levers, text]), model, scenario, levers)


def test_fewer_attempts_never_cost_more(opened: Opened) -> None:
    page = opened()
    for miss in (0, 0.5, 1):
        found = [
            sum(
                float(one["requests"][1])
                for one in page.evaluate(_ANSWER, ["250", {"attempts": most, "retry_miss": miss}, ""])
            )
            for most in (1, 2, 3)
        ]
        assert found == sorted(found)
        assert (found[0] == found[2]) == (miss == 0)


@pytest.mark.parametrize(
    ("lever", "value", "text"),
    [
        ("users", "3.7", "5,000"),
        ("share_connected", "80", "80 %"),
        ("interval_s", "60", "at least 60 s"),
        ("shared_ttl_s", "5", "5 s"),
        ("actions", "1", "× 10"),
    ],
)
def test_a_lever_says_its_value_and_moves_the_answer(opened: Opened, lever: str, value: str, text: str) -> None:
    page = opened()
    before = page.locator("#what-if-answer").inner_text()
    page.locator(f"#lever-{lever}").fill(value)
    assert page.locator(f"#now-{lever}").inner_text() == text
    assert page.locator(f"#lever-{lever}").get_attribute("aria-valuetext") == text
    assert page.locator("#what-if-answer").inner_text() != before
    page.get_by_role("button", name="Reset").click()
    assert page.locator("#what-if-answer").inner_text() == before


def test_a_cache_of_accounts_that_is_shorter_than_the_polls_saves_nothing(opened: Opened) -> None:
    page = opened()
    page.locator("#lever-account_ttl_s").fill("2")
    changes = page.locator("#what-if-answer td:last-child").all_inner_texts()
    page.locator("#lever-account_ttl_s").fill("60")
    assert any("−" in text for text in page.locator("#what-if-answer td:last-child").all_inner_texts())
    assert changes != page.locator("#what-if-answer td:last-child").all_inner_texts()


def test_the_panel_says_whether_the_users_fit(opened: Opened) -> None:
    page = opened()
    said = page.locator("#what-if-said")
    assert "do not fit" in said.inner_text()
    page.locator("#lever-users").fill("0")
    assert said.inner_text().startswith("1 user fits")
    page.get_by_role("radio", name="10,000 users").check()
    assert "10,000 users do not fit" in said.inner_text()
    assert page.locator("#now-users").inner_text() == "10,000"
    page.locator("#lever-users").focus()
    page.keyboard.press("Home")
    assert page.locator("#now-users").inner_text() == "1"


def test_who_asks_most_is_named_with_its_line(opened: Opened) -> None:
    page = opened()
    first = page.locator("#what-if-top a").first
    assert "→" in first.inner_text()
    first.click()
    assert page.locator(":target").is_visible()


def test_where_no_limit_is_known_nothing_fits_for_certain(opened: Opened) -> None:
    page = opened("unknown")
    said = page.locator("#what-if-said")
    assert said.inner_text() == "No limit is known: nothing says whether 250 users fit."
    assert said.get_attribute("data-level") == "note"
    assert page.locator("#what-if-answer").inner_text().count("not known") == 2 * len(sample.model().buckets)
    assert page.locator("#load-charts line.limit").count() == 0
