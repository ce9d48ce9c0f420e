"""What conditions ask, by their names, and how likely they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callaudit.load.conditions import condition, holds, terms, words

if TYPE_CHECKING:
    from callaudit.load.model import Term

CHANCE = {"websocket": 0.9, "account": 0.5, "unknown": 0.25}


def chance(term: Term) -> float:
    return CHANCE[term.kind]


def kinds(text: str, *, of_interval: bool = False) -> list[str]:
    return [term.kind for term in terms(condition(text, of_interval=of_interval))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("connected", ["websocket"]),
        ("!isConnected", ["websocket"]),
        ("wsConnected", ["websocket"]),
        ("fast", ["unknown"]),
    ],
)
def test_an_interval_that_depends_on_a_connection_means_a_socket(text: str, expected: list[str]) -> None:
    assert kinds(text, of_interval=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("connected && !!publicKey", ["account", "account"]),
        ("!connected", ["websocket"]),
        ("connected", ["unknown"]),
        ("account !== null", ["account"]),
        ("Boolean(account)", ["account"]),
        ("isAuthenticated && !!token && !!fightId", ["account", "account", "unknown"]),
        ('open === "book"', ["unknown"]),
        ("socketOpen", ["websocket"]),
    ],
)
def test_what_enables_a_query_is_read_by_its_names(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("!!token", 0.5),
        ("!token", 0.5),
        ("account === null", 0.5),
        ("!!token && !!address", 0.5),  # one account
        ("!!token && x", 0.125),
        ("x && x", 0.25),
        ("x && y", 0.0625),
        ("x || y", 0.4375),
        ("wsUp && !wsUp", 0),
        ("!(x && !!token)", 0.875),
    ],
)
def test_things_of_one_kind_hold_together(text: str, expected: float) -> None:
    assert holds(condition(text), chance) == pytest.approx(expected)


@given(st.text(max_size=40))
def test_any_text_is_a_condition(text: str) -> None:
    found = condition(text)
    assert 0 <= holds(found, chance) <= 1
    assert isinstance(words(found), str)
