"""What a test asks beside what it tests: numbers that constants stand for, and functions of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Closure, Const, OneOf, Seq
from callaudit.link.definitions import Defined
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Param
    from callaudit.syntax.ir import Expr, Node, Stmt

MOST_NUMBERS = 20


class Body(Struct, frozen=True, eq=False):
    """A function of the program that a test calls."""

    params: Sequence[Param]
    statements: Sequence[Stmt]
    nodes: Sequence[Node]
    asking: Asking


class Asking:
    """Answers in one scope."""

    def __init__(self, interpreter: Interpreter, scope: Scope) -> None:
        """Ask `interpreter` what names of `scope` are."""
        self._in = interpreter
        self._scope = scope

    def numbers(self, expr: Expr) -> tuple[float, ...]:
        """The numbers that an expression may be or lists; none where anything of it is not known."""
        found: list[float] = []
        listed = self._of_set(expr)
        value = listed if listed is not None else self._in.evaluate(expr, self._scope)
        for one in _ways(value):
            number = one.value if isinstance(one, Const) else None
            if not isinstance(number, (int, float)) or isinstance(number, bool):
                return ()
            found.append(number)
        return tuple(found[:MOST_NUMBERS])

    def _of_set(self, expr: Expr) -> Value | None:
        """What a variable holds that is `new Set([…])`: the evaluation of values has no sets."""
        if not isinstance(expr, Name):
            return None
        owner = self._scope.find(expr.id)
        bound = owner.vars.get(expr.id) if owner is not None else None
        if bound is None:
            meant = self._in.program.name(self._scope.module, expr.id)
            bound = self._in.module_scope(meant.module).vars.get(meant.name) if isinstance(meant, Defined) else None
        made = bound.expr if isinstance(bound, Lazy) else None
        if not isinstance(made, Call) or getattr(made.callee, "id", "") != "Set" or len(made.args) != 1:
            return None
        scope = bound.scope if isinstance(bound, Lazy) else None
        return self._in.evaluate(made.args[0], scope) if scope is not None else None

    def function(self, call: Call) -> Body | None:
        """The one function of the program that a call calls."""
        called = forced(self._in.evaluate(call.callee, self._scope))
        if not isinstance(called, Closure) or called.bound:
            return None
        function = self._in.function(called.module, called.index)
        nodes = self._in.nodes(called.module, called.index)
        return Body(function.params, function.body, nodes, Asking(self._in, called.scope))


def _ways(value: Value) -> Sequence[Value]:
    known = forced(value)
    if isinstance(known, Seq) and not known.open:
        return [forced(item) for item in known.items[: MOST_NUMBERS + 1]]
    return [forced(one) for one in known.values] if isinstance(known, OneOf) else [known]
