"""Jobs: functions that a scheduler runs, in code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import EMIT, QUEUE
from callaudit.flow.machine.static import static_scope
from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Record, Undefined, Unknown, Value
from callaudit.frameworks.asked_by_services import asked_by_service
from callaudit.frameworks.cdk_targets import RULE, targets
from callaudit.frameworks.commands import below
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.modules import handler_start, module_at
from callaudit.frameworks.nest_jobs import decorated, run_set_up
from callaudit.frameworks.place import app_of
from callaudit.frameworks.schedules import Repetitions, names_of, trigger_of, waiting_trigger
from callaudit.syntax.ir import Await, Call

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.apps.registrations import Repeating, Scheduled
    from callaudit.flow.effects.records import Trigger
    from callaudit.flow.machine.interpreter import Interpreter

QUEUED = "unknown"
CONVEX = "crons"


class Jobs:
    """What a schedule starts."""

    name = "jobs"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A job for each schedule, named after its expression and the function that it runs."""
        for path in sorted(interpreter.program.modules):
            interpreter.top_level(path)
        run_set_up(interpreter)
        repetitions = Repetitions(interpreter)
        for item in sorted(interpreter.noted.schedules.values(), key=lambda found: (found.file, found.line)):
            entry = _scheduled(interpreter, item, repetitions)
            apart = _by_name(interpreter, item, repetitions, entry)
            yield replace(entry, triggers=()) if apart else entry
            yield from apart
        yield from decorated(interpreter, repetitions)
        for left, trigger in repetitions.left():
            yield _left(interpreter, left, trigger)


def _scheduled(interpreter: Interpreter, item: Scheduled, repetitions: Repetitions) -> Entry:
    callback = forced(item.callback)
    args = unknown_args(interpreter, callback) if isinstance(callback, Closure) else None
    shown = _when(item.when)
    if item.unit == QUEUED:
        jobs = names_of(item.job)
        shown += "".join(f" '{job}'" for job in jobs if f"'{job}'" != shown)
        found = repetitions.of(names_of(item.when), jobs)
        triggers = found or (waiting_trigger(item),)
    else:
        place = (item.file, item.line, item.function)
        trigger, plan = trigger_of(interpreter, item.when, item.unit, item.mechanism, place, item.settings)
        shown = shown if shown != SCHEDULE or not plan.shown else f"'{plan.shown}'"
        triggers = (trigger,)
    name = f"{item.mechanism} {shown} {item.label or _callee(interpreter, callback)}".rstrip()
    app = app_of(interpreter, item.file)
    start = targets(interpreter, item)
    asks = asked_by_service(item)
    if not start and not asks:
        named = _named_function(interpreter, item) if isinstance(callback, (Const, Record)) else None
        named = named or _by_reference(interpreter, item)
        start = (named or Start(callback, args),)
        if named is None and (isinstance(callback, (Undefined, Unknown)) or item.mechanism == RULE):
            interpreter.gap(item.file, item.line, name, "what it starts is not followed")
    queue = next(iter(names_of(item.when)), "") if item.unit == QUEUED else ""
    method, path = (EMIT, QUEUE + queue) if queue else ("", "")
    job = next(iter(names_of(item.job)), "") if item.unit == QUEUED and path else ""
    space = job if job != queue else ""
    return Entry(
        "job", name, item.file, item.line, "worker", app, start, item.mechanism, method, path, space, triggers, asks
    )


def _by_name(interpreter: Interpreter, item: Scheduled, repetitions: Repetitions, whole: Entry) -> list[Entry]:
    """A worker that asks for the name of its job, as one entry for each job that is repeated under a name."""
    callback = forced(item.callback)
    if item.unit != QUEUED or names_of(item.job) or not isinstance(callback, Closure):
        return []
    function = interpreter.function(callback.module, callback.index)
    apart = repetitions.apart(names_of(item.when)) if ".name" in function.refs and function.params else {}
    if len(apart) < 2:
        return []
    rest = unknown_args(interpreter, callback)[1:]
    found: list[Entry] = []
    for job, triggers in apart.items():
        start = Start(callback, (Record({"name": Const(job)}, open=True), *rest))
        named = replace(whole, name=f"{whole.name} '{job}'", starts=(start,), triggers=triggers, namespace=job)
        found.append(named)
    return found


