"""Timers that a counter stops: `if (left > 0) setTimeout(() => ask(left - 1), 500)` starts its function a few times.

The counter is one that the function hands itself, or one that nothing else sets. Where something else than the counter
keeps the timer from being set as well, what is asked may be there before it runs out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.loops.countdown import SAME, counted, counter_of, nodes_inside, step_of
from callaudit.flow.reading.placed_calls import placed
from callaudit.flow.timers.next_runs import TIMERS
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Call, Func, Lit, Name, Op, Un
from callaudit.syntax.operators import FLIPPED, OPPOSITE
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.loops.reentries import Later
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.placed_calls import Tests
    from callaudit.flow.values.values import Closure
    from callaudit.syntax.ir import Expr, Node

MOST_AROUND: Final = 6
"""Functions between the one that is started again and the one that sets the timer."""
_GOES_ON: Final = {-1: frozenset({">", ">=", "!=="}), 1: frozenset({"<", "<=", "!=="})}


def rounds_left(
    interpreter: Interpreter, closure: Closure, found: Sequence[Later], scope: Scope
) -> tuple[int, bool] | None:
    """How often timers start a function again at most, and whether that may end before; `None` for no counter."""
    nodes = list(nodes_inside(interpreter, closure))
    if _set(nodes, {one.line for one in found}) > len(found):
        return None  # the first run takes one way of several: another may set a timer that nothing stops
    counts: list[int] = []
    early = False
    for one in found:
        tests = list(_apart(_on_the_way(interpreter, closure, one)))
        known = [_allowed(interpreter, closure, nodes, test, scope) for test in tests]
        numbers = [number for number in known if number is not None]
        if not numbers:
            return None
        counts.append(min(numbers))
        early = early or len(numbers) < len(known)
    return (max(counts), early) if counts else None


def _set(nodes: Sequence[Node], lines: set[int]) -> int:
    """How many timers a function sets of the kind that it sets in `lines`."""
    calls = [node for node in nodes if isinstance(node, Call)]
    names = {called_name(call.callee) for call in calls if call.line in lines}
    return sum(called_name(call.callee) in names & TIMERS for call in calls)


def _on_the_way(interpreter: Interpreter, closure: Closure, later: Later) -> Iterator[tuple[Expr, bool]]:
    """The tests that stand before a timer in a function, and those before the function is started by what it runs."""
    if later.scope is None or later.scope.module != closure.module:
        return
    index = later.scope.function
    name = interpreter.function(closure.module, closure.index).name
    calls = [one for one in placed(interpreter.function(closure.module, index).body) if one.call.line == later.line]
    setting = [one for one in calls if any(isinstance(arg, Func) for arg in one.call.args)] or calls
    if len(setting) != 1:
        return
    yield from setting[0].tests
    for arg in setting[0].call.args:
        if isinstance(arg, Func) and name:
            inside = placed(interpreter.function(closure.module, arg.index).body)
            again = [one.tests for one in inside if called_name(one.call.callee) == name]
            yield from again[0] if len(again) == 1 else ()
    for _ in range(MOST_AROUND):
        if index in (closure.index, 0):
            return
        parent = interpreter.function(closure.module, index).parent
        yield from _around(interpreter, closure.module, parent, index)
        index = parent


def _around(interpreter: Interpreter, module: str, parent: int, index: int) -> Tests:
    """The tests that the call stands behind which is handed function number `index`."""
    for one in placed(interpreter.function(module, parent).body):
        if any(isinstance(arg, Func) and arg.index == index for arg in one.call.args):
            return one.tests
    return ()


def _apart(tests: Iterator[tuple[Expr, bool]]) -> Iterator[tuple[Expr, bool]]:
    """Tests taken apart into those that all hold, or do not."""
    for test, holds in tests:
        if isinstance(test, Un) and test.op == "!":
            yield from _apart(iter(((test.value, not holds),)))
        elif isinstance(test, Op) and test.op == ("&&" if holds else "||"):
            yield from _apart((item, holds) for item in test.items)
        else:
            yield test, holds


def _allowed(
    interpreter: Interpreter, closure: Closure, nodes: list[Node], test: tuple[Expr, bool], scope: Scope
) -> int | None:
    """How many further starts a test lets through; `None` where it asks for something else than a counter."""
    expr, holds = test
    ways: list[tuple[Expr, str, Expr]] = []
    if isinstance(expr, (Name, Un)):
        ways = [(expr, "!==", Lit(0))]
    elif isinstance(expr, Op) and len(expr.items) == 2 and (expr.op in FLIPPED or expr.op in SAME):
        first, second = expr.items
        ways = [(first, expr.op, second), (second, FLIPPED.get(expr.op, expr.op), first)]
    for left, op, right in ways:
        name = counter_of(left)
        step = step_of(nodes, name)[0] if name and _is_own(interpreter, closure, nodes, name) else 0
        on = op if holds else OPPOSITE.get(op, "===" if op.startswith("!") else "!==")
        if not step or (on if on in FLIPPED else on.ljust(3, "=")) not in _GOES_ON[step]:
            continue
        position = next((at for at, node in enumerate(nodes) if node is expr), len(nodes))
        found = counted(interpreter, nodes, position, (left, op, right), scope)
        if isinstance(found, int):
            return found
    return None


def _is_own(interpreter: Interpreter, closure: Closure, nodes: list[Node], name: str) -> bool:
    """Whether a counter is a parameter, or a variable of functions around that is set nowhere else."""
    function = interpreter.function(closure.module, closure.index)
    if any(name in bound_names(param.target) for param in function.params):
        return True
    if "." in name or name not in interpreter.program.modules[closure.module].assigned:
        return False
    for index, one in enumerate(interpreter.program.modules[closure.module].functions):
        if name in one.refs and any(
            node.op == "=" and counter_of(node.target) == name and not _steps(node, name)
            for node in interpreter.nodes_of(closure.module, index, Assign)
        ):
            return False
    return any(counter_of(node) == name for node in nodes if isinstance(node, Name))


def _steps(node: Assign, name: str) -> bool:
    return isinstance(node.value, Op) and counter_of(node.value.items[0]) == name
