"""Methods of stores that look up a key and run a function where nothing is kept: `cache.wrap(key, load, ttl)`.

The function is an argument of the call, or the store was made with it: `new LRUCache({ fetchMethod })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Guarded
from callaudit.flow.effects.records import Guard
from callaudit.flow.guards.cache_stores import times_kept
from callaudit.flow.guards.containers import Container
from callaudit.flow.guards.lifetimes import MANAGED, made_times, place_kept, unit_of
from callaudit.flow.guards.makers import Made
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import run_callbacks
from callaudit.flow.reading.use_sites import is_constant, key_words
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ForeignValue, Undefined
from callaudit.libraries.model import Arg, Keep
from callaudit.libraries.registry import exported
from callaudit.libraries.storage import LOADERS, store_of
from callaudit.syntax.ir import Member, Obj, Prop

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.effects.records import Span
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.storage import Loads, Store
    from callaudit.syntax.ir import Expr


def loaded(
    frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]
) -> Cost | None:
    """What a call of such a method does, behind what the store keeps; `None` for any other method.

    One that gives a function whose answers are kept runs nothing yet.
    """
    if _wraps(receiver, name):
        return costs.NONE
    callee = here.expr.callee
    if name not in LOADERS or not args or not isinstance(callee, Member):
        return None
    interpreter = frame.interpreter
    container = interpreter.stores.container(callee.obj, here.scope)
    store = container.made.store if container is not None else _store(receiver)
    model = store.loads.get(name) if store is not None else None
    if store is None or model is None:
        return None
    load = _load(interpreter, model, receiver, container, args)
    inside: list[Effect] = []
    spent = run_callbacks(frame, here, [load], inside, "once", args[:1] if model.made else (), awaited=here.awaited)
    if not inside:
        return spent
    anew = bool(model.unless) and truth(argument(interpreter, args, _place(model.unless))) is True
    if container is None and model.kind != "cache":
        container = Container(("made here",), here.scope.module, 0, store.name, Made(store))
    if anew or container is None:  # a cache that is gone after this run answers nobody
        tree.extend(inside)
        return spent
    tree.append(Guarded(_guard(interpreter, here, model, receiver, container, args), tuple(inside)))
    return costs.maybe(spent)


def _store(receiver: Value) -> Store | None:
    """The kind of store that an object is which a library made."""
    made = isinstance(receiver, ForeignValue) and receiver.args is not None
    return store_of(receiver.package, receiver.path) if made and isinstance(receiver, ForeignValue) else None


def _wraps(receiver: Value, name: str) -> bool:
    if not isinstance(receiver, ForeignValue) or receiver.args is None:
        return False
    found = exported(receiver.package, (*receiver.path, name))
    return found is not None and isinstance(found[1], Keep)


def makes_loader(target: ForeignValue) -> bool:
    """Whether an export makes a store that runs a function of its maker's only when it is asked."""
    store = store_of(target.package, target.path)
    return store is not None and any(model.made for model in store.loads.values())


def _place(text: str) -> Arg:
    index, _, path = text.partition(".")
    return Arg(int(index), path)


def _load(
    interpreter: Interpreter, model: Loads, receiver: Value, container: Container | None, args: list[Value]
) -> Value:
    place = Arg(model.load, model.path)
    if not model.made:
        return argument(interpreter, args, place)
    if isinstance(receiver, ForeignValue) and receiver.args is not None:
        return argument(interpreter, list(receiver.args), place)
    made = container.made if container is not None else None
    if made is None or made.call is None or made.scope is None:
        return Undefined()
    return argument(interpreter, [interpreter.lazy(arg, made.scope) for arg in made.call.args], place)


def _guard(
    interpreter: Interpreter,
    here: Application,
    model: Loads,
    receiver: Value,
    container: Container,
    args: list[Value],
) -> Guard:
    spans, why = _time(interpreter, model, receiver, container, args)
    key = _key(model, here.expr.args)
    shared = "shared" if key is not None and is_constant(interpreter, key, here.scope) else "per-key"
    function = interpreter.qualified(here.scope.module, here.scope.function)
    words = key_words(interpreter, key, here.scope) if key is not None else ""
    callee = here.expr.callee
    method = callee.prop if isinstance(callee, Member) else ""
    store = container.made.store
    return Guard(
        model.kind,
        f"{store.name} {method}",
        here.scope.module,
        here.expr.line,
        function,
        ttl=spans if model.kind == "cache" else (),
        scope=shared,
        store=place_kept(interpreter, container),
        key=words,
        why=why,
    )


def _key(model: Loads, args: tuple[Expr, ...]) -> Expr | None:
    key = args[model.key] if model.key < len(args) else None
    if not model.key_path or not isinstance(key, Obj):
        return key
    return next((prop.value for prop in key.props if isinstance(prop, Prop) and prop.key == model.key_path), None)


def _time(
    interpreter: Interpreter, model: Loads, receiver: Value, container: Container, args: list[Value]
) -> tuple[tuple[Span, ...], str]:
    """How long what is loaded is kept: as the call says, or the store's maker."""
    for lasts in model.lasts:
        value = argument(interpreter, args, Arg(lasts.index, lasts.path))
        if isinstance(forced(value), Undefined):
            continue
        found = times_kept(interpreter, value, unit_of(interpreter, lasts, container))
        if found.spans or found.why:
            return found.spans, "" if found.spans else found.why
    if isinstance(receiver, ForeignValue) and container.made.store.name == MANAGED:
        for lasts in container.made.store.made:
            value = argument(interpreter, receiver.args or (), Arg(lasts.index, lasts.path))
            found = times_kept(interpreter, value, unit_of(interpreter, lasts, container))
            if found.spans or found.why:
                return found.spans, found.why
    elif isinstance(receiver, ForeignValue):
        spans = made_times(interpreter, receiver)
        if spans:
            return spans, ""
    return (), "the store's own time" if container.made.store.name == MANAGED else ""
