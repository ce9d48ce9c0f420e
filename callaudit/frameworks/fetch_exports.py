"""Modules that a runtime serves because of what they export: `export default { port: 3000, fetch(request) { … } }`.

Bun serves such a module when it is run (https://bun.sh/docs/api/http#export-default-syntax), a Cloudflare worker is one
whatever its configuration is called. An object that other modules import, or that has other parts, is of the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.frameworks.modules import module_at
from callaudit.link.definitions import ModuleObject
from callaudit.project.records import PlatformFunction
from callaudit.syntax.ir import Let, Lit, Name, Obj, Prop, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

BUN: Final = "bun"
WORKER: Final = "worker"
_HANDLERS: Final = frozenset({"fetch", "scheduled", "queue", "email", "tail"})
_TELLING: Final = frozenset({"fetch", "scheduled"})
"""Those that nothing else is called by: `queue` alone may be of any object."""
_OPTIONS: Final = frozenset({
    "port", "hostname", "unix", "development", "error", "routes", "static", "websocket", "tls", "id", "reusePort",
    "maxRequestBodySize", "idleTimeout", "lowMemoryMode", "serverName",
})  # fmt: skip
_OF_BUN: Final = ("bun-types", "@types/bun", "bun")


def fetch_exports(interpreter: Interpreter) -> tuple[PlatformFunction, ...]:
    """Each module that a runtime serves by itself, beside those that configurations name."""
    return interpreter.found_once("fetch exports", lambda: tuple(_found(interpreter)))


def _found(interpreter: Interpreter) -> Iterator[PlatformFunction]:
    program = interpreter.program
    found = {path: props for path, module in program.modules.items() if (props := _served(module))}
    if not found:
        return
    named = {
        module_at(interpreter, one.module, one.file.rpartition("/")[0])
        for one in program.project.functions
        if one.module
    }
    used = {
        origin.module
        for path, module in program.modules.items()
        for source in {*(one.source for one in module.facts.imports), *(one.source for one in module.facts.exports)}
        if isinstance(origin := program.source(path, source), ModuleObject)
    }
    for path in sorted(found.keys() - named - used):
        folder = path.rpartition("/")[0]
        bun = bool(found[path] & _OPTIONS) or any(program.project.dependency(folder, one) for one in _OF_BUN)
        yield PlatformFunction(path, 1, BUN if bun else WORKER, "", module=path)


def _served(module: Module) -> frozenset[str]:
    """The names of what a module exports by default, where all of them are for a runtime; else nothing."""
    if "default" not in module.exports:
        return frozenset()
    values = {
        node.target.id: node.value
        for node in module.functions[0].body
        if isinstance(node, Let) and isinstance(node.target, Name) and node.value is not None
    }
    value: Expr | None = values.get(module.exports["default"].local)
    for _ in range(3):
        value = value.value if isinstance(value, Typed) else values.get(value.id) if isinstance(value, Name) else value
    props = value.props if isinstance(value, Obj) else ()
    names = {prop.key for prop in props if isinstance(prop, Prop) and isinstance(prop.key, str)}
    known = names <= _HANDLERS | _OPTIONS and len(names) == len(props)
    plain = any(isinstance(prop, Prop) and prop.key in _HANDLERS and isinstance(prop.value, Lit) for prop in props)
    return frozenset(names) if known and names & _TELLING and not plain else frozenset()
