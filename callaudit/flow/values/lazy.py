"""Values that are computed when they are needed, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.values import UNDEFINED, Const, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

CYCLE = Unknown("cycle", "it is defined by itself")
CYCLES = [0]
"""How often a value was asked for while it was being computed: what was made of `CYCLE` may not be kept."""


class Lazy(Value):
    """A value that is computed when it is needed, once."""

    __slots__ = ("_compute", "_evaluate", "busy", "expr", "is_known", "known", "line", "scope")

    def __init__(
        self,
        compute: Callable[[], Value] | None,
        expr: Expr | None = None,
        scope: Scope | None = None,
        line: int = 0,
        evaluate: Callable[[Expr, Scope], Value] | None = None,
    ) -> None:
        """Put off `compute`, which evaluates `expr` in `scope` where it is one expression, a property at `line`.

        For most it does nothing else: they are given `evaluate`, as a function of its own for each takes longer to
        make than all of this.
        """
        self.expr = expr
        self.line = line
        self.scope = scope
        self._compute = compute
        self._evaluate = evaluate
        self.known: Value = UNDEFINED
        """The value, once `is_known` holds."""
        self.is_known = False
        self.busy = False

    def force(self) -> Value:
        """The value; a value that depends on itself is unknown."""
        if self.is_known:
            return self.known
        if self.busy:
            CYCLES[0] += 1
            return CYCLE
        self.busy = True
        compute, evaluate = self._compute, self._evaluate
        try:
            if evaluate is not None:
                self.known = evaluate(self.expr, self.scope)  # type: ignore[arg-type] # given with these
            elif compute is not None:
                self.known = compute()
        finally:
            self.busy = False
        self._compute = None
        self.is_known = True
        return self.known


def forced(value: Value) -> Value:
    """`value`, computed if it was put off."""
    while type(value) is Lazy:
        value = value.known if value.is_known else value.force()
    return value


def word_of(value: Value) -> str:
    """The text of a constant; empty for anything else."""
    known = forced(value)
    return known.value if isinstance(known, Const) and isinstance(known.value, str) else ""
