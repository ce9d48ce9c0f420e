"""Run the entries of a large program, and what none of them reaches, on two processes.

Entries are independent of each other, so a child can run half of them and hand back what they do. Where enough of
them are told by files alone, it begins with these while its parent still looks for the others. While its parent
reads what all of them hold, the child runs the functions that none of them has reached, as far as they are in modules
that it knows. It is a fork: nothing is prepared for it, and what travels through the pipes comes from our own process.
"""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, NamedTuple, Protocol

from callaudit.flow import cost as costs
from callaudit.flow.processes import loads_of
from callaudit.flow.unknown_receivers import note_callers
from callaudit.inventory.runs import Runs
from callaudit.inventory.unreached import functions_run, in_order, run_cut, run_unreached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, BinaryIO

    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect, Requested
    from callaudit.flow.interpreter import Gap, Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.runs import Run
    from callaudit.inventory.unreached import Unreached

WORTH_A_PROCESS = 60
"""Entries; below that the fork costs more than it saves (measured)."""
WEIGHTS = {"page": 20, "component": 1, "hook": 1}
"""What entries of the browser take, where others take `WEIGHT` (measured): a page runs a tree of components, of whose
parts little is left to do then."""
WEIGHT = 4

Ran = list[tuple["Cost", tuple["Effect", ...]]]


class _Noted(NamedTuple):
    """What was found on the way: `cut` are functions that were not run whole, `callers` calls of unknown objects."""

    requests: list[Requested]
    gaps: list[Gap]
    cut: list[tuple[str, int]]
    callers: dict[str, tuple[str, int]]


def start_ahead(interpreter: Interpreter, entries: Sequence[Entry]) -> Child | None:
    """Let a child run a share of `entries`, where that is worth it, before the others are known.

    It loads the modules of all of them first, as their own processes would; what else runs is not theirs.
    """
    if len(entries) < WORTH_A_PROCESS or not _has_two_processors():
        return None
    modules = _loaded(interpreter, entries)
    share = share_ahead(entries, *_functions(interpreter, modules))
    return Child(interpreter, share, Runs(interpreter), modules) if share else None


def _loaded(interpreter: Interpreter, entries: Iterable[Entry]) -> frozenset[str]:
    """The modules that the processes of `entries` load."""
    loads = loads_of(interpreter)
    at_start = dict.fromkeys(path for entry in entries for path in loads.at_start(entry.file))
    return frozenset((*at_start, *loads.later(list(at_start))))


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
    return Child(interpreter, other, composer, _loaded(interpreter, other))


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


class _Runner(Protocol):
    """What runs entries in the child."""

    def own(self, entry: Entry) -> Run: ...


class Child:
    """A fork that runs a share of the entries, is told which functions have been run by then, and runs the rest."""

    def __init__(
        self, interpreter: Interpreter, share: Sequence[Entry], runner: _Runner, modules: frozenset[str]
    ) -> None:
        """Let `runner` run the entries of `share` in a child, once it has loaded their `modules`."""
        self.share = share
        self._in = interpreter
        self._runner = runner
        self._modules = modules
        self._run: frozenset[tuple[str, str]] = frozenset()
        answers, answering = os.pipe()
        asked, asking = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(answers)
            os.close(asking)
            self._work(asked, answering)
        os.close(answering)
        os.close(asked)
        self._answers: BinaryIO = os.fdopen(answers, "rb")
        self._asking: BinaryIO = os.fdopen(asking, "wb")

    def _work(self, asked: int, answering: int) -> None:
        """What the child does, which never returns; whatever goes wrong, its parent does all of it again."""
        status = 1
        try:
            interpreter = self._in
            with os.fdopen(asked, "rb") as asking, os.fdopen(answering, "wb") as pipe:
                for module in sorted(self._modules):
                    interpreter.top_level(module)
                runs = [(run.cost, run.effects) for run in map(self._runner.own, self.share)]
                pickle.dump((runs, _noted(interpreter)), pipe, pickle.HIGHEST_PROTOCOL)
                pipe.flush()
                held = len(interpreter.requests), len(interpreter.gaps)
                run, cut = pickle.load(asking)  # noqa: S301 - written by our own process
                interpreter.endings.cut.update(dict.fromkeys(cut))
                found = run_unreached(interpreter, run, self._modules) + run_cut(interpreter)
                pickle.dump((found, _noted(interpreter, *held)), pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            os._exit(status)

    def take_entries(self, composer: Composer) -> bool:
        """Tell `composer` what the child's entries do, by this process's numbers of requests; false where it died."""
        answer: tuple[Ran, _Noted] | None = self._read()
        if answer is None:
            self._end()
            self._asking.close()
            return False
        runs, noted = answer
        numbers = self._take_over(noted)
        for entry, (cost, effects) in zip(self.share, runs, strict=True):
            composer.accept(entry, costs.renumbered(cost, numbers), effects)
        return True

    def start_unreached(self, run: frozenset[tuple[str, str]]) -> None:
        """Let the child run what is not among the functions that were `run`: those of its modules, which it knows."""
        self._run = run
        try:
            with self._asking:
                pickle.dump((run, list(self._in.endings.cut)), self._asking, pickle.HIGHEST_PROTOCOL)
        except OSError:  # it died, which shows where its answer is read
            return

    def take_unreached(self) -> list[Unreached]:
        """What the functions do that no entry reaches; all are run here where the child died."""
        others = self._in.program.modules.keys() - self._modules
        found = run_unreached(self._in, self._run, others)
        answer: tuple[list[Unreached], _Noted] | None = self._read()
        self._end()
        if answer is None:
            return in_order(found + run_unreached(self._in, self._run, self._modules) + run_cut(self._in))
        more, noted = answer
        self._take_over(noted)
        return in_order(found + more + run_cut(self._in, besides=set(noted.cut)))

    def _end(self) -> None:
        self._answers.close()
        os.waitpid(self._pid, 0)

    def _read(self) -> Any:
        try:
            return pickle.load(self._answers)  # noqa: S301 - written by our own fork, above
        except (EOFError, pickle.UnpicklingError):
            return None

    def _take_over(self, noted: _Noted) -> list[int]:
        """Note here what the child noted; gives this process's numbers of its requests."""
        note_callers(self._in, noted.callers)
        self._in.endings.cut.update(dict.fromkeys(noted.cut))
        for gap in noted.gaps:
            self._in.gap(gap.file, gap.line, gap.what, gap.why)
        return [self._in.request(r.site, r.target, r.options, r.body) for r in noted.requests]


def _noted(interpreter: Interpreter, requests: int = 0, gaps: int = 0) -> _Noted:
    """What an interpreter has noted: requests and gaps after the first ones."""
    return _Noted(
        interpreter.requests[requests:],
        list(interpreter.gaps.values())[gaps:],
        list(interpreter.endings.cut),
        interpreter.unknown_callers,
    )
