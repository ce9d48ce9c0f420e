"""Which functions may come to a network call: reverse reachability over names, cheap and never too small.

Only these are evaluated. A function counts if its code mentions a client of the network, or a name that stands
for something that counts. Members are matched by name alone, so the answer may hold functions that reach nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.computed_imports import loaded_by, patterns
from callaudit.link.held import held
from callaudit.link.inner import Inner
from callaudit.link.missing import is_missing, missing_value
from callaudit.link.program import Defined, Foreign, ModuleObject, Part
from callaudit.link.provided import provided
from callaudit.syntax.beside import MARK
from callaudit.syntax.facts import ANY_METHOD, GIVES_VALUE
from callaudit.syntax.ir import HOLE, ImportCall, Let, Lit, Member, Name
from callaudit.syntax.typescript.types import type_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from callaudit.link.program import Module, Program
    from callaudit.syntax.ir import Call, Expr

Node = tuple[str, str]
"""(module, name) for a binding, (module, "#3") for a function, ("", ".member") for a member anywhere."""

_ANY: Node = ("", ANY_METHOD)
"""A method of any name: where one of the program's may reach the network, a call of a computed one may."""


class Relevance:
    """The functions and members that may reach the network."""

    def __init__(self, reached: frozenset[Node], starts: frozenset[Node]) -> None:
        """Keep the nodes `reached`, and those that mention a client themselves."""
        self._starts = starts
        self._reached = reached
        self._inner = Inner(self.function)

    def function(self, module: str, index: int) -> bool:
        """Whether function number `index` of `module` may reach the network."""
        return (module, f"#{index}") in self._reached

    def inner(self, module: Module, index: int) -> bool:
        """Whether function number `index` of `module` may through functions that are declared beside it."""
        return self._inner.reaches(module, index)

    def binding(self, module: str, name: str) -> bool:
        """Whether what the top level of `module` declares as `name` may reach the network."""
        return (module, name) in self._reached

    def sends(self, module: str, index: int) -> bool:
        """Whether function number `index` of `module` itself mentions a client of the network."""
        return (module, f"#{index}") in self._starts

    def member(self, name: str) -> bool:
        """Whether a method or property of this name may."""
        return ("", "." + name) in self._reached


def relevance(
    program: Program,
    globals_: frozenset[str],
    is_client: Callable[[str, str], bool],
    members: Mapping[str, frozenset[str]] | None = None,
    is_maker: Callable[[str, tuple[str, ...]], bool] | None = None,
) -> Relevance:
    """Search backwards from the global names `globals_` and the packages for which `is_client` holds.

    `members` are by package the members that count too, in the modules that import it; `is_maker` holds for exports
    that make a client.
    """
    users: dict[Node, list[Node]] = {}
    starts: set[Node] = set()
    meanings: dict[str, _Targets] = {}
    for module in program.modules.values():
        counting = [members[item.source] for item in module.facts.imports if item.source in members] if members else []
        targets = _Targets(program, module, globals_.union(*counting) if counting else globals_, is_client)
        for node, refs in _mentions(module):
            if node[0] == "":
                users.setdefault(node, []).append(_ANY)
            _uses(node, refs, targets, users, starts)
        if GIVES_VALUE in module.functions[0].refs:
            for context, refs in provided(program, module):
                _uses(context, refs, targets, users, starts)
        starts.update(_by_type(module, targets))
        meanings[module.path] = targets
    for member, target in _of_namespaces(program):
        users.setdefault(target, []).append(member)
        users.setdefault(member, []).append(_ANY)
    fields: set[Node] = set()
    waiting = list(starts)
    reached = set(starts)
    while waiting:
        node = waiting.pop()
        follow = list(users.get(node, ()))
        if node[0] and node[1].startswith("#"):
            for what, place in held(
                program.modules[node[0]], int(node[1][1:]), meanings[node[0]], _makes(meanings[node[0]], is_maker)
            ):
                if isinstance(what, bool):
                    fields.add(place)
                else:
                    users.setdefault(what, []).append(place)
                if isinstance(what, bool) or what in reached:
                    follow.append(place)
        for user in follow:
            if user not in reached:
                reached.add(user)
                waiting.append(user)
    # a method that uses a field which holds a client mentions the client too
    fields.update(node for node in starts if not node[0])
    direct = starts.union(fields, *(users.get(node, ()) for node in fields))
    return Relevance(frozenset(reached), frozenset(direct))


