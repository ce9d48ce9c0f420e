"""A folder as a `Project`: list, sort out, read the configuration."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.project.catalogs import read_catalogs
from callaudit.project.env_defaults import env_defaults
from callaudit.project.file_replacements import file_replacements
from callaudit.project.listing import list_folder
from callaudit.project.manifests import DEPENDENCY_KINDS, folders_by_name, read_manifests
from callaudit.project.names import language_of, role_of, shown
from callaudit.project.platform_files import read_platforms
from callaudit.project.reading import too_large
from callaudit.project.records import Notice, Project, ProjectError, SourceFile
from callaudit.project.sorting import Sorted, sort_out
from callaudit.project.source_index import SourceIndex
from callaudit.project.tsconfig import PathConfigs

if TYPE_CHECKING:
    import pathlib

    from callaudit.project.manifests import Manifest
    from callaudit.project.records import EnvDefault, Package, PathConfig, PlatformFunction, PlatformSchedule


def load_project(root: pathlib.Path, *, max_file_bytes: int = 1_000_000) -> Project:
    """Find out which files belong to the project in the folder `root`, and how it is configured.

    `root` may also be one source file, which then is the only one. Files over `max_file_bytes` bytes are
    skipped. A folder without source files gives a project without files.

    Raises:
        ProjectError: `root` does not exist, cannot be read, or is a file of another kind.

    """
    place, only = _place(os.fspath(root))
    listing = list_folder(place)
    found = sort_out(place, listing)
    if only:
        found.sources[:] = [path for path in found.sources if path == only]
    files, skipped = _measured(place, found, max_file_bytes)
    configured = _configured(place, found, files)
    notices = {*listing.notices, *configured.notices}
    return Project(
        root=place,
        files=tuple(files),
        packages=tuple(configured.packages),
        configs=tuple(configured.configs),
        env_defaults=tuple(configured.env_defaults),
        notices=tuple(sorted(notices, key=_order)),
        skipped=tuple(sorted({*listing.skipped, *found.skipped, *skipped}, key=_order)),
        declarations=tuple(found.declarations),
        links=found.links,
        schedules=tuple(configured.schedules),
        functions=tuple(configured.functions),
        replacements=configured.replacements,
        data=() if only else tuple(found.data),
    )


def _place(given: str) -> tuple[str, str]:
    """Return the real folder to look at, and the file in it when only one is asked for."""
    name = shown(given) or "''"
    try:
        real = os.path.realpath(given, strict=True) if given else ""
        mode = os.lstat(real).st_mode  # real: no link any more
        if stat.S_ISDIR(mode):
            os.scandir(real).close()
            return real, ""
    except FileNotFoundError:
        raise ProjectError(f"{name}: no such file or folder; give the path of a repository") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ProjectError(f"{name}: cannot be read ({reason}); give a folder that you can read") from None
    folder, file_name = os.path.split(real)
    if not stat.S_ISREG(mode) or language_of(file_name) is None:
        raise ProjectError(f"{name}: not a folder and not a TypeScript or JavaScript file; give one of these")
    return folder, file_name


def _measured(root: str, found: Sorted, limit: int) -> tuple[list[SourceFile], list[Notice]]:
    """Return the source files with size, role and package, and notices for those that cannot be read."""
    files = []
    skipped = []
    packages: dict[str, str] = {}
    package_dirs = {path.rpartition("/")[0] for path in found.manifests}
    for path in found.sources:
        folder, _, name = path.rpartition("/")
        size = _size(f"{root}/{path}", path, limit, follow=path in found.followed)
        language = language_of(name)
        if isinstance(size, Notice):
            skipped.append(size)
        elif size is not None and language is not None:
            if folder not in packages:
                packages[folder] = _nearest(folder, package_dirs)
            package = packages[folder]
            files.append(SourceFile(path, language, role_of(path, package), package, size))
    return files, skipped


def _size(full: str, path: str, limit: int, *, follow: bool) -> int | Notice | None:
    try:
        info = os.stat(full, follow_symlinks=follow)  # noqa: PTH116 -- strings, see reading.py
    except FileNotFoundError:
        # Git lists what was deleted and not committed yet: it is no part of the folder any more.
        return None
    except (OSError, ValueError) as error:
        return Notice(path, 0, "unreadable", error.strerror or "" if isinstance(error, OSError) else str(error))
    if not stat.S_ISREG(info.st_mode):
        return Notice(path, 0, "special file", "a pipe, socket, device or folder")
    return too_large(path, info.st_size, limit) if info.st_size > limit else info.st_size


def _nearest(folder: str, package_dirs: set[str]) -> str:
    while folder and folder not in package_dirs:
        folder = folder.rpartition("/")[0]
    return folder


class _Configured(Struct, frozen=True):
    """What the configuration files of a project say."""

    packages: list[Package]
    configs: list[PathConfig]
    env_defaults: list[EnvDefault]
    notices: list[Notice]
    schedules: list[PlatformSchedule]
    functions: list[PlatformFunction]
    replacements: dict[str, str]


def _configured(root: str, found: Sorted, files: list[SourceFile]) -> _Configured:
    manifests, notices = read_manifests(root, found.manifests)
    reader = PathConfigs(root, folders_by_name(manifests))
    configs = [reader.load(path) for path in found.configs]
    index = SourceIndex((file.path for file in files), found.declarations, found.links)
    config_at = {config.dir: config for config in configs}
    catalogs = read_catalogs(root) if _uses_catalogs(manifests) else {}
    packages = [manifest.package(index, config_at.get(manifest.dir), catalogs) for manifest in manifests]
    defaults, unread = env_defaults(root, found.env_examples)
    notices += [notice for manifest in manifests for notice in manifest.notices]
    packages.sort(key=lambda package: package.dir)
    configs.sort(key=lambda config: config.path)
    schedules, functions, broken = read_platforms(root, found.schedules)
    replaced, unbuilt = file_replacements(root, found.builds)
    here = {file.path for file in files}
    replaced = {path: other for path, other in replaced.items() if other in here}
    notices = [*notices, *reader.notices, *unread, *broken, *unbuilt]
    return _Configured(packages, configs, defaults, notices, schedules, functions, replaced)


def _uses_catalogs(manifests: list[Manifest]) -> bool:
    return any(
        isinstance(version, str) and version.startswith("catalog:")
        for manifest in manifests
        for kind in DEPENDENCY_KINDS
        for version in manifest.data.get(kind, {}).values()
    )


def _order(notice: Notice) -> tuple[str, int, str, str]:
    return notice.path, notice.line, notice.what, notice.why
