"""Components that a Redux store is connected to: with the functions that they are handed, which dispatch.

`connect(mapState, { load })(Orders)` shows `Orders` with a `load` that dispatches what `load` gives; with a function in
its place, `(dispatch) => ({ load: () => dispatch(load()) })`, with what that gives; where nothing is said, with
`dispatch` itself. The connections are found once, where they are written: `connect(…)(Orders)`, `@connect(…) class`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.dispatching import DISPATCH, bound_to
from callaudit.flow.static import static_scope
from callaudit.flow.values import (
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    Const,
    ForeignValue,
    Record,
    Undefined,
    Unknown,
    Value,
    forced,
)
from callaudit.libraries.tables.redux import CONNECT, LIBRARY
from callaudit.syntax.ir import Call

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope

Place = tuple[str, int, bool]
"""A component: its module, its number, and whether it is a class."""
MOST_WRAPPERS = 4
"""Libraries' functions around a component, each inside the next."""


def with_actions(interpreter: Interpreter, component: Value, props: Record) -> Record:
    """`props` of a component, with what connects it to a store hands it."""
    place = _place(component)
    known = interpreter.found_once("connected components", lambda: dict(_connected(interpreter)))
    actions = known.get(place) if place is not None else None
    return Record({**actions, **props.fields}, open=True) if actions is not None else props


def _place(value: Value) -> Place | None:
    known = forced(value)
    if not isinstance(known, (Closure, ClassValue)):
        return None
    return known.module, known.index, isinstance(known, ClassValue)


def _connected(interpreter: Interpreter) -> Iterator[tuple[Place, dict[str, Value]]]:
    for path, module in sorted(interpreter.program.modules.items()):
        if not any(item.source in LIBRARY.packages and item.imported in CONNECT for item in module.facts.imports):
            continue
        scope = interpreter.module_scope(path)
        for number, cls in enumerate(module.classes):
            for call in cls.decorators:
                actions = _actions(interpreter, call, scope)
                if actions is not None:
                    yield (path, number, True), actions
        for index in range(len(module.functions)):
            for node in interpreter.nodes_of(path, index, Call):
                if isinstance(node.callee, Call) and node.args:
                    inside = static_scope(interpreter, path, index)
                    actions = _actions(interpreter, node.callee, inside)
                    place = (
                        _place(_wrapped(interpreter.evaluate(node.args[0], inside))) if actions is not None else None
                    )
                    if place is not None and actions is not None:
                        yield place, actions


def _wrapped(value: Value) -> Value:
    """The component that libraries wrapped."""
    known = forced(value)
    for _ in range(MOST_WRAPPERS):
        if not isinstance(known, ForeignValue) or not known.args:
            break
        inner = (forced(arg) for arg in known.args)
        known = next((one for one in inner if isinstance(one, (Closure, ClassValue, ForeignValue))), known)
    return known


def _actions(interpreter: Interpreter, call: Call, scope: Scope) -> dict[str, Value] | None:
    """What a call of `connect` lets a component be handed; `None` where it is another call."""
    made = forced(interpreter.evaluate(call, scope))
    if not isinstance(made, Client) or made.library is not LIBRARY or made.kind != "connector":
        return None
    mapped = forced(made.args[1]) if len(made.args) > 1 else UNDEFINED
    if isinstance(mapped, Undefined) or (isinstance(mapped, Const) and mapped.value is None):
        return {"dispatch": DISPATCH}
    given = forced(interpreter.apply(mapped, [DISPATCH, Unknown("props")])) if isinstance(mapped, Closure) else mapped
    if not isinstance(given, Record):
        return {}
    bound = given if isinstance(mapped, Closure) else forced(bound_to(interpreter, given))
    return dict(bound.fields) if isinstance(bound, Record) else {}
