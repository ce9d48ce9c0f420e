"""Which loops pick an object: `for (const feed of feeds) feed.read()` asks each of several once, not one many times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.machine.per_item import PER_ITEM
from callaudit.flow.reading.bound import written_as
from callaudit.syntax.ir import Call, Func, Loop, Member, Name
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Node

Place = tuple[str, int]
"""A file, and the line of a loop in it."""
Seen = set[tuple[str, int]]
"""Names that were looked up, each with the scope by its identity."""

DEPTH: Final = 8
"""Variables and parameters from the object back to the loop."""
MOST_VALUES: Final = 4


def picked_by(interpreter: Interpreter, expr: Expr, scope: Scope) -> tuple[Place, ...]:
    """The loops, and calls of `map` and the like, whose items decide what `expr` is."""
    return tuple(dict.fromkeys(_picked(interpreter, expr, scope, DEPTH, set())))


def _picked(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int, seen: Seen) -> Iterator[Place]:
    for node in walk((expr,)) if depth else ():
        if isinstance(node, Name):
            yield from _named(interpreter, node.id, scope, depth - 1, seen)
        elif isinstance(node, Func):  # `keys.find((key) => key.exchange === exchange)`: what it looks for decides
            own = _own_names(interpreter, scope.module, node.index)
            for inner in interpreter.nodes(scope.module, node.index):
                if isinstance(inner, Name) and inner.id not in own:
                    yield from _named(interpreter, inner.id, scope, depth - 1, seen)


def _own_names(interpreter: Interpreter, module: str, index: int) -> frozenset[str]:
    function = interpreter.function(module, index)
    params = (name for param in function.params for name in bound_names(param.target))
    return frozenset((*params, *interpreter.stores.bindings.names(module, index).lines))


def _named(interpreter: Interpreter, name: str, scope: Scope, depth: int, seen: Seen) -> Iterator[Place]:
    if (name, id(scope)) in seen:
        return
    seen.add((name, id(scope)))
    here: Scope | None = scope
    while here is not None:
        place = _loop_of(interpreter, name, here)
        if place is not None:
            yield place
            return
        names = interpreter.stores.bindings.names(here.module, here.function)
        if here.parent is not None and name in names.lines:
            for value, _ in (*names.declared.get(name, ()), *names.assigned.get(name, ()))[:MOST_VALUES]:
                yield from _picked(interpreter, value, here, depth, seen)
            return
        if here.parent is not None and name in here.vars:
            place = _handed_by(interpreter, here)
            if place is not None:
                yield place
            written = written_as(here.vars[name])
            if written is not None:
                yield from _picked(interpreter, *written, depth, seen)
            return
        here = here.parent


def _loop_of(interpreter: Interpreter, name: str, scope: Scope) -> Place | None:
    """The loop of this function of which `name` is the item."""
    place = scope.module, scope.function
    line = interpreter.found_once(("items of loops", *place), lambda: _items(interpreter.nodes(*place))).get(name)
    return (scope.module, line) if line is not None else None


def _items(nodes: Sequence[Node]) -> dict[str, int]:
    """The items of the loops of a function, each with the line of its first loop."""
    found: dict[str, int] = {}
    for node in nodes:
        if type(node) is Loop and node.target is not None:
            for name in bound_names(node.target):
                found.setdefault(name, node.line)
    return found


def _handed_by(interpreter: Interpreter, scope: Scope) -> Place | None:
    """The call that hands items to the function of `scope`, where it stands among the arguments: `feeds.map(…)`."""
    outer = scope.parent
    for node in interpreter.nodes_of(scope.module, outer.function, Call) if outer is not None else ():
        if not isinstance(node.callee, Member) or node.callee.prop not in PER_ITEM:
            continue
        if any(isinstance(arg, Func) and arg.index == scope.function for arg in node.args):
            return scope.module, node.line
    return None
