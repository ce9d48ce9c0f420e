"""Functions that call themselves for the next page: what they change from call to call goes into the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Call, Name, Obj, Op, PatObj, Prop
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr, Node

DEPTH = 4
"""Functions inside each other in which a function may call itself."""


def asks_for_more(
    interpreter: Interpreter, place: tuple[str, int], again: Collection[int], asking: Collection[int]
) -> bool:
    """Whether a function, which calls itself in the lines `again`, asks in the lines `asking` with what it changed."""
    params = [param.target for param in interpreter.function(*place).params]
    changed: set[str] = set()
    calls = [(index, node) for index, node in _nodes(interpreter, *place) if isinstance(node, Call)]
    for index, call in calls:
        if call.line in again:
            hidden = _declared_between(interpreter, place, index)
            given = (pair for target, arg in zip(params, call.args, strict=False) for pair in _given(target, arg))
            changed |= {name for name, arg in given if name in hidden or not _is_same(arg, name)}
    return bool(changed) and any(
        isinstance(node, Name) and node.id in changed
        for _, call in calls
        if call.line in asking
        for node in walk(call.args)
    )


def _given(target: Expr, arg: Expr) -> Iterator[tuple[str, Expr]]:
    """The names of a parameter with what a call gives them: one, or those of `{ page, limit }`."""
    if isinstance(target, Name):
        yield target.id, arg
    elif isinstance(target, PatObj) and isinstance(arg, Obj):
        values = {prop.key: prop.value for prop in arg.props if isinstance(prop, Prop)}
        for entry in target.entries:
            if isinstance(entry.target, Name) and entry.key in values:
                yield entry.target.id, values[entry.key]


def _is_same(arg: Expr, name: str) -> bool:
    """Whether a parameter is handed on as it is, or as one attempt fewer."""
    if isinstance(arg, Name):
        return arg.id == name
    return any(isinstance(node, Op) and node.op == "-" for node in walk((arg,)))


def _declared_between(interpreter: Interpreter, place: tuple[str, int], index: int) -> set[str]:
    """What functions inside the one at `place` declare around number `index`: `kids.map((id) => visit(id))`."""
    module, outer = place
    found: set[str] = set()
    while index not in (outer, -1):
        function = interpreter.function(module, index)
        found.update(name for param in function.params for name in bound_names(param.target))
        index = function.parent
    return found


def _nodes(interpreter: Interpreter, module: str, index: int, depth: int = DEPTH) -> Iterator[tuple[int, Node]]:
    """The nodes of a function, also of those inside it, each with the number of its function."""
    yield from ((index, node) for node in interpreter.nodes(module, index))
    if depth:
        for number, function in enumerate(interpreter.program.modules[module].functions):
            if function.parent == index and number != index:
                yield from _nodes(interpreter, module, number, depth - 1)
