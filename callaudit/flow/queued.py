"""Jobs that are put into a queue: what the program does with them is done by whatever works for that queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.arguments import argument
from callaudit.flow.effects import EMIT, Called, Repeated, Request, Requested, Site, Target
from callaudit.flow.records import Retry
from callaudit.flow.retrying import backoff_of
from callaudit.flow.spans import number_of
from callaudit.flow.values import UNDEFINED, Const, OneOf, Record, Undefined, forced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.callbacks import Application
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.values import Client, Value
    from callaudit.libraries.model import Library, Repeat

QUEUE = "queue "
"""What the address of a message to a queue begins with."""
JOB = "namespace"
"""What tells jobs of one queue apart, as namespaces tell the messages of sockets apart."""
MOST_NAMES = 8
MOST_DELAYS = 20


def add_job(
    frame: Frame,
    here: Application,
    library: Library,
    model: Repeat,
    args: list[Value],
    client: Client | None,
    tree: list[Effect],
) -> Cost:
    """Put one job into a queue whose name is known; the worker does it once, and again while it fails."""
    interpreter = frame.interpreter
    made_with = client.args if client is not None else ()
    queues = _texts(argument(interpreter, args, model.queue, made_with)) if model.queue is not None else []
    jobs = _texts(argument(interpreter, args, model.job, made_with)) if model.job is not None else []
    if not queues:
        return costs.NONE
    function = interpreter.qualified(here.scope.module, here.scope.function)
    site = Site(here.scope.module, here.expr.line, here.expr.column, function, library.name)
    told = (((JOB, jobs[0]),),) if len(jobs) == 1 else ((),)
    targets = [Target(EMIT, name, "", QUEUE + name, discriminator=told[0]) for name in queues]
    message = Request(tuple(Requested(site, target) for target in targets))
    spent = costs.either([costs.message(interpreter.request(site, target, ())) for target in targets])
    retry = _retry(frame, here, args, made_with)
    if retry is None:
        tree.append(message)
        return spent
    again = Repeated("loop", here.expr.line, 1, retry.attempts, (message,), "it fails", retries=(retry,))
    name = " or ".join(f"queue '{queue}'" for queue in queues)
    tree.append(Called(name, here.scope.module, here.expr.line, here.scope.module, 0, (again,), awaited=False))
    return costs.repeat(spent, 1, retry.attempts if retry.attempts is not None else float("inf"))


def _texts(value: Value) -> list[str]:
    known = forced(value)
    if isinstance(known, OneOf):
        return list(dict.fromkeys(text for item in known.values[:MOST_NAMES] for text in _texts(item)))
    if isinstance(known, Record):  # `{ name: 'queue' }`
        return _texts(known.fields.get("name", UNDEFINED))
    return [known.value] if isinstance(known, Const) and isinstance(known.value, str) else []


def _retry(frame: Frame, here: Application, args: Sequence[Value], made_with: Sequence[Value]) -> Retry | None:
    """The retry that the options of a job are, or those of all jobs of its queue."""
    options = forced(args[-1]) if len(args) > 1 else UNDEFINED
    queue = forced(made_with[1]) if len(made_with) > 1 else UNDEFINED
    shared = forced(queue.fields.get("defaultJobOptions", UNDEFINED)) if isinstance(queue, Record) else UNDEFINED
    told = _option(options, shared, "attempts")
    if isinstance(told, Undefined):
        return None
    number = number_of(told)
    attempts = int(number) if number is not None else None
    if attempts is not None and attempts < 2:
        return None
    delays, grows, why = _delays(_option(options, shared, "backoff"), attempts)
    if attempts is None:
        why = "how often it tries is not known"
    function = frame.interpreter.qualified(here.scope.module, here.scope.function)
    return Retry(
        "queue attempts",
        here.scope.module,
        here.expr.line,
        function,
        attempts,
        delays,
        "unknown" if why else backoff_of(delays, power=grows),
        why=why,
    )


def _option(options: Value, shared: Value, name: str) -> Value:
    for held in (options, shared):
        if isinstance(held, Record) and name in held.fields:
            return forced(held.fields[name])
    return UNDEFINED


def _delays(backoff: Value, attempts: int | None) -> tuple[tuple[float, ...], bool, str]:
    """The waits, whether they double, and what is not known of them: https://docs.bullmq.io/guide/retrying-failing-jobs."""
    count = min((attempts or MOST_DELAYS + 1) - 1, MOST_DELAYS)
    if isinstance(backoff, Undefined):
        return (0.0,) * count, False, ""
    kind = forced(backoff.fields.get("type", UNDEFINED)) if isinstance(backoff, Record) else Const("fixed")
    number = number_of(backoff.fields.get("delay", UNDEFINED) if isinstance(backoff, Record) else backoff)
    if number is None or not isinstance(kind, Const) or kind.value not in ("fixed", "exponential"):
        return (), False, "its delays are not known"
    grows = kind.value == "exponential"
    return tuple(number * 2**step if grows else number for step in range(count)), grows, ""
