"""What functions do and give, by the contexts in which they were run: a context is run once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.values.values import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

Place = tuple[str, int]
Key = tuple[int, bool]
"""The mark of a context, and whether effects were asked for beside the value."""


class Summary:
    """What a function does and gives in one context."""

    __slots__ = ("cost", "effects", "levels", "returns", "value")

    def __init__(
        self, cost: Cost, effects: tuple[Effect, ...], value: Value, *, returns: bool = True, levels: int = 1
    ) -> None:
        """`returns` is false for a function that always throws; `levels` counts those of a function in itself."""
        self.levels = levels
        self.cost = cost
        self.effects = effects
        self.value = value
        self.returns = returns

    def marked(self, cost: Cost, effects: tuple[Effect, ...]) -> Summary:
        """The same function, with what it does marked with what repeats it."""
        return Summary(cost, effects, self.value, returns=self.returns, levels=self.levels)


ELSEWHERE = ("", -1)
"""Stands for a function that runs outside of what is being probed."""

NOTHING = Summary(costs.NONE, (), Unknown("result", "a function calls itself"))


class Summaries:
    """What was found of each context, and which of it holds only while other functions run."""

    __slots__ = ("_found", "_in", "_journal", "_leaning", "leans", "met", "running")

    def __init__(self, interpreter: Interpreter) -> None:
        """Know nothing of `interpreter`'s program."""
        self._in = interpreter
        self._found: dict[Key, Summary] = {}
        self._journal: list[Key] = []
        """The contexts in the order in which they were found."""
        self._leaning: set[Key] = set()
        """Those that came upon functions which were running: what was found of them holds while these run."""
        self.leans: set[Place] = set()
        """Functions that were running already when what runs now came upon them."""
        self.running: frozenset[Place] = frozenset()
        """Functions that run outside of what is being probed."""
        self.met = False
        """Whether a probe came upon one of them."""

    def __len__(self) -> int:
        """How many contexts were found since the beginning, or since nothing was known."""
        return len(self._journal)

    def known(self, mark: int, *, effects: bool) -> Summary | None:
        """What was found before in this context, with effects or without; what it came upon is come upon again."""
        known = self._found.get((mark, True)) or (None if effects else self._found.get((mark, False)))
        if known is None or self._in.reentries.restarts(self._in, known.effects):
            return None
        if self._leaning and not self._leaning.isdisjoint(((mark, True), (mark, effects))):
            self.leans.add(ELSEWHERE)
        return known

    def keep(self, context: Key, summary: Summary, *, leans: bool) -> None:
        """Keep what was found of a context; `leans` where it holds only while what is running runs."""
        self._found[context] = summary
        self._journal.append(context)
        if leans:
            self._leaning.add(context)

    def come_upon(self, place: Place, open_calls: int) -> set[Place]:
        """Note that a function is called which may be running; what stands for it where it runs outside of a probe."""
        if open_calls:
            self.leans.add(place)
        if place not in self.running:
            return set()
        self.met = True
        self.leans.add(ELSEWHERE)
        return {ELSEWHERE}

    def still_running(self, around: set[Place]) -> bool:
        """Whether a function that has ended came upon one that runs on; who called it came upon `around` before."""
        leans = {one for one in self.leans if one is ELSEWHERE or one in self._in.open.busy}
        self.leans = around | leans
        return bool(leans)

    def forget(self, began: int, *, leaning: bool) -> None:
        """Forget what was found since there were `began` contexts; with `leaning` only what leans on what runs now."""
        gone = {one for one in self._journal[began:] if not leaning or one in self._leaning}
        for context in gone:
            self._found.pop(context, None)
        self._leaning -= gone
        self._journal[began:] = [one for one in self._journal[began:] if one not in gone]

    @contextmanager
    def apart(self, *, knowing: bool = False) -> Iterator[None]:
        """Let nothing that is known hold inside, except with `knowing`, and nothing found there be known afterwards."""
        found, self._found = self._found, dict(self._found) if knowing else {}
        try:
            yield
        finally:
            self._found = found
