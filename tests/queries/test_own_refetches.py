"""A query that is asked again by what its own hook gives: it alone is, and none of which the key is not known."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited

PACKAGE = '{"dependencies": {"swr": "2", "react": "18", "next": "13"}}'
ANY = "import useSWR from 'swr'; const useAny = (key) => useSWR(key, () => fetch('https://a.test/any')); export default function Y({ name }) { const { data } = useAny(name); return <p/>; }"
SPELLINGS = {
    "renamed": "const { data, mutate: again } = useSWR(KEY, () => fetch('https://a.test/own')); return <button onClick={() => again()}>x</button>;",
    "of the query": "const query = useSWR(KEY, () => fetch('https://a.test/own')); return <button onClick={() => query.mutate()}>x</button>;",
}


def _asked_again(spelling: str, key: str) -> list[list[str]]:
    page = f"import useSWR from 'swr'; export default function X({{ id }}) {{ {spelling.replace('KEY', key)} }}"
    found = audited({"package.json": PACKAGE, "pages/x.tsx": page, "pages/y.tsx": ANY})
    return [[reach.path for reach in one.reaches] for one in found.triggers if one.mechanism == "mutate"]


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=list(SPELLINGS))
@pytest.mark.parametrize("key", ["'/api/plain'", "`/api/plain/${id}`", "['plain', id]"])
def test_a_query_whose_key_is_not_known_is_not_asked_again_by_another(spelling: str, key: str) -> None:
    assert _asked_again(spelling, key) == [["/own"]]


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=list(SPELLINGS))
def test_one_whose_key_is_not_known_asks_itself_again(spelling: str) -> None:
    assert _asked_again(spelling, "id") == [["/own"]]
