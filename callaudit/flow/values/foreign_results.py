"""What calls of the platform and of libraries give, as far as their tables say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from callaudit.flow.components.contexts import value_of
from callaudit.flow.components.dispatching import bound
from callaudit.flow.components.option_stores import option_store
from callaudit.flow.components.states import first_state
from callaudit.flow.components.stores import of_any_store
from callaudit.flow.machine.arguments import argument
from callaudit.flow.objects.asked_containers import asked_for
from callaudit.flow.queries.query_answers import answer_of
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.text.file_paths import file_path
from callaudit.flow.text.strings import concatenate, each
from callaudit.flow.text.url_joining import join_base, resolve
from callaudit.flow.timers.observables import observable
from callaudit.flow.values.conversions import converted
from callaudit.flow.values.digging import dug
from callaudit.flow.values.indexing import index
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.platform import platform_value
from callaudit.flow.values.schemas import of_check
from callaudit.flow.values.values import (
    UNDEFINED,
    Client,
    Closure,
    Const,
    Context,
    ForeignValue,
    Record,
    Seq,
    Undefined,
    Unknown,
)
from callaudit.libraries.model import (
    Bind,
    Connect,
    Consume,
    Convert,
    Declare,
    Dig,
    Give,
    Hold,
    Inject,
    Invoke,
    Join,
    Keep,
    Key,
    Make,
    Operation,
    Operator,
    Part,
    Provide,
    Query,
    Schedule,
    Shield,
    State,
    Ticking,
)
from callaudit.libraries.registry import exported

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Arg, Library, Model


REFLECTED = ("Reflect", "get")


def foreign_value(interpreter: Interpreter, target: ForeignValue, args: list[Value], place: object = None) -> Value:
    """What a call of the platform or of a library gives."""
    made = asked_for(interpreter, target, target.path[-1], args) if target.path else None
    if made is not None:
        return made
    found = exported(target.package, target.path) if target.args is None else None
    if found is not None:
        return _of_model(_Called(interpreter, found[0], target, args, place), found[1])
    if target.package == "":
        if target.path == REFLECTED and len(args) > 1:
            return index(interpreter, args[0], args[1])
        value = platform_value(interpreter, target.path, args)
        if value is not None:
            return value
    checked = of_check(interpreter, target, args) if target.package else None
    if checked is not None:
        return checked
    if target.args is not None:  # a function made by a library: it is taken to be what it wraps
        store = option_store(interpreter, target)
        if store is not None:
            return store
        inner = [arg for arg in (forced(arg) for arg in target.args) if isinstance(arg, Closure)]
        if inner:
            return join(interpreter.apply(closure, args) for closure in inner[:4])
    for arg in args:
        value = forced(arg) if not isinstance(arg, Lazy) or target.package else None
        if isinstance(value, ForeignValue) and value.path[-1:] == ("env",):
            return value  # a checker of the environment gives the environment
    return ForeignValue(target.package, target.path, tuple(args))


class _Called(NamedTuple):
    """A call of something that the table of a library knows."""

    interpreter: Interpreter
    library: Library
    target: ForeignValue
    args: list[Value]
    place: object

    def argument(self, arg: Arg) -> Value:
        """The argument that the table names."""
        return argument(self.interpreter, self.args, arg)


def _of_model(call: _Called, model: Model) -> Value:
    """What a call gives of which the table of its library says what it does."""
    give = _RESULTS.get(type(model))
    value = give(call, model) if give is not None else None
    if value is None and call.target.package == "":
        value = platform_value(call.interpreter, call.target.path, call.args)
    if value is not None:
        return value
    path = call.target.path
    if path[:1] == ("JSON",):
        return Unknown(path[-1], f"what {'.'.join(path)} gives")
    return Unknown(path[-1] if path else "response", "what a request gives" if call.library.network else "")


def _client(call: _Called, model: Make | Part) -> Value:
    return Client(call.library, model.kind, tuple(call.args), call.place)


def _connected(call: _Called, model: Connect | Operation | Schedule) -> Value | None:
    return Client(call.library, model.makes, tuple(call.args), call.place) if model.makes else None


def _as_called(call: _Called, _model: Keep | Hold | Provide | Declare) -> Value:
    """The call itself, which says more where it is used than a value would."""
    return ForeignValue(call.target.package, call.target.path, tuple(call.args))


def _ticking(call: _Called, model: Ticking | Operator) -> Value:
    return observable(model, call.target, call.args)


def _given(call: _Called, model: Give) -> Value:
    given = forced(call.argument(model.value))
    if model.named and isinstance(given, Const) and len(call.args) > 1:
        given = forced(call.args[1])
    if model.either and isinstance(given, Seq):
        return join(given.items) if given.items else Unknown("item", "an item of data")
    return _seldom(given) if model.seldom and isinstance(given, Closure) else given


def _seldom(function: Closure) -> Closure:
    """`function` as one that does not run at each call."""
    made = Closure(function.module, function.index, function.scope, function.this, function.bound)
    made.seldom = True
    return made


def _answer(call: _Called, model: Query) -> Value:
    return answer_of(call.interpreter, model, call.args, call.target.path[-1] if call.target.path else model.mechanism)


def _injected(call: _Called, model: Inject) -> Value:
    return call.interpreter.injection.held(forced(call.argument(model.token)))


def _invoked(call: _Called, model: Invoke) -> Value | None:
    """What a function gives that is handed callbacks: one of them, what that gives, or the state that it keeps."""
    if model.returns == "callback":
        return forced(call.argument(model.callbacks[0]))
    if model.returns == "result":
        return call.interpreter.apply(call.argument(model.callbacks[0]), [])
    if model.returns == "state" and call.args and may_hold(call.args[0]):
        return first_state(call.interpreter, forced(call.args[0]))
    return None


def _state(call: _Called, model: State) -> Value:
    return of_any_store(call.interpreter, model, call.args, call.place)


def _consumed(call: _Called, model: Consume) -> Value:
    """What a context holds, or what a selector makes of it; what is no context is given as it is, as a promise is."""
    interpreter = call.interpreter
    given = forced(call.argument(model.context))
    value = each(given, lambda one: value_of(interpreter, one) if isinstance(one, Context) else one)
    chosen = call.argument(model.selector) if model.selector is not None else UNDEFINED
    return interpreter.apply(chosen, [value]) if isinstance(forced(chosen), Closure) else value


def _keyed(call: _Called, model: Key) -> Value:
    """An object with any item of a list under a key that is not known."""
    items = forced(call.argument(model.items))
    return Record({}, open=True, rest=Lazy(lambda: index(call.interpreter, items, Unknown("key"))))


def _joined(args: list[Value], model: Join) -> Value:
    if model.files:
        given = [one for arg in args if not (isinstance(one := forced(arg), Const) and one.value == "")]
        return file_path(concatenate([part for one in given for part in (Const("/"), one)][1:]))
    return _resolved_url(args) if model.resolves else _joined_url(args)


def _resolved_url(args: list[Value]) -> Value:
    """The second argument as a reference from the first."""
    return resolve(forced(args[1]), forced(args[0])) if len(args) > 1 else Unknown("url", "nothing is given")


def _joined_url(args: list[Value]) -> Value:
    """The parts of a URL, joined; options at the end are no part."""
    parts = [forced(arg) for arg in args]
    if parts and isinstance(parts[0], Seq):
        parts = [forced(item) for item in parts[0].items] + ([Unknown("rest")] if parts[0].open else [])
    while parts and isinstance(parts[-1], (Record, Undefined)):
        parts.pop()
    url = parts[0] if parts else UNDEFINED
    for part in parts[1:]:
        url = join_base(url, part)
    return url


_RESULTS: dict[type[Model], Callable[[_Called, Any], Value | None]] = {
    Bind: lambda call, model: bound(call.interpreter, model, call.args),
    Connect: _connected,
    Schedule: _connected,
    Consume: _consumed,
    Convert: lambda call, model: converted(model, call.args),
    Declare: _as_called,
    Dig: lambda call, model: dug(call.interpreter, model, call.args),
    Give: _given,
    Hold: _as_called,
    Inject: _injected,
    Invoke: _invoked,
    Join: lambda call, model: _joined(call.args, model),
    Key: _keyed,
    Keep: _as_called,
    Make: _client,
    Operation: _connected,
    Operator: _ticking,
    Part: _client,
    Provide: _as_called,
    Query: _answer,
    Shield: lambda call, model: forced(call.argument(model.client)),
    State: _state,
    Ticking: _ticking,
}
