"""The committed document: written, checked, and told apart from one that is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def test_a_document_is_current_until_the_code_changes(run: Run, repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "AUDIT.md"
    assert run("report", str(repository), "-o", str(target)).returncode == 0
    current = run("report", str(repository), "--check", "-o", str(target))
    assert (current.returncode, current.stdout) == (0, "")
    route = repository / "app/api/positions/route.ts"
    route.write_text(route.read_text("utf-8").replace("positions?", "orders?"), encoding="utf-8")
    stale = run("report", str(repository), "--check", "-o", str(target))
    assert stale.returncode == 1
    assert "-| `GET /api/positions` | `GET /api/v1/positions`" in stale.stdout
    assert "+| `GET /api/positions` | `GET /api/v1/orders`" in stale.stdout
    assert f"callaudit report {repository} -o {target} writes it" in stale.stderr


def test_check_writes_nothing(run: Run, repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "AUDIT.md"
    target.write_text("# Another document\n", encoding="utf-8")
    assert run("report", str(repository), "--check", "-o", str(target)).returncode == 1
    assert target.read_text("utf-8") == "# Another document\n"


def test_notes_stay_when_the_document_is_written_again(run: Run, repository: Path, tmp_path: Path) -> None:
    target = tmp_path / "AUDIT.md"
    run("report", str(repository), "-o", str(target))
    text = target.read_text("utf-8").replace("<!-- notes:order -->\n", "<!-- notes:order -->\nIn May.\n")
    target.write_text(text, encoding="utf-8")
    assert run("report", str(repository), "--check", "-o", str(target)).returncode == 0
    run("report", str(repository), "-o", str(target))
    assert target.read_text("utf-8") == text


def test_several_formats_in_one_run(run: Run, repository: Path, tmp_path: Path) -> None:
    run("report", str(repository), "-o", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.txt"))
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# API usage audit: app\n")
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("API usage audit: app\n")


def test_a_page_is_checked_like_any_document(run: Run, repository: Path, tmp_path: Path) -> None:
    assert run("report", str(repository), "-f", "html", "-o", "audit.html", cwd=tmp_path).returncode == 0
    assert run("report", str(repository), "--check", "-f", "html", cwd=tmp_path).returncode == 0
    page = tmp_path / "audit.html"
    page.write_text(page.read_text("utf-8").replace("Executive summary", "Summary"), encoding="utf-8")
    stale = run("report", str(repository), "--check", "-o", "audit.html", cwd=tmp_path)
    assert stale.returncode == 1
    assert "Executive summary" in stale.stdout
