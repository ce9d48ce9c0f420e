"""Strings in which a regular expression replaces something, known in whole or in part."""

from __future__ import annotations

import re

import pytest

from tests.projects import audited

_HOLE = re.compile(r"\{[^}]*\}")
GIVEN = "const given = process.argv[2];\n"


def asked(code: str) -> list[str]:
    """Host and path of each request of the one program."""
    inventory = audited({"main.ts": GIVEN + code})
    return [f"{reach.host}{reach.path}" for entry in inventory.entries for reach in entry.reaches]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("'https://a.test/' + 'BTC-USD'.replace(/-/g, '')", "a.test/BTCUSD"),
        ("'https://a.test/' + 'BTC-USD-X'.replace(/-/, '')", "a.test/BTCUSD-X"),
        ("'https://a.test/api/v1'.replace(/\\/api/, '') + '/x'", "a.test/v1/x"),
        ("'wss://a.test/x'.replace(/^wss/, 'https')", "a.test/x"),
        ("'https://' + 'https://a.test'.replace(/^https?:\\/\\//, '') + '/x'", "a.test/x"),
        ("`https://a.test/${given}-USD/x`.replace(/-usd/i, '')", "a.test/{}/x"),
        ("`https://a.test/${given}/:side`.replace(/:side/, 'buy')", "a.test/{}/buy"),
        ("'https://a.test/pairs/:id'.replace(/:id/, given)", "a.test/pairs/{}"),
        ("(process.env.BASE || 'https://a.test/api').replace(/\\/api$/, '') + '/x'", "a.test/x"),
        ("'https://a.test/x//'.replace(/\\/+$/, '')", "a.test/x"),
    ],
)
def test_what_is_replaced(url: str, expected: str) -> None:
    assert [_HOLE.sub("{}", found) for found in asked(f"fetch({url});")] == [expected]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "`https://a.test/${given}/x`.replace(/[^a-z:/.]/g, '')",
            "a.test/{}/x",
        ),  # what is not known may have such characters, and others
        ("`https://a.test/${given}/x`.replace(/(?<=a)b/, 'c')", "a.test/{}/x"),
        ("`https://a.test/${given}/x`.replace(/x$/, (all) => all)", "a.test/{}/x"),
        ("(process.env.BASE || 'https://a.test/api').replace(/\\/api$/, given) + '/x'", "a.test/api/x"),
    ],
)
def test_what_a_pattern_does_not_tell_is_left(url: str, expected: str) -> None:
    (found,) = asked(f"fetch({url});")
    assert _HOLE.sub("{}", found) == expected
