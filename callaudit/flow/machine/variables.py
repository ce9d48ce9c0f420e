"""Variables: parameters, declarations, patterns, assignments, and what branches leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.lists.built_lists import as_built, is_built
from callaudit.flow.lists.lent_lists import is_list, lent, with_more
from callaudit.flow.lists.most import of_any_size
from callaudit.flow.machine.binding import bind
from callaudit.flow.machine.parameters import of_declared_type
from callaudit.flow.objects.property_writes import place_of
from callaudit.flow.reading.counting import counted_inside, one_of_many
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.type_homes import declared
from callaudit.flow.values.values import UNDEFINED, OneOf, Record, Unknown
from callaudit.syntax.ir import (
    Arr,
    Assign,
    ClassRef,
    Func,
    Lit,
    Member,
    Name,
    Obj,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Let


_FIXED = frozenset({Func, ClassRef, Lit})


def declare(interpreter: Interpreter, let: Let, scope: Scope) -> None:
    """Enter the names that a declaration declares."""
    if let.value is None:
        value: Value = Unknown(let.target.id if isinstance(let.target, Name) else "value", "", type=_type(let, scope))
        value = UNDEFINED if not let.type else OneOf((UNDEFINED, value))
    elif (let.mutable or type(let.value) not in _FIXED) and depends_on_assigned(interpreter, let.value, scope):
        value = interpreter.evaluate(let.value, scope)
    else:
        value = interpreter.lazy(let.value, scope)
    made = value
    if isinstance(let.target, Name) and let.target.id in interpreter.program.modules[scope.module].filled:
        value = interpreter.fillings.variable(of_any_size(value), scope, let.target.id)
    elif isinstance(let.target, Name) and let.target.id in lent(interpreter, scope.module):
        value = with_more(value) if is_list(let.value) else of_any_size(value)
    if type(let.value) is Arr and is_built(interpreter, let, scope):
        value = as_built(interpreter, let, scope, made, value)
    if isinstance(let.value, Obj) and isinstance(let.target, Name) and _is_set_inside(interpreter, let.target, scope):
        value = opened(value)
    if let.type and let.value is not None:
        value = of_declared_type(value, declared(interpreter, scope.module, let.type))
    if let.mutable and scope.function and type(let.value) is Lit and isinstance(let.target, Name):
        module = interpreter.program.modules[scope.module]
        if let.target.id in module.assigned and let.target.id in counted_inside(interpreter, module):
            value = one_of_many(value, let.target.id)
    bind(interpreter, let.target, value, scope)


def opened(value: Value) -> Value:
    """An object that has more than its literal says: functions that are called for each of some data set the rest."""

    def compute() -> Value:
        known = forced(value)
        return Record(known.fields, open=True, rest=known.rest) if isinstance(known, Record) else known

    return Lazy(compute)


def _is_set_inside(interpreter: Interpreter, variable: Name, scope: Scope) -> bool:
    """Whether functions written in the one of `scope` set properties of its `variable`."""
    module = interpreter.program.modules[scope.module]
    if not scope.function or variable.id not in module.changed:
        return False
    names: dict[tuple[str, int], frozenset[str]] = interpreter.found_once("objects that functions inside set", dict)
    place = (scope.module, scope.function)
    if place not in names:
        inside = module.inside(scope.function)
        found = (node for index in inside for node in interpreter.nodes_of(scope.module, index, Assign))
        names[place] = frozenset(root for node in found if (root := _root(node.target)))
    return variable.id in names[place]


def _root(target: Expr) -> str:
    place = place_of(target) if isinstance(target, Member) else None
    return place[0].id if place is not None else ""


def _type(let: Let, scope: Scope) -> tuple[str, str] | None:
    return (scope.module, let.type) if let.type else None


def assigned_in(interpreter: Interpreter, scope: Scope) -> frozenset[str]:
    """The variables that a function mentions and that are assigned again somewhere."""
    place = (scope.module, scope.function)
    assigned = interpreter.answers.changing.get(place)
    if assigned is None:
        module = interpreter.program.modules[scope.module]
        assigned = interpreter.answers.changing[place] = module.assigned.intersection(
            module.functions[scope.function].refs
        )
    return assigned


def depends_on_assigned(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether `expr` mentions a variable that changes, so that it must be evaluated at once."""
    assigned = assigned_in(interpreter, scope)
    if not assigned:
        return False
    known = interpreter.answers.mentions.get(id(expr))
    if known is None:
        known = any(isinstance(node, Name) and node.id in assigned for node in walk((expr,)))
        interpreter.answers.mentions[id(expr)] = known
    return known


def merged(start: dict[str, Value], ends: list[dict[str, Value]]) -> dict[str, Value]:
    if not ends:
        return start
    if len(ends) == 1:
        return ends[0]
    merged = dict(ends[0])
    unlike: dict[str, None] = {}
    for end in ends[1:]:
        for name, value in end.items():
            if merged.setdefault(name, value) is not value:
                unlike[name] = None
    for name in unlike:
        merged[name] = join([end[name] for end in ends if name in end])
    return merged
