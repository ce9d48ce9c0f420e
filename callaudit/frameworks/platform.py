"""Jobs that a platform starts, as its configuration file says: requests to own routes, scripts, functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effects import Requested, Site, Target
from callaudit.flow.effects.records import Span, Trigger
from callaudit.flow.values.values import Closure, Const, Record
from callaudit.frameworks.code_configs import code_schedules
from callaudit.frameworks.commands import Asked, Scripted, Started, below, parse
from callaudit.frameworks.model import Entry
from callaudit.frameworks.modules import handler_start, module_at, worker_handler
from callaudit.frameworks.place import app_of
from callaudit.frameworks.schedules import trigger_of
from callaudit.libraries.runs_once import ONE_FOR_ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.commands import Step
    from callaudit.frameworks.model import Start
    from callaudit.project.records import PlatformSchedule, Written

CRONTAB = "crontab"
MOST_SCRIPTS = 3
"""Scripts of package.json inside each other."""
_ADDRESS = re.compile(r"^(?:[a-z]+://)?([^/]*)(/[^?#]*)?")


class Platform:
    """Schedules of configuration files."""

    name = "platform"

    def entries(self, interpreter: Interpreter) -> Iterable[Entry]:
        """A job for each thing that a file schedules; a workflow that runs none of the code is none."""
        for schedule in (*interpreter.program.project.schedules, *code_schedules(interpreter)):
            for part in _apart(interpreter, schedule):
                job = _Job(interpreter, part)
                job.read()
                if job.starts_something or not schedule.optional:
                    yield job.entry()


def _apart(interpreter: Interpreter, schedule: PlatformSchedule) -> Iterable[PlatformSchedule]:
    """The schedule, or each of its times where the worker asks which of them it is (`switch (event.cron)`)."""
    start = _worker(interpreter, schedule) if len(schedule.times) > 1 and schedule.module else None
    closure = start.value if start is not None else None
    if not isinstance(closure, Closure) or ".cron" not in interpreter.function(closure.module, closure.index).refs:
        return (schedule,)
    return [replace(schedule, times=(time,)) for time in schedule.times]


def _worker(interpreter: Interpreter, schedule: PlatformSchedule) -> Start | None:
    """The `scheduled` function of a worker's module; of one time, with what it is handed then."""
    module = module_at(interpreter, schedule.module, schedule.folder) if schedule.module else ""
    start = worker_handler(interpreter, module, "scheduled")
    if start is None or len(schedule.times) != 1 or not start.args:
        return start
    event = Record({"cron": Const(schedule.times[0].text)}, open=True)
    return replace(start, args=(event, *start.args[1:]))


class _Job:
    def __init__(self, interpreter: Interpreter, schedule: PlatformSchedule) -> None:
        self._in = interpreter
        self._schedule = schedule
        self._line = next((one.line for one in (*schedule.times, *schedule.events)), 1)
        self._asks: list[Requested] = []
        self._runs: list[str] = []
        self._starts: list[Start] = []

    @property
    def starts_something(self) -> bool:
        return bool(self._asks or self._runs or self._starts)

    def entry(self) -> Entry:
        schedule = self._schedule
        name = f"{schedule.mechanism} {self._shown()} {schedule.name}".rstrip()
        return Entry(
            "job",
            name,
            schedule.file,
            self._line,
            "worker",
            app_of(self._in, schedule.file),
            tuple(self._starts),
            schedule.mechanism,
            triggers=self._triggers(),
            asks=tuple(self._asks),
            runs=tuple(dict.fromkeys(self._runs)),
        )

    def _shown(self) -> str:
        return ", ".join(f"'{one.text}'" for one in (*self._schedule.times, *self._schedule.events))

    def _triggers(self) -> tuple[Trigger, ...]:
        return (*map(self._trigger, self._schedule.times), *map(self._event, self._schedule.events))

    def _event(self, event: Written) -> Trigger:
        schedule = self._schedule
        why = f"it runs for each {event.text}"
        return Trigger("event", schedule.mechanism, schedule.file, event.line, schedule.name, why=why)

    def _trigger(self, time: Written) -> Trigger:
        schedule = self._schedule
        place = (schedule.file, time.line, schedule.name)
        trigger, _ = trigger_of(self._in, Const(time.text), schedule.unit, schedule.mechanism, place, (ONE_FOR_ALL,))
        if sum(other.line == time.line for other in schedule.times) > 1:  # each fires, none instead of another
            trigger = replace(trigger, spans=tuple(Span(span.ms, f"by '{time.text}'") for span in trigger.spans))
        return trigger

    def read(self) -> None:
        schedule = self._schedule
        for path in schedule.paths:
            self._ask(Asked("GET", path.text), path.line)
        for command in schedule.commands:
            for step in parse(command.text, schedule.folder):
                self._step(step, command.line, MOST_SCRIPTS)
        for handler in schedule.handlers:
            start = handler_start(self._in, handler.text)
            if start is not None:
                self._starts.append(start)
            else:
                self._in.gap(schedule.file, handler.line, handler.text, "no such function is in the repository")
        if schedule.module or schedule.mechanism.startswith("wrangler"):
            self._scheduled()

    def _step(self, step: Step, line: int, depth: int) -> None:
        if isinstance(step, Asked):
            self._ask(step, line)
        elif isinstance(step, Started):
            module = self._module(step)
            if module:
                self._runs.append(module)
            elif self._schedule.mechanism == CRONTAB:
                self._in.gap(self._schedule.file, line, step.path, "no such module is in the repository")
        elif depth:
            for folder, text in _script(self._in, step):
                for inner in parse(text, folder):
                    self._step(inner, line, depth - 1)

    def _module(self, step: Started) -> str:
        """The module that a command runs; a path of the image that it is built into ends as one of the package does."""
        path, folder = step.path, step.folder
        found = module_at(self._in, below(folder, path), folder)
        if not found and self._schedule.mechanism == CRONTAB:  # `cd /app` goes to where the package is in the image
            folder = self._schedule.folder
            found = module_at(self._in, below(folder, path), folder)
        while not found and path.startswith("/") and path.count("/") > 1:
            path = "/" + path[1:].partition("/")[2]
            found = module_at(self._in, below(folder, path[1:]), folder)
        return found

    def _ask(self, step: Asked, line: int) -> None:
        found = _ADDRESS.match(step.url)
        path = found[2] if found else None
        if not path:
            return
        schedule = self._schedule
        site = Site(schedule.file, line, 1, schedule.name, schedule.mechanism)
        host = "" if step.url.startswith("/") or found is None else found[1]
        # whatever the address is called, a path that one of the own routes has is meant
        self._asks.append(Requested(site, Target(step.method, step.url, "", path, env=(host,) if host else ())))

    def _scheduled(self) -> None:
        """The `scheduled` function of a worker's module."""
        start = _worker(self._in, self._schedule)
        if start is not None:
            self._starts.append(start)
        else:
            why = "no module exports a function `scheduled` for it"
            self._in.gap(self._schedule.file, self._line, "triggers.crons", why)


def _script(interpreter: Interpreter, step: Scripted) -> Iterator[tuple[str, str]]:
    """The text of a script of package.json, with the folder that it runs in."""
    project = interpreter.program.project
    if step.package:
        packages = [one for one in project.packages if step.package in (one.name, one.dir)]
    else:
        folder = step.folder
        while folder and project.package_at(folder) is None:
            folder = folder.rpartition("/")[0]
        packages = [one for one in (project.package_at(folder),) if one is not None]
    for package in packages:
        text = package.scripts.get(step.name)
        if text:
            yield package.dir, text


FRAMEWORK = Platform()
