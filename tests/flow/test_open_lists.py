"""What is found in a list of which only some items are written down."""

from __future__ import annotations

import pytest

from tests.projects import run

LISTS = [
    "const list = [...KNOWN, ...read];",
    "const list = [...(process.argv[3] ? read : KNOWN)];",
    "const list = [...KNOWN, ...read].filter((one) => one.rank).map((one) => ({ ...one }));",
]
FINDS = ["list.find((one) => one.id === process.argv[4])", "list.at(-1)", "list.pop()"]


@pytest.mark.parametrize("made", LISTS)
@pytest.mark.parametrize("found", FINDS)
def test_it_may_be_one_that_is_not_written_down(made: str, found: str) -> None:
    source = f"""
        const KNOWN: any[] = [{{ id: 'a', rank: 1 }}];
        const read: any[] = JSON.parse(process.argv[2]);
        {made}
        const one = {found};
        if (one?.address) await fetch('https://a.test/sent');
    """
    assert run(source) == {"GET a.test/sent": (0, 1)}


def test_of_a_list_that_is_written_down_all_is_known() -> None:
    source = (
        "const list = [{ id: 'a', rank: 1 }]; if (list.find((x) => x.id)?.address) await fetch('https://a.test/sent');"
    )
    assert run(source) == {}
