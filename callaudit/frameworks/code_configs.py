"""Configuration of platforms that is written in code, as the values that files of configuration hold.

Vercel's `vercel.ts` (https://vercel.com/docs/project-configuration/vercel-ts), the Serverless Framework's
`serverless.ts` and `serverless.js` (https://www.serverless.com/framework/docs/providers/aws/guide/intro), and what
functions of Netlify say of themselves (https://docs.netlify.com/functions/scheduled-functions/: `config.schedule`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.strings import show
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Const, Record, Seq, Text
from callaudit.project import platform_functions as functions
from callaudit.project import platform_schedules as platforms
from callaudit.project.paths import below, folder_of
from callaudit.project.positions import Located
from callaudit.project.records import PlatformSchedule, Written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value
    from callaudit.project.records import PlatformFunction

_NAMES = {"vercel": platforms.vercel, "serverless": platforms.serverless}
_EXTENSIONS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
_EXPORTS = ("config", "default", "=")
DEPTH = 10
MOST_ITEMS = 500


def code_schedules(interpreter: Interpreter) -> Iterator[PlatformSchedule]:
    """The schedules of all such files of a program."""
    for path, name, root in _roots(interpreter):
        yield from _NAMES[name](path, root)
    project = interpreter.program.project
    folders = [one.folder for one in project.functions if one.mechanism == "netlify" and one.folder]
    used = [one.dir for one in project.packages if "@netlify/functions" in one.dependencies]
    folders += [f"{place}/{functions.FOLDER}".lstrip("/") for place in used]
    for folder in dict.fromkeys(folders):
        yield from _netlify(interpreter, folder)


def code_functions(interpreter: Interpreter) -> Iterator[PlatformFunction]:
    """The functions that they serve."""
    for path, name, root in _roots(interpreter):
        if name == "serverless":
            yield from functions.serverless(path, root)


def netlify_schedule(interpreter: Interpreter, path: str) -> Located:
    """When a function of Netlify runs by what it exports: `export const config = { schedule }`."""
    return _located(interpreter, interpreter.export(path, "config"), path, 1, DEPTH).at("schedule")


def _netlify(interpreter: Interpreter, folder: str) -> Iterator[PlatformSchedule]:
    for path in sorted(interpreter.program.modules):
        schedule = netlify_schedule(interpreter, path) if path.startswith(f"{folder}/") else Located(0)
        if schedule.text:
            name = path.rpartition("/")[2].partition(".")[0]
            handler = Written(f"{path.rpartition('.')[0]}.", schedule.line)
            times = (Written(schedule.text, schedule.line),)
            yield PlatformSchedule(path, "schedule", name, times, folder=folder_of(path), handlers=(handler,))


def _roots(interpreter: Interpreter) -> Iterator[tuple[str, str, Located]]:
    for path in sorted(interpreter.program.modules):
        name, _, extension = path.rpartition("/")[2].partition(".")
        if name not in _NAMES or f".{extension}" not in _EXTENSIONS:
            continue
        for export in _EXPORTS:
            value = interpreter.export(path, export)
            if value is not None and isinstance(forced(value), Record):
                yield path, name, _located(interpreter, value, path, 1, DEPTH)
                break


def _located(interpreter: Interpreter, value: Value | None, file: str, line: int, depth: int) -> Located:
    """A value as a file of configuration would hold it; what is not known is empty."""
    if isinstance(value, Lazy) and value.line and value.scope is not None and value.scope.module == file:
        line = value.line
    known = forced(value) if value is not None else None
    if isinstance(known, Const) and known.value is not None:
        return Located(line, show(known.value))
    if isinstance(known, Text):
        return Located(line, _beside(interpreter, value, known))
    if isinstance(known, Seq) and depth:
        items = known.items[:MOST_ITEMS]
        return Located(line, items=tuple(_located(interpreter, one, file, line, depth - 1) for one in items))
    if isinstance(known, Record) and depth:
        fields = list(known.fields.items())[:MOST_ITEMS]
        return Located(line, fields={name: _located(interpreter, one, file, line, depth - 1) for name, one in fields})
    return Located(line)


def _beside(interpreter: Interpreter, value: Value | None, known: Text) -> str:
    """A path of which only the end is known, where it means a module beside the file that writes it."""
    end = known.parts[-1]
    here = value.scope.module if isinstance(value, Lazy) and value.scope is not None else ""
    if not isinstance(end, str) or not end.startswith("/") or not here:
        return ""
    stem = below(folder_of(here), end.strip("/").rpartition(".")[0])
    found = any(stem + extension in interpreter.program.modules for extension in _EXTENSIONS)
    return below(folder_of(here), end.strip("/")) if found else ""
