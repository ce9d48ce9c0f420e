"""Imports through the aliases of a bundler: they come before packages, and after what TypeScript knows."""

from __future__ import annotations

from posixpath import relpath
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.link.bundler_aliases import aliases_in, is_configuration
from callaudit.link.missing import NO_FILE
from callaudit.link.module import Module
from callaudit.link.written_places import ROOT
from callaudit.project import InFile, InPackage, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.link.bundler_aliases import Alias
    from callaudit.link.program import Resolver
    from callaudit.project import Project, Resolution
    from callaudit.syntax.facts import ModuleFacts


_INSTALLED = "node_modules"
_OF_CONFIGURATION = frozenset({"config", "configs", "build", "scripts", "webpack", ".config"})
"""Folders that packages keep their configuration in."""


class _Configured(Struct, frozen=True, eq=False):
    """What one configuration file says, and the folder of the package that it holds for."""

    path: str
    folder: str
    aliases: list[Alias]
    roots: list[str]


class Aliased:
    """Resolves imports as a bundler does that is configured in code; where none is, as `resolver` does."""

    def __init__(self, resolver: Resolver, project: Project, facts: Iterable[ModuleFacts]) -> None:
        """Read the configuration files among the files of which these are the `facts`."""
        self._resolver = resolver
        self._project = project
        self._folders = {package.dir for package in project.packages}
        self._configured = sorted(
            (found for one in facts if is_configuration(one.path) and (found := self._read(Module(one))) is not None),
            key=lambda one: (-len(one.folder), one.path),
        )
        self._answers: dict[tuple[str, str], Resolution] = {}

    def _read(self, module: Module) -> _Configured | None:
        folder = module.path.rpartition("/")[0]
        package = folder
        while package and package not in self._folders:
            package = package.rpartition("/")[0]
        if package not in self._folders:
            above, _, name = folder.rpartition("/")
            package = above if name in _OF_CONFIGURATION else folder
        aliases, roots = aliases_in(module, package)
        return _Configured(module.path, package, aliases, roots) if aliases or roots else None

    def resolve(self, importer: str, specifier: str) -> Resolution:
        """The file or package that `specifier` means in the file `importer`."""
        found = self._resolver.resolve(importer, specifier)
        if not self._configured or isinstance(found, InFile) or specifier.startswith((".", "/")):
            return found
        key = importer.rpartition("/")[0], specifier
        if key not in self._answers:
            self._answers[key] = self._by_alias(*key, found)
        return self._answers[key]

    def _by_alias(self, folder: str, specifier: str, found: Resolution) -> Resolution:
        if isinstance(found, Missing) and found.why == "asset":
            return found
        missing: Resolution | None = None
        for one in self._configured:
            if one.folder and folder != one.folder and not folder.startswith(one.folder + "/"):
                continue
            for alias in one.aliases:
                rest = alias.stands_for(specifier)
                if rest is None:
                    continue
                if alias.target is None:
                    missing = missing or Missing(f"{NO_FILE}: what {alias.name} stands for in {one.path} is computed")
                    continue
                if _INSTALLED in alias.target.split("/"):
                    return found
                led = self._at(one, alias.target, rest)
                if not isinstance(led, Missing):
                    return self._alone(one, alias, rest, led)
                missing = missing or led
            for root in one.roots if not self._is_installed(folder, found) else ():
                led = self._at(one, root, specifier)
                if isinstance(led, InFile):
                    return led
        return found if missing is None or self._is_installed(folder, found) else missing

    def _alone(self, one: _Configured, alias: Alias, rest: str, led: Resolution) -> Resolution:
        """What an alias leads to; nothing that is known where the same name leads elsewhere, on a condition."""
        for other in one.aliases:
            if (other.name, other.exact) != (alias.name, alias.exact) or other.target in (None, alias.target):
                continue
            elsewhere = self._at(one, other.target or "", rest)
            if not isinstance(elsewhere, Missing) and elsewhere != led:
                return Missing(f"{NO_FILE}: {alias.name} stands for several places in {one.path}")
        return led

    def _at(self, one: _Configured, target: str, rest: str) -> Resolution:
        """What is at a place with the rest of a name below it: a file, or a package that is put in the place."""
        if target.startswith(ROOT):
            return self._local(one, target.removeprefix(ROOT), rest)
        local = self._local(one, f"{one.folder}/{target}" if one.folder else target, rest)
        if isinstance(local, InFile) or target.startswith((".", "/")):
            return local
        named = self._resolver.resolve(one.path, f"{target}/{rest}" if rest else target)
        return named if isinstance(named, (InFile, InPackage)) else local

    def _local(self, one: _Configured, place: str, rest: str) -> Resolution:
        way = relpath("/" + place.lstrip("/"), "/" + one.path.rpartition("/")[0])
        return self._resolver.resolve(one.path, "./" + (f"{way}/{rest}" if rest else way))

    def _is_installed(self, folder: str, found: Resolution) -> bool:
        """Whether the name is that of a package that the importer's package asks for."""
        return isinstance(found, InPackage) and self._project.dependency(folder, found.package) is not None
