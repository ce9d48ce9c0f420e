"""A second process that runs a share of the entries, and then of what no entry reaches."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, NamedTuple, Protocol

from callaudit.flow.effects import cost as costs
from callaudit.flow.objects.unknown_receivers import note_callers
from callaudit.inventory.unreached import in_order, run_cut, run_unreached

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, BinaryIO

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect, Requested
    from callaudit.flow.machine.interpreter import Gap, Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.compose import Composer
    from callaudit.inventory.runs import Run
    from callaudit.inventory.unreached import Unreached

Ran = list[tuple["Cost", tuple["Effect", ...]]]


class _Noted(NamedTuple):
    """What was found on the way: `cut` are functions that were not run whole, `callers` calls of unknown objects."""

    requests: list[Requested]
    gaps: list[Gap]
    cut: list[tuple[str, int]]
    callers: dict[str, tuple[str, int]]


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
        return [self._in.request(r.site, r.target, r.options, r.said) for r in noted.requests]


def _noted(interpreter: Interpreter, requests: int = 0, gaps: int = 0) -> _Noted:
    """What an interpreter has noted: requests and gaps after the first ones."""
    return _Noted(
        interpreter.requests[requests:],
        list(interpreter.gaps.values())[gaps:],
        list(interpreter.endings.cut),
        interpreter.noted.unknown_callers,
    )
