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


@pytest.mark.parametrize(("source", "loads"), [("../a.ts", True), ("/a.js", False), ("https://b.test/a.js", False)])
def test_a_script_of_another_file_is_loaded(source: str, loads: bool) -> None:
    page = f"<script src='{source}'></script>\n<script>\nfetch('https://a.test/2');\n</script>\n<b />"
    files = {"package.json": ASTRO, "src/a.ts": "fetch('https://a.test/3');", "src/pages/index.astro": page}
    inventory = audited(files)
    assert called(inventory, "page", "/") == {"GET a.test/2": (1, 1)}
    assert ("src/a.ts" in [one.name for one in inventory.entries]) != loads


def test_files_elsewhere_are_no_pages() -> None:
    inventory = audited({"package.json": ASTRO, "src/components/A.astro": PAGE})
    assert not [one for one in inventory.entries if one.kind == "page"]
