"""What a component's state may be: what `useState` begins with, and all that its setter is called with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Closure, ForeignValue, OneOf, Seq, Unknown, Value
from callaudit.syntax.ir import Call, Func, Let, Member, Name, PatArr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope

STATES = frozenset({"useState"})
MOST_VALUES = 16
DEPTH = 12


def first_state(interpreter: Interpreter, given: Value) -> Value | None:
    """What `useState(given)` gives where its state begins as something that may reach the network: a client, a store.

    It may be set to something else later.
    """
    first = interpreter.apply(given, []) if isinstance(given, Closure) else given
    if not matters(interpreter, first):
        return None
    return Seq((join([first, Unknown("state", "it is set later")]), Unknown("set", "what sets a state")))


def with_state(interpreter: Interpreter, value: Value) -> Value:
    """`value`; where it is written as the name of a state, everything that this state is ever set to."""
    if not isinstance(value, Lazy) or value.scope is None or not isinstance(value.expr, Name):
        return value
    owner = value.scope.find(value.expr.id)
    if owner is None or owner.parent is None:
        return value
    found = _declared(interpreter, value.expr.id, owner)
    if found is None:
        return value
    call, setter = found
    values: list[Value] = [interpreter.lazy(call.args[0], owner)] if call.args else []
    values += _set(interpreter, owner, setter) if setter else []
    return OneOf(tuple(values[:MOST_VALUES])) if values else value


def setter_of(interpreter: Interpreter, name: str, owner: Scope, hooks: frozenset[str]) -> str:
    """What sets the state `name` that one of `hooks` declares in the function of `owner`; empty where nothing does."""
    found = _declared(interpreter, name, owner, hooks)
    return found[1] if found is not None else ""


def _declared(
    interpreter: Interpreter, name: str, owner: Scope, hooks: frozenset[str] = STATES
) -> tuple[Call, str] | None:
    """The call of `useState` that declares `name` in the function of `owner`, and the name of its setter."""
    for node in interpreter.nodes_of(owner.module, owner.function, Let):
        if not isinstance(node.target, PatArr) or not isinstance(node.value, Call):
            continue
        names = [item.id if isinstance(item, Name) else "" for item in node.target.items]
        callee = node.value.callee
        if names[:1] != [name] or not isinstance(callee, (Name, Member)):
            continue
        target = forced(interpreter.evaluate(callee, owner))
        if isinstance(target, ForeignValue) and target.path[-1:] and target.path[-1] in hooks:
            return node.value, names[1] if len(names) > 1 else ""
    return None


def _set(interpreter: Interpreter, owner: Scope, setter: str) -> Iterator[Value]:
    """What the setter is called with in the function and in those that it holds."""
    functions = interpreter.program.modules[owner.module].functions
    for index, function in enumerate(functions):
        if setter not in function.refs or not _within(interpreter, owner, index):
            continue
        for node in interpreter.nodes_of(owner.module, index, Call):
            if isinstance(node.callee, Name) and node.callee.id == setter and node.args:
                given = node.args[0]
                if not isinstance(given, Func):
                    yield interpreter.lazy(given, static_scope(interpreter, owner.module, index))


def _within(interpreter: Interpreter, owner: Scope, index: int) -> bool:
    functions = interpreter.program.modules[owner.module].functions
    for _ in range(DEPTH):
        if index == owner.function:
            return True
        index = functions[index].parent
        if index < 0:
            return False
    return False
