"""Where state is kept between renders: stores with a hook, and the objects of `useRef`.

What they hold first is not all that they hold: a value that is no function is joined with what its declared type
allows, so that nothing is decided by what a store begins with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.callbacks import closures_in
from callaudit.flow.reading.within import scope_within
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.type_members import member_type
from callaudit.flow.values.values import UNDEFINED, Cell, Client, Closure, OneOf, Record, Unknown, Value
from callaudit.syntax.ir import Assign, Let, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.libraries.model import Hold, State
    from callaudit.syntax.ir import Call

MOST_ASSIGNED = 8
INITIALIZER_DEPTH = 5
"""How many wrappers of a library may lie around a store's initializer."""


def typed_store(store: Client, module: str, text: str) -> Client:
    """The store with the declared type of its state."""
    return Client(
        store.library, store.kind, (*store.args, Unknown("state", "a store", type=(module, text))), store.place
    )


def of_store(interpreter: Interpreter, store: Client, model: State, args: list[Value], place: object) -> Value:
    """What a call of a store's hook gives: its state, or what a selector makes of it."""
    initializer = _initializer(store)
    given = forced(args[0]) if args else None
    if initializer is None and given is not None:
        return Client(store.library, store.kind, (*args, *store.args), place or store.place)
    state = _state(interpreter, store, initializer)
    if model.how == "select" and isinstance(given, Closure):
        return interpreter.run(given, [state], effects=False).value
    return state


def state_of(interpreter: Interpreter, store: Client) -> Value:
    """What a store holds."""
    return _state(interpreter, store, _initializer(store))


def of_any_store(interpreter: Interpreter, model: State, args: list[Value], place: object) -> Value:
    """What a hook gives that is handed the store, and what selects from its state: `useStore(store, selector)`."""
    stores = forced(args[0]) if args else UNDEFINED
    found = [one for one in (stores.values if isinstance(stores, OneOf) else (stores,)) if isinstance(one, Client)]
    return join([of_store(interpreter, one, model, args[1:], place) for one in found] or [Unknown("state", "a store")])


def _initializer(store: Client) -> Closure | None:
    for arg in store.args:
        found = closures_in(arg, INITIALIZER_DEPTH, wrapped=True)
        if found:
            return found[0]
    return None


def _state(interpreter: Interpreter, store: Client, initializer: Closure | None) -> Value:
    types = [known.type for known in map(forced, store.args) if isinstance(known, Unknown) and known.type is not None]
    declared = types[-1] if types else None
    whole = Unknown("state", "a store", type=declared)
    if initializer is None:
        return whole
    getter = Client(store.library, "getter", (store,), ("getter", store.place))
    first = forced(interpreter.run(initializer, [Unknown("set"), getter, Unknown("api")], effects=False).value)
    if not isinstance(first, Record):
        return whole
    fields = {name: _later(interpreter, name, value, declared) for name, value in first.fields.items()}
    return Record(fields, open=first.open)


def _later(interpreter: Interpreter, name: str, value: Value, declared: tuple[str, str] | None) -> Value:
    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Closure):
            return known
        type_ = member_type(interpreter, *declared, name) if declared else None
        return join([known, Unknown(name, "it is set later", type=type_)])

    return Lazy(compute)


def held(interpreter: Interpreter, expr: Call, scope: Scope, model: Hold, args: list[Value]) -> Cell:
    """What `useRef(first)` gives."""

    def compute() -> Value:
        later = Unknown(model.member, "it is set later", type=(scope.module, expr.types) if expr.types else None)
        first = [forced(args[0])] if args else []
        return join([*first, *_assigned(interpreter, expr, scope, model.member), later])

    return Cell({model.member: Lazy(compute)}, args[0] if args else UNDEFINED)


def _assigned(interpreter: Interpreter, expr: Call, scope: Scope, member: str) -> list[Value]:
    """What the functions inside the one that holds `expr` assign to the member of its variable."""
    module = interpreter.program.modules[scope.module]
    name = next(
        (
            node.target.id
            for node in module.nodes_of(scope.function, Let)
            if node.value is expr and isinstance(node.target, Name)
        ),
        "",
    )
    found: list[Value] = []
    for index, function in enumerate(module.functions):
        if not name or name not in function.refs or not module.is_inside(index, scope.function):
            continue
        for node in module.nodes_of(index, Assign):
            if _is_member(node.target, name, member) and len(found) < MOST_ASSIGNED:
                inside = scope_within(interpreter, scope, index)  # it is set to what this call is handed
                if inside is not None:
                    found.append(interpreter.evaluate(node.value, inside))
    return found


def _is_member(target: object, name: str, member: str) -> bool:
    if not isinstance(target, Member) or target.prop != member:
        return False
    return isinstance(target.obj, Name) and target.obj.id == name
