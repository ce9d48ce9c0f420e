"""TanStack Query itself, on a clock of its own: what is asked again puts off the next poll as much as is predicted."""

from __future__ import annotations

import json
import subprocess
from random import Random
from typing import TYPE_CHECKING

import pytest

from callaudit.load.formulas import put_off
from tests.e2e import site

if TYPE_CHECKING:
    from collections.abc import Iterator

INTERVAL = 15
SECONDS = 30_000


def at_random(often: float) -> Iterator[float]:
    """Moments that follow each other at random, the same ones each time."""
    random, moment = Random(7), 0.0  # noqa: S311 - nothing secret
    while often and (moment := moment + random.expovariate(often)) < SECONDS:
        yield round(moment, 3)


@pytest.mark.skipif(bool(site.missing()), reason=f"no library was run: {site.missing()}")
@pytest.mark.parametrize("often", [0, 1 / 120, 1 / 15, 1 / 5])
def test_a_refetch_puts_off_the_poll(often: float) -> None:
    moments = list(at_random(often))
    given = json.dumps({"interval": INTERVAL, "seconds": SECONDS, "moments": moments})
    done = subprocess.run(
        ["node", "restarting.mjs", given], capture_output=True, text=True, check=True, cwd=site.HERE, timeout=120
    )
    polls = int(done.stdout) - len(moments)
    assert polls == pytest.approx(SECONDS / INTERVAL * put_off(INTERVAL, len(moments) / SECONDS), rel=0.05)
