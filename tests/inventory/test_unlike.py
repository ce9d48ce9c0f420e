"""Trees that say the same are one, whichever process made their objects."""

from __future__ import annotations

import pickle

from callaudit.flow.effects.effects import Called, Request, Requested, Site, Target
from callaudit.inventory.unlike import unlike


def _asks(path: str) -> Called:
    site = Site("a.ts", 3, 1, "load", "fetch")
    request = Request((Requested(site, Target("GET", f"https://a.test{path}", "a.test", path)),))
    return Called("load", "main.ts", 1, "a.ts", 2, (request, request))


def test_what_another_process_found_is_the_same() -> None:
    tree = (_asks("/x"),)
    copied = pickle.loads(pickle.dumps(tree))  # noqa: S301 - written in the line itself
    assert copied[0] is not tree[0]
    assert unlike([tree, copied, tree]) == [tree]


def test_what_says_something_else_stays() -> None:
    assert unlike([(_asks("/x"),), (_asks("/y"),)]) == [(_asks("/x"),), (_asks("/y"),)]
    assert len(unlike([(_asks("/x"), _asks("/y")), (_asks("/x"),)])) == 2
