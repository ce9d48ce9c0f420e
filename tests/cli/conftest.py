"""A small repository, and the program run on it as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from callaudit.cache.place import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"

ROUTE = """
export async function GET(request: Request) {
  const url = new URL(request.url);
  const response = await fetch(`https://api.pacifica.fi/api/v1/positions?account=${url.searchParams.get("a")}`);
  return Response.json(await response.json());
}
"""


class Run(Protocol):
    def __call__(
        self, *args: str, env: Mapping[str, str] = ..., **options: Any
    ) -> subprocess.CompletedProcess[str]: ...


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """The least that a program needs, so that no variable of the developer decides a test."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", VARIABLE) if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", **extra}


@pytest.fixture
def run() -> Run:
    """Runs `callaudit ARGS` in a process of its own."""

    def call(*args: str, env: Mapping[str, str] = {}, **options: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "callaudit", *args]
        fields = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60, **options}
        return subprocess.run(command, env=environment(env), check=False, **fields)

    return call


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A Next.js app with one route that makes one upstream call."""
    root = tmp_path / "repository"
    files = {
        "package.json": '{"name": "app", "dependencies": {"next": "15.0.0"}}',
        "app/api/positions/route.ts": ROUTE,
        "app/api/health/route.ts": "export const GET = () => Response.json({ ok: true });\n",
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
