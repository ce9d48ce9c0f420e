"""A copy of the fixture whose intervals are twenty-five times shorter, with a few pages laid over it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

HERE = Path(__file__).parent
FIXTURE = HERE.parents[1] / "fixtures" / "fightclub"
FACTOR = 25
# Where the fixture says how often it reads: nothing else of it is touched.
TIMED = ("apps/web/src/hooks", "apps/web/src/components", "packages/shared/src/constants.ts")
_THOUSANDS = re.compile(r"\b(\d+)_000\b")
_TIMES_THOUSAND = re.compile(r"\* 1000\b")
_LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", ".next", "*.tsbuildinfo", "next-env.d.ts")


def write_copy(target: Path) -> Path:
    """Copy the fixture to `target`, lay the overlay over it, and shorten every interval by `FACTOR`."""
    shutil.copytree(FIXTURE, target, ignore=_LEFT_OUT)
    shutil.copytree(HERE / "overlay", target, dirs_exist_ok=True)
    for name in TIMED:
        place = target / name
        for file in (place,) if place.is_file() else sorted(place.glob("*.ts*")):
            file.write_text(shorten(file.read_text(encoding="utf-8")), encoding="utf-8")
    return target


def shorten(source: str) -> str:
    """The source with `15_000` and `15 * 1000` divided by `FACTOR`: 600 and `15 * 40`."""
    source = _THOUSANDS.sub(lambda found: str(int(found[1]) * 1000 // FACTOR), source)
    return _TIMES_THOUSAND.sub(f"* {1000 // FACTOR}", source)
