"""What is handed to something that is not there: whether it is called, nobody can say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.definitions import Defined
from callaudit.link.missing import missing_value
from callaudit.syntax.ir import Call, Func, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from callaudit.link.module import Module
    from callaudit.link.program import Program
    from callaudit.syntax.ir import Node

Place = tuple[str, int]
MOST_PLACES = 20_000


def handed_to_missing(program: Program, may_send: Callable[[str, int], bool]) -> dict[Place, tuple[str, int, str]]:
    """The functions that may be called through what is missing: each with the file, line and name of a call of that.

    They are those that such a call is handed, and what these come to by names, of functions that `may_send` at all.
    """
    found: dict[Place, tuple[str, int, str]] = {}
    waiting: list[tuple[Place, tuple[str, int, str]]] = []
    for module in program.modules.values():
        missing = {name for name in module.imports if missing_value(program, module.path, name)}
        if missing and not missing.isdisjoint(module.functions[0].refs):
            waiting.extend(_handed(program, module, missing))
    members: dict[str, list[Place]] = {}
    for module in program.modules.values() if waiting else ():
        for index, function in enumerate(module.functions):
            if function.member:
                members.setdefault("." + function.member, []).append((module.path, index))
    while waiting and len(found) < MOST_PLACES:
        place, call = waiting.pop()
        if place in found or not may_send(*place):
            continue
        found[place] = call
        path, index = place
        for ref in program.modules[path].functions[index].refs:
            waiting.extend((one, call) for one in (*_named(program, path, ref), *members.get(ref, ())))
    return found


def _handed(program: Program, module: Module, missing: set[str]) -> Iterator[tuple[Place, tuple[str, int, str]]]:
    """The functions among the arguments of calls of what is missing, and in objects and lists that these hold."""
    for index in range(len(module.functions)):
        for node in module.nodes_of(index, Call):
            root = _root(node)
            if not isinstance(root, Name) or root.id not in missing:
                continue
            for inner in walk(node.args):
                if isinstance(inner, Func):
                    yield (module.path, inner.index), (module.path, node.line, root.id)
                elif isinstance(inner, Name):
                    for place in _named(program, module.path, inner.id):
                        yield place, (module.path, node.line, root.id)


def _root(node: Node) -> Node:
    while isinstance(node, (Call, Member)):
        node = node.callee if isinstance(node, Call) else node.obj
    return node


def _named(program: Program, path: str, ref: str) -> Iterator[Place]:
    """The functions that a name of a module means: itself one, or what the declaration of a variable refers to."""
    if ref[:1] == "#":
        yield path, int(ref[1:])
        return
    if not ref or not (ref[0].isalpha() or ref[0] in "_$"):
        return
    definition = program.name(path, ref)
    if not isinstance(definition, Defined):
        return
    binding = program.modules[definition.module].bindings.get(definition.name)
    for inner in binding.refs if binding is not None else ():
        if inner[:1] == "#":
            yield definition.module, int(inner[1:])
