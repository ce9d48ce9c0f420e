"""Endpoints of an API object that makes a hook for each: `createApi({ baseQuery, endpoints })` of RTK Query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.apps.apps import app_of
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import USER, Called, Choice, Repeated
from callaudit.flow.effects.records import Retry, Trigger
from callaudit.flow.machine.callbacks import CALLED_LATER, Application, Step, run_callbacks
from callaudit.flow.machine.static import unknown_arguments
from callaudit.flow.queries.queries import QUERY as ASKED_AGAIN
from callaudit.flow.queries.queries import repeat
from callaudit.flow.queries.query_defaults import Layer
from callaudit.flow.queries.query_keys import parts_of_key
from callaudit.flow.queries.query_marks import Asked
from callaudit.flow.queries.query_settings import Settings, options_among
from callaudit.flow.requests.requests import send
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import (
    UNDEFINED,
    Client,
    Closure,
    Const,
    ForeignValue,
    OneOf,
    Record,
    Seq,
    Undefined,
    Unknown,
    Value,
)
from callaudit.libraries.tables.rtk_query import (
    BASE,
    FIRST_DELAY,
    LIBRARY,
    MOST_RETRIES,
    OF_API,
    OF_ENDPOINT,
    QUERY,
)
from callaudit.syntax.ir import Call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter

PROVIDES, INVALIDATES = "providesTags", "invalidatesTags"
DIRECT = {"useQuery": "query", "useLazyQuery": "lazy", "useMutation": "mutation", "initiate": "call"}
DIRECT |= {"useQuerySubscription": "query", "useLazyQuerySubscription": "lazy", "useInfiniteQuery": "query"}
MOST_DELAYS = 10


class Asking(Struct, frozen=True, eq=False):
    """One use of an endpoint: of which API, under which name, how (`query`, `lazy`, `mutation`, `call`)."""

    api: Client
    name: str
    how: str
    value: Value


def is_api(value: Value) -> bool:
    """Whether `value` is an API object."""
    return isinstance(value, Client) and value.kind == "api" and value.library is LIBRARY


def asked_by(interpreter: Interpreter, receiver: Value, name: str) -> Asking | None:
    """The endpoint that `receiver.name(…)` asks: `api.useGetXQuery`, or `api.endpoints.getX.useQuery`."""
    known = forced(receiver)
    if isinstance(known, Client):
        return _by_hook(interpreter, known, name) if is_api(known) else None
    if name not in DIRECT or not isinstance(known, Unknown) or known.receiver is None:
        return None
    all_ = forced(known.receiver)
    if not isinstance(all_, Unknown) or all_.name != "endpoints" or all_.receiver is None:
        return None
    api = forced(all_.receiver)
    if not isinstance(api, Client) or not is_api(api):
        return None
    value = endpoints(interpreter, api).get(known.name)
    return Asking(api, known.name, DIRECT[name], value) if value is not None else None


def _by_hook(interpreter: Interpreter, api: Client, hook: str) -> Asking | None:
    if not hook.startswith("use"):
        return None
    for name, value in endpoints(interpreter, api).items():
        title = name[:1].upper() + name[1:]
        for spelled, how in (
            (f"use{title}Query", "query"),
            (f"use{title}QuerySubscription", "query"),
            (f"use{title}InfiniteQuery", "query"),
            (f"useLazy{title}Query", "lazy"),
            (f"useLazy{title}QuerySubscription", "lazy"),
            (f"use{title}Mutation", "mutation"),
        ):
            if hook == spelled:
                return Asking(api, name, how, value)
    return None


def endpoints(interpreter: Interpreter, api: Client) -> dict[str, Value]:
    """The endpoints of an API, those that are injected later included."""
    found: dict[str, Value] = {}
    for arg in reversed(api.args):
        whole = forced(arg)
        value = forced(whole.fields["endpoints"]) if isinstance(whole, Record) and "endpoints" in whole.fields else None
        if isinstance(value, Closure):
            value = forced(interpreter.apply(value, [Client(LIBRARY, "builder", (), "builder")]))
        if isinstance(value, Record):
            found.update({name: item for name, item in value.fields.items() if _options(item) is not None})
    return found


def _options(endpoint: Value) -> Record | None:
    known = forced(endpoint)
    if isinstance(known, Client) and known.library is LIBRARY and known.args:
        options = forced(known.args[0])
        return options if isinstance(options, Record) else None
    return None


def run_endpoint(
    frame: Frame, here: Application, asking: Asking, hook: str, args: list[Value], tree: list[Effect]
) -> Cost:
    """Run an endpoint as a hook does that is mounted, or as its trigger does when it is called."""
    options = _options(asking.value)
    if options is None:
        return costs.NONE
    if asking.how == "call":
        return _send(frame, here, asking, options, args[0] if args else UNDEFINED, tree)
    if asking.how in ("mutation", "lazy"):
        return _triggered(frame, here, asking, options, hook, tree)
    given, optional = _given(args[0] if args else UNDEFINED)
    key = Seq((Const(asking.name), given))
    settings = _settings(frame, here, asking, options, args)
    asked = Asked(replace(QUERY, mechanism=hook), settings, key, parts_of_key(key))
    asked.optional = optional
    provided = _tags(frame, options, PROVIDES)
    asked.notes = ((PROVIDES, ", ".join(provided)),) if provided else ()
    return repeat(
        frame,
        here,
        LIBRARY,
        asked.model,
        asked,
        lambda inside: _send(frame, here, asking, options, given, inside),
        tree,
    )


def _given(value: Value) -> tuple[Value, bool]:
    """The argument of a query, and whether it may be told to skip."""
    known = forced(value)
    if isinstance(known, OneOf):
        kept = [item for item in known.values if not _is_skip(item)]
        return (join(kept) if len(kept) < len(known.values) else value), len(kept) < len(known.values)
    return (UNDEFINED, True) if _is_skip(known) else (value, False)


def _is_skip(value: Value) -> bool:
    return isinstance(value, ForeignValue) and value.path[-1:] in (("skipToken",), ("skipSelector",))


def _settings(frame: Frame, here: Application, asking: Asking, options: Record, args: Sequence[Value]) -> Settings:
    """The options of one use of an endpoint: its own, the endpoint's, those of the whole API."""
    module = here.scope.module
    app = app_of(frame.interpreter, module)
    layers = [Layer(_heeded(options, OF_ENDPOINT), module, here.expr.line, app, (asking.name,))]
    layers += [
        Layer(_heeded(whole, OF_API), module, here.expr.line, app)
        for arg in asking.api.args
        if isinstance(whole := forced(arg), Record)
    ]
    return Settings(frame.interpreter, here, options_among(args[1:2]), layers)


