"""Files with syntax errors: their mistakes stay their own, and are said."""

from pathlib import Path

import pytest

from callaudit.audit import audit

GOOD = "export const one = () => fetch('https://a.test/one');\nawait one();\n"

BROKEN = {
    "a class that is never closed": "class A { one() { fetch('https://b.test/x')",
    "an object that is never closed": "const x = { a: 1, b: () => { fetch('https://b.test/x'); ",
    "parameters without a function": "async (a, b => { await fetch('https://b.test/x') }",
    "a name that is missing": "import { } from ; export const = 3; const { , } = x;",
    "brackets alone": ")]}{[(",
    "half of a template": "const u = `https://b.test/${",
    "JSX in a plain file": "const a = <div>{fetch('https://b.test/x')</div>",
    "nothing but bytes": "\x01\x02\x03 \uffff",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_does_not_cost_the_others_their_answers(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.ts").write_text(GOOD)
    (tmp_path / "broken.ts").write_text(BROKEN[name])
    inventory = audit(tmp_path).inventory
    script = next(entry for entry in inventory.entries if entry.name == "good.ts")
    assert [(reach.host, reach.min, reach.max) for reach in script.reaches] == [("a.test", 1, 1)]
    assert "broken.ts" in {notice.file for notice in inventory.notices}


def test_a_sound_file_has_no_notice(tmp_path: Path) -> None:
    (tmp_path / "good.ts").write_text(GOOD)
    assert audit(tmp_path).inventory.notices == ()
