"""Where modules of Remix and React Router are shown, as `app/routes.ts` or the names of files say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.values.lazy import word_of
from callaudit.frameworks.model import join_paths
from callaudit.frameworks.modules import module_at
from callaudit.frameworks.next_files import stem
from callaudit.project.paths import below
from callaudit.syntax.ir import Call, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Node

EXTENSIONS = ("tsx", "ts", "jsx", "js", "mdx")
MAKERS = frozenset({"route", "index", "layout", "prefix"})
FLAT = "flatRoutes"
"""The function that takes the paths from the names of files."""
PACKAGES = ("@react-router/dev/routes", "@remix-run/route-config", "@react-router/fs-routes", "@remix-run/fs-routes")
_ESCAPED = re.compile(r"\[([^\]]*)\]")


class Routed(Struct, frozen=True):
    """A module that is shown at `path`, inside those of `around`, outermost first."""

    path: str
    file: str
    around: tuple[str, ...] = ()


def written_routes(interpreter: Interpreter, table: str, folder: str) -> list[Routed] | None:
    """The routes that a table of them says; `None` where it takes them from the names of files."""
    module = interpreter.program.modules[table]
    calls = module.nodes_of(0, Call)
    named = [call for call in calls if _maker(module, call) in MAKERS]
    if not named and any(_maker(module, call) == FLAT for call in calls):
        return None
    inside = {id(node) for call in named for node in walk(call.args) if isinstance(node, Call)}
    found: list[Routed] = []
    for call in named:
        if id(call) not in inside:
            found += _written(interpreter, call, table, folder, "", ())
    return found


def made_elsewhere(interpreter: Interpreter, table: str) -> int:
    """The line where a table of routes calls a function of the program, which may make some; 0 where it does not."""
    module = interpreter.program.modules[table]
    own = {function.name for function in module.functions if function.name}
    own |= {one.local for one in module.imports.values() if one.source.startswith(".")}
    calls = (call for call in module.nodes_of(0, Call) if isinstance(call.callee, Name) and call.callee.id in own)
    return next((call.line for call in calls), 0)


def _maker(module: Module, call: Call) -> str:
    """The function of a package that makes routes which a call calls, whatever it is called here; empty for others."""
    callee = call.callee
    space = callee.obj if isinstance(callee, Member) else callee
    imported = module.imports.get(space.id) if isinstance(space, Name) else None
    if imported is None or imported.source not in PACKAGES:
        return ""
    if isinstance(callee, Member):
        return callee.prop if imported.imported == "*" else ""
    return imported.imported


def _written(
    interpreter: Interpreter, call: Call, table: str, folder: str, above: str, around: tuple[str, ...]
) -> Iterator[Routed]:
    """`route(path, file, children)`, `index(file)`, `layout(file, children)`, `prefix(path, children)`."""
    kind = _maker(interpreter.program.modules[table], call)
    scope = interpreter.module_scope(table)
    texts = [word_of(interpreter.evaluate(arg, scope)) for arg in call.args[:2]]
    first, second = (*texts, "", "")[:2]
    path = join_paths(above, first) if kind in ("route", "prefix") else above
    file = {"route": second, "prefix": ""}.get(kind, first)
    module = module_at(interpreter, below(folder, file.removeprefix("./")), folder) if file else ""
    if module and kind in ("route", "index"):
        yield Routed(path or "/", module, around)
    within = (*around, module) if module else around
    for child in _children(interpreter.program.modules[table], call.args[1:]):
        yield from _written(interpreter, child, table, folder, path, within)


def _children(module: Module, nodes: tuple[Node, ...]) -> Iterator[Call]:
    """The outermost calls that make routes."""
    found = [node for node in walk(nodes) if isinstance(node, Call)]
    made = [call for call in found if _maker(module, call) in MAKERS]
    inside = {id(node) for call in made for node in walk(call.args) if isinstance(node, Call)}
    yield from (call for call in made if id(call) not in inside)


# --- names of files -----------------------------------------------------------------------------


def flat_routes(interpreter: Interpreter, folder: str) -> list[Routed]:
    """The routes that the names of files tell: `posts.$id.tsx`, `_auth.login/route.tsx`, `_index.tsx`."""
    place = below(folder, "routes") + "/"
    files: dict[str, str] = {}
    for path in sorted(interpreter.program.modules):
        name = stem(path[len(place) :], EXTENSIONS) if path.startswith(place) else None
        first, _, rest = (name or "").partition("/")
        if first and rest in ("", "route", "index"):
            files[first] = path
    found: list[Routed] = []
    for name, path in files.items():
        parts = _parts(name)
        around = [".".join(parts[:at]) for at in range(1, len(parts))]
        within = tuple(files[one] for one in around if one in files)
        found.append(Routed(join_paths(*(_segment(part) for part in parts)), path, within))
    return found


def _parts(name: str) -> list[str]:
    """The parts of a name between dots; those in brackets are written as they are."""
    return re.split(r"\.(?![^\[]*\])", name)


def _segment(part: str) -> str:
    """A part of a name as addresses have it: `_index` vanishes, `$id` is a parameter, `$` all that follows."""
    optional = part.startswith("(") and part.endswith(")")
    part = part[1:-1] if optional else part
    if part.startswith("_"):
        return ""
    plain = _ESCAPED.sub(r"\1", part.removesuffix("_"))
    if plain == "$":
        return "*"
    shown = f":{plain[1:]}" if plain.startswith("$") else plain
    return f"{shown}?" if optional else shown
