"""Where a function writes to a store, and what it does with what it wrote when the work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.bound import Local, TopLevel
from callaudit.flow.scope import Scope
from callaudit.flow.values import Closure, ForeignValue, forced
from callaudit.libraries.storage import OBJECT
from callaudit.syntax.ir import Assign, Call, Expr, Func, Index, Lit, Member, Name, Node, Obj, Try, Un

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.containers import Container, Place
    from callaudit.flow.interpreter import Interpreter

MOST_NODES = 6_000
CALLS = 2
"""How many functions deep writes are looked for."""
SETTLED = frozenset({"finally"})


class Write(Struct, frozen=True, eq=False):
    """Something is put into a store, or taken out of it (`removes`).

    `settles` holds where that happens whenever the work is done; `late` is how long a timer waits before it.
    """

    file: str
    line: int
    scope: Scope
    method: str
    args: tuple[Expr, ...]
    container: Container | None = None
    removes: bool = False
    settles: bool = False
    late: tuple[Expr, Scope] | None = None


class _Here(Struct, frozen=True, eq=False):
    """Where a statement stands."""

    scope: Scope
    calls: int
    settles: bool = False
    failing: bool = False
    late: tuple[Expr, Scope] | None = None
    line: int = 0


def writes(interpreter: Interpreter, scope: Scope, place: Place) -> list[Write]:
    """What the function of `scope`, and the functions that it calls, do to the store at `place`."""
    return list(_in_function(interpreter, _Here(scope, CALLS), place, [MOST_NODES], set()))


def _in_function(
    interpreter: Interpreter, here: _Here, place: Place, budget: list[int], seen: set[tuple[str, int]]
) -> Iterator[Write]:
    function = (here.scope.module, here.scope.function)
    if function in seen:
        return
    seen.add(function)
    waiting: list[tuple[object, _Here]] = [(interpreter.function(*function).body, here)]
    while waiting and budget[0] > 0:
        node, at = waiting.pop()
        budget[0] -= 1
        if isinstance(node, tuple):
            waiting.extend((item, at) for item in reversed(node))
            continue
        if not isinstance(node, Node):
            continue
        if isinstance(node, Func):
            inner = Scope(at.scope.module, at.scope, function=node.index)
            inner.mark = ("inside", node.index, at.scope.mark)
            yield from _in_function(interpreter, _moved(at, scope=inner), place, budget, seen)
            continue
        if isinstance(node, Try):
            waiting.append((node.final, _moved(at, settles=True)))
            waiting.append((node.handler, _moved(at, failing=True)))
            waiting.append((node.body, at))
            continue
        if isinstance(node, Assign):
            found = _assigned(interpreter, node, at, place)
            if found is not None:
                yield found
        elif isinstance(node, Un) and node.op == "delete":
            target = node.value
            if isinstance(target, (Member, Index)) and place_of(interpreter, target, at.scope) == place:
                yield Write(at.scope.module, at.line, at.scope, "delete", (), None, True, at.settles, at.late)
        elif isinstance(node, Call):
            yield from _called(interpreter, node, at, place, budget, seen)
            waiting.extend((child, inside) for child, inside in reversed(_parts(node, at)))
            continue
        waiting.extend((getattr(node, name), at) for name in reversed(node.__struct_fields__))


def _moved(here: _Here, **changes: object) -> _Here:
    known = {name: getattr(here, name) for name in here.__struct_fields__}
    return _Here(**{**known, **changes})


def _parts(call: Call, at: _Here) -> list[tuple[object, _Here]]:
    """The parts of a call, each with where it stands: a callback of `finally` runs when the work is done."""
    inside = at
    callee = call.callee
    if isinstance(callee, Member) and callee.prop in SETTLED:
        inside = _moved(at, settles=True)
    elif isinstance(callee, Member) and callee.prop == "catch":
        inside = _moved(at, failing=True)
    elif isinstance(callee, (Name, Member)) and _word(callee) == "setTimeout" and len(call.args) > 1:
        inside = _moved(at, late=(call.args[1], at.scope))
    return [(callee, at), *((arg, inside) for arg in call.args)]


def _word(expr: Name | Member) -> str:
    return expr.id if isinstance(expr, Name) else expr.prop


def place_of(interpreter: Interpreter, expr: Expr, scope: Scope) -> Place | None:
    """The store that an assignment to `expr` writes to."""
    stores = interpreter.stores
    if isinstance(expr, Name):
        meaning = stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, TopLevel):
            return ("var", meaning.module, meaning.name)
        if isinstance(meaning, Local):
            return ("local", meaning.scope.module, meaning.scope.function, expr.id)
        return None
    if isinstance(expr, Member):
        variable = stores.property(expr, scope)
        if variable is not None:
            return variable.place
        return place_of(interpreter, expr.obj, scope) if isinstance(expr.obj, (Name, Member)) else None
    if isinstance(expr, Index):
        container = stores.container(expr.obj, scope)
        return container.place if container is not None and container.made.store is OBJECT else None
    return None


def _assigned(interpreter: Interpreter, node: Assign, at: _Here, place: Place) -> Write | None:
    target = node.target
    if node.op not in ("=", "??=", "||=") or place_of(interpreter, target, at.scope) != place:
        return None
    nothing = _is_nothing(node.value)
    if nothing and at.failing:
        return None  # forgotten because it failed: what succeeds is kept
    return Write(
        at.scope.module, node.line, at.scope, "=", (node.value,), None, nothing, at.settles or nothing, at.late
    )


def _is_nothing(expr: Expr) -> bool:
    if isinstance(expr, Name):
        return expr.id == "undefined"
    return isinstance(expr, Lit) and (expr.value is None or expr.value is False)


def _called(
    interpreter: Interpreter, node: Call, at: _Here, place: Place, budget: list[int], seen: set[tuple[str, int]]
) -> Iterator[Write]:
    callee = node.callee
    if isinstance(callee, Member):
        container = interpreter.stores.container(callee.obj, at.scope)
        if container is not None and container.place == place:
            store = container.made.store
            if callee.prop in store.writes:
                yield Write(
                    at.scope.module,
                    node.line,
                    at.scope,
                    callee.prop,
                    node.args,
                    container,
                    settles=at.settles,
                    late=at.late,
                )
            elif callee.prop in store.removes and not at.failing:
                yield Write(
                    at.scope.module, node.line, at.scope, callee.prop, node.args, container, True, at.settles, at.late
                )
            return
    if not at.calls or isinstance(callee, (Func, Obj)):
        return
    target = forced(interpreter.evaluate(callee, at.scope))
    if isinstance(target, ForeignValue) or not isinstance(target, Closure):
        return
    inner = interpreter.stores.bindings.entered(target, node.args, at.scope)
    yield from _in_function(
        interpreter, _moved(at, scope=inner, calls=at.calls - 1, line=node.line), place, budget, set(seen)
    )
