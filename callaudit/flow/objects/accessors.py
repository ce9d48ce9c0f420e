"""What getters and setters do: `account.orders$` and `settings.theme = "dark"` run code that may ask for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice
from callaudit.flow.machine.callbacks import call
from callaudit.flow.objects.accessor_names import getters, setters
from callaudit.flow.objects.members import known
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, Const, Instance, OneOf, Record, Undefined, Unknown, Value
from callaudit.syntax.ir import Member, PatObj
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Index, Let


def run_getter(frame: Frame, expr: Member, scope: Scope, tree: list[Effect]) -> Cost:
    """Run what a property is read by, if that is a getter."""
    if expr.prop not in getters(frame.interpreter):
        return costs.NONE
    return _run(frame, expr, scope, tree, None)


def run_setter(frame: Frame, target: Expr, given: Expr, scope: Scope, tree: list[Effect]) -> Cost:
    """Run what a property is set by, if that is a setter."""
    prop = getattr(target, "prop", "")
    if prop not in setters(frame.interpreter):
        return costs.NONE
    return _run(frame, target, scope, tree, frame.interpreter.lazy(given, scope))  # type: ignore[arg-type] # it has a `prop`


def run_getter_at(frame: Frame, expr: Index, scope: Scope, tree: list[Effect]) -> Cost:
    """Run what `value[key]` is read by, if the key is known and names a getter."""
    names = getters(frame.interpreter)
    key = forced(frame.interpreter.evaluate(expr.key, scope)) if names else None
    if not isinstance(key, Const) or key.value not in names:
        return costs.NONE
    return _run(frame, Member(expr.obj, str(key.value)), scope, tree, None, _line_of(frame.interpreter, expr, scope))


def run_getters_of(frame: Frame, let: Let, tree: list[Effect]) -> Cost:
    """Run the getters among the properties that `const { orders } = account` reads."""
    names = getters(frame.interpreter)
    if not names or not isinstance(let.target, PatObj) or let.value is None:
        return costs.NONE
    total = costs.NONE
    for entry in let.target.entries:
        if entry.key in names:
            read = Member(let.value, str(entry.key))
            total = costs.add(total, _run(frame, read, frame.scope, tree, None, let.line))
    return total


def _run(
    frame: Frame, expr: Member, scope: Scope, tree: list[Effect], given: Value | None, line: int | None = None
) -> Cost:
    """Run the accessor of each thing that the owner may be; they exclude each other, and some may have none."""
    interpreter = frame.interpreter
    owner = forced(interpreter.evaluate(expr.obj, scope))
    args = [] if given is None else [given]
    spent: list[Cost] = []
    ways: list[tuple[str, tuple[Effect, ...]]] = []
    for one in _owners(owner):
        closure = _accessor(interpreter, known(interpreter, one), expr.prop, setting=given is not None)
        if closure is None:
            spent.append(costs.NONE)
            continue
        inside: list[Effect] = []
        line = _line_of(interpreter, expr, scope) if line is None else line
        spent.append(call(frame, closure, args, scope, line, inside, at_once=True))
        ways.append((f"it is {interpreter.qualified(closure.module, closure.index)}", tuple(inside)))
    if len(spent) == 1:
        tree.extend(effect for _, inside in ways for effect in inside)
    elif any(inside for _, inside in ways):
        tree.append(Choice(line or 0, tuple(way for way in ways if way[1])))
    return costs.either(spent)


def _owners(owner: Value) -> Sequence[Value]:
    """What may have the property: what may be nothing, or is not known, is no owner where others are."""
    if not isinstance(owner, OneOf):
        return (owner,)
    return [one for one in owner.values if not isinstance(one, (Const, Undefined, Unknown))] or owner.values


def _accessor(interpreter: Interpreter, owner: Value, name: str, *, setting: bool) -> Closure | None:
    if isinstance(owner, Record):
        found = owner.fields.get(name)
        kept = forced(found) if found is not None and not setting else None
        if isinstance(kept, Closure) and interpreter.function(kept.module, kept.index).accessor:
            return Closure(kept.module, kept.index, kept.scope, owner)
        return None
    if not isinstance(owner, (Instance, ClassValue)):
        return None
    cls = owner.cls if isinstance(owner, Instance) else owner
    for base in interpreter.classes.lineage(cls):
        static = isinstance(owner, ClassValue)
        index = interpreter.classes.method(base, name, static=static, setting=setting)
        if index is not None:
            function = interpreter.function(base.module, index)
            return Closure(base.module, index, base.scope, owner) if setting or function.accessor else None
    return None


def _line_of(interpreter: Interpreter, expr: Member | Index, scope: Scope) -> int:
    """The line of a member, which has none itself: that of the innermost statement or call around it."""
    nodes = interpreter.nodes(scope.module, scope.function)
    around = (node for node in nodes if getattr(node, "line", 0) and any(one is expr for one in walk((node,))))
    return max((node.line for node in around), default=interpreter.function(scope.module, scope.function).line)  # type: ignore[attr-defined] # it has a line
