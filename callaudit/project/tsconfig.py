"""tsconfig.json and jsconfig.json after `extends`."""

from __future__ import annotations

from typing import Any

from callaudit.project.config_places import ConfigPlaces
from callaudit.project.config_text import read_config
from callaudit.project.paths import folder_of
from callaudit.project.records import Notice, PathConfig

_MAX_DEPTH = 32
_OPTIONS = ("baseUrl", "paths", "rootDir", "outDir")

# The options of one file after `extends`: name to value and the folder of the file that sets it.
_Options = dict[str, tuple[Any, str]]


class PathConfigs:
    """Reads configurations of one project, each file once; `notices` collects what was wrong with them."""

    def __init__(self, root: str, package_dirs: dict[str, str]) -> None:
        """Start with the root, absolute, and the folders of the repository's own packages by name."""
        self.notices: list[Notice] = []
        self._root = root
        self._places = ConfigPlaces(root, package_dirs)
        self._read: dict[str, dict[str, Any]] = {}
        self._merged: dict[str, tuple[_Options, tuple[str, ...]]] = {}
        self._open: list[str] = []

    def load(self, path: str) -> PathConfig:
        """Return what the configuration at `path` says; what cannot be used is left out, with a notice."""
        options, extends = self._effective(path)
        if "paths" not in options and "baseUrl" not in options:
            options = self._of_references(path) | options
        folder = folder_of(path)
        places = {name: self._place(path, name, options, folder) for name in ("baseUrl", "rootDir", "outDir")}
        base_url = places["baseUrl"]
        paths = self._paths(path, options, folder, base_url)
        return PathConfig(path, folder, base_url, paths, places["rootDir"], places["outDir"], extends)

    def _effective(self, path: str) -> tuple[_Options, tuple[str, ...]]:
        if path in self._merged:
            return self._merged[path]
        self._open.append(path)
        data = self._data(path)
        options: _Options = {}
        chain: list[str] = []
        for name in self._extended(path, data):
            target = self._target(path, name)
            if target is None or not self._may_enter(path, target):
                continue
            inherited, above = self._effective(target)
            options |= inherited
            chain += [target, *above]
        own = data.get("compilerOptions", {})
        if isinstance(own, dict):
            options |= {name: (own[name], folder_of(path)) for name in _OPTIONS if name in own}
        elif own is not None:
            self._say(path, "wrong type", "compilerOptions is no object")
        self._open.pop()
        # A file met twice is merged twice by TypeScript as well, but once is enough to show.
        self._merged[path] = options, tuple(dict.fromkeys(chain))
        return self._merged[path]

    def _of_references(self, path: str) -> _Options:
        """Return the module options of the projects that a file refers to.

        Vite's template keeps `paths` in tsconfig.app.json, which tsconfig.json only lists in `references`.
        """
        found: _Options = {}
        references = self._data(path).get("references")
        for reference in references if isinstance(references, list) else ():
            name = reference.get("path") if isinstance(reference, dict) else None
            # A reference to a folder is another project with a configuration of its own for its files.
            if not isinstance(name, str) or not name.endswith(".json"):
                continue
            target = self._places.of_reference(folder_of(path), name)
            if target is None or target == path:
                continue
            options = self._effective(target)[0]
            found = found or {name: options[name] for name in ("baseUrl", "paths") if name in options}
            if "paths" in options:
                return {name: options[name] for name in ("baseUrl", "paths") if name in options}
        return found

    def _data(self, path: str) -> dict[str, Any]:
        if path not in self._read:
            data = read_config(self._root, path, comments=True)
            if isinstance(data, Notice):
                self.notices.append(data)
                data = {}
            self._read[path] = data
        return self._read[path]

    def _extended(self, path: str, data: dict[str, Any]) -> list[str]:
        value = data.get("extends")
        names = value if isinstance(value, list) else [] if value is None else [value]
        if not all(isinstance(name, str) for name in names):
            self._say(path, "wrong type", "extends is neither a string nor a list of strings")
        return [name for name in names if isinstance(name, str)]

    def _may_enter(self, path: str, target: str) -> bool:
        if target in self._open:
            why = "it extends itself" if target == path else f"it extends {target}, which extends it again"
            self._say(path, "cyclic extends", f"{why}; remove one `extends`")
            return False
        if len(self._open) >= _MAX_DEPTH:
            self._say(path, "deep extends", f"{target} is more than {_MAX_DEPTH} files away and was not read")
            return False
        return True

    def _target(self, path: str, name: str) -> str | None:
        """Return the file that `extends: name` means; None, with a notice, when it is not inside the root."""
        candidates = self._places.of_extends(folder_of(path), name)
        found = next((file for place in candidates if (file := self._places.existing(place)) is not None), None)
        if found is None:
            what = "extends not found" if candidates else "extends outside"
            why = f"{name!r} is no file inside the project; its paths, if it has any, are not known"
            self._say(path, what, why)
        return found

    def _place(self, path: str, name: str, options: _Options, leaf: str) -> str | None:
        value, folder = options.get(name, (None, ""))
        if value is None:
            return None
        if not isinstance(value, str):
            self._say(path, "wrong type", f"{name} is no string")
            return None
        place = self._places.of_option(value, folder, leaf)
        if place is None:
            self._say(path, "outside", f"{name} {value!r} leads out of the project")
        return place

    def _paths(self, path: str, options: _Options, leaf: str, base_url: str | None) -> dict[str, tuple[str, ...]]:
        value, folder = options.get("paths", (None, ""))
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._say(path, "wrong type", "paths is no object")
            return {}
        base = folder if base_url is None else base_url
        found = {}
        unusable = []
        for pattern, targets in value.items():
            names = targets if isinstance(targets, list) else [targets]
            places = [self._places.of_option(name, base, leaf) for name in names if isinstance(name, str)]
            kept = tuple(place for place in places if place is not None and place.count("*") <= 1)
            if len(kept) < len(names) or pattern.count("*") > 1:
                unusable.append(pattern)
            if kept and pattern.count("*") <= 1:
                found[pattern] = kept
        if unusable:
            why = "of `paths` have targets outside the project, more than one star, or the wrong type"
            self._say(path, "unusable path", f"{len(unusable)} {why}, the first is {unusable[0][:100]!r}")
        return found

    def _say(self, path: str, what: str, why: str) -> None:
        self.notices.append(Notice(path, 0, what, why))
