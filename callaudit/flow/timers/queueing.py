"""Jobs that code puts into a queue: what processes them answers, again and again while it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import EMIT, QUEUE, Repeated, Request, Requested, Site, Target
from callaudit.flow.effects.records import Retry
from callaudit.flow.machine.arguments import argument
from callaudit.flow.requests.sockets import NAMESPACE, events
from callaudit.flow.retries.retry_waits import MOST_DELAYS
from callaudit.flow.timers.scheduling import given
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Const, Record, Seq, Undefined, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.libraries.model import Arg, Library, Repeat

MOST_BELOW = 6
"""How deep jobs may be nested that are added together."""
Waits = tuple[tuple[float, ...], str, bool, str]
"""Delays in milliseconds, how they grow, whether they are random, and why they are not known."""


class _Adding(Struct, frozen=True):
    """A call that adds jobs, by a client where it is a method of one."""

    frame: Frame
    here: Application
    library: Library
    client: Client | None

    @property
    def made_with(self) -> Sequence[Value]:
        return self.client.args if self.client is not None else ()


def enqueue(
    frame: Frame,
    here: Application,
    library: Library,
    model: Repeat,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Add the job that a call puts into a queue, as a message to what processes it; `NONE` where it is a schedule."""
    return _enqueued(_Adding(frame, here, library, client), model, args, tree, 0)


def _enqueued(adding: _Adding, model: Repeat, args: list[Value], tree: list[Effect], depth: int) -> Cost:
    """The job of a call, and those below it."""
    interpreter = adding.frame.interpreter
    if model.jobs is not None:
        listed = argument(interpreter, args, model.jobs, adding.made_with)
        return _listed(adding, replace(model, jobs=None), listed, tree, depth)
    spent = _job(adding, model, args, tree)
    if model.below is None:
        return spent
    below = argument(interpreter, args, model.below, adding.made_with)
    if depth == MOST_BELOW and not isinstance(below, Undefined):
        interpreter.gap(adding.here.scope.module, adding.here.expr.line, "job", "jobs are nested too deeply")
        return spent
    return costs.add(spent, _listed(adding, model, below, tree, depth + 1))


def _listed(adding: _Adding, model: Repeat, jobs: Value, tree: list[Effect], depth: int) -> Cost:
    """Each job of a list; any number of them where it is not known."""
    known = forced(jobs)
    if isinstance(known, Undefined):
        return costs.NONE
    inside: list[Effect] = []
    items = known.items if isinstance(known, Seq) else (Unknown("job", "one of a list"),)
    total = costs.NONE
    for item in items:
        total = costs.add(total, _enqueued(adding, model, [item], inside, depth))
    if isinstance(known, Seq) and not known.open:
        tree.extend(inside)
        return total
    tree.append(Repeated("loop", adding.here.expr.line, 0, None, tuple(inside), "its jobs"))
    return costs.repeat(total, 0, float("inf"))


def _job(adding: _Adding, model: Repeat, args: list[Value], tree: list[Effect]) -> Cost:
    interpreter, here, made_with = adding.frame.interpreter, adding.here, adding.made_with
    scope = here.scope
    if not model.adds or any(
        not isinstance(forced(given(interpreter, args, where, made_with)), Undefined) for where, _ in model.whens
    ):
        return costs.NONE
    place = model.queue if model.queue is not None else model.job
    queues = events(argument(interpreter, args, place, made_with)) if place is not None else []
    if not queues:
        interpreter.gap(scope.module, here.expr.line, "job", "the queue that it is put into is not known")
        return costs.NONE
    jobs = events(argument(interpreter, args, model.job)) if model.job is not None and place != model.job else []
    function = interpreter.qualified(scope.module, scope.function)
    site = Site(scope.module, here.expr.line, here.expr.column, function, adding.library.name)
    names = tuple((NAMESPACE, job) for job in jobs[:1])
    targets = [Target(EMIT, QUEUE + name, "", QUEUE + name, discriminator=names) for name in queues]
    sent: Effect = Request(tuple(Requested(site, target) for target in targets))
    retry = _retry(interpreter, here, function, model, args, made_with)
    if retry is not None:
        sent = Repeated("loop", here.expr.line, 1, retry.attempts, (sent,), "while it fails", retries=(retry,))
    tree.append(sent)
    spent = costs.either([costs.message(interpreter.request(site, target, ())) for target in targets])
    most = 1.0 if retry is None else float("inf") if retry.attempts is None else retry.attempts
    return costs.repeat(spent, 1, most)


def _retry(
    interpreter: Interpreter,
    here: Application,
    function: str,
    model: Repeat,
    args: list[Value],
    made_with: Sequence[Value],
) -> Retry | None:
    """What the options of the job, or those of all jobs of its queue, say of attempts; `None` where it has only one."""
    told = _first(interpreter, args, model.attempts, made_with)
    if told is None:
        return None
    number = number_of(told)
    if number is not None and number < 2:
        return None
    attempts = None if number is None else int(number)
    why = "how often it tries is not known" if number is None else ""
    backoff = _first(interpreter, args, model.backoffs, made_with)
    delays, growth, jitter, unknown = _waits(backoff, attempts, less=int(model.from_zero))
    return Retry(
        "job attempts",
        here.scope.module,
        here.expr.line,
        function,
        attempts,
        delays,
        growth,
        jitter=jitter,
        why="; ".join(part for part in (why, unknown) if part),
    )


def _first(
    interpreter: Interpreter, args: list[Value], places: Sequence[Arg], made_with: Sequence[Value]
) -> Value | None:
    for place in places:
        value = given(interpreter, args, place, made_with) if place.index != -2 else _default(place, made_with)
        if not isinstance(forced(value), Undefined):
            return value
    return None


def _default(place: Arg, made_with: Sequence[Value]) -> Value:
    """An option of all jobs of a queue, where the object that it was made with says it."""
    head, *names = place.path.split(".")
    value: Value = made_with[int(head)] if int(head) < len(made_with) else Undefined()
    for name in names:
        known = forced(value)
        value = known.fields.get(name, Undefined()) if isinstance(known, Record) else Undefined()
    return value


def _waits(backoff: Value | None, attempts: int | None, *, less: int) -> Waits:
    """The waits that `backoff` says: a number of milliseconds, or an object of type and delay."""
    value = forced(backoff) if backoff is not None else None
    if value is None:
        return (), "none", False, ""
    fields = value.fields if isinstance(value, Record) else {}
    kind = forced(fields["type"]) if "type" in fields else Const("fixed")
    first = number_of(fields.get("delay", Undefined()) if isinstance(value, Record) else value)
    if first is None or not isinstance(kind, Const) or kind.value not in ("fixed", "exponential"):
        return (), "unknown", False, "its delays are not known"
    count = min((attempts or MOST_DELAYS + 1) - 1, MOST_DELAYS)
    grows = kind.value == "exponential"
    # Bull waits 2^n - 1 times the delay, BullMQ 2^(n - 1) times
    waits = tuple(
        first * ((2**number - 1 if less else 2 ** (number - 1)) if grows else 1) for number in range(1, count + 1)
    )
    jitter = truth(fields["jitter"]) is not False if "jitter" in fields else False
    return tuple(int(ms) if ms == int(ms) else ms for ms in waits), str(kind.value), jitter, ""
