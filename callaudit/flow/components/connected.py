"""Components that a Redux store is connected to: with the functions that they are handed, which dispatch.

`connect(mapState, { load })(Orders)` shows `Orders` with a `load` that dispatches what `load` gives; with a function in
its place, `(dispatch) => ({ load: () => dispatch(load()) })`, with what that gives; where nothing is said, with
`dispatch` itself. The connections are looked for where they are written: `connect(…)(Orders)`, `@connect(…) class`,
`connector(Orders)`; and where a function of the program is called that connects what it is handed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from callaudit.flow.components.connections import CONNECTOR, connections
from callaudit.flow.components.dispatching import DISPATCH, bound_to
from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    UNDEFINED,
    ClassValue,
    Client,
    Closure,
    ForeignValue,
    Record,
    Unknown,
    Value,
    is_nothing,
)
from callaudit.libraries.tables.redux import CONNECT, LIBRARY
from callaudit.link.definitions import Defined
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module

Place = tuple[str, int, bool]
"""A component: its module, its number, and whether it is a class."""
MOST_WRAPPERS = 4
"""Libraries' functions around a component, each inside the next."""


def with_actions(interpreter: Interpreter, component: Value, props: Record) -> Record:
    """`props` of a component, with what connects it to a store hands it."""
    place = _place(component)
    known = interpreter.found_once("connected components", lambda: _connected(interpreter))
    actions = known.get(place) if place is not None else None
    return Record({**actions, **props.fields}, open=True) if actions is not None else props


def _place(value: Value) -> Place | None:
    known = forced(value)
    if not isinstance(known, (Closure, ClassValue)):
        return None
    return known.module, known.index, isinstance(known, ClassValue)


def _connected(interpreter: Interpreter) -> dict[Place, dict[str, Value]]:
    found: dict[Place, dict[str, Value]] = {}
    modules = {path: names for path, module in sorted(interpreter.program.modules.items()) if (names := _asked(module))}
    for path in modules:
        scope = interpreter.module_scope(path)
        for number, cls in enumerate(interpreter.program.modules[path].classes):
            for call in cls.decorators:
                made = forced(interpreter.evaluate(call, scope))
                if _is_connector(made):
                    found[path, number, True] = _actions(interpreter, made)
    for path, index, call in _connecting(interpreter, modules):
        interpreter.evaluate(call, static_scope(interpreter, path, index))
    for connector, component in connections(interpreter):
        place = _place(_wrapped(component))
        if place is not None:
            found[place] = _actions(interpreter, connector)
    return found


def _asked(module: Module) -> frozenset[str]:
    """What a module calls what connects components."""
    return frozenset(
        item.local
        for item in module.facts.imports
        if item.source in LIBRARY.packages and item.imported in CONNECT and not item.type_only
    )


def _connecting(interpreter: Interpreter, modules: dict[str, frozenset[str]]) -> Iterator[tuple[str, int, Call]]:
    """The calls that may connect a component: of what `connect` gives, and of functions that call it."""
    program = interpreter.program
    owners = {(path, name) for path, names in modules.items() for name in _owners(program.modules[path], names)}
    for path, module in sorted(program.modules.items()):
        meant = {name for name in module.bindings if (path, name) in owners}
        for item in module.facts.imports if owners else ():
            found = program.name(path, item.local) if item.local and not item.type_only else None
            if isinstance(found, Defined) and (found.module, found.name) in owners:
                meant.add(item.local)
        if not meant and path not in modules:
            continue
        for index in range(len(module.functions)):
            for node in module.nodes_of(index, Call):
                root = node.callee
                while isinstance(root, Call):
                    root = root.callee
                connects = isinstance(node.callee, Call) and path in modules
                if node.args and (connects or (isinstance(root, Name) and root.id in meant)):
                    yield path, index, node


def _owners(module: Module, names: frozenset[str]) -> Iterator[str]:
    """What the top level of a module declares that `connect` goes into: a connector, or a function that makes one."""
    for name, binding in module.bindings.items():
        if not names.isdisjoint(binding.refs):
            yield name


def _wrapped(value: Value) -> Value:
    """The component that libraries wrapped."""
    known = forced(value)
    for _ in range(MOST_WRAPPERS):
        if not isinstance(known, ForeignValue) or not known.args:
            break
        inner = (forced(arg) for arg in known.args)
        known = next((one for one in inner if isinstance(one, (Closure, ClassValue, ForeignValue))), known)
    return known


def _is_connector(made: Value) -> TypeGuard[Client]:
    return isinstance(made, Client) and made.library is LIBRARY and made.kind == CONNECTOR


def _actions(interpreter: Interpreter, connector: Client) -> dict[str, Value]:
    """What `connect` lets a component be handed."""
    mapped = forced(connector.args[1]) if len(connector.args) > 1 else UNDEFINED
    if is_nothing(mapped):
        return {"dispatch": DISPATCH}
    given = forced(interpreter.apply(mapped, [DISPATCH, Unknown("props")])) if isinstance(mapped, Closure) else mapped
    if not isinstance(given, Record):
        return {}
    bound = given if isinstance(mapped, Closure) else forced(bound_to(interpreter, given))
    return dict(bound.fields) if isinstance(bound, Record) else {}
