"""Plugins that a folder holds: `app.register(autoload, { dir: join(__dirname, "routes"), options: { prefix } })`.

@fastify/autoload 4 to 6 (https://github.com/fastify/fastify-autoload): each module below the folder is a plugin below
the path of its own folder, unless it says `autoPrefix`; beside an `index` no others of its folder are.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from callaudit.flow.objects.members import member
from callaudit.flow.text.strings import parts_of
from callaudit.flow.values.lazy import forced, word_of
from callaudit.flow.values.values import Closure, Const, ForeignValue, ModuleValue, Record, Text, Unknown, Value
from callaudit.libraries.tables.fastify import AUTOLOAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter

_MODULE = re.compile(r"(?<!\.d)\.[cm]?[jt]sx?$")
_TEST = re.compile(r"\.(?:test|spec)\.\w+$")
Loaded = tuple[Closure, str, Value]
"""A plugin, its prefix, and the options that it is handed."""


def is_autoload(args: Sequence[Value]) -> bool:
    """Whether what is registered loads a folder of plugins."""
    plugin = forced(args[0]) if args else None
    return isinstance(plugin, ForeignValue) and plugin.package in AUTOLOAD and plugin.args is None


def autoloaded(interpreter: Interpreter, args: Sequence[Value], module: str) -> Iterator[Loaded]:
    """The plugins below the folder that the options name, where that is known; else it is said not to be."""
    options = forced(args[1]) if len(args) > 1 else None
    if not isinstance(options, Record):
        return
    folder = _folder(forced(options.fields["dir"]) if "dir" in options.fields else Unknown("dir"), module)
    handed = options.fields.get("options", Record({}))
    above = word_of(member(interpreter, handed, "prefix"))
    named = forced(options.fields.get("dirNameRoutePrefix", Const(True)))
    params = forced(options.fields.get("routeParams", Const(False)))
    for path in _modules(interpreter, folder) if folder is not None else ():
        plugin = forced(interpreter.export(path, "default") or interpreter.export(path, "=") or Unknown("plugin"))
        if not isinstance(plugin, Closure):
            continue
        inside = path[len(folder or "") :].strip("/").rpartition("/")[0]
        own = member(interpreter, ModuleValue(path), "autoPrefix")
        parts = inside.split("/") if not (isinstance(named, Const) and named.value is False) else []
        if isinstance(params, Const) and params.value is True:
            parts = [re.sub(r"^_+", ":", part) for part in parts]
        below = word_of(own) or "/".join(parts)
        yield plugin, "/".join(one.strip("/") for one in ("", above, below) if one or not below), handed


def _modules(interpreter: Interpreter, folder: str) -> list[str]:
    paths = [
        path
        for path in interpreter.program.modules
        if path.startswith(f"{folder}/") and _MODULE.search(path) and not _TEST.search(path)
    ]
    indexed = {path.rpartition("/")[0] for path in paths if re.search(r"/index\.[cm]?[jt]sx?$", path)}
    return sorted(path for path in paths if path.rpartition("/")[0] not in indexed or "/index." in path)


def _folder(value: Value, module: str) -> str | None:
    """A folder beside a module: what follows the module's own folder in a path."""
    if not isinstance(value, (Text, Const)):
        return None
    parts = parts_of(value)
    known = "".join(part if isinstance(part, str) else "" for part in parts)
    if not known or sum(not isinstance(part, str) for part in parts) > 1:
        return None
    beside = posixpath.join(posixpath.dirname(module), known.lstrip("/"))
    return posixpath.normpath(beside)
