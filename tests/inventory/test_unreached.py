"""Call sites of functions that no entry reaches."""

from __future__ import annotations

import pytest

from tests.projects import audited

CASES = {
    "what is handed over may be empty": (
        """
        export async function load(symbol: string) {
          if (symbol) return fetch('https://a.test/one');
          return fetch('https://a.test/all');
        }
        """,
        {"/one", "/all"},
    ),
    "what has a default may be handed over": (
        """
        export async function load(symbol = 'BTC') {
          if (symbol === 'BTC') return fetch('https://a.test/one');
          return fetch('https://a.test/all');
        }
        """,
        {"/one", "/all"},
    ),
    "what the code decides is decided": (
        """
        const SYMBOL = 'BTC';
        export async function load() {
          if (SYMBOL) return fetch('https://a.test/one');
          return fetch('https://a.test/all');
        }
        """,
        {"/one"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_both_ways_of_what_callers_decide_are_listed(case: str) -> None:
    text, expected = CASES[case]
    inventory = audited({"a.ts": text})
    assert {call.path for call in inventory.calls if call.dead} == expected
