"""A process that extracts a share of the files ends when nobody reads its answer any more."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from callaudit.project import load_project
from callaudit.syntax.extraction import _some, _start
from callaudit.syntax.sources import read_sources

FIGHTCLUB = Path(__file__).parents[2] / "fixtures" / "fightclub"
PIPE_BYTES = 65_536
"""What a pipe holds for a reader that does not come."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_whose_parent_is_gone_does_not_wait() -> None:
    share = read_sources(load_project(FIGHTCLUB)).read
    assert sum(len(one.blob or b"") for one in _some(share, encoded=True).values()) > PIPE_BYTES
    child, reading = _start(share)
    os.close(reading)
    signal.alarm(60)  # it would wait for ever: end this process rather than hang
    _, status = os.waitpid(child, 0)
    signal.alarm(0)
    assert status != 0
