"""What a timer sets a state to: another value each time, and under which test.

A number that is counted, the time (`Date.now()`, `Math.floor(Date.now() / 1000)`, a function of the program that gives
it, a variable that holds it), or a new object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Arr, Call, Func, If, Let, Name, Obj, Op, Ret, Typed, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr

DEPTH = 2
"""Functions of the program that give the time for each other."""
_CLOCKS = frozenset({"now", "random", "Date", "performance"})
_COUNTING = frozenset({"+", "-", "%", "*"})


def changes(interpreter: Interpreter, path: str, index: int, expr: Expr, depth: int = DEPTH) -> bool:
    """Whether `expr`, in function number `index` of `path`, is another value each time."""
    if isinstance(expr, Func):
        return _gives_another(interpreter, path, expr.index, depth)
    if isinstance(expr, Typed):
        return changes(interpreter, path, index, expr.value, depth)
    if isinstance(expr, (Obj, Arr, Un)) or (isinstance(expr, Op) and expr.op in _COUNTING):
        return True
    if isinstance(expr, Name):
        made = [let.value for let in interpreter.nodes_of(path, index, Let) if getattr(let.target, "id", "") == expr.id]
        return bool(depth) and any(
            not isinstance(value, Func) and value is not None and changes(interpreter, path, index, value, depth - 1)
            for value in made
        )
    return isinstance(expr, (Call, Op)) and any(
        _tells_time(interpreter, path, index, node, depth) for node in walk((expr,)) if isinstance(node, Call)
    )


def _gives_another(interpreter: Interpreter, path: str, index: int, depth: int) -> bool:
    given = [node.value for node in interpreter.nodes_of(path, index, Ret)]
    return any(value is not None and changes(interpreter, path, index, value, depth) for value in given)


def _tells_time(interpreter: Interpreter, path: str, index: int, call: Call, depth: int) -> bool:
    if called_name(call.callee) in _CLOCKS:
        return True
    if not depth or not isinstance(call.callee, Name) or call.args:
        return False
    target = forced(interpreter.evaluate(call.callee, static_scope(interpreter, path, index)))
    if not isinstance(target, Closure):
        return False
    given = [node.value for node in interpreter.nodes_of(target.module, target.index, Ret)]
    told = (node for value in given if value is not None for node in walk((value,)) if isinstance(node, Call))
    return any(_tells_time(interpreter, target.module, target.index, node, depth - 1) for node in told)


def only_when(interpreter: Interpreter, path: str, index: int, call: Call, state: str) -> str:
    """The test of the state itself under which a timer sets it: `if (now - last >= 300) setLast(now)`."""
    for node in interpreter.nodes_of(path, index, If):
        inside = any(one is call for one in walk((*node.then, *node.other)))
        if inside and any(isinstance(one, Name) and one.id == state for one in walk((node.test,))):
            return f"only when {words(node.test)}"
    return ""
