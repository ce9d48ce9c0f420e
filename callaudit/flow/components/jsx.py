"""Rendering a component is calling it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.attributes import attributes
from callaudit.flow.components.connected import MOST_WRAPPERS, with_actions
from callaudit.flow.components.contexts import value_of
from callaudit.flow.components.drawn import run_handed, run_undrawn
from callaudit.flow.effects import cost as costs
from callaudit.flow.machine.callbacks import call
from callaudit.flow.objects.members import member
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    ClassValue,
    Closure,
    Consumer,
    Context,
    ForeignValue,
    ModuleValue,
    OneOf,
    Record,
)
from callaudit.syntax.ir import Jsx, Member, Name, Prop, Spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call


LIFECYCLE = ("constructor", "componentDidMount", "componentDidUpdate", "render")


ROUTERS = frozenset({"react-router-dom", "react-router", "react-router-native", "wouter"})
ROUTE, PATH = "Route", "path"
DECLARING = frozenset(
    {"createBrowserRouter", "createHashRouter", "createMemoryRouter", "createStaticRouter", "useRoutes"}
)


def is_page(interpreter: Interpreter, expr: Jsx, scope: Scope) -> bool:
    """Whether an element is a route of a single-page app: a page of its own, not mounted by what declares it.

    A component of the program is one too that hands its attributes to a route: `<PrivateRoute path="/orders" />`.
    """
    if not isinstance(expr.tag, (Name, Member)):
        return False
    named = (getattr(expr.tag, "id", "") or getattr(expr.tag, "prop", "")) == ROUTE
    if not named and not any(type(attr) is Prop and attr.key == PATH for attr in expr.attrs):
        return False
    tag = forced(interpreter.evaluate(expr.tag, scope))
    if isinstance(tag, Closure) and not named:
        place = ("hands on to a route", tag.module, tag.index)
        return bool(interpreter.found_once(place, lambda: _hands_on(interpreter, tag)))
    return isinstance(tag, ForeignValue) and tag.package in ROUTERS and tag.path[-1:] == (ROUTE,)


def _hands_on(interpreter: Interpreter, component: Closure) -> bool:
    """Whether a component draws a route with the attributes that it is given itself."""
    path = component.module
    if not any(item.source in ROUTERS for item in interpreter.program.modules[path].facts.imports):
        return False
    for node in interpreter.nodes_of(path, component.index, Jsx):
        if getattr(node.tag, "id", "") == ROUTE:
            written = [attr.value for attr in node.attrs if isinstance(attr, Prop) and attr.key == PATH]
            if any(isinstance(attr, Spread) for attr in node.attrs) or any(isinstance(one, Name) for one in written):
                return True
    return False


def declares_pages(interpreter: Interpreter, call: Call, scope: Scope) -> bool:
    """Whether a call is handed routes as objects, whose elements are pages."""
    if not isinstance(call.callee, Name) or call.callee.id not in DECLARING:
        return False
    target = forced(interpreter.evaluate(call.callee, scope))
    return isinstance(target, ForeignValue) and target.package in ROUTERS


def render(frame: Frame, expr: Jsx, scope: Scope, tree: list[Effect]) -> Cost:
    """Add what mounting a component does to `tree`; its cost without that of its children."""
    interpreter = frame.interpreter
    tag = forced(interpreter.evaluate(expr.tag, scope))
    props = attributes(interpreter, expr, scope)
    return _mount(frame, expr, scope, tag, props, tree)


def _mount(frame: Frame, expr: Jsx, scope: Scope, tag: Value, props: Record, tree: list[Effect]) -> Cost:
    interpreter = frame.interpreter
    tag = forced(tag)
    if isinstance(tag, (Closure, ClassValue)):
        props = with_actions(interpreter, tag, props)
    if isinstance(tag, Closure):
        interpreter.reentries.rendered.add((tag.module, tag.index))
        inside: list[Effect] = []
        spent = call(frame, tag, [props], scope, expr.line, inside)
        spent = costs.add(spent, run_undrawn(frame, props, scope, inside))
        tree.extend(inside)
        return spent
    if isinstance(tag, ModuleValue):
        component = interpreter.export(tag.module, "default")
        return _mount(frame, expr, scope, component, props, tree) if component is not None else costs.NONE
    if isinstance(tag, Record) and "default" in tag.fields:  # what a lazy component was made to load
        return _mount(frame, expr, scope, tag.fields["default"], props, tree)
    if isinstance(tag, OneOf):
        return costs.either([_mount(frame, expr, scope, item, props, tree) for item in tag.values])
    if isinstance(tag, ClassValue):
        return _mount_class(frame, expr, scope, tag, props, tree)
    if isinstance(tag, Context):
        return costs.NONE  # who asks for its value runs what is in it
    if isinstance(tag, Consumer):
        return _consume(frame, expr, scope, tag, props, tree)
    return costs.add(_mount_wrapped(frame, expr, scope, tag, props, tree), run_handed(frame, tag, props, scope, tree))


def _mount_wrapped(
    frame: Frame, expr: Jsx, scope: Scope, tag: Value, props: Record, tree: list[Effect], depth: int = MOST_WRAPPERS
) -> Cost:
    """What the component does that libraries wrapped: `withRouter(connect(read)(Orders))`."""
    total = costs.NONE
    for wrapped in (tag.args or ()) if isinstance(tag, ForeignValue) and depth else ():
        value = forced(wrapped)
        if isinstance(value, Closure):
            total = costs.add(total, call(frame, value, [props], scope, expr.line, tree))
        elif isinstance(value, ClassValue) and _renders(frame, value):
            total = costs.add(total, _mount_class(frame, expr, scope, value, props, tree))
        else:
            total = costs.add(total, _mount_wrapped(frame, expr, scope, value, props, tree, depth - 1))
    return total


def _renders(frame: Frame, value: ClassValue) -> bool:
    """Whether a class is a component's."""
    return frame.interpreter.classes.draws(value)


def _consume(frame: Frame, expr: Jsx, scope: Scope, tag: Consumer, props: Record, tree: list[Effect]) -> Cost:
    """What the function does that draws with the value of a context: `<Context.Consumer>{(value) => …}`."""
    drawing = forced(props.fields["children"]) if "children" in props.fields else None
    if not isinstance(drawing, Closure):
        return costs.NONE
    return call(frame, drawing, [value_of(frame.interpreter, tag.context)], scope, expr.line, tree)


def _mount_class(frame: Frame, expr: Jsx, scope: Scope, tag: ClassValue, props: Record, tree: list[Effect]) -> Cost:
    interpreter = frame.interpreter
    instance = interpreter.instance(("jsx", id(expr), scope.mark, tag.module, tag.index), tag, (props,))
    interpreter.classes.initialize(instance)
    instance.fields.setdefault("props", props)
    asked = forced(member(interpreter, tag, "contextType"))
    if isinstance(asked, Context):
        instance.fields.setdefault("context", value_of(interpreter, asked))
    total = costs.NONE
    for closure in lifecycle(interpreter, tag, instance):
        total = costs.add(total, call(frame, closure, [props], scope, expr.line, tree))
    return total


def lifecycle(interpreter: Interpreter, component: ClassValue, instance: Value | None) -> Iterator[Closure]:
    """The methods of a component that run when it is shown, in order."""
    for name in LIFECYCLE:
        for cls in interpreter.classes.lineage(component):
            function = interpreter.classes.method(cls, name, static=False)
            if function is not None:
                yield Closure(cls.module, function, cls.scope, instance)
                break
