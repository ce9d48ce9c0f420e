"""From an import to the file or package that it means, as TypeScript, Node and bundlers agree on it.

Nothing is read from disk: only files of the project can be the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from callaudit.project.file_lookup import FileLookup
from callaudit.project.own_packages import OwnPackages
from callaudit.project.reading import inside
from callaudit.project.resolution import InFile, InPackage, Missing
from callaudit.project.specifiers import Patterns, is_asset, is_relative, request, split_package, star

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.project.records import Package, PathConfig, Project
    from callaudit.project.resolution import Resolution

_Value = TypeVar("_Value")
_CONVENTIONAL_ALIASES = frozenset({"@", "~", "@@", "~~"})
_OF_FRAMEWORKS = {"$lib": ("@sveltejs/kit", "src/lib"), "#shared": ("nuxt", "shared")}
"""Aliases that a framework writes into a configuration which it makes itself, with the folders that they stand for."""


class _Scope(Struct, frozen=True, gc=False):
    """What holds for all files of a folder: the nearest configuration and the nearest package."""

    folder: str
    config: PathConfig | None
    package: Package | None
    package_dir: str


class Resolver:
    """Resolves the imports of one project; answers are remembered by folder and specifier."""

    def __init__(self, project: Project) -> None:
        """Index the project's files, packages and configurations."""
        self._project = project
        self._files = FileLookup(project)
        self._own = OwnPackages(project, self._files)
        self._configs = {config.dir: config for config in project.configs}
        self._packages = {package.dir: package for package in project.packages}
        self._aliases = {config.dir: Patterns(list(config.paths)) for config in project.configs}
        self._imports = {package.dir: Patterns(list(package.imports)) for package in project.packages}
        self._scopes: dict[str, _Scope] = {}
        self._answers: dict[tuple[str, str], Resolution] = {}

    def resolve(self, importer: str, specifier: str) -> Resolution:
        """Return what `specifier` means in the file `importer`, a path relative to the root."""
        key = importer.rpartition("/")[0], specifier
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._built(self._resolve(self._scope(key[0]), specifier))
        return answer

    def _built(self, found: Resolution) -> Resolution:
        """The same, or the file that a build puts in its place."""
        instead = self._project.replacements.get(found.path) if isinstance(found, InFile) else None
        return found if instead is None else InFile(instead)

    def _resolve(self, scope: _Scope, specifier: str) -> Resolution:
        asked = request(specifier)
        name = asked.name
        if asked.asset:
            return Missing("asset")
        if is_relative(name):
            return self._local(inside(scope.folder, name), name)
        if name.startswith("/"):
            # Vite serves the package's folder as the root of its URLs.
            return self._local(inside(scope.package_dir, name.lstrip("/")), name)
        found, alias = self._by_alias(scope, name)
        found = found or self._by_framework(scope, name)
        return found or self._by_imports(scope, name) or self._by_base(scope, name) or self._bare(scope, name, alias)

    def _by_framework(self, scope: _Scope, name: str) -> InFile | None:
        """Return the file by an alias of the package's framework: https://svelte.dev/docs/kit/$lib."""
        prefix, _, rest = name.partition("/")
        framework, folder = _OF_FRAMEWORKS.get(prefix, ("", ""))
        if not framework or self._project.dependency(scope.package_dir, framework) is None:
            return None
        return self._files.at(inside(scope.package_dir, f"{folder}/{rest}" if rest else folder))

    def _local(self, path: str | None, name: str) -> Resolution:
        if path is None:
            return Missing("it leads out of the project")
        is_folder = name.endswith("/") or name.rpartition("/")[2] in {".", ".."}
        return self._files.at(path, is_folder=is_folder) or self._files.nothing_at(path)

    def _by_alias(self, scope: _Scope, name: str) -> tuple[InFile | None, str]:
        """Return the file by tsconfig `paths`, and the alias that matched even if it leads to no file."""
        match = self._aliases[scope.config.dir].find(name) if scope.config is not None else None
        if scope.config is None or match is None:
            return None, ""
        alias, rest = match
        places = (inside("", target.replace("*", rest)) for target in scope.config.paths[alias])
        return next((found for place in places if (found := self._files.at(place)) is not None), None), alias

    def _by_imports(self, scope: _Scope, name: str) -> Resolution | None:
        match = self._imports[scope.package.dir].find(name) if scope.package is not None else None
        if scope.package is None or match is None:
            return None
        target = scope.package.imports[match[0]].replace("*", match[1])
        if target.startswith("npm:"):
            return self._bare(scope, target.removeprefix("npm:"), "")
        return self._files.at(inside("", target))

    def _by_base(self, scope: _Scope, name: str) -> Resolution | None:
        if scope.config is None or scope.config.base_url is None:
            return None
        place = inside(scope.config.base_url, name)
        found = self._files.at(place)
        return Missing("declaration") if found is None and self._files.is_declared(place) else found

    def _bare(self, scope: _Scope, name: str, alias: str) -> Resolution:
        """Resolve a name that no configuration maps: a package of the repository, or one from outside."""
        split = split_package(name)
        if split is None:
            return self._by_convention(scope, name) or self._unknown(scope, name, alias)
        package, subpath = split
        version = self._project.dependency(scope.package_dir, package)
        if version is not None and version.startswith("npm:"):
            package = (split_package(version) or split)[0]
        elif (found := self._own.find(scope.folder, package, subpath, version)) is not None:
            return found
        if subpath and is_asset(name):
            return Missing("asset")
        # A pattern like '*' says nothing about where a name comes from, '@app/*' does.
        if alias.partition("*")[0] and version is None:
            return self._unknown(scope, name, alias)
        return InPackage(package, subpath)

    def _by_convention(self, scope: _Scope, name: str) -> InFile | None:
        """Return the file for '@/x' and '~/x', which templates of many bundlers map without a tsconfig."""
        prefix, slash, rest = name.partition("/")
        if not slash or prefix not in _CONVENTIONAL_ALIASES:
            return None
        folders = ("src/", "app/", "") if self._project.dependency(scope.package_dir, "nuxt") else ("src/", "")
        places = (inside(scope.package_dir, folder + rest) for folder in folders)
        return next((found for place in places if (found := self._files.at(place)) is not None), None)

    def _unknown(self, scope: _Scope, name: str, alias: str) -> Missing:
        if is_asset(name):
            return Missing("asset")
        if not alias or scope.config is None:
            return Missing("no package name and no alias")
        rest = star(alias, name) or ""
        places = [target.replace("*", rest) for target in scope.config.paths[alias]]
        if any(self._files.is_declared(inside("", place)) for place in places):
            return Missing("declaration")
        return Missing(f"no file for the alias {alias}: {', '.join(places[:3])}")

    def _scope(self, folder: str) -> _Scope:
        scope = self._scopes.get(folder)
        if scope is None:
            package = _nearest(folder, self._packages)
            scope = _Scope(folder, _nearest(folder, self._configs), package, package.dir if package else "")
            self._scopes[folder] = scope
        return scope


def _nearest(folder: str, table: Mapping[str, _Value]) -> _Value | None:
    while folder not in table:
        if not folder:
            return None
        folder = folder.rpartition("/")[0]
    return table[folder]
