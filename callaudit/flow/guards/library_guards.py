"""Guards that libraries are: queues and limits that run what they are handed, caches around a function."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Effect, Guarded
from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.guards.cache_stores import times_kept
from callaudit.flow.guards.heeded_limits import is_heeded
from callaudit.flow.guards.lifetimes import made_times
from callaudit.flow.reading.bound import Local, TopLevel
from callaudit.flow.reading.use_sites import is_constant, key_words
from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Client, Const, ForeignValue, Record, Value
from callaudit.libraries.model import Keep, Quiet
from callaudit.libraries.paces import WORDS, pace_of
from callaudit.libraries.registry import exported
from callaudit.syntax.ir import Call, Expr, Member, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.bound import Bound
    from callaudit.libraries.model import Arg, Invoke, Library

PACED = frozenset({"minTime", "reservoir"})
"""Options with which bottleneck limits how often something starts, not only how much runs at once."""
MOST_SHOWN = 4


def under_control(
    frame: Frame, here: Application, library: Library, model: Invoke, client: Client | None, inside: list[Effect]
) -> list[Effect]:
    """What a queue or limit runs, behind it."""
    if not model.guard or not inside:
        return inside
    callee = here.expr.callee
    owner = callee.obj if isinstance(callee, Member) else callee
    owner = _limit_of(frame.interpreter, callee, here.scope) if model.made else owner
    place = Place(here.scope, owner, here.expr.line)
    return [Guarded(_limit(frame.interpreter, library, model.guard, client, place), tuple(inside))]


class Place(NamedTuple):
    """Where a limit is used: in which scope, what it is called there, and the line."""

    scope: Scope
    owner: Expr
    line: int


def _limit(interpreter: Interpreter, library: Library, kind: str, client: Client | None, place: Place) -> Guard:
    """The guard that a queue or limit is."""
    settings = _settings(client)
    kind = "limiter" if PACED & settings.keys() else kind
    scope = place.scope
    file, line = declared_at(interpreter, place.owner, scope) or (scope.module, place.line)
    pace = pace_of(settings)
    shown = ", ".join(f"{name} {show(value)}" for name, value in list(settings.items())[:MOST_SHOWN])
    name = interpreter.qualified(scope.module, scope.function)
    also = (place.line,) if file == scope.module and line != place.line else ()
    word = kind if library.name == "limits" else library.name
    mechanism = f"{word} ({shown})" if shown else word
    guard = Guard(kind, mechanism, file, line, name, scope="shared", store="process", also=also)
    return replace(guard, concurrency=pace.concurrency, per_second=pace.per_second)


def waited_for(interpreter: Interpreter, call: Call, scope: Scope) -> Guard | None:
    """The limit of a library for whose turn a call waits: `semaphore.acquire()`."""
    callee = call.callee
    if not isinstance(callee, Member):
        return None
    owner = forced(interpreter.evaluate(callee.obj, scope))
    if not isinstance(owner, Client):
        return None
    model = owner.library.clients.get(owner.kind, {}).get(callee.prop)
    if not isinstance(model, Quiet) or not model.turn:
        return None
    if model.allows and not is_heeded(interpreter, call, model.allows, scope):
        return None
    guard = _limit(interpreter, owner.library, model.turn, owner, Place(scope, callee.obj, call.line))
    return replace(guard, store=model.store, scope="per-key" if model.keyed else guard.scope)


def _limit_of(interpreter: Interpreter, callee: Expr, scope: Scope) -> Expr:
    """The queue or limit that a function was wrapped in, which others are too: `limiter` of `limiter.wrap(load)`."""
    meaning = interpreter.stores.bindings.meaning(callee.id, scope) if isinstance(callee, Name) else None
    given: Sequence[Bound] = ()
    if isinstance(meaning, TopLevel):
        given = interpreter.stores.bindings.declared(meaning.module, meaning.name)
    elif isinstance(meaning, Local):
        given = meaning.values
    made = given[0][0] if len(given) == 1 else None
    if not isinstance(made, Call):
        return callee
    return made.callee.obj if isinstance(made.callee, Member) else made.callee


def _settings(client: Client | None) -> dict[str, float]:
    """The numbers that a queue or limit was made with."""
    found: dict[str, float] = {}
    for value in client.args[:2] if client is not None else ():
        known = forced(value)
        if isinstance(known, Const) and isinstance(known.value, int):
            found["concurrency"] = known.value
        for name, field in known.fields.items() if isinstance(known, Record) else ():
            number = forced(field)
            if isinstance(number, Const) and isinstance(number.value, (int, float)):
                found[name] = number.value
            elif isinstance(number, Const) and name == "interval" and number.value in WORDS:
                found[name] = WORDS[str(number.value)]
    return found


def declared_at(interpreter: Interpreter, expr: Expr, scope: Scope) -> tuple[str, int] | None:
    """Where the variable or field is declared that `expr` names."""
    if isinstance(expr, Call):
        return scope.module, expr.line
    if isinstance(expr, Name):
        meaning = interpreter.stores.bindings.meaning(expr.id, scope)
        if isinstance(meaning, TopLevel):
            binding = interpreter.program.modules[meaning.module].bindings.get(meaning.name)
            return (meaning.module, binding.line) if binding is not None else None
        return (meaning.scope.module, meaning.line) if isinstance(meaning, Local) else None
    if isinstance(expr, Member):
        found = interpreter.stores.property(expr, scope, changes=False)
        return (found.file, found.line) if found is not None and found.line else None
    return None


# --- caches around a function -------------------------------------------------------------------


def behind_kept(
    frame: Frame, here: Application, target: ForeignValue, inside: list[Effect], tree: list[Effect], spent: Cost
) -> Cost:
    """What a function does that a library keeps the answers of."""
    found = exported(target.package, target.path)
    model = found[1] if found is not None else None
    if not isinstance(model, Keep) or not inside:
        tree.extend(inside)
        return spent
    interpreter = frame.interpreter
    args = list(target.args or ())
    file, line = declared_at(interpreter, here.expr.callee, here.scope) or (here.scope.module, here.expr.line)
    ttl, why, said = _kept_for(interpreter, args, model.ttl, model.unit)
    also = (said[1],) if said is not None and said[0] == file and said[1] != line else ()
    key, shared = _key(interpreter, args, model.keyed, here)
    name = interpreter.qualified(here.scope.module, here.scope.function)
    scope = "shared" if shared else "per-key"
    guard = Guard(model.guard, _named(target), file, line, name, ttl, scope, model.store, key, why, also)
    tree.append(Guarded(guard, tuple(inside)))
    return costs.maybe(spent)


def _named(target: ForeignValue) -> str:
    """What a reader calls an export: the default one is called as its package."""
    return target.path[-1] if target.path and target.path[-1] != "default" else target.package


def _kept_for(
    interpreter: Interpreter, args: list[Value], places: tuple[Arg, ...], unit: float
) -> tuple[tuple[Span, ...], str, tuple[str, int] | None]:
    for place in places:
        if place.index >= len(args):
            continue
        value = args[place.index]
        if place.path:
            record = forced(value)
            field = record.fields.get(place.path) if isinstance(record, Record) else None
            if field is None:
                continue
            value = field
        store = forced(value)
        if isinstance(store, ForeignValue):  # a store that the library is handed says how long
            return made_times(interpreter, store), "", None
        found = times_kept(interpreter, value, unit)
        said = (value.scope.module, value.line) if isinstance(value, Lazy) and value.scope and value.line else None
        return found.spans, "" if found.spans else found.why, said
    return (), "", None


def _key(interpreter: Interpreter, args: list[Value], keyed: Arg | None, here: Application) -> tuple[str, bool]:
    """The key of a kept function in words, and whether it is the same for everyone: so without arguments."""
    fixed = not here.expr.args
    if keyed is None or keyed.index >= len(args):
        return ", ".join(key_words(interpreter, arg, here.scope) for arg in here.expr.args[:3]), fixed
    given = args[keyed.index]
    if isinstance(given, Lazy) and given.expr is not None and given.scope is not None:
        items = getattr(given.expr, "items", (given.expr,))
        words = ", ".join(key_words(interpreter, item, given.scope) for item in items[:4])
        return words, fixed and all(is_constant(interpreter, item, given.scope) for item in items)
    return "", fixed
