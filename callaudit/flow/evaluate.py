"""What an expression may be: the value side of the interpreter. Effects are `perform`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow import calls
from callaudit.flow.absence import by_default, when_absent
from callaudit.flow.arithmetic import operate
from callaudit.flow.computed import computed_name
from callaudit.flow.join import MOST_FIELDS, join, truth
from callaudit.flow.members import index, member
from callaudit.flow.platform import as_number
from callaudit.flow.strings import concatenate, show
from callaudit.flow.values import (
    FALSE,
    NULL,
    TRUE,
    UNDEFINED,
    ClassValue,
    Closure,
    Const,
    ForeignValue,
    Lazy,
    ModuleValue,
    OneOf,
    Record,
    Seq,
    Text,
    Undefined,
    Unknown,
    Value,
    forced,
)  # fmt: skip
from callaudit.link.computed_imports import loaded_by
from callaudit.link.program import Foreign, ModuleObject
from callaudit.syntax.ir import (
    HOLE,
    Arr,
    Assign,
    Await,
    Call,
    ClassRef,
    Cond,
    Expr,
    Func,
    ImportCall,
    Index,
    Jsx,
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

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope

TOO_DEEP = Unknown("value", "it is nested too deeply")
_CONSTANTS = {None: NULL, True: TRUE, False: FALSE}


def evaluate(interpreter: Interpreter, expr: Expr, scope: Scope) -> Value:
    """What `expr` may be in `scope`."""
    handler = _HANDLERS.get(type(expr))
    if handler is None:
        return Unknown("value", "an expression that is not followed")
    if interpreter.nesting > 1_500:
        return TOO_DEEP
    interpreter.nesting += 1
    value = handler(interpreter, expr, scope)
    interpreter.nesting -= 1
    return value


def _lit(_interpreter: Interpreter, expr: Lit, _scope: Scope) -> Value:
    value = expr.value
    return _CONSTANTS[value] if value is None or isinstance(value, bool) else Const(value)


def _name(interpreter: Interpreter, expr: Name, scope: Scope) -> Value:
    if expr.id == "undefined":
        return UNDEFINED
    if expr.id in ("this", "super"):
        return scope.receiver() or Unknown(expr.id, "no receiver is known")
    return interpreter.lookup(expr.id, scope)


def _member(interpreter: Interpreter, expr: Member, scope: Scope) -> Value:
    return member(interpreter, evaluate(interpreter, expr.obj, scope), expr.prop)


def _index(interpreter: Interpreter, expr: Index, scope: Scope) -> Value:
    return index(interpreter, evaluate(interpreter, expr.obj, scope), evaluate(interpreter, expr.key, scope))


def _func(interpreter: Interpreter, expr: Func, scope: Scope) -> Value:
    if scope.ordered and not scope.ordered.isdisjoint(interpreter.function(scope.module, expr.index).refs):
        return Closure(scope.module, expr.index, scope.parent or scope)  # it may run at any time
    return Closure(scope.module, expr.index, scope)


def _class(_interpreter: Interpreter, expr: ClassRef, scope: Scope) -> Value:
    return ClassValue(scope.module, expr.index, scope)


def evaluate_object(interpreter: Interpreter, expr: Obj, scope: Scope) -> Value:
    fields: dict[str, Value] = {}
    opened = False
    for prop in expr.props[:MOST_FIELDS]:
        if isinstance(prop, Prop):
            key = prop.key
            if not isinstance(key, str):
                known = forced(evaluate(interpreter, key, scope))
                if not isinstance(known, Const):
                    opened = opened or not (isinstance(known, ForeignValue) and known.package)
                key = str(known.value) if isinstance(known, Const) else computed_name(known, len(fields))
            fields.pop(key, None)
            value = interpreter.lazy(prop.value, scope, prop.line)
            filled = (
                isinstance(prop.value, (Arr, Obj)) and "." + key in interpreter.program.modules[scope.module].filled
            )
            fields[key] = filled_later(value) if filled else value
        elif isinstance(prop, Spread):
            opened = _spread_into(fields, evaluate(interpreter, prop.value, scope)) or opened
    return Record(fields, open=opened or len(expr.props) > MOST_FIELDS)


def filled_later(value: Value) -> Value:
    """An array or object in a property that is filled later has more than its literal says."""

    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Record):
            return Record(known.fields, open=True, rest=known.rest)
        return Seq(known.items, open=True) if isinstance(known, Seq) else known

    return Lazy(compute)


def _spread_into(fields: dict[str, Value], value: Value) -> bool:
    """Copy the properties of `value`; whether it may have some that are not known."""
    value = forced(value)
    if isinstance(value, Record):
        fields.update(value.fields)
        return value.open
    if isinstance(value, OneOf):
        records = [item for item in value.values if isinstance(item, Record)]
        for record in records:
            for name, item in record.fields.items():
                fields[name] = join([item, fields.get(name, UNDEFINED)]) if name in fields else item
        return len(records) < len(value.values) or any(record.open for record in records)
    return not isinstance(value, (Const, Undefined))


def evaluate_array(interpreter: Interpreter, expr: Arr, scope: Scope) -> Value:
    items: list[Value] = []
    opened = False
    for item in expr.items[:MOST_FIELDS]:
        if isinstance(item, Spread):
            value = forced(evaluate(interpreter, item.value, scope))
            if isinstance(value, Seq):
                items.extend(value.items)
                opened = opened or value.open
            else:
                opened = True
        else:
            items.append(interpreter.lazy(item, scope))
    return Seq(tuple(items), open=opened or len(expr.items) > MOST_FIELDS)


def _tmpl(interpreter: Interpreter, expr: Tmpl, scope: Scope) -> Value:
    return concatenate([_named(evaluate(interpreter, part, scope), part) for part in expr.parts])


def _named(value: Value, expr: Expr) -> Value:
    """A value that is no string, named after the expression that it stands in."""
    if isinstance(value, (Const, OneOf)) or isinstance(expr, Lit):
        return value
    if isinstance(value, (Record, Closure, Seq, ClassValue, ModuleValue)):
        name = expr.id if isinstance(expr, Name) else expr.prop if isinstance(expr, Member) else "value"
        return Unknown(name, "not a string")
    return value


def _op(interpreter: Interpreter, expr: Op, scope: Scope) -> Value:
    if expr.op in ("&&", "||", "??"):
        return evaluate_logical(interpreter, expr, scope)
    values = [evaluate(interpreter, item, scope) for item in expr.items]
    if expr.op == "+":
        values = [_named(value, item) for value, item in zip(values, expr.items, strict=True)]
    return operate(expr.op, values)


def evaluate_logical(interpreter: Interpreter, expr: Op, scope: Scope) -> Value:
    found: list[Value] = []
    for item in expr.items:
        value = forced(evaluate(interpreter, item, scope))
        last = item is expr.items[-1]
        if expr.op == "&&":
            holds = truth(value)
            if holds is False:
                return join([*found, value])
            if last:
                found.append(value)
            elif holds is None and not isinstance(value, Unknown):
                found.append(FALSE)
            elif holds is None:
                found.append(UNDEFINED)
            continue
        stop, kept = _or_else(value, expr.op)
        found.extend(kept)
        if stop:
            break
    return with_default(found, replace=True)


def decided(interpreter: Interpreter, test: Expr, scope: Scope) -> bool | None:
    """Whether `test` holds; `None` where that depends. One part may decide: `failed || tries >= 3` after three."""
    if isinstance(test, Op) and test.op in ("&&", "||"):
        decisive = test.op == "||"
        open_ = False
        for item in test.items:
            answer = decided(interpreter, item, scope)
            if answer is decisive:
                return decisive
            open_ = open_ or answer is None
        return None if open_ else not decisive
    if isinstance(test, Un) and test.op == "!":
        answer = decided(interpreter, test.value, scope)
        return None if answer is None else not answer
    return truth(evaluate(interpreter, test, scope))


def _or_else(value: Value, op: str) -> tuple[bool, list[Value]]:
    """For `||` and `??`: whether the left side decides, and which of its alternatives remain."""
    kept: list[Value] = []
    open_end = False
    for item in value.values if isinstance(value, OneOf) else (value,):
        present = not isinstance(item, Undefined) and not (isinstance(item, Const) and item.value is None)
        answer = (present if not isinstance(item, Unknown) or item.given else None) if op == "??" else truth(item)
        if answer is not False:
            kept.append(item)
        open_end = open_end or answer is not True
    return not open_end, kept


def with_default(found: list[Value], *, replace: bool = False) -> Value:
    """`process.env.X || "https://…"` is X with a default; other alternatives stay apart.

    `replace` holds where the code's default surely comes after the variable's own value.
    """
    values = [forced(value) for value in found]
    while len(values) >= 2:
        first, second = values[-2:]
        if not (isinstance(first, Unknown) and first.env) or (first.default and not replace):
            break
        if isinstance(second, Const) and isinstance(second.value, str):
            default = second.value or first.default
        elif isinstance(second, Const) and type(second.value) in (int, float):
            default = show(second.value)
        elif isinstance(second, Unknown) and second.env:
            default = first.default or second.default
        else:
            break
        values[-2:] = [Unknown(first.name, first.why, env=first.env, default=default)]
    return join(values)


def _un(interpreter: Interpreter, expr: Un, scope: Scope) -> Value:
    if expr.op == "!":
        answer = truth(evaluate(interpreter, expr.value, scope))
        return Unknown("condition") if answer is None else FALSE if answer else TRUE
    if expr.op in ("-", "+", "~", "++", "--"):
        value = forced(evaluate(interpreter, expr.value, scope))
        if isinstance(value, Const) and isinstance(value.value, (int, float)) and expr.op in "+-":
            return Const(-value.value if expr.op == "-" else value.value)
        if isinstance(value, Const) and expr.op in ("++", "--") and not expr.postfix:
            return value  # the step was taken before: what an expression does precedes what it gives
        if expr.op == "+":
            return as_number([value])
        return Unknown("number", given=True)
    if expr.op == "void":
        return UNDEFINED
    if expr.op == "regex" and isinstance(expr.value, Lit):
        return Unknown("regex", "a pattern", default=str(expr.value.value), given=True)
    return Unknown("value")


def _cond(interpreter: Interpreter, expr: Cond, scope: Scope) -> Value:
    holds = decided(interpreter, expr.test, scope)
    if holds is not None:
        return evaluate(interpreter, expr.then if holds else expr.other, scope)
    then, other = evaluate(interpreter, expr.then, scope), evaluate(interpreter, expr.other, scope)
    absence = when_absent(interpreter, expr.test, scope)
    if absence is not None:
        default = by_default(absence.env, then if absence.answer else other, [*_each_of(then), *_each_of(other)])
        if default is not None:
            return default
    return with_default([then, other])


def _each_of(value: Value) -> tuple[Value, ...]:
    return value.values if isinstance(value, OneOf) else (value,)


def _assign(interpreter: Interpreter, expr: Assign, scope: Scope) -> Value:
    if expr.op in ("=", "||=", "??="):
        value = evaluate(interpreter, expr.value, scope)
        return value if expr.op == "=" else join([evaluate(interpreter, expr.target, scope), value])
    return operate(expr.op[:-1], [evaluate(interpreter, expr.target, scope), evaluate(interpreter, expr.value, scope)])


def _await(interpreter: Interpreter, expr: Await, scope: Scope) -> Value:
    return evaluate(interpreter, expr.value, scope)


def _many(interpreter: Interpreter, expr: Many, scope: Scope) -> Value:
    return evaluate(interpreter, expr.items[-1], scope) if expr.items else Unknown("value")


def _import(interpreter: Interpreter, expr: ImportCall, scope: Scope) -> Value:
    source = forced(evaluate(interpreter, expr.source, scope))
    if isinstance(source, Text):
        pattern = "".join(part if isinstance(part, str) else HOLE for part in source.parts)
        loaded = loaded_by(interpreter.program, scope.module, pattern)
        if loaded:
            return join(map(ModuleValue, loaded))
    if not isinstance(source, Const) or not isinstance(source.value, str):
        return Unknown("module", "the module's name is computed")
    origin = interpreter.program.source(scope.module, source.value)
    if isinstance(origin, ModuleObject):
        return ModuleValue(origin.module)
    if isinstance(origin, Foreign):
        return ForeignValue(origin.package, ())
    return Unknown("module", f"import of {source.value}: {origin.why}")


def _typed(interpreter: Interpreter, expr: Typed, scope: Scope) -> Value:
    value = forced(evaluate(interpreter, expr.value, scope))
    if type(value) is Unknown and value.type is None and not value.env:
        return Unknown(
            value.name, value.why, type=(scope.module, expr.type), given=value.given, receiver=value.receiver
        )
    return value


def _jsx(_interpreter: Interpreter, _expr: Jsx, _scope: Scope) -> Value:
    return Unknown("element", "a JSX element", given=True)


_HANDLERS: dict[type, Callable[[Interpreter, Any, Scope], Value]] = {
    Lit: _lit,
    Name: _name,
    Member: _member,
    Index: _index,
    Call: calls.value_of_call,
    Func: _func,
    ClassRef: _class,
    Obj: evaluate_object,
    Arr: evaluate_array,
    Tmpl: _tmpl,
    Op: _op,
    Un: _un,
    Cond: _cond,
    Assign: _assign,
    Await: _await,
    Many: _many,
    ImportCall: _import,
    Typed: _typed,
    Jsx: _jsx,
}