def _heeded(options: Record, names: tuple[str, ...]) -> Record:
    """Of `options` those that count where they are given."""
    return Record({name: options.fields[name] for name in names if name in options.fields})


def _triggered(frame: Frame, here: Application, asking: Asking, options: Record, hook: str, tree: list[Effect]) -> Cost:
    """What happens when the function is called that a hook gives."""
    query = forced(options.fields.get("query", options.fields.get("queryFn", UNDEFINED)))
    unknown = unknown_arguments(frame.interpreter, query) if isinstance(query, Closure) else []
    inside: list[Effect] = []
    spent = _send(frame, here, asking, options, unknown[0] if unknown else UNDEFINED, inside)
    if not inside:
        return costs.NONE
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    tags = _tags(frame, options, INVALIDATES)
    settings = ((INVALIDATES, ", ".join(tags)),) if tags else ()
    trigger = Trigger("event", hook, here.scope.module, here.expr.line, function, settings=settings)
    whole = Repeated(USER, here.expr.line, 1, 1, tuple(inside), trigger=trigger)
    tree.append(Choice(here.expr.line, ((CALLED_LATER, (whole,)),)))
    return costs.acted(spent)


def _tags(frame: Frame, options: Record, name: str) -> tuple[str, ...]:
    """The types of the tags that an endpoint provides or invalidates."""
    value = forced(options.fields.get(name, UNDEFINED))
    if isinstance(value, Closure):
        value = forced(frame.interpreter.apply(value, unknown_arguments(frame.interpreter, value)))
    found: dict[str, None] = {}
    for one in value.values if isinstance(value, OneOf) else (value,):
        for item in one.items if isinstance(one, Seq) else ():
            tag = forced(item)
            kind = forced(tag.fields.get("type", UNDEFINED)) if isinstance(tag, Record) else tag
            if isinstance(kind, Const) and isinstance(kind.value, str):
                found[kind.value] = None
    return tuple(found)


