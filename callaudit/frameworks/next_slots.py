"""Slots of the Next.js app router (`@team`): what a layout shows beside its page.

https://nextjs.org/docs/app/api-reference/file-conventions/parallel-routes: of each slot the page of the same path, or
its `default` where it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.frameworks.next_files import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.frameworks.next_files import NextApp


def slots_of(app: NextApp, names: set[str]) -> dict[str, tuple[str, ...]]:
    """By page, the files that are shown in the slots of the layouts around it."""
    files: dict[tuple[str, str], str] = {}
    slots: dict[str, set[str]] = {}
    for path in names:
        folder, _, name = path.rpartition("/")
        kind = stem(name, app.extensions)
        if kind in ("page", "default"):
            files[folder, kind] = path
            parts = folder.split("/")
            for at, part in enumerate(parts):
                if part.startswith("@"):
                    slots.setdefault("/".join(parts[:at]), set()).add("/".join(parts[: at + 1]))
    if not slots:
        return {}
    pages = [(folder, path) for (folder, kind), path in files.items() if kind == "page" and "/@" not in folder]
    found = {path: tuple(_shown(app, folder, slots, files)) for folder, path in pages}
    return {path: shown for path, shown in found.items() if shown}


def _shown(app: NextApp, folder: str, slots: dict[str, set[str]], files: dict[tuple[str, str], str]) -> Iterator[str]:
    level = folder
    while level.startswith(app.app):
        for slot in sorted(slots.get(level, ())):
            file = files.get((slot + folder[len(level) :], "page")) or files.get((slot, "default"))
            if file is not None:
                yield file
        level = level.rpartition("/")[0]
