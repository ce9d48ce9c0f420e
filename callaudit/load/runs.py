"""Simulated scenarios beside what the estimate says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.load.processes import processes
from callaudit.load.resolve import resolved
from callaudit.load.simulation import Simulated, SimulatedBucket, simulate
from callaudit.load.situation import Situation
from callaudit.load.totals import Totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.load.model import Model
    from callaudit.load.scenario import Scenario

SCHEMA = "callaudit/simulation/1"


class Comparison(Struct, frozen=True):
    """One bucket of a run, and the requests per second of everybody that the estimate expects there."""

    bucket: SimulatedBucket
    title: str
    unit: str
    estimated: float


class Run(Struct, frozen=True):
    """One scenario: the run, and its buckets that anything was charged to, in the order of ids.

    `processes` are those that run where nothing is asked for by users.
    """

    run: Simulated
    buckets: tuple[Comparison, ...]
    processes: tuple[tuple[str, int], ...] = ()


def compared(model: Model, scenarios: Sequence[Scenario], seed: int) -> tuple[Run, ...]:
    """Run the scenarios. Both sides count everybody, also where each visitor has a quota of their own."""
    totals = Totals(model)
    return tuple(_run(totals, resolved(scenario, totals), seed) for scenario in scenarios)


def _run(totals: Totals, scenario: Scenario, seed: int) -> Run:
    run = simulate(totals.model, scenario, seed=seed)
    known = {bucket.id: bucket for bucket in totals.model.buckets}
    everybody = Situation(scenario)
    rows = [
        Comparison(
            bucket,
            known[bucket.id].title or bucket.id,
            known[bucket.id].unit,
            totals.bucket(bucket.id, everybody).requests.expected,
        )
        for bucket in run.buckets
    ]
    asked = tuple(row for row in rows if row.bucket.requests_per_second or row.estimated)
    return Run(run, asked, processes(scenario, totals.model))
