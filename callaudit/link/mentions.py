"""Who mentions what: each binding, function and member of a module with the names in its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.computed_imports import loaded_by, patterns
from callaudit.link.definitions import Defined, ModuleObject
from callaudit.syntax.ir import HOLE, Member, Name
from callaudit.syntax.type_names import type_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.link.meanings import Meanings, Node
    from callaudit.link.module import Module
    from callaudit.link.program import Program


def mentions_of(module: Module) -> Iterable[tuple[Node, Iterable[str]]]:
    """Each node of a module with the names that it mentions."""
    path = module.path
    for binding in module.facts.bindings:
        yield (path, binding.name), binding.refs
    for index, function in enumerate(module.functions):
        own = f"#{index}"
        yield (path, own), function.refs
        if function.member:
            yield ("", "." + function.member), (own,)
    for cls in module.classes:
        for field in cls.fields:
            yield ("", "." + field.name), type_names(field.type) if field.value is None else cls.refs
            if field.name == "contextType":  # what `this.context` of a React component is
                yield ("", ".context"), cls.refs
        for index in cls.methods:
            function = module.functions[index]
            if function.name == "constructor":
                for param in function.params:
                    name = getattr(param.target, "id", "")
                    if param.property and name:
                        yield ("", "." + name), type_names(param.type)


def typed_as_clients(module: Module, targets: Meanings) -> Iterable[Node]:
    """Functions that are handed a client which only its type tells, and methods of classes that extend one."""
    clients = {name for name in module.imports if targets[name] is True}
    if not clients:
        return
    known = {name for name in clients if targets.handed(name)}
    for index, function in enumerate(module.functions):
        if any(param.type and not known.isdisjoint(type_names(param.type)) for param in function.params):
            yield from _with_owners(module, index)
    for cls in module.classes:
        root = cls.base
        while isinstance(root, Member):
            root = root.obj
        if isinstance(root, Name) and root.id in clients:
            yield from ((module.path, f"#{index}") for index in cls.methods)
            yield (module.path, cls.name)


def _with_owners(module: Module, index: int) -> Iterable[Node]:
    """A function, those that enclose it, and the name that the module has for the outermost one."""
    while index > 0:
        yield (module.path, f"#{index}")
        function = module.functions[index]
        if not function.parent and function.cls < 0:  # the name of a method is none of its module: `#load` neither
            yield (module.path, function.name)
        index = function.parent


def of_namespaces(program: Program) -> Iterable[tuple[Node, Node]]:
    """Each export of a module that is used as an object, as a member of that name."""
    seen: set[str] = set()
    for module in program.modules.values():
        sources = {
            item.source for item in module.facts.imports if item.imported in ("*", "default") and not item.type_only
        }
        sources.update(item.source for item in module.facts.exports if item.local == "*" and item.name != "*")
        sources.update(ref[1:] for ref in module.functions[0].refs if ref[0] == "!" and HOLE not in ref)
        origins = (program.source(module.path, source) for source in sorted(sources))
        loaded = [origin.module for origin in origins if isinstance(origin, ModuleObject)]
        for pattern in patterns({ref for function in module.functions for ref in function.refs}):
            computed = loaded_by(program, module.path, pattern)
            loaded.extend(computed)
            yield from (((module.path, f"!{pattern}"), (path, "*module*")) for path in computed)
        for path in loaded:
            if path not in seen:
                seen.add(path)
                yield from _exports(program, path)


def _exports(program: Program, path: str) -> Iterable[tuple[Node, Node]]:
    for name in program.exported_names(path):
        found = program.export(path, name)
        if isinstance(found, Defined):
            yield ("", "." + name), (found.module, found.name)
            if name == "default":  # taken by who is handed the whole module: a lazy component
                yield (path, "*module*"), (found.module, found.name)
