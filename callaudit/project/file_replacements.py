"""Files that a build puts in the place of others: `fileReplacements` of angular.json and of Nx's project.json.

https://angular.dev/tools/cli/environments: what is published is built with the configuration `production`, or with the
one that `defaultConfiguration` names where there is none of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.project.config_text import read_config
from callaudit.project.reading import inside
from callaudit.project.records import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES = frozenset({"angular.json", "project.json"})
PRODUCTION = "production"


def file_replacements(root: str, paths: Iterable[str]) -> tuple[dict[str, str], list[Notice]]:
    """What stands in the place of which file, by the build configurations at `paths`, and what could not be read."""
    found: dict[str, str] = {}
    notices: list[Notice] = []
    for path in paths:
        config = read_config(root, path, comments=True)
        if isinstance(config, Notice):
            notices.append(config)
            continue
        folder, _, name = path.rpartition("/")
        base = folder if name == "angular.json" else ""  # Nx's paths begin at the root of the workspace
        for one in _replaced(config):
            places = [_place(base, one.get(key)) for key in ("replace", "with")]
            if places[0] and places[1]:
                found.setdefault(places[0], places[1])
    return found, notices


def _replaced(config: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The replacements of what is published, of each project of a workspace."""
    projects = config.get("projects")
    for project in (*(projects.values() if isinstance(projects, dict) else ()), config):
        targets = _of(project, "architect") or _of(project, "targets")
        build = _of(targets, "build")
        configurations = _of(build, "configurations")
        default = build.get("defaultConfiguration")
        chosen = _of(configurations, PRODUCTION if PRODUCTION in configurations else str(default))
        for source in (chosen, _of(build, "options")):
            replacements = source.get("fileReplacements")
            for one in replacements if isinstance(replacements, list) else ():
                if isinstance(one, dict):
                    yield one


def _of(value: Any, key: str) -> dict[str, Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _place(folder: str, name: object) -> str | None:
    return inside(folder, name) if isinstance(name, str) else None
