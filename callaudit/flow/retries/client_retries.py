"""Clients that try their requests again: by their options, by default, or since a library was handed them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Effect, Repeated
from callaudit.flow.machine.arguments import argument
from callaudit.flow.requests.client_changes import resent
from callaudit.flow.requests.client_owners import noted_for, owners_of
from callaudit.flow.retries.retry_waits import Waits, computed, retry_of, waits_of
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import UNDEFINED, Closure, Const, Record, Seq, Undefined, Value
from callaudit.libraries.model import Arg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.records import Retry
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Client
    from callaudit.libraries.model import Library, Request, Retrying
    from callaudit.syntax.ir import Call


def make_retrying(frame: Frame, here: Application, model: Retrying, args: list[Value]) -> None:
    """Note that a client tries its requests again from now on."""
    interpreter = frame.interpreter
    owners = owners_of(argument(interpreter, args, model.client))
    if not owners:
        return
    attempts: int | None = model.most
    why = ""
    for place in model.more:
        value = argument(interpreter, args, place)
        if not isinstance(value, Undefined):
            number = number_of(value)
            attempts = None if number is None else int(number) + 1
            why = "how often it tries is not known" if number is None else ""
    waits = waits_of(interpreter, model.backoff, args, attempts)
    retry = retry_of(frame, here.scope, "axios-retry", here.expr.line, attempts, waits, why)
    for owner in owners:
        interpreter.noted.retrying.setdefault(owner, retry)


class Asked(Struct, frozen=True):
    """A call that sends a request: what a library is asked, with what its client was made with."""

    expr: Call
    scope: Scope
    library: Library
    model: Request
    args: list[Value]
    made_with: Sequence[Value]
    client: Client | None


def tried_again(frame: Frame, call: Asked, methods: frozenset[str], sent: Effect, spent: Cost) -> tuple[Effect, Cost]:
    """A request and its cost with the attempts that its client makes by itself, as far as the code says so.

    What a function that the client is handed sends again is a request of its own, which counts where it is sent.
    """
    interpreter, scope, line = frame.interpreter, call.scope, call.expr.line
    retry = noted_for(interpreter.noted.retrying, call.library, call.client)
    if retry is None:
        again = resent(interpreter, call.library, call.client)
        if again is not None and (again.file, again.line) != (scope.module, line):
            return Repeated("loop", line, 1, 1, (sent,), retries=(again,)), spent
        retry = _by_options(frame, call, methods)
    if retry is None:
        return sent, spent
    most = inf if retry.attempts is None else retry.attempts
    repeated = Repeated("loop", line, 1, retry.attempts, (sent,), "while it fails", retries=(retry,))
    return repeated, costs.repeat(spent, 1, most)


def _by_options(frame: Frame, call: Asked, methods: frozenset[str]) -> Retry | None:
    """What the options of a request or of its client say, or the library does where they say nothing."""
    model, interpreter = call.model, frame.interpreter
    more: float = model.retries
    told = Told(None, 0, "", UNDEFINED)
    for place in model.retry:
        found = _option(interpreter, call.args, place, call.made_with)
        if found.given:
            told = found
            more = found.more if found.more is not None else model.retries
            break
    only = _methods(told.options, () if model.told_for_all and told.more is not None else model.retried)
    if more < 1 or (only and methods and not methods & only and not any("{" in one for one in methods)):
        return None
    waits = Waits(why="its delays are the library's own")
    waiting = (
        forced(told.options.fields["delay"])
        if isinstance(told.options, Record) and "delay" in told.options.fields
        else None
    )
    if isinstance(waiting, Closure):
        waits = computed(interpreter, waiting, int(more), 1)
    elif model.backoff is not None and _waits_as_usual(told.options):
        backoff = replace(model.backoff, most=_most_wait(told.options))
        waits = waits_of(interpreter, backoff, call.args, int(more) + 1, call.made_with)
    line, file = (told.line, told.file) if told.line else _made_at(call)
    why = "" if told.more is not None else f"the default of {call.library.name}"
    retry = retry_of(frame, call.scope, f"{call.library.name} retry", line, int(more) + 1, waits, why)
    return replace(retry, file=file)


def _made_at(call: Asked) -> tuple[int, str]:
    """Where the options of a client begin whose own are not told; the call where it has none."""
    for value in call.made_with:
        known = forced(value)
        for field in known.fields.values() if isinstance(known, Record) else ():
            if isinstance(field, Lazy) and field.line and field.scope is not None:
                return field.line, field.scope.module
    return call.expr.line, call.scope.module


def _methods(options: Value, usual: Sequence[str]) -> frozenset[str]:
    """The HTTP methods that are tried again; none where that is not known."""
    value = forced(options.fields["methods"]) if isinstance(options, Record) and "methods" in options.fields else None
    if value is None:
        return frozenset(usual)
    named = [forced(item) for item in value.items] if isinstance(value, Seq) and not value.open else []
    return frozenset(str(item.value).upper() for item in named if isinstance(item, Const))


def _waits_as_usual(options: Value) -> bool:
    """Whether no function says how long it waits: got's `calculateDelay`, ky's `delay`."""
    return not isinstance(options, Record) or not {"calculateDelay", "delay"} & set(options.fields)


def _most_wait(options: Value) -> float:
    """How long it waits at the most; 0 where nothing says so."""
    value = options.fields.get("backoffLimit") if isinstance(options, Record) else None
    return (number_of(value) if value is not None else None) or 0


class Told(Struct, frozen=True):
    """How often more an option says (None: it does not), where it stands, and the object that it is."""

    more: float | None
    line: int
    file: str
    options: Value
    given: bool = False


def _option(interpreter: Interpreter, args: list[Value], place: Arg, made_with: Sequence[Value]) -> Told:
    """What an option says of trying again."""
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
        return Told(number_of(inner) if inner is not None else None, line, module, known, given=True)
    if isinstance(known, Const) and isinstance(known.value, bool):
        return Told(None if known.value else 0, line, module, known, given=True)
    number = number_of(known)
    return Told(number, line, module, known, given=number is not None)


def _holder(interpreter: Interpreter, args: list[Value], place: Arg, made_with: Sequence[Value]) -> Value:
    return forced(argument(interpreter, args, Arg(place.index, place.path.rpartition(".")[0]), made_with))