def _named_function(interpreter: Interpreter, item: Scheduled) -> Start | None:
    """A function that is written as a text, `src/sync.handler`, seen from the file or from a folder above it."""
    value = forced(item.callback)
    if isinstance(value, Record) and "handler" in value.fields:
        value = forced(value.fields["handler"])
    if not isinstance(value, Const) or not isinstance(value.value, str):
        return None
    folder = item.file
    while folder:
        folder = folder.rpartition("/")[0]
        start = handler_start(interpreter, below(folder, value.value))
        if start is not None:
            return start
    interpreter.gap(item.file, item.line, value.value[:80], "no such function is in the repository")
    return None


def _by_reference(interpreter: Interpreter, item: Scheduled) -> Start | None:
    """A function of Convex that generated code names by its file: `internal.prices.load` of `prices.ts` beside it.

    https://docs.convex.dev/functions/internal-functions
    """
    root, _, path = item.label.partition(".")
    if item.mechanism != CONVEX or root not in ("internal", "api") or not path:
        return None
    *files, name = path.split(".")
    module = module_at(interpreter, f"{item.file.rpartition('/')[0]}/{'/'.join(files)}".lstrip("/"), "")
    declared = interpreter.stores.bindings.names(module, 0).declared.get(name, ()) if module else ()
    for value, _ in declared:
        if isinstance(value, Call) and value.args:
            given = forced(interpreter.evaluate(value.args[0], interpreter.module_scope(module)))
            handler = (
                forced(given.fields["handler"]) if isinstance(given, Record) and "handler" in given.fields else given
            )
            if isinstance(handler, Closure):
                return Start(handler, unknown_args(interpreter, handler))
    return None


def _left(interpreter: Interpreter, item: Repeating, trigger: Trigger) -> Entry:
    """A repeated job whose worker is not in the program."""
    title = next(iter((*names_of(item.job), *names_of(item.queue))), "")
    why = "no function of the program does the jobs of this queue"
    interpreter.gap(item.file, item.line, title or item.mechanism, why)
    name = f"{item.mechanism} {title}".rstrip()
    app = app_of(interpreter, item.file)
    return Entry("job", name, item.file, item.line, "worker", app, (), item.mechanism, triggers=(trigger,))


SCHEDULE = "{schedule}"


def _when(value: Value) -> str:
    value = forced(value)
    if isinstance(value, Const):
        return f"'{show(value.value)}'"
    if isinstance(value, Unknown) and value.default:
        return f"'{value.default}'"
    return "{" + value.name + "}" if isinstance(value, Unknown) else SCHEDULE


def _callee(interpreter: Interpreter, callback: Value) -> str:
    """The callback's own name, or the function of the program that it is about.

    That is the first one that it waits for: logging before and after is not waited for.
    """
    if not isinstance(callback, Closure):
        return ""
    function = interpreter.function(callback.module, callback.index)
    if function.name:
        return function.name
    scope = static_scope(interpreter, callback.module, callback.index)
    found = ""
    for node in interpreter.nodes(callback.module, callback.index):
        awaited = isinstance(node, Await)
        call = node.value if isinstance(node, Await) else node
        if not isinstance(call, Call) or call.new or (found and not awaited):
            continue
        called = forced(interpreter.evaluate(call.callee, scope))
        if isinstance(called, Closure):
            name = interpreter.qualified(called.module, called.index)
            if awaited:
                return name
            found = name
    return found


FRAMEWORK = Jobs()
