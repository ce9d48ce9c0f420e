"""What getters and setters do: `account.orders$` and `settings.theme = "dark"` run code that may ask for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.accessor_names import getters, setters
from callaudit.flow.callbacks import call
from callaudit.flow.members import known
from callaudit.flow.values import ClassValue, Closure, Instance, OneOf, Record, Value, forced
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.frame import Frame
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Expr, Member


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


def _run(frame: Frame, expr: Member, scope: Scope, tree: list[Effect], given: Value | None) -> Cost:
    interpreter = frame.interpreter
    owner = forced(interpreter.evaluate(expr.obj, scope))
    ways: list[Cost] = []
    for one in owner.values if isinstance(owner, OneOf) else (owner,):
        closure = _accessor(interpreter, known(interpreter, one), expr.prop, setting=given is not None)
        if closure is not None:
            args = [] if given is None else [given]
            line = _line_of(interpreter, expr, scope)
            ways.append(call(frame, closure, args, scope, line, tree, at_once=True))
    return costs.either(ways) if ways else costs.NONE


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


def _line_of(interpreter: Interpreter, expr: Member, scope: Scope) -> int:
    """The line of a member, which has none itself: that of the innermost statement or call around it."""
    nodes = interpreter.nodes(scope.module, scope.function)
    around = (node for node in nodes if getattr(node, "line", 0) and any(one is expr for one in walk((node,))))
    return max((node.line for node in around), default=interpreter.function(scope.module, scope.function).line)  # type: ignore[attr-defined] # it has a line
