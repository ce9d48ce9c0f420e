"""The effects of an expression: which functions of the program it runs, and which requests it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.apply import applied, apply
from callaudit.flow.arguments import arguments
from callaudit.flow.budget import MOST_NESTING
from callaudit.flow.callbacks import Application, at_event, handlers
from callaudit.flow.choices import decided
from callaudit.flow.documents import put_into_document
from callaudit.flow.effects import Choice
from callaudit.flow.guards import guarded_by
from callaudit.flow.jsx import declares_pages, is_page, render
from callaudit.flow.listening import listen_by_property
from callaudit.flow.named_functions import functions_in
from callaudit.flow.passed_over import note_what_sets
from callaudit.flow.per_item import PER_ITEM
from callaudit.flow.pipes import CHAINS, perform_chain
from callaudit.flow.races import behind_race
from callaudit.flow.showing import is_shown, maybe_shown, show
from callaudit.flow.silence import is_event, is_silent
from callaudit.flow.tabled import is_tabled, shown_by
from callaudit.flow.thenables import when_awaited
from callaudit.flow.values import Client, Closure, Instance, Undefined, forced
from callaudit.flow.variables import assign, step
from callaudit.flow.ways_out import REJECTS, THROWS
from callaudit.flow.words import words
from callaudit.syntax.ir import (
    Arr,
    Assign,
    Await,
    Call,
    Cond,
    Func,
    ImportCall,
    Index,
    Jsx,
    Many,
    Member,
    Name,
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

    from callaudit.flow.activation import Frame
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.scope import Scope
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


def only_assignments(frame: Frame, expr: Expr) -> None:
    """Where only values are asked for: the assignments of an expression statement."""
    if isinstance(expr, Assign):
        assign(frame, expr, frame.scope)
    elif isinstance(expr, Un):
        step(frame, expr, frame.scope)
    elif isinstance(expr, Many) or (isinstance(expr, Op) and expr.op in ("&&", "||", "??")):
        for item in expr.items:
            only_assignments(frame, item)
    elif isinstance(expr, Await):
        only_assignments(frame, expr.value)
    elif isinstance(expr, Call) and isinstance(expr.callee, Member) and isinstance(expr.callee.obj, Call):
        only_assignments(frame, expr.callee.obj)
    elif isinstance(expr, Call) and isinstance(expr.callee, Member) and expr.callee.prop in PER_ITEM:
        for arg in expr.args[:1]:
            if isinstance(arg, Func):
                note_what_sets(frame.interpreter, frame.scope.module, arg.index, frame.scope)
    elif isinstance(expr, Call) and _builds(frame, expr):
        if isinstance(expr.callee, Name):
            apply(frame, expr, frame.scope, arguments(frame.interpreter, expr.args, frame.scope), [], awaited=True)
        else:
            frame.interpreter.evaluate(expr, frame.scope)


def only_steps(frame: Frame, expr: Expr) -> None:
    """Where only values are asked for: the steps that an expression takes before what it calls, `again(path, ++n)`."""
    if isinstance(expr, Await):
        only_steps(frame, expr.value)
    elif isinstance(expr, Call):
        for arg in expr.args:
            if isinstance(arg, Un) and not arg.postfix:
                step(frame, arg, frame.scope)


def _builds(frame: Frame, expr: Call) -> bool:
    """Whether a call in a constructor may set fields: `super(…)`, `this.setup(…)`."""
    receiver = frame.scope.receiver()
    if not isinstance(receiver, Instance) or receiver.state != 1:
        return False
    callee = expr.callee
    owner = callee.obj if isinstance(callee, Member) else callee
    return isinstance(owner, Name) and owner.id == ("this" if isinstance(callee, Member) else "super")


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
    step(frame, expr, scope)
    return spent


def _obj(frame: Frame, expr: Obj, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, tuple(prop.value for prop in expr.props if isinstance(prop, (Prop, Spread))), scope, tree)


def _items(frame: Frame, expr: Any, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, expr.items, scope, tree)


def _tmpl(frame: Frame, expr: Tmpl, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, expr.parts, scope, tree)


def _member(frame: Frame, expr: Member, scope: Scope, tree: list[Effect]) -> Cost:
    spent = perform(frame, expr.obj, scope, tree)
    return costs.add(spent, show(frame, shown_by(frame.interpreter, expr, scope), tree, perform))


def _index(frame: Frame, expr: Index, scope: Scope, tree: list[Effect]) -> Cost:
    return _all(frame, (expr.obj, expr.key), scope, tree)


def _op(frame: Frame, expr: Op, scope: Scope, tree: list[Effect]) -> Cost:
    if expr.op not in ("&&", "||", "??"):
        return _items(frame, expr, scope, tree)
    total = perform(frame, expr.items[0], scope, tree)
    if frame.end == THROWS:
        return total
    decides: Expr | None = None
    asked = 0
    for place, item in enumerate(expr.items[1:], 1):
        if is_silent(frame.interpreter, item):
            continue
        answers = [decided(frame.interpreter, one, scope) for one in expr.items[asked:place] if expr.op != "??"]
        if (expr.op == "||") in answers:
            break  # the rest is not evaluated
        open_ = [one for one, answer in zip(expr.items[asked:place], answers, strict=False) if answer is None]
        decides = expr.items[place - 1] if expr.op == "??" else open_[-1] if open_ else decides
        asked = place
        inside: list[Effect] = []
        spent = perform(frame, item, scope, inside)
        end, frame.end = frame.end, ""
        if not inside and not spent:
            continue
        if decides is not None:
            spent = costs.maybe(spent)
            guarded = guarded_by(frame, decides, inside, holds=expr.op != "&&")
            tree.append(Choice(0, ((words(decides), tuple(guarded)),)))
        else:
            tree.extend(inside)
            frame.end = end
        total = costs.add(total, spent)
    return total


def _cond(frame: Frame, expr: Cond, scope: Scope, tree: list[Effect]) -> Cost:
    spent = perform(frame, expr.test, scope, tree)
    then: list[Effect] = []
    other: list[Effect] = []
    if frame.end == THROWS or (is_silent(frame.interpreter, expr.then) and is_silent(frame.interpreter, expr.other)):
        return spent
    holds = decided(frame.interpreter, expr.test, scope)
    if holds is not None:
        return costs.add(spent, perform(frame, expr.then if holds else expr.other, scope, tree))
    first = perform(frame, expr.then, scope, then)
    end, frame.end = frame.end, ""
    second = perform(frame, expr.other, scope, other)
    frame.end = end if end == frame.end else ""
    if not first and not second and not then and not other:
        return spent
    if not then or not other:
        then = guarded_by(frame, expr.test, then, holds=False)
        other = guarded_by(frame, expr.test, other, holds=True)
    ways = tuple((label, tuple(way)) for label, way in ((words(expr.test), then), ("otherwise", other)) if way)
    tree.append(Choice(0, ways))
    return costs.add(spent, costs.either([first, second]))


def _assign(frame: Frame, expr: Assign, scope: Scope, tree: list[Effect]) -> Cost:
    spent = perform(frame, expr.target, scope, tree)
    if expr.op in ("??=", "||=", "&&="):
        spent = costs.add(spent, _logical(frame, expr, scope, tree))
    else:
        spent = costs.add(spent, perform(frame, expr.value, scope, tree))
    spent = costs.add(spent, listen_by_property(frame, expr, scope, tree))
    assign(frame, expr, scope)
    return spent


def _logical(frame: Frame, expr: Assign, scope: Scope, tree: list[Effect]) -> Cost:
    """`x ??= value`: the value is needed only where x does not have one."""
    inside: list[Effect] = []
    spent = perform(frame, expr.value, scope, inside)
    frame.end = ""
    if not inside:
        return spent
    before = forced(frame.interpreter.evaluate(expr.target, scope))
    if isinstance(before, Undefined) and expr.op != "&&=":
        tree.extend(inside)
        return spent
    if expr.op != "&&=":
        inside = guarded_by(frame, expr.target, inside, holds=True, line=expr.line)
    tree.append(Choice(0, ((words(expr.target), tuple(inside)),)))
    return costs.maybe(spent)


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
        spent = costs.add(spent, _attribute(frame, prop, scope, tree))
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
            value = item.value
            total = costs.add(total, _attribute(frame, item, scope, tree))
            known = forced(frame.interpreter.evaluate(value, scope))
            if isinstance(known, Closure):
                total = costs.add(total, handlers(frame, [known], scope, tree, str(item.key)))
            elif isinstance(known, Client) and is_event(item.key):
                total = costs.add(total, _at_event(frame, item, known, scope, tree))
            continue
        total = costs.add(total, perform(frame, item, scope, tree))
        if isinstance(item, Spread):
            total = costs.add(total, _spread(frame, item, scope, tree))
    return total


def _attribute(frame: Frame, attr: Prop, scope: Scope, tree: list[Effect]) -> Cost:
    """What an attribute's value does: what a library makes of a function runs at the event, as the function does.

    `onSubmit={handleSubmit(save)}`
    """
    if type(attr.value) is not Call or not is_event(attr.key):
        return perform(frame, attr.value, scope, tree)
    inside: list[Effect] = []
    spent = perform(frame, attr.value, scope, inside)
    if not inside:
        return spent
    place = (scope.module, attr.line or attr.value.line, frame.interpreter.qualified(scope.module, scope.function))
    return at_event(str(attr.key), place, inside, spent, tree)


def _at_event(frame: Frame, handler: Prop, client: Client, scope: Scope, tree: list[Effect]) -> Cost:
    """A handler that is a client which is called itself: `<button onClick={load}>` of a bound function."""
    interpreter = frame.interpreter
    place = ("handler of an element", id(handler))
    here = Application(interpreter.found_once(place, lambda: Call(handler.value, (), handler.line, 1)), scope, True)
    inside: list[Effect] = []
    spent = applied(frame, here, client, [], inside)
    function = interpreter.qualified(scope.module, scope.function)
    at = scope.module, handler.line, function
    return at_event(str(handler.key), at, inside, spent, tree) if inside else costs.NONE


def _spread(frame: Frame, spread: Spread, scope: Scope, tree: list[Effect]) -> Cost:
    """The handlers among the attributes that an element is given as one object: `<button {...handlers}>`."""
    total = costs.NONE
    for name, closure in functions_in(frame.interpreter.lazy(spread.value, scope), 1):
        if is_event(name):
            total = costs.add(total, handlers(frame, [closure], scope, tree, name))
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
    Cond: _cond,
    Assign: _assign,
    Spread: _value,
    Typed: _value,
    Tmpl: _tmpl,
    Prop: _value,
    PatDefault: _default,
    ImportCall: _import,
    Jsx: _jsx,
}
