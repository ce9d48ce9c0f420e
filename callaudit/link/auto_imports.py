"""Names that a framework imports by itself: those of the folders `composables` and `utils` in apps of Nuxt and Nitro.

https://nuxt.com/docs/guide/concepts/auto-imports, https://nitro.build/guide/utils. A server sees those of its own
folder, everything else those beside it; both see what is shared. Folders inside of these are searched last.
Components of the folder `components` are named by their folders too:
https://nuxt.com/docs/guide/directory-structure/components.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.project.paths import below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.link.definitions import Definition
    from callaudit.link.program import Program

NUXT = ("nuxt", "nuxt3", "nuxt-nightly")
NITRO = ("nitropack", "nitro", "nitropack-nightly")
OF_APP = ("composables", "utils")
OF_SERVER = ("utils",)
SHARED = "shared/utils"
_ENDING = re.compile(r"(?:/index)?\.[cm]?[jt]sx?$")
_SIDE = re.compile(r"\.(?:client|server|global)$")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|\d+")
_BETWEEN = re.compile(r"[-_.](\w)")


class AutoImports:
    """Answers for one program; each app is looked at once."""

    def __init__(self, program: Program) -> None:
        """Answer for `program`."""
        self._program = program
        self._apps = {
            package.dir: any(name in package.dependencies for name in NUXT)
            for package in program.project.packages
            if any(name in package.dependencies for name in (*NUXT, *NITRO))
        }
        """Folders of apps, and whether they have more than a server."""
        self._tables: dict[tuple[str, bool], dict[str, tuple[str, str]]] = {}

    def name(self, module: str, name: str) -> Definition | None:
        """What `name`, which `module` neither declares nor imports, is imported as."""
        if not self._apps:
            return None
        app = module.rpartition("/")[0]
        while app not in self._apps:
            if not app:
                return None
            app = app.rpartition("/")[0]
        serves = not self._apps[app] or module.startswith(below(app, "server") + "/")
        if (app, serves) not in self._tables:
            self._tables[app, serves] = dict(self._names(app, serves=serves))
        found = self._tables[app, serves].get(name)
        return self._program.export(*found) if found is not None and found[0] != module else None

    def _components(self, folder: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """Components by their folders and names; what a name repeats of its folders counts once."""
        for path in self._program.modules:
            if not path.startswith(folder) or not path.endswith(".vue"):
                continue
            *folders, stem = path[len(folder) :].removesuffix(".vue").split("/")
            words = [part for name in folders for part in _words(name)]
            own = [] if stem == "index" else _words(_SIDE.sub("", stem))
            shared = next((n for n in range(len(words)) if words[n:] == own[: len(words) - n]), len(words))
            name = "".join([*words[:shared], *own])
            for local in (name, f"Lazy{name}"):
                yield local, (path, "default")

    def _names(self, app: str, *, serves: bool) -> Iterator[tuple[str, tuple[str, str]]]:
        """Every name with the module and the export that it stands for; later ones come before earlier ones."""
        roots = ("server", "") if serves and self._apps[app] is False else ("server",) if serves else ("", "app", "src")
        folders = [below(app, below(root, kind)) for root in roots for kind in (OF_SERVER if serves else OF_APP)]
        found = [
            (path.count("/") - folder.count("/"), path)
            for folder in (*folders, below(app, SHARED))
            for path in self._program.modules
            if path.startswith(f"{folder}/")
        ]
        for root in () if serves else roots:
            yield from self._components(below(app, below(root, "components")) + "/")
        for _, path in sorted(found, reverse=True):
            for name in self._program.exported_names(path):
                local = name
                if name == "default":
                    stem = _ENDING.sub("", path).rpartition("/")[2]
                    local = _BETWEEN.sub(lambda part: part[1].upper(), stem)
                yield local, (path, name)


def _words(name: str) -> list[str]:
    """The words of a name, as those of components are written: `base-button` and `BaseButton` are the same."""
    return [part[:1].upper() + part[1:] for part in _PART.findall(name)]
