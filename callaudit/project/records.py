"""What is known of a repository before any source file is parsed.

Every path here is POSIX and relative to `Project.root`, with '' for the root itself. Names that are not
UTF-8 keep their bytes as surrogate escapes, as `os.fsdecode` gives them.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

from msgspec import Struct

Language = Literal["ts", "tsx", "js", "jsx", "vue", "svelte", "astro"]
Role = Literal["source", "test", "mock", "story", "generated", "config"]


class ProjectError(Exception):
    """A folder that cannot be a project; the message is one line: the path, what is wrong, what to do."""


class Notice(Struct, frozen=True, gc=False):
    """Something that was left out or not understood.

    `line` is 1-based, 0 where a line means nothing; `what` is a short kind ("binary", "cyclic extends"),
    `why` is for people.
    """

    path: str
    line: int
    what: str
    why: str


class SourceFile(Struct, frozen=True, gc=False):
    """A file to be parsed; `package` is the folder of the nearest package.json, `size` is in bytes."""

    path: str
    language: Language
    role: Role
    package: str
    size: int


class Package(Struct, frozen=True):
    """A package.json. Values of the wrong type in it are left out, with a notice.

    `dependencies` holds all kinds, the kind that matters at run time winning, pnpm catalogs looked up.
    `entry_points` maps export subpaths ('.', './types', './*') to source files of the repository; targets
    in build output are traced back to what they are built from, and patterns keep their star.
    `imports` does the same for '#names'; what a name takes from a package is written 'npm:<specifier>'.
    `bin` maps commands to source files, or to the path as written where no source was found.
    `raw_main` and `version` are as written, '' when not there.
    """

    dir: str
    name: str
    dependencies: dict[str, str]
    entry_points: dict[str, str]
    imports: dict[str, str]
    scripts: dict[str, str]
    bin: dict[str, str]
    raw_main: str
    version: str = ""


class PathConfig(Struct, frozen=True):
    """What one tsconfig.json or jsconfig.json says about modules, after `extends`.

    `paths` keeps the order of the file; its targets are relative to the project's root. `base_url`,
    `root_dir` and `out_dir` are None when not set. `extends` lists the files that were merged, nearest first.
    """

    path: str
    dir: str
    base_url: str | None
    paths: dict[str, tuple[str, ...]]
    root_dir: str | None
    out_dir: str | None
    extends: tuple[str, ...]


class EnvDefault(Struct, frozen=True, gc=False):
    """A variable of an example environment file; `value` is '' unless it is safe to show."""

    name: str
    value: str
    path: str
    line: int


class Written(Struct, frozen=True, gc=False):
    """A text of a configuration file, and its line."""

    text: str
    line: int


class PlatformSchedule(Struct, frozen=True):
    """What a configuration file lets a platform do again and again.

    `times` are cron expressions, or AWS's words where `unit` is `aws`. What is done is one of these: `paths` of the
    deployment itself are requested with GET, `commands` are run by a shell in `folder`, `handlers` are functions
    written as `file.export`, `module` is a file whose default export is told that it is `scheduled`. `events` are the
    kinds of what starts it at no time of its own: messages of a queue, files that are stored, calls by others.
    """

    file: str
    mechanism: str
    name: str
    times: tuple[Written, ...]
    unit: str = "cron"
    folder: str = ""
    paths: tuple[Written, ...] = ()
    commands: tuple[Written, ...] = ()
    handlers: tuple[Written, ...] = ()
    module: str = ""
    events: tuple[Written, ...] = ()
    optional: bool = False
    """Whether it may have nothing to do with the code: a workflow that only tests it."""


class PlatformFunction(Struct, frozen=True):
    """What a configuration file lets a platform serve below `path`.

    It is one of these: what another server says at the URL `forward`, every file of a `folder`, `handler`, a function
    written as `file.export`, or `module`, a file whose default export has a function `fetch`.
    """

    file: str
    line: int
    mechanism: str
    path: str
    method: str = "ANY"
    folder: str = ""
    handler: str = ""
    module: str = ""
    forward: str = ""


class Project(Struct, frozen=True):
    """A repository as files, packages and configuration.

    `files` are the ones to parse and `skipped` says of every other source file why it is not among them;
    `notices` are about configuration. `declarations` are the *.d.ts files, which hold no code. `links` maps
    symbolic links to the place inside the root that they stand for. `replacements` maps files to those that a build for
    production puts in their place. `data` are JSON files that code may import; most of them it does not.
    """

    root: str
    files: tuple[SourceFile, ...]
    packages: tuple[Package, ...]
    configs: tuple[PathConfig, ...]
    env_defaults: tuple[EnvDefault, ...]
    notices: tuple[Notice, ...]
    skipped: tuple[Notice, ...]
    declarations: tuple[str, ...] = ()
    links: dict[str, str] = {}
    schedules: tuple[PlatformSchedule, ...] = ()
    functions: tuple[PlatformFunction, ...] = ()
    replacements: dict[str, str] = {}
    data: tuple[str, ...] = ()

    def package_at(self, package_dir: str) -> Package | None:
        """Return the package whose package.json lies in `package_dir`, or None."""
        at = bisect_left(self.packages, package_dir, key=lambda package: package.dir)
        if at < len(self.packages) and self.packages[at].dir == package_dir:
            return self.packages[at]
        return None

    def declared(self) -> dict[str, str]:
        """Return the names of all dependencies, each with a package.json that lists it."""
        return {
            name: f"{package.dir}/package.json".removeprefix("/")
            for package in self.packages
            for name in package.dependencies
        }

    def dependency(self, package_dir: str, name: str) -> str | None:
        """Return the version range of `name` as a package of `package_dir` sees it.

        The nearest package.json that lists it wins, upwards to the root; None when none does.
        """
        while True:
            package = self.package_at(package_dir)
            if package is not None and name in package.dependencies:
                return package.dependencies[name]
            if not package_dir:
                return None
            package_dir = package_dir.rpartition("/")[0]
