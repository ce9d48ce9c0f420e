"""Versions that a pnpm workspace keeps in one place, for dependencies written 'catalog:'."""

from __future__ import annotations

from callaudit.project.reading import read_source
from callaudit.project.records import Notice

_MAX_BYTES = 262_144


def read_catalogs(root: str) -> dict[str, str]:
    """Return 'catalog:package' to version range, from the root's pnpm-workspace.yaml; {} without one.

    Only the plain block form is read, which is what pnpm writes: a YAML parser costs more to import than
    the whole stage, and would have to be kept from anchors and tags.
    """
    data = read_source(root, "pnpm-workspace.yaml", _MAX_BYTES)
    if isinstance(data, Notice):
        return {}
    found: dict[str, str] = {}
    keys: list[tuple[int, str]] = []
    for line in data.decode("utf-8", "replace").splitlines():
        text = line.strip()
        name, colon, value = text.partition(":")
        if not colon or text.startswith(("#", "-")):
            continue
        indent = len(line) - len(line.lstrip())
        keys = [key for key in keys if key[0] < indent]
        above = [key for _, key in keys]
        version = value.partition(" #")[0].strip().strip("'\"")
        if not version:
            keys.append((indent, name.strip("'\"")))
        elif above == ["catalog"]:
            found["default:" + name.strip("'\"")] = version
        elif len(above) == 2 and above[0] == "catalogs":
            found[f"{above[1]}:" + name.strip("'\"")] = version
    return found
