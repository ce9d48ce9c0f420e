"""Run the entries of a large program, and what none of them reaches, on two processes.

Entries are independent of each other, so a child can run half of them and hand back what they do. Where enough of
them are told by files alone, it begins with these while its parent still looks for the others. While its parent
reads what all of them hold, the child runs the functions that none of them has reached, as far as they are in modules
that it knows. It is a fork: nothing is prepared for it, and what travels through the pipes comes from our own process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from callaudit.flow.apps.processes import loaded_with
from callaudit.inventory.child import Child
from callaudit.inventory.runs import Runs
from callaudit.inventory.unreached import functions_run, run_cut, run_unreached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.unreached import Unreached

WORTH_A_PROCESS = 60
"""Entries; below that the fork costs more than it saves (measured)."""
WEIGHTS = {"page": 20, "component": 1, "hook": 1}
"""What entries of the browser take, where others take `WEIGHT` (measured): a page runs a tree of components, of whose
parts little is left to do then."""
WEIGHT = 4


def start_ahead(interpreter: Interpreter, entries: Sequence[Entry]) -> Child | None:
    """Let a child run a share of `entries`, where that is worth it, before the others are known.

    It loads the modules of all of them first, as their own processes would; what else runs is not theirs.
    """
    if len(entries) < WORTH_A_PROCESS or not _has_two_processors():
        return None
    modules = loaded_with(interpreter, _begun(interpreter, entries))
    share = share_ahead(entries, *_functions(interpreter, modules))
    return Child(interpreter, share, Runs(interpreter), modules) if share else None


def _begun(interpreter: Interpreter, entries: Sequence[Entry]) -> Iterable[str]:
    """The modules that `entries` begin with: the file of a schedule is none, but what it starts is."""
    begun = dict.fromkeys(path for entry in entries for path in (entry.file, *entry.runs))
    return [path for path in begun if path in interpreter.program.modules]


def _functions(interpreter: Interpreter, modules: frozenset[str]) -> tuple[int, int]:
    """How many functions that may reach the network are in `modules`, and how many elsewhere."""
    count = [0, 0]
    for path, module in interpreter.program.modules.items():
        numbers = range(len(module.functions))
        count[path not in modules] += sum(interpreter.relevance.function(path, number) for number in numbers)
    return count[0], count[1]


def share_ahead(entries: Sequence[Entry], theirs: int, others: int) -> list[Entry]:
    """Those of `entries` that take half of the whole time; nothing where too much is left for who finds the others.

    They take a time as the functions do that they may run (measured): `theirs`, beside the `others` of the program.
    """
    if theirs < others:
        return []
    return dealt(entries, (theirs + others) / 2 / theirs)[0]


def run_entries(
    composer: Composer, interpreter: Interpreter, entries: Sequence[Entry], ahead: Child | None = None
) -> Callable[[], list[Unreached]]:
    """Run all `entries`, half of them in a child where that is worth it; the answers are `composer`'s.

    `ahead` is a child that runs some of them already. What is returned gives what the functions do that no entry
    reaches, and is to be asked once.
    """
    child = ahead if ahead is not None else _start_half(interpreter, entries, composer)
    taken = {id(entry) for entry in child.share} if child is not None else set()
    for entry in entries:
        if id(entry) not in taken:
            composer.own(entry)
    if child is not None and not child.take_entries(composer):
        child = None  # it died: its entries are run here
        for entry in entries:
            composer.own(entry)
    run = functions_run(interpreter)
    if child is None:
        return lambda: run_unreached(interpreter, run, interpreter.program.modules.keys()) + run_cut(interpreter)
    child.start_unreached(run)
    return child.take_unreached


def _start_half(interpreter: Interpreter, entries: Sequence[Entry], composer: Composer) -> Child | None:
    _, other = dealt(entries, 0.5)  # routes stay here: what browsers do is followed into them
    if len(entries) < WORTH_A_PROCESS or not other or not _has_two_processors():
        return None
    return Child(interpreter, other, composer, loaded_with(interpreter, _begun(interpreter, other)))


def dealt(entries: Sequence[Entry], part: float) -> tuple[list[Entry], list[Entry]]:
    """Two shares, of which the first takes about `part` of the time of both and starts with what runs in browsers.

    Entries that run the same code stay together: what one has found the next need not find again. Pages, their
    components and hooks share most of theirs, and so do routes and jobs, but these share little with each other.
    """
    ordered = sorted(entries, key=lambda entry: (entry.kind not in WEIGHTS, entry.file, entry.line, entry.name))
    weights = [WEIGHTS.get(entry.kind, WEIGHT) for entry in ordered]
    enough, seen = sum(weights) * part, 0
    for number, weight in enumerate(weights):
        seen += weight
        if seen >= enough:
            return ordered[: number + 1], ordered[number + 1 :]
    return ordered, []


def _has_two_processors() -> bool:
    return hasattr(os, "fork") and hasattr(os, "sched_getaffinity") and len(os.sched_getaffinity(0)) > 1
