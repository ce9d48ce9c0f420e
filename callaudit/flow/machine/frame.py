"""One activation of a function: its scope, what it returned so far, and how the statement that is taken ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.guards.guards import Early
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.outcome import Outcome
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Unknown, Value
    from callaudit.syntax.ir import Stmt


class Frame:
    """One activation of a function."""

    __slots__ = (
        "absent",
        "args",
        "cut",
        "early",
        "effects",
        "end",
        "interpreter",
        "loops",
        "returned",
        "scope",
        "tried",
        "ways",
    )

    def __init__(self, interpreter: Interpreter, scope: Scope, *, effects: bool, args: Sequence[Value] = ()) -> None:
        """Run in `scope` with `args`; without `effects` only values are asked for."""
        self.args = args
        self.interpreter = interpreter
        self.scope = scope
        self.effects = effects
        self.returned: list[Value] = []
        self.absent: tuple[Unknown, int] | None = None
        """A variable of the environment, and which of the values is returned where it is not set."""
        self.early: list[Early] = []
        """Tests that left in what was taken so far: what follows stands behind them."""
        self.tried: list[tuple[list[Effect], int]] = []
        """What the blocks did whose handlers are being taken: a list and how much of it."""
        self.loops = 0
        """Loops that are open whose bodies are taken once for all rounds."""
        self.ways = 0
        """Ways that are open of which another may be taken, and those that may have left before."""
        self.end = ""
        """How the last call of the statement that is taken ended, if it never comes back: the rest does not happen."""
        self.cut = False
        """Whether something was passed over for that."""

    def block(self, body: Sequence[Stmt], tree: list[Effect]) -> Outcome:
        """Take statements in order until one of them cannot be passed."""
        return self.interpreter.block(self, body, tree)
