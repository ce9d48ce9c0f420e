"""Modules and functions that configuration names by their paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure, ForeignValue, Instance, Record
from callaudit.frameworks.model import Start, unknown_args

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

_EXTENSIONS = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".tsx", ".jsx")
_WORKERS = (Record, ClassValue)
_BUILT = re.compile(r"^(?:\./)?(?:dist|build|lib|out)/")


def worker_handler(interpreter: Interpreter, module: str, name: str) -> Start | None:
    """The function `name` of a worker: of the object or the class that its module exports by default.

    A library may wrap the export: what is found then is that of the object that it is handed.
    """
    exported = interpreter.export(module, "default") if module else None
    known = forced(exported) if exported is not None else None
    if isinstance(known, ForeignValue):
        known = next((one for one in (forced(arg) for arg in known.args or ()) if isinstance(one, _WORKERS)), known)
    if isinstance(known, ClassValue):
        known = interpreter.injection.injected(known)
    value = None
    if isinstance(known, Record):
        value = known.fields.get(name)
    elif isinstance(known, Instance):
        value = interpreter.classes.member(known, name)
    closure = forced(value) if value is not None else None
    return Start(closure, unknown_args(interpreter, closure), known) if isinstance(closure, Closure) else None


def handler_start(interpreter: Interpreter, text: str) -> Start | None:
    """The function that `path/to/file.export` means; without an export, the handler or default of the file."""
    stem, _, name = text.rpartition(".")
    module = module_at(interpreter, stem, "") or module_at(interpreter, f"{stem}/index", "")
    if not module and stem:
        module = module_at(interpreter, f"{stem}/{stem.rpartition('/')[2]}", "")
    for export in (name,) if name else ("handler", "default"):
        value = interpreter.export(module, export) if module else None
        closure = forced(value) if value is not None else None
        if isinstance(closure, Closure):
            return Start(closure, unknown_args(interpreter, closure))
        if isinstance(closure, ForeignValue):  # wrapped by a library
            return Start(closure)
    return None


def module_at(interpreter: Interpreter, path: str, folder: str) -> str:
    """The module of a path, which may be that of its build output; empty where there is none."""
    modules = interpreter.program.modules
    stem = re.sub(r"\.(?:[cm]?[jt]s|[jt]sx)$", "", path)
    below_folder = stem[len(folder) + 1 :] if folder and stem.startswith(f"{folder}/") else stem
    prefix = f"{folder}/" if below_folder is not stem and folder else ""
    unbuilt = _BUILT.sub("", below_folder)
    stems = [stem]
    if unbuilt != below_folder:
        stems += [f"{prefix}src/{unbuilt}", f"{prefix}{unbuilt}"]
    candidates = (path, *(one + extension for one in stems for extension in _EXTENSIONS))
    return next((one for one in candidates if one in modules), "")
