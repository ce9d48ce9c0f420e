"""Queries of client libraries: a function is asked when a hook is mounted, and again and again after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.states import with_state
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import USER, Choice, Effect, Repeated
from callaudit.flow.effects.records import Trigger
from callaudit.flow.effects.words import words
from callaudit.flow.lists.most import most_items
from callaudit.flow.machine.arguments import argument
from callaudit.flow.machine.callbacks import CALLED_LATER, add_rounds, closures_in, run_callbacks
from callaudit.flow.machine.static import unknown_arguments
from callaudit.flow.queries.query_answers import key_of
from callaudit.flow.queries.query_defaults import layers
from callaudit.flow.queries.query_keys import is_no_key, parts_of_key
from callaudit.flow.queries.query_marks import Asked, guarded, trigger_of
from callaudit.flow.queries.query_retries import retry_of
from callaudit.flow.queries.query_settings import Settings, options_among
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Client, Closure, ForeignValue, OneOf, Record, Seq, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Library, Query

    Running = Callable[[list[Effect]], Cost]

MOST_QUERIES = 32
QUERY = "query"
PARAMS = "params"
SKIP = "skipToken"


def run_query(
    frame: Frame, here: Application, library: Library, model: Query, args: list[Value], tree: list[Effect]
) -> Cost:
    """Run what a query asks, once, marked with what asks it again."""
    if model.how == "mutation":
        return _mutation(frame, here, library, model, args, tree)
    if model.how == "list":
        return _list(frame, here, library, model, args, tree)
    args = _resolved(frame, args)
    asked = asked_of(frame, here, model, args)
    function = _function(frame, model, args, asked.settings)
    function = _unless_skipped(function, asked) if function is not None else None
    if function is None:
        return costs.NONE
    if model.handed == "key":
        return _keyed(frame, here, library, model, asked, function, tree)
    given = _handed(frame.interpreter, model, asked, function)
    return repeat(frame, here, library, model, asked, lambda inside: ask(frame, here, function, given, inside), tree)


def _handed(interpreter: Interpreter, model: Query, asked: Asked, function: Value) -> list[Value]:
    """What the function of a query is handed."""
    if model.handed != PARAMS:
        return [Record({"queryKey": asked.key if asked.key is not None else UNDEFINED}, open=True)]
    told = forced(asked.settings.own.fields.get("defaultParams", UNDEFINED))
    if isinstance(told, Seq):
        return list(told.items)
    known = forced(function)
    return unknown_arguments(interpreter, known) if isinstance(known, Closure) else []


def asked_of(frame: Frame, here: Application, model: Query, args: Sequence[Value]) -> Asked:
    """What is known of a query beside its function: its key and its options."""
    interpreter = frame.interpreter
    key = key_of(interpreter, model, args)
    parts = parts_of_key(key)
    given = [args[place.index] for place in model.options if place.index < len(args)]
    own = options_among([with_state(interpreter, value) for value in given])
    found = layers(interpreter, model.defaults, model.of, here.scope.module, parts) if model.defaults else []
    return Asked(model, Settings(interpreter, here, own, found), key, parts)


def _resolved(frame: Frame, args: list[Value]) -> list[Value]:
    """Arguments of which the first may be a function that gives the options, as Solid, Svelte and Angular have it."""
    first = forced(args[0]) if args else UNDEFINED
    if isinstance(first, Closure) and not frame.interpreter.function(first.module, first.index).params:
        given = forced(frame.interpreter.apply(first, []))
        if isinstance(given, Record) and any(name in given.fields for name in ("queryFn", "mutationFn", "queries")):
            return [given, *args[1:]]
    return args


def _function(frame: Frame, model: Query, args: Sequence[Value], settings: Settings) -> Value | None:
    """The function that is asked: the call's own, or the one that is set for all queries."""
    for place in model.functions:
        value = argument(frame.interpreter, args, place)
        if _is_function(value):
            return value
    default = settings.find("fetcher" if model.handed == "key" else "queryFn")
    return forced(default.value) if default is not None and _is_function(default.value) else None


def _unless_skipped(function: Value, asked: Asked) -> Value | None:
    """What is asked where it is not `skipToken`, with which a query of TanStack 5 is not asked.

    https://tanstack.com/query/v5/docs/framework/react/guides/disabling-queries
    """
    known = forced(function)
    ways = known.values if isinstance(known, OneOf) else (known,)
    kept = [way for way in ways if not _is_skipped(forced(way))]
    asked.optional = asked.optional or (0 < len(kept) < len(ways))
    return (function if len(kept) == len(ways) else join(kept)) if kept else None


def _is_skipped(value: Value) -> bool:
    return isinstance(value, ForeignValue) and value.args is None and value.path[-1:] == (SKIP,)


def _is_function(value: Value) -> bool:
    known = forced(value)
    if isinstance(known, OneOf):
        return any(_is_function(item) for item in known.values)
    if isinstance(known, Unknown):
        return known.receiver is not None and isinstance(forced(known.receiver), Client)
    return isinstance(known, (Closure, Client)) or (
        isinstance(known, ForeignValue) and (known.args is None or bool(closures_in(known, wrapped=True)))
    )


