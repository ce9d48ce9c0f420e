"""What a promise holds that a program makes itself: all that it is resolved with.

`new Promise((resolve, reject) => load().then(resolve, reject))` holds what `load()` gives. Only what may come to the
network is worth a look: a module that is loaded on the third attempt, a client that is there once it is connected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.reading.relevant import matters
from callaudit.flow.reading.within import calls_with, scope_within
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Value
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

MOST_RESOLVED = 8
DEPTH = 12


class _Resolved(NamedTuple):
    """What a promise is resolved with, and the number of the function that does it."""

    value: Expr
    function: int


def kept_promise(interpreter: Interpreter, args: Sequence[Value]) -> Value | None:
    """What `new Promise(...args)` holds, where that may reach the network; `None` for data and what is not known."""
    executor = forced(args[0]) if args else None
    if not isinstance(executor, Closure) or executor.scope.parent is None:
        return None
    place = ("resolved", executor.module, executor.index)
    found = interpreter.found_once(place, lambda: list(_resolved(interpreter, executor))[:MOST_RESOLVED])
    values: list[Value] = []
    for one in found:
        scope = scope_within(interpreter, executor.scope, one.function)
        if scope is not None:
            values.append(interpreter.evaluate(one.value, scope))
    known = [value for value in values if matters(interpreter, value)]
    return join(known if len(known) == len(values) else values) if known else None


def settles(interpreter: Interpreter, call: Call, scope: Scope) -> bool:
    """Whether a call settles a promise that the program makes: what it is handed is for who waits, nothing calls it."""
    name = call.callee.id if isinstance(call.callee, Name) else ""
    owner = scope.find(name) if name else None
    if owner is None or owner.parent is None:
        return False
    function = interpreter.function(owner.module, owner.function)
    made = calls_with(interpreter, owner.module, function.parent).get(owner.function) if function.parent >= 0 else None
    if made is None or not made.new or getattr(made.callee, "id", "") != "Promise":
        return False
    return any(getattr(param.target, "id", "") == name for param in function.params[:2])


def _resolved(interpreter: Interpreter, executor: Closure) -> Iterator[_Resolved]:
    """The places inside an executor that resolve its promise: `resolve(value)`, `promise.then(resolve)`."""
    first = next(iter(interpreter.function(executor.module, executor.index).params), None)
    resolve = first.target.id if first is not None and isinstance(first.target, Name) and not first.rest else ""
    module = interpreter.program.modules[executor.module]
    around = _around(interpreter, executor)
    for index, function in enumerate(module.functions):
        if not resolve or resolve not in function.refs or not module.is_inside(index, executor.index):
            continue
        for node in module.nodes_of(index, Call):
            if not node.args:
                continue
            if isinstance(node.callee, Name) and node.callee.id == resolve:
                yield _Resolved(node.args[0], index)
            elif _hands_over(node, resolve) and isinstance(node.callee, Member):
                waited = node.callee.obj
                if not (isinstance(waited, Call) and getattr(waited.callee, "id", "") in around):
                    yield _Resolved(waited, index)  # what the function gives itself, once more, is nothing else


def _hands_over(call: Call, resolve: str) -> bool:
    """Whether a promise hands on what it holds: `promise.then(resolve, reject)`."""
    given = call.args[0]
    return getattr(call.callee, "prop", "") == "then" and isinstance(given, Name) and given.id == resolve


def _around(interpreter: Interpreter, executor: Closure) -> frozenset[str]:
    """The names of the functions that an executor stands in."""
    functions = interpreter.program.modules[executor.module].functions
    names: set[str] = set()
    index = functions[executor.index].parent
    for _ in range(DEPTH):
        if index < 0 or functions[index].parent < 0:
            break
        names.add(functions[index].name)
        index = functions[index].parent
    return frozenset(names - {""})
