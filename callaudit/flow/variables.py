"""Variables: parameters, declarations, patterns, assignments, and what branches leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.built_lists import as_built, is_built
from callaudit.flow.counting import counted_inside, one_of_many
from callaudit.flow.join import join
from callaudit.flow.members import index, member
from callaudit.flow.mutation import assigned, changed, place_of
from callaudit.flow.nesting import written_in
from callaudit.flow.relevant import matters
from callaudit.flow.values import (
    UNDEFINED,
    Const,
    Instance,
    Lazy,
    OneOf,
    Record,
    Seq,
    Undefined,
    Unknown,
    forced,
)
from callaudit.syntax.ir import (
    Arr,
    Assign,
    ClassRef,
    Func,
    Index,
    Lit,
    Member,
    Name,
    Obj,
    PatArr,
    PatDefault,
    PatObj,
    Spread,
    Tmpl,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, Let, Un


_FIXED = frozenset({Func, ClassRef, Lit})
_PLAIN = frozenset({Lit, Tmpl})
"""Kinds of defaults that call nothing."""


def bind_parameters(
    interpreter: Interpreter, function: Function, args: Sequence[Value], scope: Scope, *, known: bool
) -> None:
    """Give the parameters their arguments; with `known` false nothing is known of the callers."""
    for number, param in enumerate(function.params):
        type_ = (scope.module, param.type) if param.type else None
        if param.rest:
            value: Value = Seq(tuple(args[number:])) if known else Unknown("arguments")
        elif number < len(args):
            value = args[number]
            if type_ is not None:
                value = of_declared_type(value, type_)
        elif known:
            value = UNDEFINED
        else:
            value = Unknown(param.target.id if isinstance(param.target, Name) else "param", "a parameter", type=type_)
        if param.default is not None:
            value = defaulted(interpreter, value, param.default, scope)
        bind(interpreter, param.target, value, scope)


def of_declared_type(value: Value, type_: tuple[str, str]) -> Value:
    """An argument that is not known has at least the parameter's type."""

    def compute() -> Value:
        known = forced(value)
        if type(known) is Unknown and known.type is None and not known.env:
            return Unknown(known.name, known.why, type=type_, given=known.given, receiver=known.receiver)
        return known

    return Lazy(compute, value.expr, value.scope, value.line) if isinstance(value, Lazy) else compute()


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
        value = interpreter.fillings.variable(value, scope, let.target.id)
    if type(let.value) is Arr and is_built(interpreter, let, scope):
        value = as_built(interpreter, let, scope, made, value)
    if isinstance(let.value, Obj) and isinstance(let.target, Name) and _is_set_inside(interpreter, let.target, scope):
        value = opened(value)
    if let.type and let.value is not None:
        value = of_declared_type(value, (scope.module, let.type))
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
        inside = written_in(module.functions, scope.function)
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
    assigned = interpreter.changing.get(place)
    if assigned is None:
        module = interpreter.program.modules[scope.module]
        assigned = interpreter.changing[place] = module.assigned.intersection(module.functions[scope.function].refs)
    return assigned


def depends_on_assigned(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether `expr` mentions a variable that changes, so that it must be evaluated at once."""
    assigned = assigned_in(interpreter, scope)
    if not assigned:
        return False
    known = interpreter.mentions.get(id(expr))
    if known is None:
        known = any(isinstance(node, Name) and node.id in assigned for node in walk((expr,)))
        interpreter.mentions[id(expr)] = known
    return known


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


def assign(frame: Frame, expr: Assign, scope: Scope) -> None:
    """Take an assignment to a variable, a field of `this`, or a property of a known object."""
    interpreter = frame.interpreter
    target = expr.target
    if isinstance(target, Name):
        owner = scope.find(target.id)
        value = interpreter.evaluate(expr, scope)
        if owner is None or owner.parent is None:
            return  # variables of a module are what is ever assigned to them
        mine = owner is frame.scope
        owner.vars[target.id] = value if mine else join([owner.vars[target.id], value])
    elif isinstance(target, (Member, Index)):
        if isinstance(target, Index):
            key = forced(interpreter.evaluate(target.key, scope))
            target = Member(target.obj, key.value) if isinstance(key, Const) and isinstance(key.value, str) else target
        _assign_member(interpreter, expr, target, scope)
    elif isinstance(target, (PatObj, PatArr)):
        bind(interpreter, target, interpreter.lazy(expr.value, scope), scope)


def step(frame: Frame, expr: Un, scope: Scope) -> None:
    """Take `n++` or `--n`; in a loop, whose body is taken once, the variable is any number."""
    if not isinstance(expr.value, Name) or expr.op not in ("++", "--"):
        return
    owner = scope.find(expr.value.id)
    if owner is None or owner.parent is None:
        return
    before = forced(owner.vars[expr.value.id])
    known = isinstance(before, Const) and isinstance(before.value, (int, float)) and not isinstance(before.value, bool)
    if known and owner is frame.scope and not frame.loops:
        by = 1 if expr.op == "++" else -1
        owner.vars[expr.value.id] = Const(before.value + by)  # type: ignore[attr-defined]
    else:
        owner.vars[expr.value.id] = Unknown(expr.value.id, "it counts", given=True)


def _assign_member(interpreter: Interpreter, expr: Assign, target: Member | Index, scope: Scope) -> None:
    if isinstance(target, Member) and isinstance(target.obj, Name) and target.obj.id == "this":
        receiver = scope.receiver()
        if isinstance(receiver, Instance) and receiver.state == 1:
            _set_field(interpreter, expr, receiver, target.prop, scope)
        return
    place = place_of(target)
    owner = scope.find(place[0].id) if place is not None else None
    if place is None or owner is None or owner.parent is None:
        return
    name, path = place
    made = forced(owner.vars[name.id]) if len(path) == 1 and isinstance(path[0], str) else None
    if isinstance(made, Instance) and made.state == 1 and made is scope.receiver():
        _set_field(interpreter, expr, made, str(path[0]), scope)  # `const self = this` in a constructor
        return
    after = changed(interpreter, owner.vars[name.id], path, assigned(interpreter, expr, scope), scope)
    if after is not None:
        owner.vars[name.id] = after


def _set_field(interpreter: Interpreter, expr: Assign, receiver: Instance, name: str, scope: Scope) -> None:
    """Set a field of an object that is being constructed."""
    value = interpreter.evaluate(expr, scope)
    before = receiver.fields.get(name)
    value = _field_filled(interpreter, value, receiver, name, scope)
    receiver.fields[name] = value if before is None else join([value, before])


def _field_filled(interpreter: Interpreter, value: Value, receiver: Instance, name: str, scope: Scope) -> Value:
    """A field with what methods put into it, where the class fills an object of that name."""
    if "." + name not in interpreter.program.modules[scope.module].filled:
        return value
    cls = interpreter.fillings.class_around(scope.module, scope.function)
    return interpreter.fillings.field(value, receiver, scope.module, cls, name)


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