def _send(frame: Frame, here: Application, asking: Asking, options: Record, given: Value, tree: list[Effect]) -> Cost:
    """Send what an endpoint sends, from the place where it is written."""
    lazy = asking.value
    place = here
    if isinstance(lazy, Lazy) and isinstance(lazy.expr, Call) and lazy.scope is not None:
        place = Application(lazy.expr, lazy.scope, here.awaited)
    base = _base(asking.api)
    inside: list[Effect] = []
    if "queryFn" in options.fields:
        handed = [given, Unknown("api"), Unknown("options"), base]
        spent = run_callbacks(frame, place, [options.fields["queryFn"]], inside, "once", handed)
    else:
        query = forced(options.fields.get("query", UNDEFINED))
        value = frame.interpreter.apply(query, [given]) if isinstance(query, Closure) else given
        spent = _by_base(frame, place, base, forced(value), inside)
    if not inside:
        return costs.NONE
    file, line = place.scope.module, place.expr.line
    tree.append(Called(asking.name, here.scope.module, here.expr.line, file, line, tuple(inside)))
    return costs.through(spent, Step(asking.name, file, line, here.scope.module, here.expr.line))


def _base(api: Client) -> Value:
    """The function through which the endpoints of an API send."""
    for arg in api.args:
        whole = forced(arg)
        if isinstance(whole, Record) and "baseQuery" in whole.fields:
            return whole.fields["baseQuery"]
    return UNDEFINED


def _by_base(frame: Frame, place: Application, base: Value, value: Value, tree: list[Effect]) -> Cost:
    from callaudit.flow.machine.apply import applied

    known = forced(base)
    if isinstance(known, OneOf):
        known = next((one for one in known.values if isinstance(one, (Client, Closure))), known)
    if isinstance(known, Client) and known.library is LIBRARY and known.kind == "base-query":
        return send(frame, place.expr, place.scope, LIBRARY, BASE, [value], known.args, tree, known)
    if isinstance(known, Client) and known.library is LIBRARY and known.kind == "retried":
        return run_retried(frame, place, known, value, tree)
    if isinstance(known, Closure):
        return run_callbacks(frame, place, [known], tree, "once", [value])
    return costs.NONE if isinstance(known, Undefined) else applied(frame, place, known, [value], tree)


def run_retried(frame: Frame, place: Application, retried: Client, value: Value, tree: list[Effect]) -> Cost:
    """`retry(baseQuery, { maxRetries })`: the same again while it fails."""
    inside: list[Effect] = []
    spent = _by_base(frame, place, retried.args[0] if retried.args else UNDEFINED, value, inside)
    if not inside:
        return costs.NONE
    options = forced(retried.args[1]) if len(retried.args) > 1 else UNDEFINED
    told = options.fields.get("maxRetries") if isinstance(options, Record) else None
    number = number_of(told) if told is not None else MOST_RETRIES
    written = isinstance(told, Lazy) and told.scope is not None
    delays = [FIRST_DELAY * 2**n for n in range(1, int(number if number is not None else MOST_RETRIES) + 1)]
    retry = Retry(
        "rtk-query retry",
        told.scope.module if written else place.scope.module,  # type: ignore[union-attr]
        told.line if written else place.expr.line,  # type: ignore[union-attr]
        frame.interpreter.qualified(place.scope.module, place.scope.function),
        None if number is None else int(number) + 1,
        tuple(delays[:MOST_DELAYS]) if number is not None else (),
        "exponential",
        jitter=True,
        why="the number of retries is not known" if number is None else "",
    )
    tree.append(Repeated(ASKED_AGAIN, place.expr.line, 1, 1, tuple(inside), retries=(retry,)))
    return spent
