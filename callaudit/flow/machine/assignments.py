"""What an assignment or a step changes: variables, fields of an object that is being made, properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.binding import bind
from callaudit.flow.objects.constructing import surely_set
from callaudit.flow.objects.mutation import assigned, changed
from callaudit.flow.objects.property_writes import place_of
from callaudit.flow.objects.removing import removed
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.set_values import set_at
from callaudit.flow.values.values import Const, Instance, Unknown
from callaudit.syntax.ir import (
    Assign,
    Index,
    Member,
    Name,
    PatArr,
    PatObj,
)

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Un


def assign(frame: Frame, expr: Assign, scope: Scope) -> None:
    """Take an assignment to a variable, a field of `this`, or a property of a known object."""
    interpreter = frame.interpreter
    target = expr.target
    if isinstance(target, Name):
        owner = scope.find(target.id)
        value = interpreter.evaluate(expr, scope)
        if owner is None or owner.parent is None:
            return  # variables of a module are what is ever assigned to them
        value = set_at(value, scope.module, expr.line)
        mine = owner is frame.scope
        owner.vars[target.id] = value if mine else join([owner.vars[target.id], value])
    elif isinstance(target, (Member, Index)):
        if isinstance(target, Index):
            key = forced(interpreter.evaluate(target.key, scope))
            target = Member(target.obj, key.value) if isinstance(key, Const) and isinstance(key.value, str) else target
        _assign_member(frame, expr, target, scope)
    elif isinstance(target, (PatObj, PatArr)):
        bind(interpreter, target, interpreter.lazy(expr.value, scope), scope)


def step(frame: Frame, expr: Un, scope: Scope) -> None:
    """Take `n++`, `--n` or `delete o.n`; in a loop, whose body is taken once, the variable is any number."""
    if expr.op == "delete":
        _delete(frame, expr.value, scope)
        return
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


def _delete(frame: Frame, target: Expr, scope: Scope) -> None:
    place = place_of(target)
    owner = scope.find(place[0].id) if place is not None else None
    if place is None or owner is None or owner.parent is None:
        return  # objects of a module are what its functions may leave of them
    name, path = place
    before = owner.vars[name.id]
    after = removed(frame.interpreter, before, path, scope)
    if after is not None:
        owner.vars[name.id] = after if owner is frame.scope else join([before, after])


def _assign_member(frame: Frame, expr: Assign, target: Member | Index, scope: Scope) -> None:
    interpreter = frame.interpreter
    if isinstance(target, Member) and isinstance(target.obj, Name) and target.obj.id == "this":
        receiver = scope.receiver()
        if isinstance(receiver, Instance) and receiver.state == 1:
            _set_field(frame, expr, receiver, target.prop, scope)
        return
    place = place_of(target)
    owner = scope.find(place[0].id) if place is not None else None
    if place is None or owner is None or owner.parent is None:
        return
    name, path = place
    made = forced(owner.vars[name.id]) if len(path) == 1 and isinstance(path[0], str) else None
    if isinstance(made, Instance) and made.state == 1 and made is scope.receiver():
        _set_field(frame, expr, made, str(path[0]), scope)  # `const self = this` in a constructor
        return
    after = changed(interpreter, owner.vars[name.id], path, assigned(interpreter, expr, scope), scope)
    if after is not None:
        owner.vars[name.id] = after


def _set_field(frame: Frame, expr: Assign, receiver: Instance, name: str, scope: Scope) -> None:
    """Set a field of an object that is being constructed."""
    value = frame.interpreter.evaluate(expr, scope)
    before = receiver.fields.get(name)
    value = _field_filled(frame.interpreter, value, receiver, name, scope)
    last = scope is frame.scope and surely_set(frame, expr, receiver, name)
    receiver.fields[name] = value if last or before is None else join([value, before])


def _field_filled(interpreter: Interpreter, value: Value, receiver: Instance, name: str, scope: Scope) -> Value:
    """A field with what methods put into it, where the class fills an object of that name."""
    if "." + name not in interpreter.program.modules[scope.module].filled:
        return value
    cls = interpreter.fillings.class_around(scope.module, scope.function)
    return interpreter.fillings.field(value, receiver, scope.module, cls, name)
