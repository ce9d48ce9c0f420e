"""Run the entries of a large program on two processes.

Entries are independent of each other, so a child can run the second half of them and hand back what they do. The
child is a fork: nothing is prepared or sent to it, only its answers travel, through a pipe, from our own process.
"""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING

from callaudit.flow.cost import TOTAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect, Requested
    from callaudit.flow.interpreter import Gap, Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer

WORTH_A_PROCESS = 60
"""Entries; below that the fork costs more than it saves (measured)."""
WEIGHTS = {"page": 20, "component": 1, "hook": 1}
"""What entries of the browser take, where others take `WEIGHT` (measured): a page runs a tree of components, of whose
parts little is left to do then."""
WEIGHT = 4

Answers = tuple[list[tuple[int, "Cost", tuple["Effect", ...]]], "list[Requested]", "list[Gap]"]


def run_entries(composer: Composer, interpreter: Interpreter, entries: Sequence[Entry]) -> None:
    """Run all `entries`, half of them in a child where that is worth it; the answers are `composer`'s."""
    mine, other = _halves(entries)
    if len(entries) < WORTH_A_PROCESS or not other or not _has_two_processors():
        mine, other = list(entries), []
    reading = _start(composer, interpreter, other) if other else None
    for entry in mine:
        composer.own(entry)
    if reading is None:
        return
    answers = _read(*reading)
    if answers is None:  # the child died: its entries are run here
        for entry in other:
            composer.own(entry)
    else:
        _take_over(composer, interpreter, other, answers)


def _halves(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Two shares of about equal weight, of which the first starts with what runs in browsers.

    Entries that run the same code stay together: what one has found the next need not find again. Pages, their
    components and hooks share most of theirs, and so do routes and jobs, but these share little with each other.
    """
    ordered = sorted(entries, key=lambda entry: (entry.kind not in WEIGHTS, entry.file, entry.line, entry.name))
    weights = [WEIGHTS.get(entry.kind, WEIGHT) for entry in ordered]
    half, seen = sum(weights) / 2, 0
    for number, weight in enumerate(weights):
        seen += weight
        if seen >= half:
            return ordered[: number + 1], ordered[number + 1 :]
    return ordered, []


def _has_two_processors() -> bool:
    return hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1


def _start(composer: Composer, interpreter: Interpreter, share: Sequence[Entry]) -> tuple[int, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        runs = [(number, run.cost, run.effects) for number, run in enumerate(composer.own(entry) for entry in share)]
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump((runs, interpreter.requests, list(interpreter.gaps.values())), pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)


def _read(child: int, reading: int) -> Answers | None:
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(child, 0)
    try:
        answers: Answers = pickle.loads(data)  # noqa: S301 - written by our own fork, above
    except (EOFError, pickle.UnpicklingError):
        return None
    return answers


def _take_over(composer: Composer, interpreter: Interpreter, share: Sequence[Entry], answers: Answers) -> None:
    """File the child's answers under this process's numbers of requests."""
    runs, requests, gaps = answers
    numbers = [interpreter.request(r.site, r.target, r.options, r.body) for r in requests]
    for index, cost, effects in runs:
        own = {numbers[key] if key != TOTAL else TOTAL: bounds for key, bounds in cost.items()}
        composer.accept(share[index], own, effects)
    for gap in gaps:
        interpreter.gap(gap.file, gap.line, gap.what, gap.why)
