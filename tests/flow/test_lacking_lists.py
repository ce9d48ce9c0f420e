"""What is done for each item of a list that may lack some is done for each of them or not."""

from __future__ import annotations

import pytest

from tests.projects import Bounds, run

BOTH: dict[str, Bounds] = {"GET a.test/a": (1, 1), "GET a.test/b": (1, 1)}
EITHER: dict[str, Bounds] = {"GET a.test/a": (0, 1), "GET a.test/b": (0, 1)}
HEAD = """
const off = process.argv[2].split(",");
const ask = (id: string) => fetch(`https://a.test/${id}`);
"""
LISTS = [
    ("['a', 'b']", BOTH),
    ("['a', 'b'].filter(Boolean)", BOTH),
    ("['a', '', 'b'].filter(Boolean)", BOTH),
    ("['a', 'b'].filter((id) => id !== 'c')", BOTH),
    ("['a', 'b'].filter((id) => !off.includes(id))", EITHER),
    ("['a', 'b'].slice(off.length)", EITHER),
    ("Array.from(['a', 'b'].filter((id) => !off.includes(id)), (id) => id)", EITHER),
    ("Object.entries(['a', 'b'].filter((id) => !off.includes(id))).map(([, id]) => id)", EITHER),
    ("Object.entries(['a', 'b']).map(([, id]) => id)", BOTH),
    ("['a', 'b'].filter((id) => !off.includes(id)).map((id) => id)", EITHER),
]


@pytest.mark.parametrize(("items", "asked"), LISTS)
@pytest.mark.parametrize(
    "walk",
    [
        "for (const id of ITEMS) { await ask(id); }",
        "await Promise.all(ITEMS.map((id) => ask(id)));",
        "await Promise.all(ITEMS.map(ask));",
        "ITEMS.forEach(async (id) => { await ask(id); });",
        "const kept = () => ITEMS; for (const id of kept()) { if (id) { await ask(id); } }",
    ],
)
def test_bounds(items: str, asked: dict[str, Bounds], walk: str) -> None:
    assert run(HEAD + walk.replace("ITEMS", items)) == asked


def test_urls_of_a_list_that_may_lack_some() -> None:
    urls = "['https://a.test/a', 'https://a.test/b']"
    assert run(f"{HEAD} await Promise.all({urls}.map(fetch));") == BOTH
    assert run(f"{HEAD} await Promise.all({urls}.filter((url) => !off.includes(url)).map(fetch));") == EITHER


def test_many_items() -> None:
    items = ", ".join(f"'{number}'" for number in range(20))
    found = run(f"{HEAD} for (const id of [{items}].filter((id) => !off.includes(id))) await ask('x');")
    assert found == {"GET a.test/x": (0, 20)}
    found = run(f"{HEAD} [{items}].filter((id) => !off.includes(id)).forEach(() => ask('x'));")
    assert found == {"GET a.test/x": (0, 20)}
