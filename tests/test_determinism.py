"""Equal input gives equal bytes: in any hash seed, any order of files, on one process or several."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import msgspec

from callaudit.audit import analyze
from callaudit.project import load_project
from callaudit.syntax.extraction import extract

FIXTURE = Path(__file__).parents[1] / "fixtures" / "fightclub"
PROGRAM = """
import sys, msgspec
from pathlib import Path
from callaudit.audit import audit
sys.stdout.buffer.write(msgspec.json.encode(audit(Path(sys.argv[1])).inventory))
"""


def printed(seed: str) -> bytes:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(FIXTURE)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    return run.stdout


def test_hash_seeds_do_not_show() -> None:
    first = printed("0")
    assert first.startswith(b"{")
    assert printed("1") == first
    assert printed("4242") == first


def test_the_order_of_files_does_not_show() -> None:
    project = load_project(FIXTURE)
    facts, _ = extract(project)
    expected = msgspec.json.encode(analyze(project, facts, []).inventory)
    shuffled = list(facts)
    random.Random(7).shuffle(shuffled)  # noqa: S311 - any order but the usual one
    assert [item.path for item in shuffled] != [item.path for item in facts]
    assert msgspec.json.encode(analyze(project, shuffled, []).inventory) == expected