def _uses(node: Node, refs: Iterable[str], targets: _Targets, users: dict[Node, list[Node]], starts: set[Node]) -> None:
    """Note what `node` mentions."""
    for ref in refs:
        target = targets[ref]
        if target is True:
            starts.add(node)
        elif target:
            users.setdefault(target, []).append(node)


def _mentions(module: Module) -> Iterable[tuple[Node, Iterable[str]]]:
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


def _by_type(module: Module, targets: _Targets) -> Iterable[Node]:
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
        if not function.parent:
            yield (module.path, function.name)
        index = function.parent


def _of_namespaces(program: Program) -> Iterable[tuple[Node, Node]]:
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


def _makes(targets: _Targets, is_maker: Callable[[str, tuple[str, ...]], bool] | None) -> Callable[[Call], bool] | None:
    """Says of a call whether it makes a client."""
    return (lambda call: is_maker(*targets.origin(call.callee))) if is_maker is not None else None


class _Targets(dict[str, "Node | bool | None"]):
    """The nodes that the names in one module stand for; `True` for a client of the network."""

    def __init__(
        self,
        program: Program,
        module: Module,
        globals_: frozenset[str],
        is_client: Callable[[str, str], bool],
    ) -> None:
        super().__init__()
        self._program = program
        self._module = module
        self._globals = globals_
        self._is_client = is_client
        self._required = {
            let.target.id: let.value.source.value
            for let in module.functions[0].body
            if isinstance(let, Let) and isinstance(let.target, Name) and isinstance(let.value, ImportCall)
            if isinstance(let.value.source, Lit) and isinstance(let.value.source.value, str)
        }

    def __missing__(self, ref: str) -> Node | bool | None:
        """Look `ref` up once."""
        found = self[ref] = self._target(ref)
        return found

    def _imported(self, path: str, specifier: str) -> Node | bool | None:
        origin = self._program.source(path, specifier)
        if isinstance(origin, Foreign):
            return True if self._is_client(origin.package, "") else None
        if isinstance(origin, ModuleObject):
            return (origin.module, "*module*")
        return None

    def _target(self, ref: str) -> Node | bool | None:
        if ref == ANY_METHOD:
            return _ANY
        if not ref:  # a name that is missing: the grammar recovered from an error
            return None
        if ref[0] == ".":
            return True if ref[1:] in self._globals else ("", ref)
        path = self._module.path
        if ref[0] == "!" and HOLE in ref:
            return (path, ref)
        if ref[0] == "!":
            return self._imported(path, ref[1:])
        if ref[0] == MARK:
            origin = self._program.source(path, ref[1:])
            return (origin.module, "#0") if isinstance(origin, ModuleObject) else None
        if ref[0] == "#":
            return (path, ref)
        found = self._program.name(path, ref)
        if isinstance(found, Defined):
            source = self._required.get(found.name) if found.module == path else None
            if source and self._imported(path, source) is True:
                return True  # `const axios = require('axios')` is the import that it stands for
            return (found.module, found.name)
        if isinstance(found, Foreign):
            return True if self._is_client(found.package, found.path[0] if found.path else "") else None
        if isinstance(found, Part):
            found = self._program.export(found.module, "=")
            return (found.module, found.name) if isinstance(found, Defined) else None
        if isinstance(found, ModuleObject):
            return None  # its members are matched by name
        if is_missing(found):  # what it does is not known: it may send
            return missing_value(self._program, path, ref) or None
        return True if found is None and ref in self._globals else None

    def origin(self, expr: Expr) -> tuple[str, tuple[str, ...]]:
        """The package that `expr` is from, and the way to it from the package's exports; empty for anything else."""
        path: tuple[str, ...] = ()
        while isinstance(expr, Member):
            path = (expr.prop, *path)
            expr = expr.obj
        if not isinstance(expr, Name):
            return "", ()
        found = self._program.name(self._module.path, expr.id)
        if isinstance(found, Defined) and expr.id in self._required:
            found = self._program.source(self._module.path, self._required[expr.id])
        return (found.package, (*found.path, *path)) if isinstance(found, Foreign) else ("", ())

    def handed(self, name: str) -> bool:
        """Whether a parameter whose type is `name` surely is a client: data has types that are missing, too."""
        return self[name] is True and not is_missing(self._program.name(self._module.path, name))
