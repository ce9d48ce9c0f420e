"""Tests of what a function hands to its next run: `setTimeout(() => poll(n + 1), n < 5 ? 100 : 5000)`.

What the first run decides, a later one decides otherwise: both ways of such a test are taken some time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Name, Op, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, If, Stmt

TIMERS = frozenset({"setTimeout", "requestAnimationFrame", "setImmediate", "requestIdleCallback"})
"""Functions of the platform that run another one once, later."""
_STEPS = frozenset({"+", "-"})


def changes_later(interpreter: Interpreter, test: Expr, scope: Scope) -> bool:
    """Whether `test` asks for a number that its function hands, greater or smaller, to its run that a timer starts."""
    handed = _handed_on(interpreter, scope.module, scope.function)
    return bool(handed) and any(isinstance(node, Name) and node.id in handed for node in walk((test,)))


def waits_either_way(statement: If) -> bool:
    """Whether both ways of a branch set a timer."""
    return _sets_timer(statement.then) and _sets_timer(statement.other)


def _sets_timer(way: Sequence[Stmt]) -> bool:
    return any(isinstance(node, Call) and called_name(node.callee) in TIMERS for node in walk(tuple(way)))


def _handed_on(interpreter: Interpreter, module: str, index: int) -> frozenset[str]:
    """The parameters of a function that functions inside it hand on to it, made greater or smaller."""

    def find() -> frozenset[str]:
        function = interpreter.function(module, index)
        names = [getattr(param.target, "id", "") for param in function.params]
        if not function.name or not any(names):
            return frozenset()
        return frozenset(
            name
            for call in _calls_inside(interpreter, module, index, function.name)
            for name, arg in zip(names, call.args, strict=False)
            if name and _steps(arg, name)
        )

    return interpreter.found_once(("handed to the next run", module, index), find)


def _calls_inside(interpreter: Interpreter, module: str, index: int, itself: str) -> Iterator[Call]:
    """The calls of a function by functions that stand in it."""
    here = interpreter.program.modules[module]
    for number in here.inside(index):
        refs = here.functions[number].refs
        if itself in refs or "." + itself in refs:
            yield from (call for call in here.nodes_of(number, Call) if called_name(call.callee) == itself)


def _steps(arg: Expr, name: str) -> bool:
    if isinstance(arg, Un):
        return arg.op in ("++", "--") and getattr(arg.value, "id", "") == name
    return isinstance(arg, Op) and arg.op in _STEPS and any(getattr(item, "id", "") == name for item in arg.items)
