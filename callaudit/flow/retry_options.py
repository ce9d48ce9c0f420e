"""Retries that libraries make: helpers that are handed a function, and options of clients."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow import cost as costs
from callaudit.flow.arguments import argument
from callaudit.flow.callbacks import run_callbacks
from callaudit.flow.client_changes import resent
from callaudit.flow.client_owners import asked, owner_of
from callaudit.flow.effects import Repeated
from callaudit.flow.join import key, truth
from callaudit.flow.records import Retry
from callaudit.flow.retrying import backoff_of
from callaudit.flow.spans import number_of, whole
from callaudit.flow.values import Const, ForeignValue, Lazy, Record, Undefined, Value, forced
from callaudit.libraries.model import Arg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.callbacks import Application
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Client
    from callaudit.libraries.model import Backoff, Invoke, Library, Request, Retrying
    from callaudit.syntax.ir import Call

MOST_DELAYS = 20


def run_again(
    frame: Frame,
    here: Application,
    model: Invoke,
    callbacks: list[Value],
    args: list[Value],
    tree: list[Effect],
    handed: Sequence[Value] = (),
) -> Cost:
    """Run a function that a library calls again while it fails; it is `handed` the same each time."""
    interpreter = frame.interpreter
    most: float = model.most
    why = ""
    for place, more in ((model.more, 1), (model.attempts, 0)):
        value = argument(interpreter, args, place) if place is not None else Undefined()
        if isinstance(value, Undefined):
            continue
        number = number_of(value)
        most = inf if number is None else number + more
        why = "how often it tries is not known" if number is None else ""
    inside: list[Effect] = []
    spent = run_callbacks(frame, here, callbacks, inside, "once", handed, awaited=here.awaited)
    if inside:
        attempts = None if most == inf else int(most)
        found = _waits(interpreter, model.backoff, args, attempts)
        retry = _retry(frame, here.scope, model.mechanism or "retry", here.expr.line, attempts, found, why)
        retries = (retry,) if attempts is None or attempts > 1 else ()
        tree.append(Repeated("loop", here.expr.line, 1, attempts, tuple(inside), "while it fails", retries=retries))
    return costs.repeat(spent, 1, most)


Waits = tuple[tuple[float, ...], bool, str]
"""Delays in milliseconds, whether they are random, and why they are not known."""


def _retry(
    frame: Frame, scope: Scope, mechanism: str, line: int, attempts: int | None, waits: Waits, why: str
) -> Retry:
    delays, jitter, unknown = waits
    return Retry(
        mechanism,
        scope.module,
        line,
        frame.interpreter.qualified(scope.module, scope.function),
        attempts,
        delays,
        "unknown" if unknown else backoff_of(delays, power=len(set(delays)) > 1),
        jitter=jitter,
        why="; ".join(part for part in (why, unknown) if part),
    )


def _waits(interpreter: Interpreter, backoff: Backoff | None, args: Sequence[Value], attempts: int | None) -> Waits:
    if backoff is None:
        return (), False, "its delays are not known"
    first = _told(interpreter, args, backoff.first_at, backoff.first)
    factor = _told(interpreter, args, backoff.factor_at, backoff.factor)
    most = _told(interpreter, args, backoff.most_at, backoff.most)
    if backoff.policy_at is not None and _is_exponential(argument(interpreter, args, backoff.policy_at)):
        first = first or backoff.grown_first if first is not None else None
        factor = _told(interpreter, args, backoff.factor_at, backoff.grown)
        most = _told(interpreter, args, backoff.most_at, backoff.grown_most)
    if first is None or factor is None or most is None:
        return (), backoff.jitter, "its delays are not known"
    jitter = backoff.jitter
    for place in backoff.jitter_at:
        told = truth(argument(interpreter, args, place))
        value = forced(argument(interpreter, args, place))
        jitter = jitter if isinstance(value, Undefined) or told is None else told
    count = min((attempts or MOST_DELAYS + 1) - 1, MOST_DELAYS)
    delays = [min(first * factor**number, most or inf) for number in range(count)]
    return tuple(map(whole, delays)), jitter, ""


def _is_exponential(policy: Value) -> bool:
    """Whether a way of waiting is called exponential: a text, or a member of a library's enumeration."""
    known = forced(policy)
    name = known.value if isinstance(known, Const) else known.path[-1] if isinstance(known, ForeignValue) else ""
    return isinstance(name, str) and "exponential" in name.lower()


