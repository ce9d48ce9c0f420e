"""Pages of Astro ask on a server, and their scripts in the browser."""

from __future__ import annotations

import pytest

from tests.projects import audited, called, entry

ASTRO = '{"dependencies": {"astro": "5"}}'
PAGE = "---\nconst a = await fetch('https://a.test/1');\n---\n<p>{a.b}</p>\n<script>\nfetch('https://a.test/2');\n</script>"


@pytest.mark.parametrize(("file", "path"), [("a/[id].astro", "/a/[id]"), ("index.astro", "/")])
def test_a_page_asks_on_both_sides(file: str, path: str) -> None:
    inventory = audited({"package.json": ASTRO, f"src/pages/{file}": PAGE})
    assert called(inventory, "page", path) == {"GET a.test/1": (1, 1), "GET a.test/2": (1, 1)}
    sides = {reach.path: reach.origin for reach in entry(inventory, path, "page").reaches}
    assert sides == {"/1": "server", "/2": "browser"}


def test_files_elsewhere_are_no_pages() -> None:
    inventory = audited({"package.json": ASTRO, "src/components/A.astro": PAGE})
    assert not [one for one in inventory.entries if one.kind == "page"]
