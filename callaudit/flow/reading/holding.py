"""Whether an argument may be, or hold, a function: seen from the shape of the code, without evaluating it.

Most calls hand over data. What cannot hold a function need not be evaluated to know that nothing calls it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow.values.lazy import Lazy
from callaudit.syntax.ir import (
    Arr,
    Await,
    Call,
    Cond,
    Func,
    Lit,
    Many,
    Member,
    Name,
    Obj,
    Op,
    Prop,
    Spread,
    Tmpl,
    Typed,
    Un,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

DEPTH = 4
_DATA = frozenset({Lit, Tmpl, Un})
_GIVE_DATA = frozenset({"Array", "JSON", "Object", "Promise", "Response"})
"""Classes of the platform: what is handed to them is looked at by itself."""


def may_hold_function(expr: Expr, scope: Scope, depth: int = DEPTH) -> bool:
    """Whether the value of `expr` may be a function or an object with functions. True where that is not clear."""
    kind = type(expr)
    if kind is Func:
        return True
    if kind in _DATA:
        return False
    if not depth:
        return True
    look = _LOOKS.get(kind)
    return look(expr, scope, depth) if look is not None else True


def _object(expr: Obj, scope: Scope, depth: int) -> bool:
    return any(may_hold_function(_value(prop), scope, depth - 1) for prop in expr.props)


def _items(expr: Arr | Many, scope: Scope, depth: int) -> bool:
    return any(may_hold_function(item, scope, depth - 1) for item in expr.items)


def _operator(expr: Op, scope: Scope, depth: int) -> bool:
    return expr.op in ("&&", "||", "??") and any(may_hold_function(item, scope, depth - 1) for item in expr.items)


def _either(expr: Cond, scope: Scope, depth: int) -> bool:
    return may_hold_function(expr.then, scope, depth - 1) or may_hold_function(expr.other, scope, depth - 1)


def _inner(expr: Typed | Spread, scope: Scope, depth: int) -> bool:
    return may_hold_function(expr.value, scope, depth - 1)


def _is_answer(expr: Expr, scope: Scope) -> bool:
    """Whether what is awaited comes from a method of something else than `this`: the answer of a query, data.

    A class that is asked, or an object that is made or written down here, may give objects: `await Client.connect()`.
    """
    if not isinstance(expr, Call) or not isinstance(expr.callee, Member):
        return False
    owner = expr.callee.obj
    if type(owner) is Call:
        return not owner.new
    if type(owner) is not Name:
        return True
    asked = owner.id == "this" or (owner.id[:1].isupper() and owner.id not in _GIVE_DATA) or _is_made(owner.id, scope)
    return not asked


def _is_made(name: str, scope: Scope) -> bool:
    """Whether a variable is set to an object: `new Factory()`, `{ make() { … } }`."""
    owner = scope.find(name)
    value = owner.vars[name] if owner is not None else None
    if type(value) is not Lazy or value.expr is None:
        return False
    return type(value.expr) is Obj or (type(value.expr) is Call and value.expr.new)


def may_hold(value: Value) -> bool:
    """Whether `value` may be or hold a function; it is not computed for that."""
    if type(value) is Lazy and value.expr is not None and value.scope is not None:
        return may_hold_function(value.expr, value.scope)
    return True


def _value(prop: Expr) -> Expr:
    return prop.value if isinstance(prop, (Prop, Spread)) else prop


def _variable(name: str, scope: Scope, depth: int) -> bool:
    owner = scope.find(name)
    value = owner.vars[name] if owner is not None else None
    if owner is not None and isinstance(value, Lazy) and value.expr is not None:
        return may_hold_function(value.expr, owner, depth - 1)
    return True


_LOOKS: dict[type, Callable[[Any, Scope, int], bool]] = {
    Name: lambda expr, scope, depth: _variable(expr.id, scope, depth),
    Obj: _object,
    Arr: _items,
    Many: _items,
    Op: _operator,
    Cond: _either,
    Await: lambda expr, scope, _depth: not _is_answer(expr.value, scope),
    Typed: _inner,
    Spread: _inner,
}
