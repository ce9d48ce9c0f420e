"""package.json files as `Package` records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.project.config_text import read_config
from callaudit.project.entry_points import Targets, conditional_targets
from callaudit.project.records import Notice, Package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callaudit.project.records import PathConfig
    from callaudit.project.source_index import SourceIndex

# What is installed for users wins over what is installed for developers.
DEPENDENCY_KINDS = ("dependencies", "optionalDependencies", "peerDependencies", "devDependencies")
_TYPES: Mapping[str, tuple[type, ...]] = {
    "name": (str,),
    "version": (str,),
    "main": (str,),
    "scripts": (dict,),
    "bin": (str, dict),
    "exports": (str, dict, list),
    "imports": (dict,),
} | dict.fromkeys(DEPENDENCY_KINDS, (dict,))


class Manifest:
    """One package.json as it is written, its values checked: `data` holds only values of the right type."""

    def __init__(self, path: str, data: dict[str, Any]) -> None:
        """Keep what can be used of `data`; the rest becomes `notices`."""
        self.path = path
        self.dir = path.rpartition("/")[0]
        self.notices: list[Notice] = []
        self.data: dict[str, Any] = {}
        for name, value in data.items():
            if value is None or (name in _TYPES and not isinstance(value, _TYPES[name])):
                if value is not None:
                    self._say(f"{name} has the wrong type and is ignored")
                continue
            self.data[name] = value
        self.name: str = self.data.get("name", "")

    def package(self, index: SourceIndex, config: PathConfig | None, catalogs: dict[str, str]) -> Package:
        """Return the record; `config` is the tsconfig of the same folder, `catalogs` those of pnpm."""
        targets = Targets(self.dir, config, index)
        return Package(
            dir=self.dir,
            name=self.name,
            dependencies=self._dependencies(catalogs),
            entry_points=targets.entry_points(self.data),
            imports=self._imports(targets),
            scripts=self._strings("scripts"),
            bin=self._bin(targets),
            raw_main=self.data.get("main", ""),
            version=self.data.get("version", ""),
        )

    def _dependencies(self, catalogs: dict[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind in DEPENDENCY_KINDS:
            for name, version in self._strings(kind).items():
                if version.startswith("catalog:"):
                    catalog = version.removeprefix("catalog:") or "default"
                    version = catalogs.get(f"{catalog}:{name}", version)  # noqa: PLW2901
                found.setdefault(name, version)
        return found

    def _imports(self, targets: Targets) -> dict[str, str]:
        found = {}
        for name, value in self.data.get("imports", {}).items():
            choices = conditional_targets(value)
            source = targets.source([choice for choice in choices if choice.startswith("./")])
            if source is None:
                source = next((f"npm:{choice}" for choice in choices if not choice.startswith((".", "/", "#"))), None)
            if source is not None and name.startswith("#") and name.count("*") <= 1:
                found[name] = source
        return found

    def _bin(self, targets: Targets) -> dict[str, str]:
        value = self.data.get("bin", {})
        commands = {self.name.rpartition("/")[2]: value} if isinstance(value, str) else self._strings("bin")
        return {name: targets.source([target]) or target for name, target in commands.items()}

    def _strings(self, name: str) -> dict[str, str]:
        values: dict[Any, Any] = self.data.get(name, {})
        kept = {key: value for key, value in values.items() if isinstance(value, str)}
        if len(kept) < len(values):
            self._say(f"{name} has values that are no strings; they are ignored")
        return kept

    def _say(self, why: str) -> None:
        self.notices.append(Notice(self.path, 0, "wrong type", why))


def read_manifests(root: str, paths: list[str]) -> tuple[list[Manifest], list[Notice]]:
    """Read package.json files; the second list says what is wrong with those that could not be used."""
    manifests = []
    notices = []
    for path in paths:
        data = read_config(root, path, comments=False)
        if isinstance(data, Notice):
            notices.append(data)
        else:
            manifests.append(Manifest(path, data))
    return manifests, notices


def folders_by_name(manifests: list[Manifest]) -> dict[str, str]:
    """Return package names to folders; of several packages of one name the outermost counts."""
    ordered = sorted(manifests, key=lambda manifest: (manifest.dir.count("/"), manifest.dir), reverse=True)
    return {manifest.name: manifest.dir for manifest in ordered if manifest.name}
