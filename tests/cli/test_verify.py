"""`callaudit verify` as it is used: exit codes, formats, and the choice of verdicts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

AUDIT = """\
# Audit

- `app/api/positions/route.ts` (6 lines)
- `app/api/orders/route.ts` places orders
- `src/later.ts` is to be created

`GET /api/positions` calls `GET /api/v1/positions`. <b>|\x1b[31m
"""


@pytest.fixture
def audit(tmp_path: Path) -> str:
    path = tmp_path / "audit.md"
    path.write_text(AUDIT, encoding="utf-8")
    return str(path)


def test_what_is_contradicted_decides_the_exit_code(run: Run, repository: Path, audit: str, tmp_path: Path) -> None:
    assert run("verify", audit, str(repository)).returncode == 1
    fine = tmp_path / "fine.md"
    fine.write_text("`GET /api/positions` exists.\n", encoding="utf-8")
    assert run("verify", str(fine), str(repository)).returncode == 0
    empty = tmp_path / "empty.md"
    empty.write_text("", encoding="utf-8")
    assert run("verify", str(empty), str(repository)).returncode == 0


def test_text(run: Run, repository: Path, audit: str) -> None:
    lines = run("verify", audit, str(repository)).stdout.splitlines()
    assert lines[0].endswith("3 confirmed · 1 contradicted · 1 not checkable")
    assert "4  ✗  file   app/api/orders/route.ts exists" in lines
    assert "5  ?  file   src/later.ts exists" in lines
    commands = [line for line in lines if line.startswith("  callaudit ")]
    assert max(map(len, [line for line in lines[1:] if line not in commands])) <= 100
    assert commands[0].split("  ")[1].endswith(f"{repository} --only contradicted")
    assert commands[-1].split("  ")[1] == f"callaudit report {repository} -o AUDIT.md"


def test_what_holds_no_claim_says_so(run: Run, repository: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>GET /api/orders is polled every 3 s</p>", encoding="utf-8")
    found = run("verify", str(page), str(repository))
    assert "no sentence of it is read as a claim about code; claims are read from Markdown" in found.stdout
    assert found.returncode == 0


def test_documents_with_a_mark_of_their_encoding_are_read(run: Run, repository: Path, tmp_path: Path) -> None:
    page = tmp_path / "marked.md"
    page.write_text("\ufeff# Title\r\n\r\n`GET /api/positions` exists.\r\n", encoding="utf-8", newline="")
    assert (
        run("verify", str(page), str(repository))
        .stdout.splitlines()[0]
        .endswith("1 confirmed · 0 contradicted · 0 not checkable")
    )


def test_json(run: Run, repository: Path, audit: str) -> None:
    document = json.loads(run("verify", audit, str(repository), "-f", "json").stdout)
    assert document["schema"] == "callaudit/verify/1"
    assert document["counts"] == {"confirmed": 3, "contradicted": 1, "unchecked": 1}
    claim = next(claim for claim in document["claims"] if claim["verdict"] == "contradicted")
    assert claim == {
        "line": 4,
        "kind": "file",
        "claim": "app/api/orders/route.ts exists",
        "verdict": "contradicted",
        "found": "there is no such file",
    }


def test_markdown_and_only_some_verdicts(run: Run, repository: Path, audit: str) -> None:
    text = run("verify", audit, str(repository), "-f", "markdown", "--only", "contradicted").stdout
    assert text.count("\n| ") == 3
    assert "| 4 | ✗ |" in text
    assert "\x1b" not in text
