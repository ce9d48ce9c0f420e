"""Patterns: the names that take their parts of a value, and what those have by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.members import member
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.indexing import index
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, OneOf, Record, Seq, Undefined, Unknown
from callaudit.syntax.ir import (
    Lit,
    Name,
    PatArr,
    PatDefault,
    PatObj,
    Spread,
    Tmpl,
)

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

_PLAIN = frozenset({Lit, Tmpl})
"""Kinds of defaults that call nothing."""


def defaulted(interpreter: Interpreter, value: Value, default: Expr, scope: Scope) -> Value:
    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Undefined):
            return interpreter.evaluate(default, scope)
        if isinstance(known, OneOf) and any(isinstance(item, Undefined) for item in known.values):
            rest = [item for item in known.values if not isinstance(item, Undefined)]
            return join([*rest, interpreter.evaluate(default, scope)])
        if isinstance(known, Unknown) and known.env and not known.default:
            fallback = forced(interpreter.evaluate(default, scope))
            if isinstance(fallback, Const) and isinstance(fallback.value, str):
                return Unknown(known.name, known.why, env=known.env, default=fallback.value)
        elif isinstance(known, Unknown) and not known.given and type(default) not in _PLAIN:
            fallback = forced(interpreter.evaluate(default, scope))
            if matters(interpreter, fallback):  # it may be left out: `({ load = loadPrices }) => load()`
                return join([known, fallback])
        return known

    return Lazy(compute)


def bind(interpreter: Interpreter, target: Expr, value: Value, scope: Scope) -> None:
    """Give the names of a pattern their parts of `value`."""
    if type(target) is Name:
        scope.vars[target.id] = value
    elif isinstance(target, PatObj):
        taken = [entry.key for entry in target.entries if isinstance(entry.key, str) and entry.key]
        for entry in target.entries:
            part = _entry(interpreter, value, entry.key, taken, scope)
            if entry.default is not None:
                part = defaulted(interpreter, part, entry.default, scope)
            bind(interpreter, entry.target, part, scope)
    elif isinstance(target, PatArr):
        for number, item in enumerate(target.items):
            if isinstance(item, Spread):
                bind(interpreter, item.value, Lazy(lambda n=number: _rest(value, n)), scope)  # type: ignore[misc]
            elif item is not None:
                position = Const(number)
                bind(interpreter, item, Lazy(lambda p=position: index(interpreter, value, p)), scope)  # type: ignore[misc]
    elif isinstance(target, PatDefault):
        bind(interpreter, target.target, defaulted(interpreter, value, target.default, scope), scope)


def _entry(interpreter: Interpreter, value: Value, name: str | Expr, taken: list[str], scope: Scope) -> Value:
    if not isinstance(name, str):
        return Lazy(lambda: index(interpreter, value, interpreter.evaluate(name, scope)))
    if name:
        known = value.fields.get(name) if type(value) is Record and not value.is_map else None
        return known if known is not None else Lazy(lambda: member(interpreter, value, name))

    def rest() -> Value:
        known = forced(value)
        if isinstance(known, Record):
            return Record({k: v for k, v in known.fields.items() if k not in taken}, open=known.open)
        return Unknown("rest", "the rest of an object that is not known")

    return Lazy(rest)


def _rest(value: Value, number: int) -> Value:
    known = forced(value)
    return Seq(known.items[number:], open=known.open) if isinstance(known, Seq) else Unknown("rest")
