"""What the names in a module stand for, where it is asked who may reach the network: nodes, or clients themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.definitions import Defined, Foreign, ModuleObject, Part
from callaudit.link.missing import is_missing, missing_value
from callaudit.syntax.beside import MARK
from callaudit.syntax.facts import ANY_METHOD
from callaudit.syntax.ir import HOLE, ImportCall, Let, Lit, Member, Name

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.link.module import Module
    from callaudit.link.program import Program
    from callaudit.syntax.ir import Expr

Node = tuple[str, str]
"""(module, name) for a binding, (module, "#3") for a function, ("", ".member") for a member anywhere."""

ANY: Node = ("", ANY_METHOD)
"""A method of any name: where one of the program's may reach the network, a call of a computed one may."""


class Meanings(dict[str, "Node | bool | None"]):
    """The nodes that the names in one module stand for; `True` for a client of the network."""

    def __init__(
        self,
        program: Program,
        module: Module,
        globals_: frozenset[str],
        is_client: Callable[[str, str], bool],
    ) -> None:
        """Look names up where `module` uses them; `globals_` and the packages of `is_client` are clients."""
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
            return ANY
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
