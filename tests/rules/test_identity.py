"""A fingerprint stays when lines move, code is reformatted or a file is renamed, and is never shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.rules.baseline import baseline_of, compared
from callaudit.rules.identity import call_text
from tests.rules.conftest import PACKAGE, RETRY, found, write

if TYPE_CHECKING:
    from pathlib import Path

    from callaudit.rules.model import Finding

BEFORE = {"package.json": PACKAGE, "src/index.ts": RETRY}
REFORMATTED = RETRY.replace(
    "await fetch(`https://api.pacifica.fi/api/v1/trades/history?account=${account}`)",
    "await fetch(\n      `https://api.pacifica.fi/api/v1/trades/history?account=${account}`,\n    )",
).replace("  ", "\t")


def findings(root: Path, files: dict[str, str]) -> tuple[Finding, ...]:
    return found(write(root, files))


@pytest.mark.parametrize(
    "after",
    [
        {**BEFORE, "src/index.ts": "// one\n\n\nconst unused = 1;\n" + RETRY},
        {**BEFORE, "src/index.ts": REFORMATTED},
        {**BEFORE, "src/other.ts": "export const a = 1;\n"},
    ],
    ids=["lines above", "reformatted", "another file"],
)
def test_survives(tmp_path: Path, after: dict[str, str]) -> None:
    first, second = findings(tmp_path / "a", BEFORE), findings(tmp_path / "b", after)
    assert {one.rule for one in first} >= {"sequential-retry", "missing-timeout", "unmetered-calls"}
    assert {one.fingerprint for one in first} == {one.fingerprint for one in second}


def test_a_moved_file_is_known_in_the_second_pass(tmp_path: Path) -> None:
    first = findings(tmp_path / "a", BEFORE)
    second = findings(tmp_path / "b", {"package.json": PACKAGE, "src/server/main.ts": RETRY})
    assert not {one.fingerprint for one in first} & {one.fingerprint for one in second}
    marked, gone = compared(second, baseline_of(first))
    assert len(marked) == len(first) > 0
    assert all(one.baselined for one in marked)
    assert gone == ()


def test_what_is_another_finding_has_another_fingerprint(tmp_path: Path) -> None:
    body = RETRY[RETRY.index("async function") : RETRY.index("app.post")].replace("find", "again")
    route = "app.get('/again', async (request, response) => response.json(await again('x')));\n"
    twice = RETRY.replace("app.listen", f"{body}{route}app.listen")
    both = [one for one in findings(tmp_path, {**BEFORE, "src/index.ts": twice}) if one.rule == "sequential-retry"]
    assert len(both) == 2
    assert len({one.fingerprint for one in both}) == 2
    assert len({one.moved for one in both}) == 2


def test_equal_findings_in_one_function_are_told_apart(tmp_path: Path) -> None:
    source = """
    import express from 'express';
    const app = express();
    app.get('/x', async (request, response) => {
      for (const id of request.body) await fetch(`https://api.pacifica.fi/api/v1/account?account=${id}`);
      for (const id of request.body) await fetch(`https://api.pacifica.fi/api/v1/account?account=${id}`);
      response.json({});
    });
    app.listen(3000);
    """
    both = findings(tmp_path, {"package.json": PACKAGE, "src/index.ts": source})
    loops = [one for one in both if one.rule == "call-per-item"]
    assert [one.line for one in loops] == [4, 5]
    assert len({one.fingerprint for one in loops}) == 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("fetch('a', { b: 1 });", "fetch(a,{b:1})"),
        ('fetch("a", {\n  b: 1,\n})', "fetch(a,{b:1})"),
        ("fetch(`a`, /* why */ { b: 1 }) // so", "fetch(a,{b:1})"),
        ("fetch('http://a//b')", "fetch(http://a//b)"),
        ("fetch(x).then(y);", "fetch(x)"),
        ("a, b", "a"),
    ],
)
def test_text_of_a_call(source: str, text: str) -> None:
    assert call_text(source.splitlines(), 1, 1) == text
