"""Timers that stop themselves before they ask: `if (ready) { clearInterval(timer); load(); }` waits, and asks once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.chains import called_name, untyped
from callaudit.flow.relevant import matters
from callaudit.flow.values import Closure, forced
from callaudit.flow.within import scope_within
from callaudit.flow.words import words
from callaudit.syntax.ir import Assign, Await, Block, Call, Do, Func, If, Let, Member, Name, Ret, Throw, Try
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.callbacks import Application
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Stmt

STOPS = frozenset({"clearInterval"})


def stops_itself(interpreter: Interpreter, here: Application, callbacks: Sequence[Value]) -> bool:
    """Whether the timer that is set `here` asks for something only in the run that stops it."""
    name = _called(interpreter, here)
    known = forced(callbacks[0]) if name and len(callbacks) == 1 else None
    if not isinstance(known, Closure) or STOPS.isdisjoint(_names(interpreter, known)):
        return False
    once = _in_last_run(interpreter.function(known.module, known.index).body, name)
    scope = scope_within(interpreter, known.scope, known.index) if once else None
    if scope is None:
        return False
    nodes = interpreter.nodes(known.module, known.index)
    return not any(id(node) not in once and _may_ask(interpreter, node, scope) for node in nodes)


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
