"""What the levels of a function do that calls itself while its calls keep failing: as many as `rounds` of a loop."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from callaudit.flow.loops.idle_numbers import idle
from callaudit.flow.loops.round_expressions import Event
from callaudit.flow.loops.round_statements import Ended, NextRound
from callaudit.flow.loops.rounds import MOST_ROUNDS, Rounds, Simulation
from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.values.identity import next_number
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Closure, Unknown
from callaudit.syntax.ir import Call, Do, Func, Lit, Member, Name, Op, Ret
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from callaudit.flow.loops.round_ways import Way
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.reading.calls_apart import Calls
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, If, Stmt

HANDLERS = frozenset({"catch", "then"})
NO_FUNCTION = Closure("", -1, Scope("", None))
"""What stands for a value that is surely none of the program's functions."""


class Levels(Simulation):
    """The body of a function that calls itself at some lines, taken level by level with the arguments of each."""

    def __init__(
        self, interpreter: Interpreter, scope: Scope, closure: Closure, lines: frozenset[int], calls: Calls
    ) -> None:
        """Begin with the variables of `scope`; `closure` calls itself at `lines`, and others at `calls` too."""
        super().__init__(interpreter, scope, calls)
        self.scope.vars.update(scope.vars)
        self._itself = closure
        self._lines = lines
        self._following: list[Value] | None = None
        """The arguments of the next level, once it is begun."""

    def all(self, function: Function) -> Rounds:
        """Take the body of `function`, the one that calls itself, until a level does not."""
        ended = False
        given: Hashable = None
        for number in range(1, MOST_ROUNDS + 1):
            begun = len(self._events)
            self._events.append(Event(call=True, line=function.line))
            self._following = None
            with suppress(Ended):
                self._round(function.body)
            if self._following is None:
                ended = True
                break
            before, given = given, self._context(self._following)
            if before == given:  # all that the next level is given: each that follows does what this one did
                self._events += self._events[begun:] * (MOST_ROUNDS - number)
                break
            level = self._itself
            inside = Scope(level.module, level.scope, this=level.this, function=level.index)
            inside.mark = ("level", self.scope.mark, next_number())
            bind_parameters(self._in, function, self._following, inside, known=True)
            self.scope = inside
        return self._found(ended=ended)

    def _context(self, given: Sequence[Value]) -> Hashable:
        """What decides about a level: the function with its scope, and what it is given."""
        level = self._itself
        nothing = idle(self._in, level.module, level.index)
        return (key(level), *(key(value) for at, value in enumerate(given) if at not in nothing))

    def _continues(self, way: Sequence[Stmt]) -> bool:
        """Whether a way ends with the call that starts the next level."""
        last = way[-1] if way else None
        if not isinstance(last, (Ret, Do)) or last.value is None:
            return super()._continues(way)
        return any(isinstance(node, Call) and node.line in self._lines for node in walk((last.value,)))

    def _or_else(
        self, statement: If, first: Way, rest: Sequence[Stmt], start: dict[str, Value], *, stays: bool
    ) -> None:
        following, itself = self._following, self._itself
        super()._or_else(statement, first, rest, start, stays=stays)
        self._following, self._itself = following, itself

    def _call(self, call: Call) -> None:
        if call.line in self._lines and self._following is None and self._calls_itself(call):
            self._begin_again(call)  # whatever it waits for itself: it is no wait
        super()._call(call)

    def _calls_itself(self, call: Call) -> bool:
        handler = isinstance(call.callee, Member) and call.callee.prop in HANDLERS
        target = self._known(call.callee) if not handler else None
        return target is not None and self._is_itself(target)

    def _no_wait(self, call: Call) -> None:
        """Go on to the next level, or into a handler of failures."""
        if not self._lines:  # it is called again from another file
            super()._no_wait(call)
            return
        if call.line in self._lines and self._following is None:
            self._begin_again(call)
        if isinstance(call.callee, Member) and call.callee.prop in HANDLERS:
            self._handler(call)

    def _begin_again(self, call: Call) -> None:
        """Take the arguments of the next level, if `call` starts it: itself, or as a function that it hands on."""
        handler = isinstance(call.callee, Member) and call.callee.prop in HANDLERS
        target = self._known(call.callee) if not handler else NO_FUNCTION
        if target is None or self._is_itself(target):
            given = arguments(self._in, call.args, self.scope)
            self._power = self._power or any(map(_multiplies, call.args))
            self._following = [forced(value) for value in given]
            self._itself = target or self._itself
            raise NextRound
        handed = (self._known(arg) for arg in call.args if isinstance(arg, (Name, Member)))
        if any(one is not None and self._is_itself(one) for one in handed):
            self._following = []
            raise NextRound

    def _known(self, expr: Expr) -> Closure | None:
        """The function that an expression is; `None` where it is not known, and `NO_FUNCTION` for anything else."""
        value = forced(self._in.evaluate(expr, self.scope))
        if isinstance(value, Unknown):
            return None
        return value if isinstance(value, Closure) else NO_FUNCTION

    def _is_itself(self, target: Closure) -> bool:
        return (target.module, target.index) == (self._itself.module, self._itself.index)

    def _handler(self, call: Call) -> None:
        """Take a function that a promise hands its failure to, or that follows a wait."""
        if not call.args or not isinstance(call.args[0], Func):
            return
        function = self._in.function(self.scope.module, call.args[0].index)
        for param in function.params:
            bind(self._in, param.target, Unknown("error", given=True), self.scope)
        with suppress(Ended):
            self._block(function.body)


def _multiplies(arg: Expr) -> bool:
    """Whether an argument is a multiple of a variable: `again(left - 1, wait * 2)`."""
    if not isinstance(arg, Op) or arg.op != "*":
        return False
    return any(isinstance(item, Name) for item in arg.items) and any(isinstance(item, Lit) for item in arg.items)