def _told(interpreter: Interpreter, args: Sequence[Value], places: Sequence[Arg], default: float) -> float | None:
    """A number that an option gives; `None` where it is given and not known."""
    for place in places:
        value = forced(argument(interpreter, args, place))
        if not isinstance(value, Undefined):
            return number_of(value)
    return default


# --- clients --------------------------------------------------------------------------------------


def make_retrying(frame: Frame, here: Application, model: Retrying, args: list[Value]) -> None:
    """Note that a client tries its requests again from now on."""
    interpreter = frame.interpreter
    client = argument(interpreter, args, model.client)
    owner = owner_of(client)
    if owner is None:
        return
    attempts: int | None = model.most
    why = ""
    for place in model.more:
        value = argument(interpreter, args, place)
        if not isinstance(value, Undefined):
            number = number_of(value)
            attempts = None if number is None else int(number) + 1
            why = "how often it tries is not known" if number is None else ""
    waits = _waits(interpreter, model.backoff, args, attempts)
    retry = _retry(frame, here.scope, "axios-retry", here.expr.line, attempts, waits, why)
    interpreter.retrying.setdefault(key(client), retry)
    interpreter.retrying.setdefault(owner, retry)  # what the same code makes in a run that is not seen here


def retries_of(
    frame: Frame,
    expr: Call,
    scope: Scope,
    library: Library,
    model: Request,
    args: list[Value],
    made_with: Sequence[Value],
    client: Client | None,
) -> tuple[Retry, ...]:
    """The retries that a request's client makes by itself, as far as the code says so."""
    interpreter = frame.interpreter
    noted = interpreter.retrying.get(key(client)) if client is not None else None
    noted = noted or interpreter.retrying.get(asked(library, client))
    if noted is not None:
        return (noted,)
    again = resent(interpreter, library, client)
    if again is not None and (again.file, again.line) != (scope.module, expr.line):
        return (again,)
    for place in model.retry:
        more, line, module = _option(interpreter, args, place, made_with)
        if more is None:
            continue
        attempts = int(more) + 1
        if attempts < 2:
            return ()
        waits: Waits = ((), False, "its delays are the library's own")
        retry = _retry(frame, scope, f"{library.name} retry", expr.line, attempts, waits, "")
        if line:
            retry = replace(retry, line=line, file=module)
        return (retry,)
    return ()


def _option(
    interpreter: Interpreter, args: list[Value], place: Arg, made_with: Sequence[Value]
) -> tuple[float | None, int, str]:
    """How often more an option says, and where it stands."""
    value = argument(interpreter, args, place, made_with)
    owner = _holder(interpreter, args, place, made_with)
    line, module = 0, ""
    if isinstance(owner, Record):
        field = owner.fields.get(place.path.rpartition(".")[2])
        if isinstance(field, Lazy) and field.line and field.scope is not None:
            line, module = field.line, field.scope.module
    known = forced(value)
    if isinstance(known, Record):
        inner = known.fields.get("limit", known.fields.get("retries"))
        return (number_of(inner) if inner is not None else None), line, module
    if isinstance(known, Const) and isinstance(known.value, bool):
        return (0 if not known.value else None), line, module
    return number_of(known), line, module


def _holder(interpreter: Interpreter, args: list[Value], place: Arg, made_with: Sequence[Value]) -> Value:
    return forced(argument(interpreter, args, Arg(place.index, place.path.rpartition(".")[0]), made_with))
