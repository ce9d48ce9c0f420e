"""Tasks of graphile-worker 0.13 to 0.17: functions by name, in a list or as files of a folder, and their crons.

https://worker.graphile.org/docs/tasks (`taskList`, or the default export of each file of `taskDirectory`: `tasks` where
none is told) and /docs/cron (`crontab`, a text; `parsedCronItems`; a file `crontab`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.static import static_scope
from callaudit.flow.text.strings import parts_of
from callaudit.flow.values.lazy import forced, word_of
from callaudit.flow.values.values import Closure, Const, ForeignValue, ModuleValue, Record, Seq, Undefined
from callaudit.frameworks.model import Entry, Start, unknown_args
from callaudit.frameworks.place import app_of
from callaudit.frameworks.schedules import trigger_of
from callaudit.project.paths import below, folder_of
from callaudit.syntax.ir import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

PACKAGE = "graphile-worker"
RUNNING = frozenset({"run", "runOnce", "runTaskList", "runTaskListOnce"})
FOLDER = "tasks"
CRONTAB = "crontab"
_LINE = re.compile(r"^\s*((?:[\d*/,-]+[ \t]+){5})([\w:./-]+)", re.MULTILINE)


class _Task(Struct, frozen=True, eq=False):
    """A task: its name, the function that does it, and where that is listed."""

    name: str
    value: Value
    file: str
    line: int


class GraphileWorker:
    """The tasks that programs hand to graphile-worker."""

    name = PACKAGE

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A job for each task."""
        for path, module in sorted(interpreter.program.modules.items()):
            used = any(item.source == PACKAGE and not item.type_only for item in module.facts.imports)
            if not used and f"!{PACKAGE}" not in module.functions[0].refs:
                continue
            for index in range(len(module.functions)):
                scope = static_scope(interpreter, path, index)
                for call in module.nodes_of(index, Call):
                    target = forced(interpreter.evaluate(call.callee, scope)) if call.args else None
                    runs = isinstance(target, ForeignValue) and target.package == PACKAGE and target.args is None
                    if runs and target.path[-1:] and target.path[-1] in RUNNING:  # type: ignore[union-attr]
                        options = forced(interpreter.evaluate(call.args[0], scope))
                        listed = forced(interpreter.evaluate(call.args[1], scope)) if len(call.args) > 1 else None
                        yield from _jobs(interpreter, (path, call.line), options, listed)


def _jobs(interpreter: Interpreter, place: tuple[str, int], options: Value, listed: Value | None) -> Iterator[Entry]:
    fields = options.fields if isinstance(options, Record) else {}
    given = listed if isinstance(listed, Record) else forced(fields.get("taskList", Undefined()))
    crons = _crons(interpreter, place, fields)
    if isinstance(given, Record):
        found = _in_list(given, place)
    else:
        found = _in_folder(interpreter, place[0], fields) if isinstance(given, Undefined) else []
    if (isinstance(given, Record) and given.open) or not (found or isinstance(given, Record)):
        interpreter.gap(*place, "tasks", "which tasks graphile-worker is handed is not known")
    for task in found:
        value = forced(task.value)
        if not isinstance(value, Closure):
            interpreter.gap(task.file, task.line, task.name, "which function does this task is not known")
            continue
        start = Start(value, unknown_args(interpreter, value))
        title = f"{PACKAGE} '{task.name}'"
        triggers = _triggers(interpreter, task, crons)
        app = app_of(interpreter, task.file)
        yield Entry("job", title, task.file, task.line, "worker", app, (start,), PACKAGE, triggers=triggers)


def _triggers(interpreter: Interpreter, task: _Task, crons: dict[str, list[Value]]) -> tuple[Trigger, ...]:
    place = (task.file, task.line, task.name)
    once = (("instances", "one for all"),)
    found = [trigger_of(interpreter, when, "cron", PACKAGE, place, once)[0] for when in crons.get(task.name, ())]
    return tuple(found) or (Trigger("event", PACKAGE, *place, why="it runs whenever a job is added for it"),)


def _in_list(given: Record, place: tuple[str, int]) -> list[_Task]:
    items = given.fields.items()
    return [_Task(name, value, place[0], getattr(value, "line", 0) or place[1]) for name, value in items]


def _in_folder(interpreter: Interpreter, file: str, fields: dict[str, Value]) -> list[_Task]:
    """The default exports of the files of a folder, by their names."""
    last = next(iter(parts_of(forced(fields["taskDirectory"]))[-1:]), "") if "taskDirectory" in fields else FOLDER
    if not isinstance(last, str):
        return []
    ending = last.strip("/").removeprefix("./")
    folders = (below(folder_of(file), ending), below(app_of(interpreter, file), ending), ending)
    for folder in dict.fromkeys(folders):
        inside = [path for path in sorted(interpreter.program.modules) if folder_of(path) == folder]
        if inside:
            return [task for path in inside if (task := _of_file(interpreter, path)) is not None]
    return []


def _of_file(interpreter: Interpreter, path: str) -> _Task | None:
    """The task of a file; `None` for one that exports none."""
    value = interpreter.export(path, "default") or interpreter.export(path, "=")
    known = forced(value) if value is not None else None
    if known is None or isinstance(known, (Record, ModuleValue)):
        return None
    line = interpreter.function(known.module, known.index).line if isinstance(known, Closure) else 1
    return _Task(path.rpartition("/")[2].partition(".")[0], known, path, line)


def _crons(interpreter: Interpreter, place: tuple[str, int], fields: dict[str, Value]) -> dict[str, list[Value]]:
    """By task the expressions of a text, of items, and of a file of the app."""
    found: dict[str, list[Value]] = {}
    text = forced(fields["crontab"]) if "crontab" in fields else Const("")
    for time, name in _LINE.findall(word_of(text)):
        found.setdefault(name, []).append(Const(" ".join(time.split())))
    items = forced(fields["parsedCronItems"]) if "parsedCronItems" in fields else None
    parsed = forced(items.args[0]) if isinstance(items, ForeignValue) and items.args else None
    unread = not isinstance(text, (Const, Undefined))
    unread = unread or not (
        items is None or isinstance(items, Undefined) or (isinstance(parsed, Seq) and not parsed.open)
    )
    for item in parsed.items if isinstance(parsed, Seq) else ():
        known = forced(item)
        name = word_of(known.fields["task"]) if isinstance(known, Record) and "task" in known.fields else ""
        if name and isinstance(known, Record) and "match" in known.fields:
            found.setdefault(name, []).append(known.fields["match"])
        else:
            unread = True
    if unread:
        interpreter.gap(*place, "crons", "which tasks graphile-worker runs by a clock is not wholly known")
    app = app_of(interpreter, place[0])
    for schedule in interpreter.program.project.schedules:
        if schedule.file == below(app, CRONTAB) and schedule.commands:
            name = schedule.commands[0].text.split(" ", 1)[0]
            found.setdefault(name, []).extend(Const(time.text) for time in schedule.times)
    return found


FRAMEWORK = GraphileWorker()
