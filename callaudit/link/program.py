"""The linked program: every module's facts, and what a name in one file means in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from callaudit.link.auto_imports import AutoImports
from callaudit.link.definitions import Defined, Definition, Foreign, ModuleObject, Part, Unlinked
from callaudit.link.put_together import put_together
from callaudit.project import InFile, InPackage, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from callaudit.link.module import Module
    from callaudit.project import Project
    from callaudit.syntax.facts import Interface


MOST_HOPS = 5_000


class Resolver(Protocol):
    """What `link` needs of the project's resolver."""

    def resolve(self, importer: str, specifier: str) -> Resolution:
        """The file or package that `specifier` means in `importer`."""
        ...


class Program:
    """All modules, and the answers to what their names mean; answers are kept."""

    def __init__(
        self,
        project: Project,
        modules: dict[str, Module],
        resolver: Resolver,
        generated: frozenset[str] = frozenset(),
        knows: Callable[[str, str], bool] = lambda package, name: False,  # noqa: ARG005 - nothing is known
    ) -> None:
        """Link `modules` of `project`, of which a tool has written `generated`; nothing is looked up beforehand.

        `knows` says whether a package surely exports a name.
        """
        self._knows = knows
        self.project = project
        self.modules = modules
        self.generated = generated
        self._resolver = resolver
        self._exports: dict[tuple[str, str], Definition | None] = {}
        self._names: dict[tuple[str, str], Definition | None] = {}
        self._put_together: dict[str, tuple[str, ...]] = {}
        self._auto_imports = AutoImports(self)

    def put_together(self, module: str) -> tuple[str, ...]:
        """The relative paths of what `module` loads that its code puts together, with holes."""
        if module not in self._put_together:
            self._put_together[module] = put_together(self.modules[module])
        return self._put_together[module]

    def resolve(self, importer: str, specifier: str) -> Resolution:
        """The file or package that `specifier` means in the file `importer`."""
        return self._resolver.resolve(importer, specifier)

    def source(self, importer: str, specifier: str) -> ModuleObject | Foreign | Unlinked:
        """What an import of `specifier` in `importer` gives as a whole."""
        found = self.resolve(importer, specifier)
        if isinstance(found, InFile):
            if found.path in self.modules:
                return ModuleObject(found.path)
            is_data = found.path.endswith(".json")
            return Unlinked(specifier, "asset" if is_data else "not a source file that is analyzed")
        if isinstance(found, InPackage):
            name = f"{found.package}/{found.subpath}" if found.subpath else found.package
            return Foreign(name, ())
        return Unlinked(specifier, found.why)

    def name(self, module: str, name: str) -> Definition | None:
        """What `name` means at the top level of `module`; `None` if nothing declares or imports such a name."""
        key = (module, name)
        if key not in self._names:
            self._names[key] = self._name(module, name)
        return self._names[key]

    def _name(self, module: str, name: str) -> Definition | None:
        found = self.modules[module]
        imported = found.imports.get(name)
        if imported is not None:
            return self.imported(module, imported.source, imported.imported)
        if name in found.bindings:
            return Defined(module, name)
        return self._auto_imports.name(module, name)

    def imported(self, module: str, specifier: str, name: str) -> Definition:
        """What `import { name } from specifier` in `module` means."""
        origin = self.source(module, specifier)
        if isinstance(origin, Unlinked):
            return origin
        if name == "*":
            return origin
        if isinstance(origin, Foreign):
            return Foreign(origin.package, (name,))
        found = self.export(origin.module, name)
        if found is not None:
            return found
        if name == "default":  # `import x from` of a CommonJS module is the module
            return origin
        if self.export(origin.module, "=") is not None:
            return Part(origin.module, name)
        return Unlinked(specifier, f"{origin.module} exports no {name}")

    def export(self, module: str, name: str) -> Definition | None:
        """What `module` exports as `name`, through any number of barrels."""
        key = (module, name)
        if key not in self._exports:
            self._exports[key] = self._follow(module, name)
        return self._exports[key]

    def _follow(self, module: str, name: str) -> Definition | None:
        seen: set[tuple[str, str]] = set()
        waiting = [(module, name)]
        while waiting and len(seen) < MOST_HOPS:
            step = waiting.pop()
            if step in seen:
                continue
            seen.add(step)
            found = self._step(*step, waiting)
            if found is not None:
                return found
        return self._handed_on(sorted(seen))

    def _handed_on(self, steps: Iterable[tuple[str, str]]) -> Foreign | None:
        """What a name is that no file has, where barrels hand on packages without naming it: `export * from "axios"`.

        It is of the package that surely has it; where a file is missing too, it may as well be of that one.
        """
        found: list[Foreign] = []
        missing = False
        for path, name in steps:
            for specifier in self.modules[path].stars if name != "default" else ():
                origin = self.source(path, specifier)
                if isinstance(origin, Foreign):
                    found.append(Foreign(origin.package, (name,)))
                missing = missing or isinstance(origin, Unlinked)
        sure = (one for one in found if self._knows(one.package, one.path[0]))
        return next(sure, None if missing or not found else found[0])

    def _step(self, path: str, name: str, waiting: list[tuple[str, str]]) -> Definition | None:
        """One hop: the definition, or further places to look on top of `waiting`."""
        here = self.modules[path]
        export = here.exports.get(name)
        if export is None:
            if name != "default":
                self._through_stars(here, name, waiting)
            return None
        if export.source:
            return self._through(path, export.source, export.local, waiting)
        imported = here.imports.get(export.local)
        if imported is not None:
            return self._through(path, imported.source, imported.imported, waiting)
        return Defined(path, export.local)

    def _through(self, path: str, specifier: str, name: str, waiting: list[tuple[str, str]]) -> Definition | None:
        origin = self.source(path, specifier)
        if isinstance(origin, ModuleObject) and name != "*":
            if name == "default" and name not in self.modules[origin.module].exports:
                return origin
            waiting.append((origin.module, name))
            return None
        if isinstance(origin, Foreign) and name != "*":
            return Foreign(origin.package, (name,))
        return origin

    def _through_stars(self, here: Module, name: str, waiting: list[tuple[str, str]]) -> None:
        for specifier in reversed(here.stars):
            origin = self.source(here.path, specifier)
            if isinstance(origin, ModuleObject):
                waiting.append((origin.module, name))

    def exported_names(self, module: str) -> list[str]:
        """Every name that `module` exports, those of its barrels included, sorted."""
        names: set[str] = set()
        seen: set[str] = set()
        waiting = [module]
        while waiting and len(seen) < MOST_HOPS:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            here = self.modules[path]
            names.update(name for name in here.exports if path == module or name != "default")
            for specifier in here.stars:
                origin = self.source(path, specifier)
                if isinstance(origin, ModuleObject):
                    waiting.append(origin.module)
        return sorted(names)

    def interface(self, module: str, name: str) -> tuple[str, Interface] | None:
        """The interface or type alias that `name` means in `module`, and where it is declared."""
        for _ in range(20):
            here = self.modules[module]
            if name in here.interfaces:
                return module, here.interfaces[name]
            imported = here.imports.get(name)
            if imported is None:
                return self._star_interface(module, name)
            origin = self.source(module, imported.source)
            if not isinstance(origin, ModuleObject):
                return None
            module, name = self._exported_type(origin.module, imported.imported)
        return None

    def _exported_type(self, module: str, name: str) -> tuple[str, str]:
        for _ in range(20):
            export = self.modules[module].exports.get(name)
            if export is None or not export.source:
                return module, export.local if export is not None else name
            origin = self.source(module, export.source)
            if not isinstance(origin, ModuleObject):
                return module, name
            module, name = origin.module, export.local
        return module, name

    def _star_interface(self, module: str, name: str) -> tuple[str, Interface] | None:
        seen: set[str] = set()
        waiting = [module]
        while waiting and len(seen) < MOST_HOPS:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            here = self.modules[path]
            if name in here.interfaces:
                return path, here.interfaces[name]
            for specifier in here.stars:
                origin = self.source(path, specifier)
                if isinstance(origin, ModuleObject):
                    waiting.append(origin.module)
        return None
