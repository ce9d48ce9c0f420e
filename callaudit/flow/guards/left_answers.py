"""Whether code leaves an answer in place: what it waited for goes into something that outlives the run.

`this.prices = await load()` does, and so does the state of a component; a note, a metric and what is only given back
do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.states import STATES
from callaudit.flow.guards.marks import is_mark, is_mark_value
from callaudit.flow.guards.writes import place_of, writes
from callaudit.flow.machine.scope import Scope
from callaudit.flow.reading.bound import Local
from callaudit.flow.reading.mentioned import mentioned
from callaudit.flow.reading.within import OF_ITEMS
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue
from callaudit.syntax.ir import Assign, Call, Func, Index, Let, Loop, Member, Name, Ret
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.guards.containers import Container
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr, Node, Stmt

CALLS = 1
"""How many functions deep it is looked for."""
MOST_CALLS = 40
_INTO = frozenset({"push", "unshift"})


def leaves_answer(interpreter: Interpreter, scope: Scope) -> bool:
    """Whether the function of `scope`, one inside it, or one that it calls keeps what it waited for."""
    return _leaves(interpreter, scope, set(), CALLS, {(scope.module, scope.function)})


def gives_kept(interpreter: Interpreter, scope: Scope, way: Sequence[Stmt], asked: Container | None) -> bool:
    """Whether a way gives back what a store keeps: more than a mark, or what is kept in the store that was `asked`."""
    for node in walk(tuple(way)):
        if not isinstance(node, Ret) or node.value is None:
            continue
        for part in walk((node.value,)):
            read = interpreter.stores.read(part, scope, 0) if isinstance(part, (Name, Member, Index, Call)) else None
            if read is None:
                continue
            if asked is not None and read.container.place == asked.place:
                return True
            fills = [write for write in writes(interpreter, scope, read.container) if not write.removes]
            if any(not is_mark(interpreter, read.container.made.store.name, write) for write in fills):
                return True
    return False


def _leaves(interpreter: Interpreter, scope: Scope, got: set[str], calls: int, seen: set[tuple[str, int]]) -> bool:
    parts = list(_parts(interpreter, scope))
    own = {(part.module, part.function) for part, _ in parts}
    for _ in range(2):  # what a loop or callback is handed may be declared after it
        for part, nodes in parts:
            for node in nodes:
                got.update(_gotten(interpreter, node, part, got))
    for part, nodes in parts:
        for node in nodes:
            if _keeps(interpreter, node, part, got, own):
                return True
    return bool(calls) and _called(interpreter, parts, got, calls, seen)


def _parts(interpreter: Interpreter, scope: Scope) -> Iterator[tuple[Scope, Sequence[Node]]]:
    """The function of `scope` and those written in it, each with its nodes."""
    nodes = interpreter.nodes(scope.module, scope.function)
    yield scope, nodes
    for node in nodes:
        if isinstance(node, Func) and node.index != scope.function:  # the name of an expression is declared inside it
            inner = Scope(scope.module, scope, function=node.index)
            inner.mark = ("inside", node.index, scope.mark)
            yield from _parts(interpreter, inner)


def _gotten(interpreter: Interpreter, node: Node, scope: Scope, got: set[str]) -> Iterator[str]:
    """Names that a node gives what was waited for, or a part of it."""
    if isinstance(node, (Let, Assign)) and node.value is not None and _mentions(interpreter, node.value, got):
        if not isinstance(node, Assign) or isinstance(node.target, Name):
            yield from bound_names(node.target)
    elif isinstance(node, Loop) and node.target is not None and node.source is not None:
        if _mentions(interpreter, node.source, got):
            yield from bound_names(node.target)
    elif isinstance(node, Call) and isinstance(node.callee, Member) and node.args and isinstance(node.args[0], Func):
        callee = node.callee
        if callee.prop == "then" or (callee.prop in OF_ITEMS and _mentions(interpreter, callee.obj, got)):
            for param in interpreter.function(scope.module, node.args[0].index).params[:1]:
                yield from bound_names(param.target)


def _mentions(interpreter: Interpreter, expr: Expr, got: set[str]) -> bool:
    known = mentioned(interpreter, expr)
    return known.waits or not got.isdisjoint(known.names)


def _keeps(interpreter: Interpreter, node: Node, scope: Scope, got: set[str], own: set[tuple[str, int]]) -> bool:
    if isinstance(node, Assign):
        return (
            _mentions(interpreter, node.value, got)
            and not is_mark_value(interpreter, node.value, scope)
            and _outlives(interpreter, node.target, scope, own)
        )
    if not isinstance(node, Call) or not any(_mentions(interpreter, arg, got) for arg in node.args):
        return False
    callee = node.callee
    if isinstance(callee, Name):
        return _is_setter(interpreter, callee, scope)
    if not isinstance(callee, Member):
        return False
    if callee.prop == "assign" and isinstance(callee.obj, Name) and callee.obj.id == "Object":
        return _outlives(interpreter, node.args[0], scope, own)
    container = interpreter.stores.container(callee.obj, scope)
    if container is not None and container.made.store.name != "Set":
        return callee.prop in container.made.store.writes and not _is_own(container.place, own)
    return callee.prop in _INTO and _outlives(interpreter, callee.obj, scope, own)


def _outlives(interpreter: Interpreter, target: Expr, scope: Scope, own: set[tuple[str, int]]) -> bool:
    while isinstance(target, Index):
        target = target.obj
    if isinstance(target, Member) and target.prop == "current":
        return True  # a ref of a component
    place = place_of(interpreter, target, scope)
    return place is not None and not _is_own(place, own)


def _is_own(place: tuple[object, ...], own: set[tuple[str, int]]) -> bool:
    return place[0] == "local" and place[1:3] in own


def _is_setter(interpreter: Interpreter, callee: Name, scope: Scope) -> bool:
    """Whether a name is what `useState` gives beside the state."""
    meaning = interpreter.stores.bindings.meaning(callee.id, scope)
    for value, _ in meaning.values[:1] if isinstance(meaning, Local) else ():
        if isinstance(value, Index) and isinstance(value.obj, Call):
            target = forced(interpreter.evaluate(value.obj.callee, meaning.scope))  # type: ignore[union-attr]
            return isinstance(target, ForeignValue) and target.path[-1:] != () and target.path[-1] in STATES
    return False


def _called(
    interpreter: Interpreter,
    parts: Sequence[tuple[Scope, Sequence[Node]]],
    got: set[str],
    calls: int,
    seen: set[tuple[str, int]],
) -> bool:
    found = [(part, node) for part, nodes in parts for node in nodes if isinstance(node, Call)]
    for scope, call in found[:MOST_CALLS]:
        if not isinstance(call.callee, (Name, Member)):
            continue
        target = forced(interpreter.evaluate(call.callee, scope))
        if not isinstance(target, Closure) or (target.module, target.index) in seen:
            continue
        seen.add((target.module, target.index))
        params = interpreter.function(target.module, target.index).params
        given = zip(params, call.args, strict=False)
        handed = {
            name for param, arg in given if _mentions(interpreter, arg, got) for name in bound_names(param.target)
        }
        inner = interpreter.stores.bindings.entered(target, call.args, scope)
        if _leaves(interpreter, inner, handed, calls - 1, seen):
            return True
    return False
