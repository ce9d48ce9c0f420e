"""Selectors that code puts on a store for every part of its state: `store.use[key] = () => store((s) => s[key])`.

https://zustand.docs.pmnd.rs/guides/auto-generating-selectors. The code is found by the member that it fills, and
evaluated for each call that hands it the store, with the key that is asked for.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.components.stores import state_of
from callaudit.flow.lists.putters import callers_scopes
from callaudit.flow.machine.scope import Scope
from callaudit.flow.reading.within import enter, scope_within
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import Client, Const, Record, Unknown, Value
from callaudit.syntax.chains import untyped
from callaudit.syntax.ir import Assign, Index, Member, Name
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr

STORE = "store"
MOST_PLACES = 8


class _Put(Struct, frozen=True, eq=False):
    """A place that puts something on a member of `owner` under the key that the variable `key` holds."""

    module: str
    function: int
    owner: Expr
    key: str
    value: Expr


def selectors(interpreter: Interpreter, store: Client, name: str) -> Value | None:
    """What `store.name` holds by such code: something for each part of the state; `None` where none fills it."""
    if store.kind != STORE:
        return None
    for put in _puts(interpreter).get(name, ())[:MOST_PLACES]:
        for scope in callers_scopes(interpreter, put.module, _outermost(interpreter, put), None):
            if key(interpreter.evaluate(put.owner, scope)) == key(store):
                state = state_of(interpreter, store)
                parts = state.fields if isinstance(state, Record) else {}
                return Record({part: Lazy(partial(_put_under, interpreter, put, scope, part)) for part in parts})
    return None


def _put_under(interpreter: Interpreter, put: _Put, scope: Scope, part: str) -> Value:
    """What is put there in the round whose key is `part`, for which the function is entered anew."""
    function = interpreter.function(put.module, put.function)
    whole = put.function == scope.function
    outer = scope if whole else scope_within(interpreter, scope, function.parent)
    if outer is None:
        return Unknown(part, "it is put there by code that is not followed")
    inside = Scope(put.module, outer, function=put.function)
    inside.mark = ("put under", scope.mark, put.function, part)
    enter(interpreter, put.function, inside, outer)
    if whole:
        names = (name for param in function.params for name in bound_names(param.target))
        inside.vars.update({name: scope.vars[name] for name in names if name in scope.vars})
    inside.vars[put.key] = Const(part)
    return forced(interpreter.evaluate(put.value, inside))


def _outermost(interpreter: Interpreter, put: _Put) -> int:
    index = put.function
    while parent := interpreter.function(put.module, index).parent:
        index = parent
    return index


def _puts(interpreter: Interpreter) -> dict[str, list[_Put]]:
    return interpreter.found_once("put under every name", lambda: _found(interpreter))


def _found(interpreter: Interpreter) -> dict[str, list[_Put]]:
    found: dict[str, list[_Put]] = {}
    for path, module in sorted(interpreter.program.modules.items()):
        if not any(name[:1] == "." for name in module.filled):
            continue
        for index in range(1, len(module.functions)):
            for node in module.nodes_of(index, Assign):
                target = node.target
                member = untyped(target.obj) if isinstance(target, Index) else None
                if isinstance(target, Index) and isinstance(member, Member) and isinstance(target.key, Name):
                    put = _Put(path, index, member.obj, target.key.id, node.value)
                    found.setdefault(member.prop, []).append(put)
    return found
