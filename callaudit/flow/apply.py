"""Apply what is called to its arguments: functions of the program, clients, callbacks of libraries and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow import cost as costs
from callaudit.flow.calls import argument
from callaudit.flow.classes import unknown_arguments
from callaudit.flow.effects import Called, Choice, Connection, Effect, Repeated, Site
from callaudit.flow.members import item_type, known, member
from callaudit.flow.join import key
from callaudit.flow.registrations import CHAINED, Registration, Scheduled, handlers_among, registered_value
from callaudit.flow.relevant import matters
from callaudit.flow.requests import send
from callaudit.flow.urls import targets
from callaudit.flow.values import (
    ClassValue, Client, Closure, Const, ForeignValue, Instance, ModuleValue, OneOf, Record, Seq, Undefined,
    Unknown, Value, forced,
)  # fmt: skip
from callaudit.libraries.model import Connect, Invoke, Library, Model, Register, Request, Schedule
from callaudit.libraries.registry import exported
from callaudit.libraries.tables.web import FETCH
from callaudit.libraries.tables.web import LIBRARY as WEB
from callaudit.syntax.ir import Call, Func, Member, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.cost import Cost
    from callaudit.flow.execute import Frame
    from callaudit.flow.scope import Scope

PER_ITEM = frozenset(
    {"map", "forEach", "flatMap", "filter", "some", "every", "find", "findIndex", "reduce", "reduceRight", "sort", "findLast"}
)
MOST_UNROLLED = 12
MOST_TARGETS = 12


class Step(Struct, frozen=True):
    """One link of a chain of calls: the function that is called, where it is written, and where it is called."""

    function: str
    file: str
    line: int
    called_in: str
    called_at: int


class Site_(Struct):
    """The call being applied."""

    expr: Call
    scope: Scope
    awaited: bool


def apply(
    frame: Frame, expr: Call, scope: Scope, args: list[Value], tree: list[Effect], *, awaited: bool
) -> Cost:
    """Add what the call `expr` does to `tree`; its cost without that of its arguments."""
    interpreter = frame.interpreter
    here = Site_(expr, scope, awaited)
    callee = expr.callee
    if isinstance(callee, Name) and callee.id == "super":
        return _super(frame, here, args, tree)
    if isinstance(callee, Member):
        receiver = forced(interpreter.evaluate(callee.obj, scope))
        return _method(frame, here, receiver, callee.prop, args, tree)
    target = forced(interpreter.evaluate(callee, scope))
    return _each(frame, here, target, args, tree)


def _each(frame: Frame, here: Site_, target: Value, args: list[Value], tree: list[Effect]) -> Cost:
    """Apply each thing that `target` may be; they exclude each other."""
    if not isinstance(target, OneOf):
        return _one(frame, here, target, args, tree)
    ways: list[tuple[str, tuple[Effect, ...]]] = []
    spent: list[Cost] = []
    callable_ = [item for item in target.values if not isinstance(item, (Const, Unknown))]
    for item in (callable_ or list(target.values))[:MOST_TARGETS]:
        inside: list[Effect] = []
        spent.append(_one(frame, here, item, args, inside))
        if inside:
            ways.append((_label(frame, item), tuple(inside)))
    if ways:
        tree.append(Choice(here.expr.line, tuple(ways))) if len(ways) > 1 else tree.extend(ways[0][1])
    return costs.either(spent) if spent else costs.NONE


def _label(frame: Frame, value: Value) -> str:
    if isinstance(value, Closure):
        return "it is " + frame.interpreter.qualified(value.module, value.index)
    return "otherwise"


def _one(frame: Frame, here: Site_, target: Value, args: list[Value], tree: list[Effect]) -> Cost:
    target = forced(target)
    if isinstance(target, Closure):
        return call(frame, target, args, here.scope, here.expr.line, tree, awaited=here.awaited)
    if isinstance(target, ForeignValue):
        return _foreign(frame, here, target, args, tree)
    if isinstance(target, ClassValue) and here.expr.new:
        return _construct(frame, here, target, args, tree)
    if isinstance(target, Client):
        return _client(frame, here, target, "", args, tree)
    if isinstance(target, ModuleValue):
        whole = frame.interpreter.export(target.module, "=") or frame.interpreter.export(target.module, "default")
        return _each(frame, here, whole, args, tree) if whole is not None else costs.NONE
    if isinstance(target, Unknown) and target.receiver is not None and not here.expr.new:
        return _method(frame, here, forced(target.receiver), target.name, args, tree)
    return _callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)


def call(
    frame: Frame,
    target: Closure,
    args: Sequence[Value],
    scope: Scope,
    line: int,
    tree: list[Effect],
    *,
    awaited: bool = True,
    this: Value | None = None,
) -> Cost:
    """Run a function of the program if it matters to the network."""
    interpreter = frame.interpreter
    if not any(matters(interpreter, arg) for arg in args):
        if not matters(interpreter, target) or interpreter.is_quiet(target, this):
            return costs.NONE
    summary = interpreter.run(target, args, this)
    if not summary.effects:
        return costs.NONE
    function = interpreter.function(target.module, target.index)
    name = function_name(frame, target, scope, line)
    late = not awaited and function.asynchronous
    tree.append(Called(name, scope.module, line, target.module, function.line, summary.effects, awaited=not late))
    step = Step(name, target.module, function.line, scope.module, line)
    return costs.through(summary.cost, step)


def function_name(frame: Frame, target: Closure, scope: Scope, line: int) -> str:
    """How a function is named in a chain: a callback says what it was handed to."""
    del scope, line
    return frame.interpreter.qualified(target.module, target.index)


def _construct(frame: Frame, here: Site_, cls: ClassValue, args: list[Value], tree: list[Effect]) -> Cost:
    interpreter = frame.interpreter
    if not matters(interpreter, cls) and not any(matters(interpreter, arg) for arg in args):
        return costs.NONE
    instance = interpreter.evaluate(here.expr, here.scope)
    if not isinstance(instance, Instance):
        return costs.NONE
    for base in interpreter.classes.lineage(cls):
        constructor = interpreter.classes.method(base, "constructor", static=False)
        if constructor is not None:
            interpreter.classes.initialize(instance)
            closure = Closure(base.module, constructor, base.scope, instance)
            return call(frame, closure, args, here.scope, here.expr.line, tree)
    return costs.NONE


def _super(frame: Frame, here: Site_, args: list[Value], tree: list[Effect]) -> Cost:
    receiver = here.scope.receiver()
    if not isinstance(receiver, Instance):
        return costs.NONE
    interpreter = frame.interpreter
    bases = [base for base in interpreter.classes.lineage(receiver.cls) if base.module and base is not receiver.cls]
    owner = interpreter.function(here.scope.module, here.scope.function).cls
    for number, base in enumerate(bases):
        if base.module == here.scope.module and base.index == owner:
            bases = bases[number + 1 :]
            break
    for base in bases:
        constructor = interpreter.classes.method(base, "constructor", static=False)
        if constructor is not None:
            if receiver.state == 1:
                interpreter.classes.construct(receiver, base, constructor, tuple(args))
            closure = Closure(base.module, constructor, base.scope, receiver)
            return call(frame, closure, args, here.scope, here.expr.line, tree) if frame.effects else costs.NONE
    return costs.NONE


# --- methods -------------------------------------------------------------------------------------


def _method(frame: Frame, here: Site_, receiver: Value, name: str, args: list[Value], tree: list[Effect]) -> Cost:
    receiver = known(frame.interpreter, receiver)
    if isinstance(receiver, OneOf):
        ways: list[tuple[str, tuple[Effect, ...]]] = []
        spent: list[Cost] = []
        present = [item for item in receiver.values if not isinstance(item, Const) or item.value is not None]
        for item in present[:MOST_TARGETS]:
            inside: list[Effect] = []
            spent.append(_method(frame, here, item, name, args, inside))
            if inside:
                ways.append((f"the receiver is {_receiver_name(frame, item)}", tuple(inside)))
        if ways:
            tree.append(Choice(here.expr.line, tuple(ways))) if len(ways) > 1 else tree.extend(ways[0][1])
        spent = [cost for cost in spent if cost] or spent
        return costs.either(spent) if spent else costs.NONE
    interpreter = frame.interpreter
    if isinstance(receiver, Closure) and name in ("call", "apply"):
        return _one(frame, here, receiver, args[1:] if name == "call" else [], tree)
    if isinstance(receiver, Client):
        return _client(frame, here, receiver, name, args, tree)
    if isinstance(here.expr.callee, Member) and isinstance(here.expr.callee.obj, Name) and here.expr.callee.obj.id == "super":
        return _super_method(frame, here, receiver, name, args, tree)
    target = member(interpreter, receiver, name)
    if isinstance(target, (Closure, OneOf, ForeignValue, Client, ClassValue)):
        return _each(frame, here, target, args, tree)
    return _unknown_method(frame, here, receiver, name, args, tree)


def _receiver_name(frame: Frame, value: Value) -> str:
    if isinstance(value, Instance):
        return frame.interpreter.class_facts(value.cls).name or "an object"
    return type(value).__name__.lower()


def _super_method(frame: Frame, here: Site_, receiver: Value, name: str, args: list[Value], tree: list[Effect]) -> Cost:
    if not isinstance(receiver, Instance):
        return costs.NONE
    lineage = list(frame.interpreter.classes.lineage(receiver.cls))[1:]
    for cls in lineage:
        function = frame.interpreter.classes.method(cls, name, static=False)
        if function is not None and function != here.scope.function:
            return _one(frame, here, Closure(cls.module, function, cls.scope, receiver), args, tree)
    return costs.NONE


def _unknown_method(frame: Frame, here: Site_, receiver: Value, name: str, args: list[Value], tree: list[Effect]) -> Cost:
    """A method of an array, a promise, or of something that is not known: what it is handed may run."""
    if not args:
        return costs.NONE
    if name in PER_ITEM:
        return _per_item(frame, here, receiver, args, tree)
    if name == "then":
        first = _callbacks(frame, here, args[:1], tree, "once", [receiver], awaited=here.awaited)
        return costs.add(first, _callbacks(frame, here, args[1:2], tree, "maybe", awaited=here.awaited))
    if name == "fetch":  # a binding or agent that answers as the global does
        return send(frame, here.expr, here.scope, WEB, FETCH, args, (), tree)
    if name == "finally":
        return _callbacks(frame, here, args[:1], tree, "once", awaited=here.awaited)
    return _callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)


def _per_item(frame: Frame, here: Site_, receiver: Value, args: list[Value], tree: list[Effect]) -> Cost:
    callback = forced(args[0])
    if not isinstance(callback, Closure) or not matters(frame.interpreter, callback):
        return costs.NONE
    if isinstance(receiver, Seq) and not receiver.open:
        total = costs.NONE
        if len(receiver.items) <= MOST_UNROLLED:
            for item in receiver.items:
                total = costs.add(total, call(frame, callback, [item], here.scope, here.expr.line, tree))
            return total
        inside: list[Effect] = []
        spent = call(frame, callback, [Unknown("item")], here.scope, here.expr.line, inside)
        rounds = len(receiver.items)
        tree.append(Repeated("items", here.expr.line, rounds, rounds, tuple(inside)))
        return costs.repeat(spent, rounds, rounds)
    inside = []
    item = Unknown("item", "an item of data", type=_item_type(receiver))
    spent = call(frame, callback, [item], here.scope, here.expr.line, inside)
    if inside:
        from callaudit.flow.words import words

        over = words(here.expr.callee.obj) if isinstance(here.expr.callee, Member) else ""
        tree.append(Repeated("items", here.expr.line, 0, None, tuple(inside), over))
    return costs.repeat(spent, 0, float("inf"))


def _item_type(receiver: Value) -> tuple[str, str] | None:
    if isinstance(receiver, Unknown) and receiver.type is not None:
        item = item_type(receiver.type[1])
        return (receiver.type[0], item) if item else None
    return None


# --- libraries -----------------------------------------------------------------------------------


def _foreign(frame: Frame, here: Site_, target: ForeignValue, args: list[Value], tree: list[Effect]) -> Cost:
    found = exported(target.package, target.path) if target.args is None else None
    if found is not None:
        return _model(frame, here, found[0], found[1], args, None, tree)
    wrapped = [arg for arg in target.args or () if isinstance(forced(arg), Closure)]
    if wrapped:  # a function that a library made of ours
        return _callbacks(frame, here, wrapped, tree, "once", args, awaited=here.awaited)
    return _callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)


def _client(frame: Frame, here: Site_, client: Client, name: str, args: list[Value], tree: list[Effect]) -> Cost:
    model = client.library.clients.get(client.kind, {}).get(name)
    if model is None:
        return _callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)
    return _model(frame, here, client.library, model, args, client, tree)


def _model(
    frame: Frame,
    here: Site_,
    library: Library,
    model: Model,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    interpreter = frame.interpreter
    if isinstance(model, Request):
        made_with = client.args if client is not None else ()
        return send(frame, here.expr, here.scope, library, model, args, made_with, tree)
    if isinstance(model, Connect):
        url = argument(interpreter, args, model.url)
        site = site_of(frame, here.expr, here.scope, library)
        tree.append(Connection(site, targets(url, None, "GET")[0].url, model.protocol))
        return costs.NONE
    if isinstance(model, Invoke):
        callbacks = [argument(interpreter, args, arg) for arg in model.callbacks]
        return _callbacks(frame, here, callbacks, tree, model.how, awaited=here.awaited)
    if isinstance(model, Schedule):
        callback, when = argument(interpreter, args, model.callback), argument(interpreter, args, model.when)
        job = Scheduled(callback, when, model.mechanism, model.unit, here.scope.module, here.expr.line)
        interpreter.schedules.setdefault((here.scope.module, here.expr.line, here.expr.column, key(callback)), job)
        return costs.NONE
    if isinstance(model, Register):
        return register(frame, here, library, model, args, client, tree)
    return costs.NONE


def register(
    frame: Frame,
    here: Site_,
    library: Library,
    model: Register,
    args: list[Value],
    router: Client | None,
    tree: list[Effect],
) -> Cost:
    """Note the handlers that a router is given; a plugin runs at once, with a router of its own."""
    interpreter = frame.interpreter
    place = (id(here.expr), here.scope.mark)
    if router is None:
        router = Client(library, "server", (), place)
    if len(args) < model.least:
        return costs.NONE
    path = next((v for v in (forced(argument(interpreter, args, arg)) for arg in model.path) if not isinstance(v, Undefined)), None)
    given = [argument(interpreter, args, arg) for arg in model.handlers] if model.handlers else args
    handlers = handlers_among(given)
    spent = costs.NONE
    if model.how == "decorate":
        name = forced(args[0]) if args else None
        if isinstance(name, Const) and len(args) > 1:
            interpreter.decorations.setdefault((library.name, str(name.value)), args[1])
        return costs.NONE
    if model.how in CHAINED:
        child = registered_value(router, model, args, place)
        handlers = (child,)
    elif model.how == "plugin":
        child = Client(library, router.kind, (), ("plugin", key(router), place))
        for plugin in handlers:
            target = interpreter.export(plugin.module, "default") if isinstance(plugin, ModuleValue) else plugin
            if isinstance(target, Closure):
                options = args[1] if len(args) > 1 else Unknown("options")
                spent = costs.add(spent, call(frame, target, [child, options], here.scope, here.expr.line, tree))
        handlers = (child,)
    method = next((forced(argument(interpreter, args, arg)) for arg in model.methods), None)
    found = Registration(router, model, method, path, handlers, here.scope.module, here.expr.line)
    mark = (key(router), model.method, model.how, key(path) if path is not None else None, here.scope.module, here.expr.line)
    interpreter.registrations.setdefault((*mark, *(key(handler) for handler in handlers)), found)
    return spent


def site_of(frame: Frame, expr: Call, scope: Scope, library: Library) -> Site:
    """The call site of a call of `library`."""
    function = frame.interpreter.qualified(scope.module, scope.function)
    return Site(scope.module, expr.line, expr.column, function, library.name)


def _callbacks(
    frame: Frame,
    here: Site_,
    values: Sequence[Value],
    tree: list[Effect],
    how: str,
    given: Sequence[Value] = (),
    *,
    awaited: bool = True,
) -> Cost:
    """Run the functions among `values` as often as `how` says."""
    total = costs.NONE
    for value in values:
        for closure in closures_in(forced(value)):
            inside: list[Effect] = []
            args = _filled(frame, closure, given)
            spent = call(frame, closure, args, here.scope, here.expr.line, inside, awaited=awaited)
            if not inside:
                continue
            if how in ("maybe", "event"):
                spent = costs.maybe(spent)
                tree.append(Choice(here.expr.line, (("it is called back", tuple(inside)),)))
            elif how == "items":
                spent = costs.repeat(spent, 0, float("inf"))
                tree.append(Repeated("items", here.expr.line, 0, None, tuple(inside)))
            elif how == "timer":
                tree.append(Repeated("timer", here.expr.line, 1, 1, tuple(inside)))
            else:
                tree.extend(inside)
            total = costs.add(total, spent)
    return total


def _filled(frame: Frame, closure: Closure, given: Sequence[Value]) -> list[Value]:
    """Arguments for a function that somebody else calls: what is not given is unknown, not undefined."""
    unknown = unknown_arguments(frame.interpreter, closure)
    return [*given[: len(unknown)], *unknown[len(given) :]]


def closures_in(value: Value, depth: int = 2) -> list[Closure]:
    """The functions that `value` is or holds."""
    value = forced(value)
    if isinstance(value, Closure):
        return [value]
    if not depth:
        return []
    if isinstance(value, Record):
        return [found for item in value.fields.values() for found in closures_in(item, depth - 1)]
    if isinstance(value, OneOf):
        return [found for item in value.values for found in closures_in(item, depth)][:1]
    return []


def handlers(frame: Frame, values: Sequence[Closure], scope: Scope, tree: list[Effect], event: str) -> Cost:
    """Functions that run when something happens to an element."""
    total = costs.NONE
    for closure in values:
        inside: list[Effect] = []
        line = frame.interpreter.function(closure.module, closure.index).line
        spent = call(frame, closure, _filled(frame, closure, ()), scope, line, inside)
        if inside:
            tree.append(Choice(line, ((event, tuple(inside)),)))
            total = costs.add(total, costs.maybe(spent))
    return total


__all__ = ["Func", "Step", "apply", "call", "closures_in", "handlers", "site_of"]
