"""Timers that stop themselves before they ask: `if (ready) { clearInterval(timer); load(); }` waits, and asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.reading.relevant import matters
from callaudit.flow.reading.within import scope_within
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.chains import called_name, untyped
from callaudit.syntax.ir import Assign, Await, Block, Call, Do, Func, If, Let, Member, Name, Ret, Throw, Try
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Stmt

Place = tuple[str, int]

STOPS = frozenset({"clearInterval"})


MOST_DEEP = 3
"""Functions that are followed one into the other: `setInterval(() => this.look())`."""


def stops_itself(interpreter: Interpreter, here: Application, callbacks: Sequence[Value]) -> bool:
    """Whether the timer that is set `here` asks for something only in the run that stops it."""
    name = _called(interpreter, here)
    known = forced(callbacks[0]) if name and len(callbacks) == 1 else None
    if not isinstance(known, Closure):
        return False
    holder = _declares(interpreter, here.scope.module, here.scope.function, name.partition(".")[0])
    return _asks_in_last_run(interpreter, known, (name, holder), MOST_DEEP)


def _asks_in_last_run(interpreter: Interpreter, closure: Closure, timer: tuple[str, Place], deep: int) -> bool:
    """Whether a function, and each that it calls, asks only where it has stopped the timer before."""
    name, holder = timer
    stops = not STOPS.isdisjoint(_names(interpreter, closure))
    once = _in_last_run(interpreter.function(closure.module, closure.index).body, name) if stops else frozenset()
    scope = scope_within(interpreter, closure.scope, closure.index) if once or deep else None
    if scope is None:
        return False
    followed = False
    for node in interpreter.nodes(closure.module, closure.index):
        if id(node) in once or not _may_ask(interpreter, node, scope):
            continue
        inner = _of_same_owner(interpreter, node, scope, name) if deep else None
        if inner is None or _declares(interpreter, inner.module, inner.index, name.partition(".")[0]) != holder:
            return False
        if not _asks_in_last_run(interpreter, inner, timer, deep - 1):
            return False
        followed = True
    return bool(once) or followed


def _of_same_owner(interpreter: Interpreter, node: object, scope: Scope, name: str) -> Closure | None:
    """The function that a node calls; where the timer is a field of `this`, one of the same object."""
    callee = node.callee if isinstance(node, Call) else None
    own = isinstance(callee, Member) and isinstance(callee.obj, Name) and callee.obj.id == "this"
    if callee is None or (name.startswith("this.") and not own):
        return None
    known = forced(interpreter.evaluate(callee, scope))
    return known if isinstance(known, Closure) else None


def _declares(interpreter: Interpreter, module: str, index: int, name: str) -> Place:
    """The function in which a name that is used in function number `index` is declared; `this` is nobody's."""
    if name == "this":
        return "", 0
    while index > 0:
        function = interpreter.function(module, index)
        params = (name in bound_names(param.target) for param in function.params)
        if any(params) or any(name in bound_names(let.target) for let in interpreter.nodes_of(module, index, Let)):
            break
        index = function.parent
    return module, max(index, 0)


def _called(interpreter: Interpreter, here: Application) -> str:
    """What the timer is called that a call sets: a variable, a field, a ref."""
    for node in interpreter.nodes(here.scope.module, here.scope.function):
        if isinstance(node, (Let, Assign)) and node.value is not None and untyped(node.value) is here.expr:
            return words(node.target) if isinstance(node.target, (Name, Member)) else ""
    return ""


def _names(interpreter: Interpreter, closure: Closure) -> frozenset[str]:
    return frozenset(one.lstrip(".") for one in interpreter.function(closure.module, closure.index).refs)


def _in_last_run(body: Sequence[Stmt], name: str) -> frozenset[int]:
    """The nodes of a function that run only in the run that stops the timer called `name`."""
    found: set[int] = set()
    waiting: list[Sequence[Stmt]] = [body]
    while waiting:
        block = waiting.pop()
        at = next((place for place, statement in enumerate(block) if _stops(statement, name)), None)
        if at is None:
            waiting.extend(inner for statement in block for inner in _blocks(statement))
            continue
        before = () if any(isinstance(node, (Ret, Throw, Await)) for node in walk(tuple(block[:at]))) else block[:at]
        found.update(id(node) for node in walk((*before, *block[at:])))
    return frozenset(found)


def _blocks(statement: Stmt) -> Iterator[Sequence[Stmt]]:
    if isinstance(statement, If):
        yield statement.then
        yield statement.other
    elif isinstance(statement, (Block, Try)):
        yield statement.body


def _stops(statement: Stmt, name: str) -> bool:
    """Whether a statement stops the timer, and does nothing else."""
    call = statement.value if isinstance(statement, (Do, Ret)) else None
    if not isinstance(call, Call) or not call.args:
        return False
    return called_name(call.callee) in STOPS and words(untyped(call.args[0])) == name


def _may_ask(interpreter: Interpreter, node: object, scope: Scope) -> bool:
    """Whether a node calls something that may send a request, or hands over a function that may."""
    if isinstance(node, Func):
        return interpreter.relevance.function(scope.module, node.index)
    return isinstance(node, Call) and matters(interpreter, interpreter.evaluate(node.callee, scope))
