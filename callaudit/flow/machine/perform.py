"""The effects of an expression: which functions of the program it runs, and which requests it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.listening import listen_by_property
from callaudit.flow.components.documents import put_into_document
from callaudit.flow.components.element_handlers import perform_attribute, perform_handler, perform_spread
from callaudit.flow.components.jsx import declares_pages, is_page, render
from callaudit.flow.components.showing import is_shown, maybe_shown, show
from callaudit.flow.components.tabled import is_tabled, shown_by
from callaudit.flow.effects import cost as costs
from callaudit.flow.guards.races import behind_race
from callaudit.flow.machine.apply import apply
from callaudit.flow.machine.arguments import arguments
from callaudit.flow.machine.assignments import assign, step
from callaudit.flow.machine.budget import MOST_NESTING
from callaudit.flow.machine.short_circuits import LOGICAL, perform_assigned, perform_either, perform_logical
from callaudit.flow.objects.accessors import run_getter, run_getter_at, run_setter
from callaudit.flow.objects.put_on_unknown import note_client
from callaudit.flow.objects.thenables import when_awaited
from callaudit.flow.reading.event_names import is_event
from callaudit.flow.reading.silence import is_silent
from callaudit.flow.reading.ways_out import REJECTS, THROWS
from callaudit.flow.timers.pipes import CHAINS, perform_chain
from callaudit.syntax.ir import (
    Arr,
    Assign,
    Await,
    Call,
    Cond,
    ImportCall,
    Index,
    Jsx,
    Many,
    Member,
    Obj,
    Op,
    PatDefault,
    Prop,
    Spread,
    Tmpl,
    Typed,
    Un,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr


def perform(frame: Frame, expr: Expr, scope: Scope, tree: list[Effect], *, awaited: bool = True) -> Cost:
    """Add what evaluating `expr` does to `tree`; its cost."""
    if not frame.effects or frame.end == THROWS:
        return costs.NONE
    if frame.interpreter.nesting > MOST_NESTING:
        return costs.NONE
    handler = _HANDLERS.get(type(expr))
    if handler is None:
        return costs.NONE
    if handler is _call:
        return _call(frame, expr, scope, tree, awaited=awaited)  # type: ignore[arg-type]
    frame.interpreter.nesting += 1
    try:
        return handler(frame, expr, scope, tree)
    finally:
        frame.interpreter.nesting -= 1


def _all(frame: Frame, items: tuple[Any, ...], scope: Scope, tree: list[Effect]) -> Cost:
    total = costs.NONE
    for item in items:
        if not is_silent(frame.interpreter, item):
            total = costs.add(total, perform(frame, item, scope, tree))
    return total


def _value(frame: Frame, expr: Any, scope: Scope, tree: list[Effect]) -> Cost:
    return perform(frame, expr.value, scope, tree)


def _un(frame: Frame, expr: Un, scope: Scope, tree: list[Effect]) -> Cost:
    spent = perform(frame, expr.value, scope, tree, awaited=expr.op != "void")
    if expr.op in ("++", "--"):
        spent = costs.add(spent, run_setter(frame, expr.value, expr, scope, tree))
    step(frame, expr, scope)
    return spent


def _obj(frame: Frame, expr: Obj, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, tuple(prop.value for prop in expr.props if isinstance(prop, (Prop, Spread))), scope, tree)


def _items(frame: Frame, expr: Any, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, expr.items, scope, tree)


def _tmpl(frame: Frame, expr: Tmpl, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, expr.parts, scope, tree)


def _member(frame: Frame, expr: Member, scope: Scope, tree: list[Effect]) -> Cost:
    spent = costs.add(perform(frame, expr.obj, scope, tree), run_getter(frame, expr, scope, tree))
    return costs.add(spent, show(frame, shown_by(frame.interpreter, expr, scope), tree, perform))


def _index(frame: Frame, expr: Index, scope: Scope, tree: list[Effect]) -> Cost:
    spent = _all(frame, (expr.obj, expr.key), scope, tree)
    return costs.add(spent, run_getter_at(frame, expr, scope, tree))


def _op(frame: Frame, expr: Op, scope: Scope, tree: list[Effect]) -> Cost:
    if expr.op in LOGICAL:
        return perform_logical(frame, expr, scope, tree, perform)
    return _all(frame, expr.items, scope, tree)


def _conditional(frame: Frame, expr: Cond, scope: Scope, tree: list[Effect]) -> Cost:
    return perform_either(frame, expr, scope, tree, perform)


def _assign(frame: Frame, expr: Assign, scope: Scope, tree: list[Effect]) -> Cost:
    target = expr.target
    plain = isinstance(target, Member) and expr.op == "="  # what is only set is not read
    spent = perform(frame, target.obj if plain else target, scope, tree)  # type: ignore[union-attr]
    if expr.op in ("??=", "||=", "&&="):
        spent = costs.add(spent, perform_assigned(frame, expr, scope, tree, perform))
    else:
        spent = costs.add(spent, perform(frame, expr.value, scope, tree))
    spent = costs.add(spent, run_setter(frame, target, expr.value, scope, tree))
    spent = costs.add(spent, listen_by_property(frame, expr, scope, tree))
    if plain:
        note_client(frame.interpreter, expr, scope)
    assign(frame, expr, scope)
    return spent


def _default(frame: Frame, expr: PatDefault, scope: Scope, tree: list[Effect]) -> Cost:
    spent = perform(frame, expr.default, scope, tree)
    frame.end = ""
    return spent


def _import(frame: Frame, expr: ImportCall, scope: Scope, tree: list[Effect]) -> Cost:
    return perform(frame, expr.source, scope, tree)


def _call(frame: Frame, expr: Call, scope: Scope, tree: list[Effect], *, awaited: bool = True) -> Cost:
    interpreter = frame.interpreter
    interpreter.nesting += 1
    try:
        callee = expr.callee
        spent = costs.NONE
        if isinstance(callee, Member) and callee.prop in CHAINS:
            through = perform_chain(frame, expr, scope, tree, perform)
            if through is not None:
                return through
        if isinstance(callee, Member):
            spent = perform(frame, callee.obj, scope, tree, awaited=awaited)
        elif isinstance(callee, (Call, Index, Cond, Op)):
            spent = perform(frame, callee, scope, tree)
        mark = len(tree)
        if not declares_pages(interpreter, expr, scope):
            page = put_into_document(interpreter, expr, scope)
            args = expr.args if page is None else tuple(arg for arg in expr.args if arg is not page)
            spent = costs.add(spent, _all(frame, args, scope, tree))
        behind_race(frame, expr, scope, tree, mark)
        if frame.end == THROWS:
            frame.cut = True
            interpreter.endings.pass_over(scope)
            return spent
        frame.end = ""
        given = arguments(interpreter, expr.args, scope)
        return costs.add(spent, apply(frame, expr, scope, given, tree, awaited=awaited))
    finally:
        interpreter.nesting -= 1


def _jsx(frame: Frame, expr: Jsx, scope: Scope, tree: list[Effect]) -> Cost:
    if is_page(frame.interpreter, expr, scope):
        return costs.NONE  # an entry of its own: a page
    if frame.scope.ordered is not None and is_tabled(frame.interpreter, expr):
        return costs.NONE if is_shown(frame.interpreter, expr) else maybe_shown(frame, expr, tree, perform)
    handled = [prop for prop in expr.attrs if type(prop) is Prop and type(prop.value) is Call and is_event(prop.key)]
    values = tuple(prop.value for prop in expr.attrs if isinstance(prop, (Prop, Spread)) and prop not in handled)
    spent = _all(frame, (*values, *expr.children), scope, tree)
    for prop in handled:
        spent = costs.add(spent, perform_attribute(frame, prop, scope, tree, perform))
    return costs.add(spent, render(frame, expr, scope, tree))


def _await(frame: Frame, expr: Await, scope: Scope, tree: list[Effect]) -> Cost:
    spent = perform(frame, expr.value, scope, tree, awaited=True)
    if frame.end == REJECTS and isinstance(expr.value, Call):
        frame.end = THROWS
    return spent if frame.end else costs.add(spent, when_awaited(frame, expr.value, scope, tree))


def _many(frame: Frame, expr: Many, scope: Scope, tree: list[Effect]) -> Cost:
    """Several expressions; among them may be the handlers of a JSX element, which run when something happens."""
    total = costs.NONE
    for item in expr.items:
        if isinstance(item, Prop):
            total = costs.add(total, perform_attribute(frame, item, scope, tree, perform))
            total = costs.add(total, perform_handler(frame, item, scope, tree))
            continue
        total = costs.add(total, perform(frame, item, scope, tree))
        if isinstance(item, Spread):
            total = costs.add(total, perform_spread(frame, item, scope, tree))
    return total


_HANDLERS: dict[type, Callable[..., Cost]] = {
    Call: _call,
    Await: _await,
    Member: _member,
    Index: _index,
    Obj: _obj,
    Arr: _items,
    Many: _many,
    Op: _op,
    Un: _un,
    Cond: _conditional,
    Assign: _assign,
    Spread: _value,
    Typed: _value,
    Tmpl: _tmpl,
    Prop: _value,
    PatDefault: _default,
    ImportCall: _import,
    Jsx: _jsx,
}
