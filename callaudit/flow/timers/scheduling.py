"""Note what schedulers and queues are told while code runs: jobs, and what repeats them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.registrations import Repeating, Scheduled
from callaudit.flow.effects.words import words
from callaudit.flow.machine.arguments import argument
from callaudit.flow.timers.recurrence_rules import ruled
from callaudit.flow.timers.schedule_options import OPTIONS, TEXTS, settings_of
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Const, Record, Seq, Undefined, Value
from callaudit.libraries.model import Arg, Schedule
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Client
    from callaudit.libraries.model import Repeat

MOST_OPTIONS = 6
MOST_JOBS = 60

Setting = tuple[str, str]


def note_schedule(
    frame: Frame, here: Application, model: Schedule | Repeat, args: list[Value], client: Client | None
) -> None:
    """Remember a job that `here` sets up, once for each place and callback."""
    made_with = client.args if client is not None else ()
    if isinstance(model, Schedule):
        for job in _jobs(frame.interpreter, model, args):
            _note_job(frame, here, model, job, made_with)
    else:
        _note_repetition(frame, here, model, args, made_with)


def _jobs(interpreter: Interpreter, model: Schedule, args: list[Value]) -> list[list[Value]]:
    """The arguments of each job: those of the call, or the items of a list among them."""
    if model.among is None:
        return [args]
    listed = forced(argument(interpreter, args, model.among))
    return [[item] for item in listed.items[:MOST_JOBS]] if isinstance(listed, Seq) else []


def _note_job(frame: Frame, here: Application, model: Schedule, args: list[Value], made_with: Sequence[Value]) -> None:
    interpreter = frame.interpreter
    callback = argument(interpreter, args, model.callback)
    for other in model.callbacks:
        callback = argument(interpreter, args, other) if isinstance(forced(callback), Undefined) else callback
    last = model.callback.index if model.callback.index >= 0 else len(args) + model.callback.index
    where = Arg(last - 1) if model.before else model.when
    if where == Arg(last):
        return  # an expression alone: it is only parsed
    if model.makes and isinstance(forced(callback), Record):
        return  # options alone: the job is given its callback later
    when, unit, mechanism = given(interpreter, args, where, made_with), model.unit, model.mechanism
    if model.otherwise is not None and isinstance(forced(when), Undefined):
        when, unit, mechanism = argument(interpreter, args, model.otherwise), "unknown", "queue"
    job = Scheduled(
        callback,
        ruled(interpreter, when),
        mechanism,
        unit,
        here.scope.module,
        here.expr.line,
        _written(here, model),
        interpreter.qualified(here.scope.module, here.scope.function),
        argument(interpreter, args, model.job, made_with) if model.job is not None else None,
        _settings(model, args, unit),
        _method(interpreter, args) if model.asks else "",
    )
    place = (here.scope.module, here.expr.line, here.expr.column)
    interpreter.noted.schedules.setdefault((*place, key(callback)), job)


def _method(interpreter: Interpreter, args: list[Value]) -> str:
    known = forced(argument(interpreter, args, Arg(0, "method")))
    return known.value.upper() if isinstance(known, Const) and isinstance(known.value, str) else "POST"


def _note_repetition(
    frame: Frame, here: Application, model: Repeat, args: list[Value], made_with: Sequence[Value]
) -> None:
    interpreter = frame.interpreter
    for where, unit in model.whens:
        when = given(interpreter, args, where, made_with)
        if isinstance(forced(when), Undefined):
            continue
        queue = argument(interpreter, args, model.queue, made_with) if model.queue is not None else None
        name = argument(interpreter, args, model.job, made_with) if model.job is not None else None
        found = Repeating(
            queue,
            name,
            when,
            unit,
            model.mechanism,
            here.scope.module,
            here.expr.line,
            interpreter.qualified(here.scope.module, here.scope.function),
            tuple(setting for arg in args[:MOST_OPTIONS] for setting in settings_of(_repeat_of(arg))),
        )
        names = tuple(key(one) if one is not None else None for one in (queue, name, when))
        interpreter.noted.repeating.setdefault((here.scope.module, here.expr.line, here.expr.column, *names), found)
        return


def given(interpreter: Interpreter, args: Sequence[Value], place: Arg, made_with: Sequence[Value] = ()) -> Value:
    """The argument at `place` as it is written, its expression still to be seen.

    A property of something that is not known is not given: whether it is there cannot be told.
    """
    if place.index == -2:
        return argument(interpreter, args, place, made_with)
    position = place.index if place.index >= 0 else len(args) + place.index
    if not 0 <= position < len(args):
        return UNDEFINED
    value = args[position]
    for name in place.path.split(".") if place.path else ():
        known = forced(value)
        if not isinstance(known, Record):
            return UNDEFINED
        value = known.fields.get(name, UNDEFINED)
    return value


def _repeat_of(value: Value) -> Value:
    """The options of a repetition where they are inside the job's."""
    known = forced(value)
    inner = known.fields.get("repeat") if isinstance(known, Record) else None
    return inner if inner is not None else known


def _settings(model: Schedule, args: list[Value], unit: str) -> tuple[Setting, ...]:
    found = dict(setting for arg in args[:MOST_OPTIONS] for setting in settings_of(arg))
    for position, name in model.positions:
        value = forced(args[position]) if position < len(args) else UNDEFINED
        if name in OPTIONS and truth(value):
            found.setdefault(*OPTIONS[name])
        elif name in TEXTS and isinstance(value, Const) and isinstance(value.value, str):
            found.setdefault(TEXTS[name], value.value)
    if unit != "unknown" and model.overlap:
        found.setdefault("overlap", model.overlap)
    return tuple(sorted(found.items()))


def _written(here: Application, model: Schedule) -> str:
    """The callback of a schedule as the code writes it; empty for a function that is written in place."""
    written = here.expr.args
    position = model.callback.index if model.callback.index >= 0 else len(written) + model.callback.index
    expr = written[position] if 0 <= position < len(written) and not model.callback.path else None
    return words(expr) if isinstance(expr, (Call, Name, Member)) else ""