def ask(frame: Frame, here: Application, function: Value, given: Sequence[Value], tree: list[Effect]) -> Cost:
    """Run the function that a query asks."""
    from callaudit.flow.machine.apply import applied

    known = forced(function)
    if isinstance(known, OneOf):
        known = next((item for item in known.values if _is_function(item)), known)
    if isinstance(known, Closure):
        return run_callbacks(frame, here, [known], tree, "once", given, awaited=here.awaited)
    return applied(frame, here, known, list(given), tree)


def repeat(
    frame: Frame, here: Application, library: Library, model: Query, asked: Asked, run: Running, tree: list[Effect]
) -> Cost:
    """Add what `run` does to `tree`, behind what keeps the answer and marked with what asks again."""
    inside: list[Effect] = []
    spent = run(inside)
    if not inside:
        return costs.NONE
    interpreter = frame.interpreter
    retry = retry_of(interpreter, asked.settings, model.names, f"{library.name} retry")
    trigger = trigger_of(interpreter, here, asked)
    body = guarded(interpreter, here, asked, inside)
    whole = Repeated(QUERY, here.expr.line, 1, 1, body, trigger=trigger, retries=(retry,) if retry else ())
    if not asked.certain():
        tree.append(Choice(here.expr.line, ((asked.condition(), (whole,)),)))
        return costs.maybe(spent)
    tree.append(whole)
    return spent


def _keyed(
    frame: Frame, here: Application, library: Library, model: Query, asked: Asked, function: Value, tree: list[Effect]
) -> Cost:
    """A fetcher that is handed the key: without a key it is not asked."""
    key = forced(asked.key) if asked.key is not None else UNDEFINED
    ways = key.values if isinstance(key, OneOf) else (key,)
    kept = [way for way in ways if not is_no_key(way)]
    if not kept:
        return costs.NONE
    asked.optional = len(kept) < len(ways)
    handed = kept[0] if len(kept) == 1 else OneOf(tuple(kept))
    known = forced(function)
    spread = isinstance(known, Closure) and len(frame.interpreter.function(known.module, known.index).params) > 1
    given = list(handed.items) if isinstance(handed, Seq) and spread else [handed]  # SWR 1 hands over the items
    return repeat(frame, here, library, model, asked, lambda inside: ask(frame, here, function, given, inside), tree)


def _either_list(listed: OneOf) -> Value:
    """One of several lists, `(ids ?? []).map(…)`, as one of which it is not known how long it is."""
    lists = [one for one in map(forced, listed.values) if isinstance(one, Seq)]
    filled = [one for one in lists if one.items]
    if len(filled) == 1 and len(lists) == len(listed.values):
        return Seq(filled[0].items, open=True, most=most_items(filled[0]))
    return listed


def _list(
    frame: Frame, here: Application, library: Library, model: Query, args: list[Value], tree: list[Effect]
) -> Cost:
    """Several queries: one for each item of a list that is written down, or of data."""
    from msgspec.structs import replace

    args = _resolved(frame, args)
    whole = forced(args[0]) if args else UNDEFINED
    listed = forced(whole.fields["queries"]) if isinstance(whole, Record) and "queries" in whole.fields else whole
    if isinstance(listed, OneOf):
        listed = _either_list(listed)
    if not isinstance(listed, Seq):
        place = here.scope.module, here.expr.line
        frame.interpreter.gap(*place, words(here.expr.callee), "the list of its queries is not known")
        return costs.NONE
    one = replace(model, how="once")
    inside: list[Effect] = []
    total = costs.NONE
    if len(listed.items) > MOST_QUERIES:
        why = f"of {len(listed.items)} queries only the first {MOST_QUERIES} are followed"
        frame.interpreter.gap(here.scope.module, here.expr.line, words(here.expr.callee), why)
    for item in listed.items[:MOST_QUERIES]:
        total = costs.add(total, run_query(frame, here, library, one, [item], inside))
    if not inside:
        return costs.NONE
    if listed.open:
        most = most_items(listed)
        return add_rounds(Repeated("items", here.expr.line, 0, most, tuple(inside), "the list of queries"), total, tree)
    tree.extend(inside)
    return total


def _mutation(
    frame: Frame, here: Application, library: Library, model: Query, args: list[Value], tree: list[Effect]
) -> Cost:
    """Functions that run when something happens: the mutation, and what is called back about it."""
    args = _resolved(frame, args)
    interpreter = frame.interpreter
    asked = asked_of(frame, here, model, args)
    functions: list[Value] = []
    for place in model.functions:
        value = argument(interpreter, args, place)
        if _is_function(value):
            functions.append(value)
            break
    functions += [value for value in asked.settings.own.fields.values() if may_hold(value) and _is_called_back(value)]
    given = [asked.key] if model.handed == "key" and asked.key is not None else []
    inside: list[Effect] = []
    spent = costs.NONE
    for function in {id(forced(function)): function for function in functions}.values():
        spent = costs.add(spent, ask(frame, here, function, given, inside))
    if not inside:
        return costs.NONE
    settings = asked.settings
    retry = retry_of(interpreter, settings, model.names, f"{library.name} retry")
    trigger = Trigger("event", model.mechanism, here.scope.module, here.expr.line, settings.function)
    whole = Repeated(USER, here.expr.line, 1, 1, tuple(inside), trigger=trigger, retries=(retry,) if retry else ())
    tree.append(Choice(here.expr.line, ((CALLED_LATER, (whole,)),)))
    return costs.acted(spent)


def _is_called_back(value: Value) -> bool:
    return isinstance(forced(value), Closure)
