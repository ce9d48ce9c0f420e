"""Redux: actions that are functions, and functions that dispatch what others give.

`dispatch(load())` runs what `load()` gives where that is a function, and hands it `dispatch` again. What
`bindActionCreators` gives, and what a connected component is handed, does both: `props.load()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import EVENT_INSIDE
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.objects.members import member
from callaudit.flow.requests.sockets import emit_all, events
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Client, Closure, ModuleValue, OneOf, Record, Unknown, Value
from callaudit.libraries.tables.redux import LIBRARY
from callaudit.libraries.tables.redux_saga import LIBRARY as SAGAS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Bind, Dispatch

MOST_CREATORS = 200
DISPATCH = Client(LIBRARY, "dispatch", (), "dispatch")
"""What a thunk is handed: whichever store it belongs to, it runs what it is given."""
_HANDED = (DISPATCH, Unknown("getState"), Unknown("extra"))


def dispatch(
    frame: Frame, here: Application, model: Dispatch, args: Sequence[Value], client: Client | None, tree: list[Effect]
) -> Cost:
    """Add what dispatching does: what the creator of a bound function does, and the action if it is a function."""
    spent = costs.NONE
    if model.made and client is not None:
        spent = run_callbacks(frame, here, client.args[:1], tree, "once", args, awaited=here.awaited)
    action = _action(frame.interpreter, model, client, args)
    if _is_function(action):
        return costs.add(spent, run_callbacks(frame, here, [action], tree, "once", _HANDED, awaited=here.awaited))
    spent = costs.add(spent, run_callbacks(frame, here, [action], tree, "maybe", awaited=here.awaited))
    return costs.add(spent, _tell(frame, here, action, tree))


def _tell(frame: Frame, here: Application, action: Value, tree: list[Effect]) -> Cost:
    """Tell the sagas of the program of an action: those that wait for its type run."""
    interpreter = frame.interpreter
    if not isinstance(action, Record) or "type" not in action.fields:
        return costs.NONE
    if not interpreter.found_once("sagas", lambda: _has_sagas(interpreter)):
        return costs.NONE
    names = [EVENT_INSIDE + name for name in events(action.fields["type"])]
    return emit_all(frame, here, LIBRARY, names, (), [], tree) if names else costs.NONE


def _has_sagas(interpreter: Interpreter) -> bool:
    modules = interpreter.program.modules.values()
    return any(item.source in SAGAS.packages for module in modules for item in module.facts.imports)


def dispatched(interpreter: Interpreter, model: Dispatch, client: Client | None, args: Sequence[Value]) -> Value:
    """What dispatching gives: the action, or what it gives where it is a function."""
    action = _action(interpreter, model, client, args)
    return interpreter.apply(action, list(_HANDED)) if _is_function(action) else action


def _action(interpreter: Interpreter, model: Dispatch, client: Client | None, args: Sequence[Value]) -> Value:
    if not model.made:
        return forced(args[0]) if args else UNDEFINED
    return forced(interpreter.apply(client.args[0], list(args))) if client is not None else UNDEFINED


def _is_function(action: Value) -> bool:
    ways = action.values if isinstance(action, OneOf) else (action,)
    return any(isinstance(forced(one), Closure) for one in ways)


def bound(interpreter: Interpreter, model: Bind, args: list[Value]) -> Value:
    """What `bindActionCreators` gives for the creators among `args`."""
    return bound_to(interpreter, argument(interpreter, args, model.creators))


def bound_to(interpreter: Interpreter, creators: Value) -> Value:
    """One function that dispatches, or an object of them, as `creators` is."""
    known = forced(creators)
    if isinstance(known, Record):
        return Record({name: _later(interpreter, value) for name, value in known.fields.items()}, open=known.open)
    if isinstance(known, ModuleValue):
        names = interpreter.program.exported_names(known.module)[:MOST_CREATORS]
        return Record({name: _later(interpreter, Lazy(_exported(interpreter, known, name))) for name in names})
    return Client(LIBRARY, "bound", (known,), ("bound", key(known))) if isinstance(known, (Closure, Client)) else known


def _exported(interpreter: Interpreter, module: ModuleValue, name: str) -> Callable[[], Value]:
    return lambda: member(interpreter, module, name)


def _later(interpreter: Interpreter, value: Value) -> Value:
    return Lazy(lambda: bound_to(interpreter, value))
