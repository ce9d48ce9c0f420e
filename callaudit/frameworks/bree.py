"""Jobs of bree 7 to 9: files of a folder that it runs in threads, by name, when their schedules say.

https://github.com/breejs/bree#job-options and #instance-options: `name` is that of a file in `root` (`jobs` where none
is told), `path` a file or a function; `interval`, `timeout`, `cron` and `date` are a job's own, or those of all.
Without one of them a job runs once when bree starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.static import static_scope
from callaudit.flow.text.strings import parts_of, show
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, ForeignValue, Record, Seq, Undefined
from callaudit.frameworks.model import FILES_OF_JOBS, Entry, Start, unknown_args
from callaudit.frameworks.modules import module_at
from callaudit.frameworks.place import app_of
from callaudit.frameworks.schedules import trigger_of
from callaudit.project.paths import below, folder_of
from callaudit.syntax.ir import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

PACKAGE = FILES_OF_JOBS
FOLDER = "jobs"
UNITS = {"cron": "cron", "interval": "human"}
ONCE = ("timeout", "date")


class Bree:
    """The jobs that programs hand to bree."""

    name = PACKAGE

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A job for each that a call of `new Bree` lists."""
        for path, module in sorted(interpreter.program.modules.items()):
            used = any(item.source == PACKAGE for item in module.facts.imports)
            if not used and f"!{PACKAGE}" not in module.functions[0].refs:
                continue
            for index in range(len(module.functions)):
                scope = static_scope(interpreter, path, index)
                for call in module.nodes_of(index, Call):
                    made = forced(interpreter.evaluate(call.callee, scope)) if call.new and call.args else None
                    if isinstance(made, ForeignValue) and made.package == PACKAGE:
                        options = forced(interpreter.evaluate(call.args[0], scope))
                        yield from _jobs(interpreter, (path, call.line), options)


def _jobs(interpreter: Interpreter, place: tuple[str, int], options: Value) -> Iterator[Entry]:
    fields = options.fields if isinstance(options, Record) else {}
    listed = forced(fields["jobs"]) if "jobs" in fields else None
    if not isinstance(listed, Seq) or listed.open:
        interpreter.gap(*place, "jobs", "which jobs bree is handed is not known")
    for item in listed.items if isinstance(listed, Seq) else ():
        line = getattr(item, "line", 0) or place[1]
        job = forced(item)
        own = job.fields if isinstance(job, Record) else {"name": job}
        yield _job(interpreter, (place[0], line), {**_of_all(fields), **own}, fields.get("root"))


def _of_all(fields: dict[str, Value]) -> dict[str, Value]:
    return {name: fields[name] for name in (*UNITS, *ONCE) if name in fields}


def _job(interpreter: Interpreter, place: tuple[str, int], fields: dict[str, Value], root: Value | None) -> Entry:
    file, line = place
    name = _text(fields.get("name"))
    given = forced(fields["path"]) if "path" in fields else None
    starts: tuple[Start, ...] = ()
    runs: tuple[str, ...] = ()
    if isinstance(given, Closure):
        starts = (Start(given, unknown_args(interpreter, given)),)
    else:
        found = _module(interpreter, file, _ending(given), None if given is not None else name, root)
        runs = (found,) if found else ()
        if not found:
            interpreter.gap(file, line, name or "job", "no file of this job is in the repository")
    title = f"{PACKAGE} '{name}'" if name else PACKAGE
    triggers = tuple(_triggers(interpreter, (file, line, title), fields))
    return Entry(
        "job", title, file, line, "worker", app_of(interpreter, file), starts, PACKAGE, triggers=triggers, runs=runs
    )


def _triggers(interpreter: Interpreter, place: tuple[str, int, str], fields: dict[str, Value]) -> Iterator[Trigger]:
    told = {name: fields[name] for name in UNITS if name in fields and not _is_off(fields[name])}
    for name, value in told.items():
        yield trigger_of(interpreter, value, UNITS[name], f"{PACKAGE} {name}", place, (("overlap", "prevented"),))[0]
    if not told:
        yield Trigger("timer", f"{PACKAGE} start", *place, why="it runs once, after the start")


def _is_off(value: Value) -> bool:
    known = forced(value)
    return isinstance(known, Undefined) or (isinstance(known, Const) and known.value in (0, False, None))


def _text(value: Value | None) -> str:
    known = forced(value) if value is not None else None
    return show(known.value) if isinstance(known, Const) and isinstance(known.value, str) else ""


def _ending(value: Value | None) -> str:
    """The part of a path that is written: what `__dirname` or the working directory is, is not."""
    last = parts_of(value)[-1:] if value is not None else ()
    return last[0].strip("/").removeprefix("./") if last and isinstance(last[0], str) else ""


def _module(interpreter: Interpreter, file: str, path: str, name: str | None, root: Value | None) -> str:
    """The module of a job: at `path`, or called `name` in the folder of jobs."""
    if name is not None:
        folder = _ending(forced(root)) if root is not None else FOLDER
        path = f"{folder}/{name}" if name and folder else name
    if not path:
        return ""
    package = app_of(interpreter, file)
    candidates = (below(folder_of(file), path), below(package, path), path)
    return next((found for one in candidates if (found := module_at(interpreter, one, package))), "")


FRAMEWORK = Bree()
