"""What is set between two requests that the second one reads: a token that is renewed, the number of a mirror.

What is asked with another token is another request, however far from the call that token is read.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Assign, Call, Member, Name, Un

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Node

DEEP = 3
"""Functions that call each other in which something is set, or read."""
MOST = 40
"""Functions in which it is looked for."""
_Place = tuple[str, str]
"""The module and the name of a variable; `.name` of a field of `this`."""


def renews(interpreter: Interpreter, scope: Scope, between: Iterable[Node], asked: Call) -> bool:
    """Whether code between two calls like `asked` sets a variable, or a field, which the function reads that asks."""
    written = _set_by(interpreter, scope.module, between)
    for node in between:
        if isinstance(node, Call) and node is not asked:
            for module, index in _functions(interpreter, scope, node, DEEP):
                written |= _set_by(interpreter, module, _nodes(interpreter, module, index))
    if not written:
        return False
    return any(
        written & _read_by(interpreter, module, index)
        for module, index in _functions(interpreter, scope, asked, DEEP)
    )  # fmt: skip


def renewed_before(interpreter: Interpreter, scope: Scope, handler: Iterable[Node], again: Call) -> bool:
    """Whether a handler sets, before it asks again, what goes into the request."""
    return renews(interpreter, scope, list(takewhile(lambda node: node is not again, handler)), again)


def _set_by(interpreter: Interpreter, module: str, nodes: Iterable[Node]) -> set[_Place]:
    """The variables of a module, and fields, that code sets."""
    found: set[_Place] = set()
    for node in nodes:
        target = node.target if isinstance(node, Assign) else None
        if isinstance(node, Un) and node.op in ("++", "--"):
            target = node.value
        if isinstance(target, Name):
            found |= _variable(interpreter, module, target.id)
        elif isinstance(target, Member) and isinstance(target.obj, Name):
            if target.obj.id == "this":
                found.add(("", "." + target.prop))
            else:
                found |= _variable(interpreter, module, target.obj.id)
    return found


def _variable(interpreter: Interpreter, module: str, name: str) -> set[_Place]:
    """A variable of a module, wherever it is imported from; nothing for what else is called so."""
    here = interpreter.program.modules[module]
    if name in here.bindings:
        return {(module, name)}
    found = interpreter.program.name(module, name) if name in here.imports else None
    owner = getattr(found, "module", "")
    return {(owner, getattr(found, "name", name))} if owner else set()


def _read_by(interpreter: Interpreter, module: str, index: int) -> set[_Place]:
    found: set[_Place] = set()
    for node in _nodes(interpreter, module, index):
        if isinstance(node, Name):
            found |= _variable(interpreter, module, node.id)
        elif isinstance(node, Member) and isinstance(node.obj, Name) and node.obj.id == "this":
            found.add(("", "." + node.prop))
    return found


def _nodes(interpreter: Interpreter, module: str, index: int) -> Iterator[Node]:
    """The code of a function, and of those that are written in it."""
    for one in (index, *interpreter.program.modules[module].inside(index)):
        yield from interpreter.nodes(module, one)


def _functions(interpreter: Interpreter, scope: Scope, call: Call, deep: int) -> set[tuple[str, int]]:
    """The functions of the program that a call runs, and those that they call."""
    found: set[tuple[str, int]] = set()
    waiting = [(call, scope, deep)]
    while waiting and len(found) < MOST:
        one, around, left = waiting.pop()
        target = forced(interpreter.evaluate(one.callee, around))
        if not isinstance(target, Closure) or (target.module, target.index) in found:
            continue
        found.add((target.module, target.index))
        if left:
            inside = static_scope(interpreter, target.module, target.index, target.this)
            calls = interpreter.nodes_of(target.module, target.index, Call)
            waiting += [(inner, inside, left - 1) for inner in calls]
    return found
