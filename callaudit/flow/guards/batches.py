"""Looks into a store for several keys at once, and what one of the answers is.

`redis.mget(keys)` gives a list, `cache.mget(keys)` of node-cache a table, `keys.map((key) => kept.get(key))` answers
one by one. Where an item of such a list is asked, the store is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.guards.containers import returned
from callaudit.flow.reading.bound import Given, Local, written_as
from callaudit.flow.reading.within import OF_ITEMS, calls_with, promised, scope_within
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Arr, Assign, Await, Call, Func, Index, Loop, Member, Name, Obj, Op, Ret, Spread, Typed
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.guards.lookups import Lookups, Read
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

MOST_FILLS = 6
TOGETHER = frozenset({"all", "allSettled"})
_FILLING = frozenset({"set", "push"})


def batch(stores: Lookups, interpreter: Interpreter, expr: Expr, scope: Scope, depth: int) -> Read | None:
    """The look for several keys that gave the list or table `expr`."""
    if not depth:
        return None
    deeper = depth - 1
    if isinstance(expr, (Await, Typed)):
        return batch(stores, interpreter, expr.value, scope, depth)
    if isinstance(expr, Op) and expr.op in ("??", "||"):
        return batch(stores, interpreter, expr.items[0], scope, deeper)
    if isinstance(expr, Name):
        return _of_name(stores, interpreter, expr.id, scope, deeper)
    if not isinstance(expr, Call):
        return None
    callee = expr.callee
    if isinstance(callee, Member):
        if callee.prop in TOGETHER and isinstance(callee.obj, Name) and callee.obj.id == "Promise" and expr.args:
            return batch(stores, interpreter, expr.args[0], scope, deeper)
        if expr.args and isinstance(expr.args[0], Func) and callee.prop in OF_ITEMS:
            each = _each(stores, interpreter, expr.args[0], scope, deeper) if callee.prop == "map" else None
            return each if each is not None else batch(stores, interpreter, callee.obj, scope, deeper)
        container = stores.container(callee.obj, scope, deeper)
        if container is not None:
            asks = callee.prop in container.made.store.many
            return stores.read(expr, scope, expr.line, depth) if asks else None
        if callee.prop in ("entries", "values"):
            return batch(stores, interpreter, callee.obj, scope, deeper)
    target = forced(interpreter.evaluate(callee, scope)) if isinstance(callee, (Name, Member)) else None
    if isinstance(target, Closure) and not interpreter.relevance.function(target.module, target.index):
        inner = stores.bindings.entered(target, expr.args, scope)
        for value in returned(interpreter.nodes_of(target.module, target.index, Ret)):
            found = batch(stores, interpreter, value, inner, deeper)
            if found is not None:
                return found
    return None


def _of_name(stores: Lookups, interpreter: Interpreter, name: str, scope: Scope, depth: int) -> Read | None:
    meaning = stores.bindings.meaning(name, scope)
    if isinstance(meaning, Given):
        written = written_as(meaning.value)
        return batch(stores, interpreter, written[0], written[1], depth) if written is not None else None
    if not isinstance(meaning, Local):
        return None
    for value, _ in meaning.values[:MOST_FILLS]:
        found = batch(stores, interpreter, value, meaning.scope, depth)
        if found is not None:
            return found
    return None


def _each(stores: Lookups, interpreter: Interpreter, callback: Func, scope: Scope, depth: int) -> Read | None:
    """The look for one key that a callback gives back."""
    inner = scope_within(interpreter, scope, callback.index)
    for value in returned(interpreter.nodes_of(scope.module, callback.index, Ret)) if inner is not None else ():
        found = stores.read(value, inner, 0, depth) if inner is not None else None
        if found is not None and found.key is not None:
            return found
    return None


def key_of_each(interpreter: Interpreter, keys: Expr, scope: Scope, depth: int = 4) -> tuple[Expr, Scope]:
    """One of the keys of a list as it is written: `key(id)` of `ids.map((id) => key(id))`."""
    stores = interpreter.stores
    if isinstance(keys, (Spread, Typed)) and depth:
        return key_of_each(interpreter, keys.value, scope, depth)
    if isinstance(keys, Name) and depth:
        meaning = stores.bindings.meaning(keys.id, scope)
        written = (meaning.values[0][0], meaning.scope) if isinstance(meaning, Local) and meaning.values else None
        if isinstance(meaning, Given):
            written = written_as(meaning.value)
        found = key_of_each(interpreter, *written, depth - 1) if written is not None else None
        return found if found is not None and written is not None and found[0] is not written[0] else (keys, scope)
    if isinstance(keys, Call) and isinstance(keys.callee, Member) and keys.callee.prop == "map" and keys.args:
        callback = keys.args[0]
        inner = scope_within(interpreter, scope, callback.index) if isinstance(callback, Func) else None
        given = returned(interpreter.nodes_of(scope.module, callback.index, Ret)) if isinstance(callback, Func) else []
        if inner is not None and len(given) == 1:
            return given[0], inner
    return keys, scope


def answer_handed(stores: Lookups, interpreter: Interpreter, name: str, scope: Scope, depth: int) -> Read | None:
    """The look that `name` is an answer of.

    The target of a loop over a batch, or a parameter of a callback: of one that is run for each item of a batch, of
    `redis.get(key).then((hit) => …)`, or of `client.get(key, (error, hit) => …)`.
    """
    for node in interpreter.nodes_of(scope.module, scope.function, Loop):
        if node.kind == "of" and node.target is not None and node.source is not None:
            walked = node.source if name in bound_names(node.target) else None
            if walked is not None:
                return batch(stores, interpreter, walked, scope, depth)
    function = interpreter.function(scope.module, scope.function)
    call = calls_with(interpreter, scope.module, function.parent).get(scope.function) if scope.parent else None
    callee = call.callee if call is not None else None
    if not isinstance(callee, Member) or call is None or scope.parent is None:
        return None
    place = next((n for n, param in enumerate(function.params[:2]) if name in bound_names(param.target)), -1)
    if place == 0 and callee.prop in OF_ITEMS:
        return batch(stores, interpreter, callee.obj, scope.parent, depth)
    promise = promised(interpreter, name, scope) if place == 0 else None
    if promise is not None:
        return stores.read(*promise, call.line, depth)
    container = stores.container(callee.obj, scope.parent, depth) if place == 1 else None
    asks = container is not None and callee.prop in container.made.store.reads
    return stores.read(call, scope.parent, call.line, depth) if asks else None


def gathered(stores: Lookups, interpreter: Interpreter, name: str, local: Local, depth: int) -> Read | None:
    """The look whose answers a function gathers in a list or table of its own: `found[id] = hit`."""
    if not local.values or not all(is_empty(value) for value, _ in local.values):
        return None
    for value, inner in _gathers(interpreter, name, local):
        found = stores.read(value, inner, 0, depth)
        if found is not None:  # the function that gathers them may look how old they are
            gatherer = Closure(inner.module, inner.function, inner)
            return replace(found, through=((gatherer, inner), *found.through))
    return None


def _gathers(interpreter: Interpreter, name: str, local: Local) -> Iterator[tuple[Expr, Scope]]:
    """What the function of a variable, and those in it, put into the variable, each with its scope."""
    module, place = local.scope.module, local.scope.function
    here = interpreter.program.modules[module]
    for index in (place, *here.inside(place)):
        if name not in here.functions[index].refs:
            continue
        values = [value for node in interpreter.nodes(module, index) for value in _put(node, name)]
        inner = scope_within(interpreter, local.scope, index) if values else None
        if inner is not None:
            yield from ((value, inner) for value in values[:MOST_FILLS])


def _put(node: object, name: str) -> Iterator[Expr]:
    if isinstance(node, Assign) and isinstance(node.target, Index):
        target, value = node.target.obj, node.value
    elif isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop in _FILLING and node.args:
        target, value = node.callee.obj, node.args[-1]
    else:
        return
    if isinstance(target, Name) and target.id == name:
        yield value


def is_empty(expr: Expr) -> bool:
    """Whether an expression is a list, set or table with nothing in it."""
    if isinstance(expr, Typed):
        return is_empty(expr.value)
    if isinstance(expr, Arr):
        return not expr.items
    if isinstance(expr, Obj):
        return not expr.props
    return isinstance(expr, Call) and expr.new and not expr.args and isinstance(expr.callee, Name)
