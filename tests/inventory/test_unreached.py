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


CLIENT = "import axios from 'axios';\nconst made = axios.create({ baseURL: 'https://a.test' });\n"
UNUSED = {
    "functions": CLIENT + "export const used = () => made.get('/used');\nexport const left = () => made.get('/left');",
    "methods of an object": CLIENT
    + "export const api = { used: () => made.get('/used'), left: async () => (await made.get('/left')).data };",
    "another module's client": "import { made } from './made';\n"
    "export const used = () => made.get('/used');\nexport function left() { return made.get('/left'); }",
}


@pytest.mark.parametrize("case", UNUSED)
def test_calls_of_a_client_of_the_module_are_listed_where_nothing_reaches_them(case: str) -> None:
    main = (
        "import { used } from './a';\nused();"
        if "api =" not in UNUSED[case]
        else "import { api } from './a';\napi.used();"
    )
    inventory = audited({"main.ts": main, "a.ts": UNUSED[case], "made.ts": CLIENT + "export { made };"})
    assert {(call.path, call.dead) for call in inventory.calls} == {("/used", False), ("/left", True)}


def test_what_only_names_a_client_s_neighbour_is_listed_nowhere() -> None:
    text = (
        CLIENT
        + "export const words = ['x'];\n"
        + "export const used = () => made.get('/used');\nexport const left = () => words[0];"
    )
    inventory = audited({"main.ts": "import { used } from './a';\nused();", "a.ts": text})
    assert [call.path for call in inventory.calls] == ["/used"]


@pytest.mark.parametrize("case", CASES)
def test_both_ways_of_what_callers_decide_are_listed(case: str) -> None:
    text, expected = CASES[case]
    inventory = audited({"a.ts": text})
    assert {call.path for call in inventory.calls if call.dead} == expected
