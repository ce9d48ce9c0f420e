"""The page as the command writes it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.html import sample

if TYPE_CHECKING:
    from pathlib import Path

REPOSITORY = sample.FIXTURE.parents[1]


def _report(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "callaudit", "report", str(sample.FIXTURE), *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


def test_the_end_of_a_name_says_that_it_is_a_page_and_twice_gives_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "audit.html", tmp_path / "again.htm"
    done = _report("-o", str(first), "-o", str(second))
    assert (done.returncode, done.stdout) == (0, "")
    assert first.read_bytes() == second.read_bytes()
    assert first.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert first.stat().st_size < 1_000_000


def test_a_page_goes_to_standard_output_beside_markdown_in_a_file(tmp_path: Path) -> None:
    done = _report("-q", "-f", "markdown", "-o", str(tmp_path / "AUDIT.md"), "-f", "html")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.rstrip().endswith("</html>")
    assert (tmp_path / "AUDIT.md").read_text(encoding="utf-8").startswith("# ")


def test_templates_are_loaded_only_for_a_page() -> None:
    program = (
        "import sys; from callaudit.cli import main, page, report; assert 'jinja2' not in sys.modules;"
        "import callaudit.report.html.page; assert 'jinja2' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], cwd=REPOSITORY, check=True)


def test_a_page_of_bots_speaks_of_processes_and_has_no_lever_for_people(tmp_path: Path) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "bot.ts").write_text("setInterval(() => fetch('https://api.example.com/list'), 1000);", encoding="utf-8")
    command = [sys.executable, "-m", "callaudit", "report", str(code), "-o", str(tmp_path / "audit.html")]
    subprocess.run(command, cwd=REPOSITORY, check=True)
    page = (tmp_path / "audit.html").read_text(encoding="utf-8")
    assert "1 worker process" in page
    assert "250 users" not in page
    assert '"has_users":false' in page
    assert 'id="lever-users"' not in page
    assert 'id="lever-server_instances"' in page
