"""What an expression may be: the value side of the interpreter. Effects are `perform`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow.components.selectors_by_name import selectors
from callaudit.flow.components.tabled import is_tabled
from callaudit.flow.machine import calls
from callaudit.flow.machine.budget import MOST_NESTING
from callaudit.flow.objects.members import member
from callaudit.flow.objects.thenable_classes import awaited
from callaudit.flow.text.strings import concatenate
from callaudit.flow.values.arithmetic import operate
from callaudit.flow.values.choices import one_of_operands, one_of_ways
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.indexing import index
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.literals import array_of, object_of
from callaudit.flow.values.platform import as_number
from callaudit.flow.values.type_homes import declared
from callaudit.flow.values.type_words import type_word
from callaudit.flow.values.values import (  # fmt: skip
    FALSE,
    NULL,
    TRUE,
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Const,
    ForeignValue,
    ModuleValue,
    OneOf,
    Record,
    Rendered,
    Seq,
    Text,
    Unknown,
    Value,
)
from callaudit.link.computed_imports import loaded_by
from callaudit.link.definitions import Foreign, ModuleObject
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
    Tmpl,
    Typed,
    Un,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope

TOO_DEEP = Unknown("value", "it is nested too deeply")
_CONSTANTS = {None: NULL, True: TRUE, False: FALSE}


def evaluate(interpreter: Interpreter, expr: Expr, scope: Scope) -> Value:
    """What `expr` may be in `scope`."""
    handler = _HANDLERS.get(type(expr))
    if handler is None:
        return Unknown("value", "an expression that is not followed")
    if interpreter.nesting > MOST_NESTING:
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
    found = member(interpreter, evaluate(interpreter, expr.obj, scope), expr.prop)
    if type(found) is Unknown and type(found.receiver) is Client:
        put = selectors(interpreter, found.receiver, expr.prop)
        return found if put is None else put
    return found


def _index(interpreter: Interpreter, expr: Index, scope: Scope) -> Value:
    put = interpreter.fillings.put_here(expr, scope)
    if put is not None:
        return put
    return index(interpreter, evaluate(interpreter, expr.obj, scope), evaluate(interpreter, expr.key, scope))


def _func(interpreter: Interpreter, expr: Func, scope: Scope) -> Value:
    if scope.ordered and not scope.ordered.isdisjoint(interpreter.function(scope.module, expr.index).refs):
        return Closure(scope.module, expr.index, scope.parent or scope)  # it may run at any time
    return Closure(scope.module, expr.index, scope)


def _class(_interpreter: Interpreter, expr: ClassRef, scope: Scope) -> Value:
    return ClassValue(scope.module, expr.index, scope)


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
        return one_of_operands(interpreter, expr, scope)
    values = [evaluate(interpreter, item, scope) for item in expr.items]
    if expr.op == "+":
        values = [_named(value, item) for value, item in zip(values, expr.items, strict=True)]
    return operate(expr.op, values)


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
    if expr.op == "typeof":
        return type_word(evaluate(interpreter, expr.value, scope))
    if expr.op == "regex" and isinstance(expr.value, Lit):
        return Unknown("regex", "a pattern", default=str(expr.value.value), given=True)
    return Unknown("value")


def _assign(interpreter: Interpreter, expr: Assign, scope: Scope) -> Value:
    if expr.op in ("=", "||=", "??="):
        value = evaluate(interpreter, expr.value, scope)
        return value if expr.op == "=" else join([evaluate(interpreter, expr.target, scope), value])
    return operate(expr.op[:-1], [evaluate(interpreter, expr.target, scope), evaluate(interpreter, expr.value, scope)])


def _await(interpreter: Interpreter, expr: Await, scope: Scope) -> Value:
    return awaited(interpreter, evaluate(interpreter, expr.value, scope))


def _many(interpreter: Interpreter, expr: Many, scope: Scope) -> Value:
    return evaluate(interpreter, expr.items[-1], scope) if expr.items else Unknown("value")


def _import(interpreter: Interpreter, expr: ImportCall, scope: Scope) -> Value:
    source = forced(evaluate(interpreter, expr.source, scope))
    if isinstance(source, OneOf):
        return join(_loaded(interpreter, one, scope) for one in source.values)
    return _loaded(interpreter, source, scope)


def _loaded(interpreter: Interpreter, source: Value, scope: Scope) -> Value:
    """The module, or any of the modules, that a path means."""
    if not isinstance(source, Const) or not isinstance(source.value, str):
        parts = source.parts if isinstance(source, Text) else (source,)
        pattern = "".join(part if isinstance(part, str) else HOLE for part in parts)
        loaded = loaded_by(interpreter.program, scope.module, pattern)
        return join(map(ModuleValue, loaded)) if loaded else Unknown("module", "the module's name is computed")
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
            value.name,
            value.why,
            type=declared(interpreter, scope.module, expr.type),
            given=value.given,
            receiver=value.receiver,
        )
    return value


def _jsx(interpreter: Interpreter, expr: Jsx, scope: Scope) -> Value:
    if is_tabled(interpreter, expr):
        return Rendered(expr, scope)
    return Unknown("element", "a JSX element", given=True)


_HANDLERS: dict[type, Callable[[Interpreter, Any, Scope], Value]] = {
    Lit: _lit,
    Name: _name,
    Member: _member,
    Index: _index,
    Call: calls.value_of_call,
    Func: _func,
    ClassRef: _class,
    Obj: object_of,
    Arr: array_of,
    Tmpl: _tmpl,
    Op: _op,
    Un: _un,
    Cond: one_of_ways,
    Assign: _assign,
    Await: _await,
    Many: _many,
    ImportCall: _import,
    Typed: _typed,
    Jsx: _jsx,
}
