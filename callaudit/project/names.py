"""What a file is, by its name and place alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.project.records import Notice

if TYPE_CHECKING:
    from callaudit.project.records import Language, Role

LANGUAGES: dict[str, Language] = {
    "ts": "ts",
    "mts": "ts",
    "cts": "ts",
    "tsx": "tsx",
    "js": "js",
    "mjs": "js",
    "cjs": "js",
    "jsx": "jsx",
    "vue": "vue",
    "svelte": "svelte",
    "astro": "astro",
}
DATA = "json"
"""The ending of files that code imports as a value."""
DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
# Files that hold code which nothing here reads: they are counted, so that a report cannot look complete.
UNREAD = frozenset({"py", "coffee"})

_ENV_KINDS = frozenset({"example", "sample", "template", "defaults", "dist"})

_NEVER = frozenset({
    ".git", ".hg", ".svn", "node_modules", "bower_components", "jspm_packages", ".yarn", ".pnpm-store",
    ".next", ".turbo", ".nuxt", ".output", ".svelte-kit", ".vercel", ".netlify", ".serverless", ".expo",
    ".parcel-cache", ".cache", ".angular", ".docusaurus", ".nx", ".nyc_output", "storybook-static",
})  # fmt: skip
# Build output by convention, but also ordinary words: `src/build/plan.ts` is somebody's source.
_OUTPUT = frozenset({"dist", "build", "out", "coverage", "vendor"})
_SOURCE_ROOTS = frozenset({"src", "app", "pages", "routes"})

# Frameworks turn folders below these into URLs, so that `app/test/route.ts` is a route and no test.
_ROUTED = frozenset({"app", "pages", "routes"})
_TEST_DIRS = frozenset({"test", "tests", "e2e", "cypress", "playwright"})
_TEST_MARKS = frozenset({"test", "spec", "e2e", "e2e-spec", "cy"})
_MOCK_DIRS = frozenset({"mocks", "msw"})
_STORY_MARKS = frozenset({"stories", "story"})
_PROGRAM_DIRS = _SOURCE_ROOTS | {"lib", "server"}
_SETUP_STEMS = frozenset({"jest.setup", "vitest.setup", "setupTests"})


def language_of(name: str) -> Language | None:
    """Return the language of a file name, None when it is no source file."""
    return LANGUAGES.get(name.rpartition(".")[2]) if "." in name else None


def is_env_example(name: str) -> bool:
    """Tell whether a file name is that of an example environment file, never of a real one."""
    parts = name.lstrip(".").split(".")
    if len(parts) < 2 or "local" in parts:
        return False
    return (parts[0] == "env" and parts[-1] in _ENV_KINDS) or (parts[0] in _ENV_KINDS and parts[1:] == ["env"])


def role_of(path: str, package: str) -> Role:
    """Return the role of a source file by its path; `package` is the folder of its package."""
    *folders, name = (path[len(package) + 1 :] if package else path).split("/")
    stem = name.rpartition(".")[0]
    marks = set(stem.split(".")[1:])
    if "generated" in marks or "__generated__" in folders:
        return "generated"
    if marks & _STORY_MARKS:
        return "story"
    routed = any(folder in _ROUTED for folder in folders)
    if _is_mock(folders, stem, marks, routed=routed):
        return "mock"
    if _is_test(folders, stem, marks, routed=routed):
        return "test"
    # A tool's configuration lies outside the sources; `src/api.config.ts` is part of the program.
    if stem.endswith(".config") and not any(folder in _PROGRAM_DIRS for folder in folders):
        return "config"
    return "source"


def _is_mock(folders: list[str], stem: str, marks: set[str], *, routed: bool) -> bool:
    if "__mocks__" in folders or "mock" in marks or stem == "mockServiceWorker":
        return True
    return not routed and any(folder in _MOCK_DIRS for folder in folders)


def _is_test(folders: list[str], stem: str, marks: set[str], *, routed: bool) -> bool:
    if "__tests__" in folders or "__e2e__" in folders or marks & _TEST_MARKS or stem in _SETUP_STEMS:
        return True
    return not routed and any(folder in _TEST_DIRS for folder in folders)


class Folders:
    """Decides which folders are left out, from their names and places; each folder is decided once.

    `package_dirs` may still grow while a tree is walked, as long as a folder is known to be a package
    before anything below it is asked about.
    """

    def __init__(self, package_dirs: set[str]) -> None:
        """Start with the folders that are known to hold a package.json."""
        self._package_dirs = package_dirs
        self._left_out = {"": ""}
        self._in_source = {"": False}

    def left_out(self, folder: str) -> str:
        """Return the topmost folder at or above `folder` that is left out, '' when none is."""
        pending = []
        while folder not in self._left_out:
            pending.append(folder)
            folder = folder.rpartition("/")[0]
        for child in reversed(pending):
            parent, _, name = child.rpartition("/")
            in_source = self._in_source[parent]
            top = self._left_out[parent]
            if not top and (name in _NEVER or (name in _OUTPUT and not in_source)):
                top = child
            self._left_out[child] = top
            # A package is a new start: `packages/app/dist` is output although `app` is a name of sources.
            self._in_source[child] = child not in self._package_dirs and (in_source or name in _SOURCE_ROOTS)
        return self._left_out[pending[0]] if pending else self._left_out[folder]


def is_output_name(folder: str) -> bool:
    """Tell whether a left-out folder has a name that source may have too, so that people are told."""
    return folder.rpartition("/")[2] in _OUTPUT


def left_out_folder(folder: str) -> Notice:
    """Return the notice for a folder that is left out because of its name."""
    return Notice(folder, 0, "build output", f"a folder named {folder.rpartition('/')[2]} outside the sources")


def shown(path: str) -> str:
    """Return `path` for a message: one line, control characters and broken UTF-8 escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in path)
