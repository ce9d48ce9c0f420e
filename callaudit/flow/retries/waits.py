"""Calls that do nothing but wait: `await sleep(500)`, however the code spells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.arguments import argument, arguments
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.variables import declare
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Value
from callaudit.libraries.model import Wait
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Call, Func, Let, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.facts import Function

DEPTH = 4
LONGEST = 8
"""Statements of a function that may be a wait."""


def wait_of(
    interpreter: Interpreter, call: Call, scope: Scope, depth: int = DEPTH, *, settles: bool = False
) -> Value | None:
    """The time in milliseconds that `call` waits; `None` where it is no wait.

    With `settles` also that after which the promise that it gives is rejected.
    """
    callee = call.callee
    if call.new:
        if isinstance(callee, Name) and callee.id == "Promise" and call.args and isinstance(call.args[0], Func):
            return _of_promise(interpreter, call.args[0], scope, settles=settles)
        return None
    if not depth or not isinstance(callee, (Name, Member)):
        return None
    target = forced(interpreter.evaluate(callee, scope))
    if isinstance(target, ForeignValue) and target.args is None:
        args = arguments(interpreter, call.args, scope)
        if target.package == "" and target.path == ("setTimeout",) and len(args) == 1:
            return args[0]  # what `promisify(setTimeout)` gives
        found = exported(target.package, target.path)
        return argument(interpreter, args, found[1].time) if found and isinstance(found[1], Wait) else None
    if isinstance(target, Closure):
        return _of_function(interpreter, target, call, scope, depth, settles=settles)
    return None


def _of_function(
    interpreter: Interpreter, target: Closure, call: Call, scope: Scope, depth: int, *, settles: bool
) -> Value | None:
    function = interpreter.function(target.module, target.index)
    if len(function.body) > LONGEST or interpreter.relevance.function(target.module, target.index):
        return None
    args = arguments(interpreter, call.args, scope)
    inside = Scope(target.module, target.scope, this=target.this, function=target.index)
    inside.mark = ("wait", scope.mark, id(call))
    bind_parameters(interpreter, function, [*target.bound, *args], inside, known=True)
    return _in_body(interpreter, function, inside, depth - 1, settles=settles)


def _in_body(interpreter: Interpreter, function: Function, inside: Scope, depth: int, *, settles: bool) -> Value | None:
    for node in walk(function.body):
        if isinstance(node, Let):
            declare(interpreter, node, inside)
        elif isinstance(node, Call):
            found = wait_of(interpreter, node, inside, depth, settles=settles)
            if found is not None:
                return found
    return None


def _of_promise(interpreter: Interpreter, executor: Func, scope: Scope, *, settles: bool) -> Value | None:
    """`new Promise((resolve) => setTimeout(resolve, ms))`: the timer must be what keeps the promise."""
    function = interpreter.function(scope.module, executor.index)
    params = [param.target.id for param in function.params if isinstance(param.target, Name)]
    named = params[: 2 if settles else 1] if len(params) == len(function.params) else []
    if not named:
        return None
    inside = Scope(scope.module, scope, function=executor.index)
    inside.mark = ("wait", scope.mark, executor.index)
    for node in walk(function.body):
        if isinstance(node, Let):
            declare(interpreter, node, inside)
        if not isinstance(node, Call) or len(node.args) < 2 or not isinstance(node.callee, (Name, Member)):
            continue
        if not _is_timer(interpreter, node, inside):
            continue
        if not any(_keeps(interpreter, node, name, scope.module) for name in named):
            continue
        return interpreter.lazy(node.args[1], inside)
    return None


def _is_timer(interpreter: Interpreter, call: Call, scope: Scope) -> bool:
    target = forced(interpreter.evaluate(call.callee, scope))
    return isinstance(target, ForeignValue) and target.package == "" and target.path[-1:] == ("setTimeout",)


def _keeps(interpreter: Interpreter, timer: Call, resolve: str, module: str) -> bool:
    """Whether what the timer runs is `resolve`, or calls it."""
    run = timer.args[0]
    if isinstance(run, Name):
        return run.id == resolve
    if not isinstance(run, Func):
        return False
    return any(
        isinstance(node.callee, Name) and node.callee.id == resolve
        for node in interpreter.nodes_of(module, run.index, Call)
    )
