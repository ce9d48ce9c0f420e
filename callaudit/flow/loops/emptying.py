"""Functions that call themselves for the next item of a queue, until there is none: they try nothing again.

`const id = queue.shift(); if (!id) return; send(id).finally(next)` goes through what others have put there. Where it
puts an item back, a failure may bring the same one again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.syntax.ir import Assign, Block, Call, Do, If, Let, Member, Name, Ret
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr, Stmt

TAKING = frozenset({"shift", "pop", "splice", "dequeue"})
PUTTING = frozenset({"push", "unshift", "splice", "enqueue", "add"})
_SIZES = frozenset({"length", "size"})


def empties(interpreter: Interpreter, module: str, index: int) -> bool:
    """Whether a function takes an item of a list of others in each run, and does nothing where that has none."""
    body = interpreter.function(module, index).body
    for names, queue in _taken(body):
        if _declares(body, queue) or _puts_back(interpreter, module, index, queue):
            continue
        if any(isinstance(one, If) and not one.other and _asks(one.test, names, queue) for one in _flat(body)):
            return True
    return False


def _taken(body: Sequence[Stmt]) -> Iterator[tuple[frozenset[str], str]]:
    """What each run takes from lists: the names of the items, and the list in words."""
    for statement in _flat(body):
        value = statement.value if isinstance(statement, (Let, Do)) else None
        target = statement.target if isinstance(statement, Let) else None
        if isinstance(value, Assign):
            target, value = value.target, value.value
        for node in walk((value,)) if value is not None else ():
            if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop in TAKING:
                yield frozenset(bound_names(target)) if target is not None else frozenset(), words(node.callee.obj)


def _flat(body: Sequence[Stmt]) -> Iterator[Stmt]:
    """Statements that each run comes upon, unless it has left before."""
    for statement in body:
        yield statement
        if isinstance(statement, Block):
            yield from _flat(statement.body)
        elif isinstance(statement, If) and not _leaves(statement) and not statement.other:
            yield from _flat(statement.then)  # `if (queue.length) { … }`


def _leaves(statement: If) -> bool:
    return bool(statement.then) and isinstance(statement.then[-1], Ret)


def _asks(test: Expr, names: frozenset[str], queue: str) -> bool:
    """Whether a test asks for the item that was taken, or how many the list has."""
    return any(
        (isinstance(node, Name) and node.id in names)
        or (isinstance(node, Member) and node.prop in _SIZES and words(node.obj) == queue)
        for node in walk((test,))
    )


def _declares(body: Sequence[Stmt], queue: str) -> bool:
    """Whether the list is one that the function makes itself."""
    root = queue.partition(".")[0]
    return any(isinstance(node, Let) and root in bound_names(node.target) for node in walk(tuple(body)))


def _puts_back(interpreter: Interpreter, module: str, index: int, queue: str) -> bool:
    """Whether a function, or one inside it, puts something into the list as well."""
    here = interpreter.program.modules[module]
    return any(
        isinstance(call.callee, Member) and call.callee.prop in PUTTING - TAKING and words(call.callee.obj) == queue
        for at in (index, *here.inside(index))
        for call in here.nodes_of(at, Call)
    )
