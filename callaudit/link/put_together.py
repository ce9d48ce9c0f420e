"""Paths that code puts together before it loads what they name: `path = join(__dirname, "jobs", name); import(path)`.

What is read are the constants of the module itself and what its own calls hand to the function that loads; `HOLE`
stands for the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.chains import called_name, is_name
from callaudit.syntax.ir import HOLE, Await, Call, Cond, ImportCall, Let, Lit, Member, Name, Op, PatObj, Tmpl, Typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

DEPTH = 8
MOST_WAYS = 16
"""What a path may be in one place; what more there is is not told apart."""
_HERE = frozenset({"__dirname", "import.meta.dirname"})
_PATHS = frozenset({"path", "node:path", "path/posix", "node:path/posix"})
_JOINS = frozenset({"join", "resolve"})
_AS_URL = frozenset({"pathToFileURL", "String"})
_SAME = frozenset({"href", "toString"})


def put_together(module: Module) -> tuple[str, ...]:
    """The relative paths that the module may load by a name or a call, with holes, sorted."""
    found: dict[str, None] = {}
    for index in range(len(module.functions)):
        if not any(ref[:2] == f"!{HOLE}" for ref in module.functions[index].refs):
            continue
        for node in module.nodes_of(index, ImportCall):
            if type(node.source) is not Lit:
                found.update(dict.fromkeys(_ways(module, index, node.source, DEPTH)))
    return tuple(sorted(path for path in found if path[:2] == "./" or path[:3] == "../"))


def _ways(module: Module, function: int, expr: Expr, depth: int) -> list[str]:
    """What `expr` may be in a function, at most `MOST_WAYS`."""
    if not depth:
        return [HOLE]
    match expr:
        case Lit(value):
            return [str(value)]
        case Await(value) | Typed(value):
            return _ways(module, function, value, depth)
        case Tmpl(parts) | Op("+", parts):
            return _joined(module, function, parts, "", depth)
        case Op("||" | "??", either):
            return _all(_ways(module, function, one, depth - 1) for one in either)
        case Cond(_, then, other):
            return _all(_ways(module, function, one, depth - 1) for one in (then, other))
        case Name(name):
            return _named(module, function, name, depth - 1)
        case Member(Name(owner), prop) if f"{owner}.{prop}" in _HERE:
            return ["."]
        case Member(owner, prop) if prop in _SAME:
            return _ways(module, function, owner, depth - 1)
        case Call():
            return _called(module, function, expr, depth)
    return [HOLE]


def _called(module: Module, function: int, call: Call, depth: int) -> list[str]:
    callee = call.callee
    if type(callee) is Member and callee.prop in _SAME and not call.args:
        return _ways(module, function, callee.obj, depth - 1)
    root = callee.obj if type(callee) is Member else callee
    name = called_name(callee)
    if type(root) is Name and name in _JOINS and _package(module, root.id) in _PATHS:
        return _joined(module, function, call.args, "/", depth)
    if name in _AS_URL and call.args:
        return _ways(module, function, call.args[0], depth - 1)
    return [HOLE]


def _package(module: Module, name: str) -> str:
    """What a name of the module's top level is imported from, or required."""
    imported = module.imports.get(name)
    if imported is not None:
        return imported.source
    for statement in module.functions[0].body:
        match statement:
            case Let(Name(local), ImportCall(Lit(str(source)))) if local == name:
                return source
            case Let(PatObj(entries), ImportCall(Lit(str(source)))) if any(
                is_name(entry.target, name) for entry in entries
            ):
                return source
    return ""


def _joined(module: Module, function: int, parts: Sequence[Expr], between: str, depth: int) -> list[str]:
    ways = [""]
    for number, part in enumerate(parts):
        joint = between if number else ""
        more = _ways(module, function, part, depth - 1)
        ways = [f"{before}{joint}{after}" for before in ways for after in more][:MOST_WAYS]
    return ways


def _named(module: Module, function: int, name: str, depth: int) -> list[str]:
    """What a variable may be: of the function, of one around it, or a parameter that calls of the module hand over."""
    if name in _HERE:
        return ["."]
    while function >= 0:
        here = module.functions[function]
        for number, param in enumerate(here.params):
            if is_name(param.target, name):
                return _handed(module, function, number, depth)
        values = [
            node.value
            for node in module.nodes_of(function, Let)
            if is_name(node.target, name) and node.value is not None
        ]
        if values:
            return _all(_ways(module, function, value, depth) for value in values)
        function = here.parent
    return [HOLE]


def _handed(module: Module, function: int, number: int, depth: int) -> list[str]:
    """What the calls of a function in its own module hand to parameter `number`."""
    here = module.functions[function]
    found: list[list[str]] = []
    names = {name for name in (here.name, here.member) if name}
    written = names.union(f".{name}" for name in names)
    for index, other in enumerate(module.functions):
        if written.isdisjoint(other.refs):
            continue
        found.extend(
            _ways(module, index, node.args[number], depth - 1)
            for node in module.nodes_of(index, Call)
            if len(node.args) > number and called_name(node.callee) in names
        )
    return _all(found) or [HOLE]


def _all(ways: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(one for some in ways for one in some))[:MOST_WAYS]
