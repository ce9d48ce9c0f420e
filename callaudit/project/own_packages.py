"""The packages of the repository itself, as imports by name reach them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.project.entry_points import Targets
from callaudit.project.reading import inside
from callaudit.project.resolution import InFile, Missing
from callaudit.project.specifiers import Patterns, is_asset

if TYPE_CHECKING:
    from callaudit.project.file_lookup import FileLookup
    from callaudit.project.records import Package, Project
    from callaudit.project.resolution import Resolution


class OwnPackages:
    """Finds the sources of the repository's packages by name and subpath."""

    def __init__(self, project: Project, lookup: FileLookup) -> None:
        """Index the packages of a project by name."""
        self._lookup = lookup
        self._configs = {config.dir: config for config in project.configs}
        self._named: dict[str, list[Package]] = {}
        for package in project.packages:
            self._named.setdefault(package.name, []).append(package)
        self._exports: dict[str, Patterns] = {}

    def find(self, folder: str, name: str, subpath: str, version: str | None) -> Resolution | None:
        """Return where an import of `name` in `folder` leads; None when a package from outside is meant.

        `version` is the range that the importing package asks for, None when it lists no such dependency.
        Of several packages of one name the one nearest to `folder` counts.
        """
        if not name or name not in self._named:
            return None
        package = max(self._named[name], key=lambda package: _shared(package.dir, folder))
        if not _is_linked(version, package.version):
            return None
        found = self._exported(package, subpath) or self._deep(package, subpath)
        if found is not None or _is_registry(version):
            return found
        if is_asset(subpath):
            return Missing("asset")
        if subpath and self._lookup.is_declared(inside(package.dir, subpath)):
            return Missing("declaration")
        return Missing(f"package {name} of this repository has no source for {subpath or 'its entry point'}")

    def _exported(self, package: Package, subpath: str) -> InFile | None:
        patterns = self._exports.get(package.dir)
        if patterns is None:
            patterns = self._exports[package.dir] = Patterns(list(package.entry_points))
        match = patterns.find(f"./{subpath}" if subpath else ".")
        if match is None:
            return None
        return self._lookup.at(inside("", package.entry_points[match[0]].replace("*", match[1])))

    def _deep(self, package: Package, subpath: str) -> InFile | None:
        """Return the file for 'name/src/x', which bundlers and older packages allow without an export."""
        if not subpath or "*" in subpath:
            return None
        targets = Targets(package.dir, self._configs.get(package.dir), self._lookup.index)
        source = targets.source([f"./{subpath}"])
        return None if source is None else InFile(source)


def _shared(one: str, other: str) -> int:
    """Return how many folders two paths share from the top."""
    count = 0
    for a, b in zip(one.split("/"), other.split("/"), strict=False):
        if a != b:
            break
        count += 1
    return count


def _is_registry(version: str | None) -> bool:
    return version is not None and version[:1] in set("0123456789^~<>=")


def _is_linked(wanted: str | None, version: str) -> bool:
    """Tell whether a package manager would take the repository's own package of this `version`.

    An example folder may hold a package called `react` that is not the one that the others import.
    """
    if wanted is None or not _is_registry(wanted) or not version:
        return True
    return wanted.lstrip("^~<>= v").partition(".")[0] == version.partition(".")[0]
