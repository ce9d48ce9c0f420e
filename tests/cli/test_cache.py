"""What users see of the cache: nothing, but for one line where it cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callaudit.cache.place import VARIABLE
from callaudit.cache.store import FILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.mark.parametrize(
    "args", [["inventory", "-f", "json"], ["query", "select * from calls"], ["check", "--exit-zero"], []]
)
def test_the_output_is_the_same_with_and_without(run: Run, repository: Path, tmp_path: Path, args: list[str]) -> None:
    environment = {VARIABLE: str(tmp_path / "cache")}
    without = run(*args, str(repository), "--no-cache", env=environment)
    assert not (tmp_path / "cache").exists()
    first = run(*args, str(repository), env=environment)
    assert (tmp_path / "cache" / FILE).is_file()
    second = run(*args, str(repository), env=environment)
    assert first.stdout == second.stdout == without.stdout
    assert first.stderr == second.stderr == without.stderr


@pytest.mark.parametrize("command", [["inventory"], ["trace", "GET /api/positions"]])
def test_a_damaged_cache_is_told_once(run: Run, repository: Path, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / FILE).write_bytes(b"no database")
    healthy = run(*command, str(repository), "--no-cache")
    found = run(*command, str(repository), env={VARIABLE: str(tmp_path)})
    assert found.returncode == 0
    assert found.stdout == healthy.stdout
    told = [line for line in found.stderr.splitlines() if "without the cache" in line]
    assert told == [f"callaudit: analyzed without the cache: {tmp_path / FILE}: file is not a database"]
    assert run(*command, str(repository), "-q", env={VARIABLE: str(tmp_path)}).stderr == ""


def test_a_change_is_seen(run: Run, repository: Path) -> None:
    before = run("inventory", "-f", "json", str(repository))
    route = repository / "app/api/positions/route.ts"
    route.write_text(route.read_text().replace("/positions?", "/orders?"))
    after = run("inventory", "-f", "json", str(repository))
    assert "/api/v1/positions" in before.stdout
    assert "/api/v1/positions" not in after.stdout
    assert "/api/v1/orders" in after.stdout
