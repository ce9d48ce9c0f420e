"""Where a package's `main` and `exports` point, traced back from build output to the sources.

A repository holds no build output, so `./dist/index.js` has to be read as `./src/index.ts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.project.names import DECLARATIONS
from callaudit.project.reading import inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.project.records import PathConfig
    from callaudit.project.source_index import SourceIndex

_OUTPUT = frozenset({"dist", "lib", "build", "out", "output", "es", "esm", "cjs", "dist-cjs", "dist-esm"})
# Folders and name parts that say for whom a copy was built.
_FORMATS = frozenset({
    "esm", "cjs", "es", "mjs", "umd", "module", "modules", "commonjs", "types", "node", "browser", "modern",
    "development", "production", "min", "bundle",
})  # fmt: skip
# Of a package's conditions the ones that name its source come first, those of other platforms last.
_FIRST = frozenset({"source", "development", "ts", "typescript"})
_LAST = frozenset({"browser", "react-native", "deno", "worker", "workerd", "edge-light", "react-server"})
_USUAL_STARTS = ("src/index", "index", "src/main", "lib/index")
_MAX_TARGETS = 64
_MAX_DEPTH = 8


def conditional_targets(value: Any) -> list[str]:
    """Return the targets in a value of `exports` or `imports`, the likeliest to be source first."""
    found: list[tuple[int, str]] = []
    pending: list[tuple[Any, int, int]] = [(value, 0, 0)]
    while pending and len(found) < _MAX_TARGETS:
        node, rank, depth = pending.pop()
        if isinstance(node, str):
            found.append((rank, node))
        elif depth < _MAX_DEPTH and isinstance(node, dict):
            pending += reversed([(inner, rank + _rank(name), depth + 1) for name, inner in node.items()])
        elif depth < _MAX_DEPTH and isinstance(node, list):
            pending += reversed([(inner, rank, depth + 1) for inner in node])
    return [target for _, target in sorted(found, key=lambda pair: pair[0])]


def _rank(condition: str) -> int:
    return -1 if condition in _FIRST else 1 if condition in _LAST else 0


class Targets:
    """Finds the sources that the targets of one package stand for; `config` is its own tsconfig, if any."""

    def __init__(self, package_dir: str, config: PathConfig | None, index: SourceIndex) -> None:
        """Look below `package_dir`, relative to the project's root."""
        self._dir = package_dir
        self._index = index
        self._out_dir = self._within(config.out_dir) if config else None
        self._root_dir = self._within(config.root_dir) if config else None

    def source(self, targets: list[str]) -> str | None:
        """Return the source of the first target that has one: a file, or a pattern for one with a star."""
        relative = [path for path in map(self._relative, targets) if path is not None]
        for path in relative:
            if self._index.has_file(self._full(path)):
                return self._full(path)
        for path in relative:
            for candidate in self._candidates(path):
                found = self._pattern(candidate) if "*" in candidate else self._one(candidate)
                if found is not None:
                    return found
        return None

    def by_subpath(self, subpath: str) -> str | None:
        """Return the source file that an export subpath ('.', './types') means by its name alone."""
        stems = _USUAL_STARTS if subpath == "." else (f"src/{subpath[2:]}", subpath[2:])
        return next((found for stem in stems if (found := self._one(stem)) is not None), None)

    def entry_points(self, data: dict[str, Any]) -> dict[str, str]:
        """Return export subpaths to source files, for a whole package.json."""
        found: dict[str, str] = {}
        for subpath, value in _subpaths(data.get("exports")):
            source = self.source(conditional_targets(value))
            if source is None and "*" not in subpath and value is not None:
                source = self.by_subpath(subpath)
            if source is not None:
                found[subpath] = source
        if "." not in found:
            names = ("source", "module", "main", "types", "typings")
            mains = [data[name] for name in names if isinstance(data.get(name), str)]
            source = self.source(mains) or self.by_subpath(".")
            if source is not None:
                found["."] = source
        return found

    def _relative(self, target: str) -> str | None:
        path = inside(self._dir, target)
        return None if path is None else self._within(path)

    def _within(self, path: str | None) -> str | None:
        """Return a path of the project as one of the package, None when it lies outside."""
        if path is None or not self._dir or path == self._dir:
            return None if path is None else "" if path == self._dir else path
        return path[len(self._dir) + 1 :] if path.startswith(self._dir + "/") else None

    def _full(self, path: str) -> str:
        return f"{self._dir}/{path}" if self._dir and path else self._dir or path

    def _one(self, path: str) -> str | None:
        full = self._full(path)
        return self._index.file(full) or self._index.index_of(full)

    def _pattern(self, path: str) -> str | None:
        folder = path.partition("*")[0].rpartition("/")[0]
        return self._full(path) if self._index.has_folder(self._full(folder)) else None

    def _candidates(self, target: str) -> Iterator[str]:
        """Yield where the source of a target may be, the likeliest first, relative to the package."""
        stem = _undeclared(target)
        yield stem
        if self._out_dir and (stem == self._out_dir or stem.startswith(self._out_dir + "/")):
            rest = stem[len(self._out_dir) + 1 :]
            for root in ("src", "") if self._root_dir is None else (self._root_dir,):
                yield f"{root}/{rest}".strip("/")
        first, _, rest = stem.partition("/")
        plain = _without_formats(rest)
        if first in _OUTPUT:
            # Build tools of monorepos copy the whole path: dist/packages/a/src/index.js.
            yield from (f"src/{rest}", f"src/{plain}", plain, "src/" + plain.rpartition("src/")[2])
        yield f"src/{stem}"


def _subpaths(exports: Any) -> list[tuple[str, Any]]:
    if exports is None:
        return []
    if isinstance(exports, dict) and any(name.startswith(".") for name in exports):
        return [(name, value) for name, value in exports.items() if name.startswith(".") and name.count("*") <= 1]
    return [(".", exports)]


def _undeclared(target: str) -> str:
    return next((target.removesuffix(end) for end in DECLARATIONS if target.endswith(end)), target)


def _without_formats(path: str) -> str:
    """Return 'cjs/index.umd.js' as 'index.js'."""
    *folders, name = path.split("/")
    while folders and folders[0] in _FORMATS:
        folders.pop(0)
    parts = name.split(".")
    kept = [part for number, part in enumerate(parts) if number in {0, len(parts) - 1} or part not in _FORMATS]
    return "/".join([*folders, ".".join(kept)])
