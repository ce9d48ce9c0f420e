"""Small projects written as dicts of path to text, and questions to their inventories."""

from __future__ import annotations

import re
import tempfile
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from callaudit.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet

    from callaudit.inventory.model import Entry, Inventory

Files = dict[str, str]
Bounds = tuple[int, int | None]
Request = tuple[str, str, str]
"""(method, host, path)"""

ENTRY = "main.ts"
_HOLE = re.compile(r"\{[^}]*\}")


def audited(files: Files) -> Inventory:
    """The inventory of the project that `files` are; every project is audited once."""
    return _audited(tuple(sorted((path, dedent(text).strip() + "\n") for path, text in files.items())))


@cache
def _audited(files: tuple[tuple[str, str], ...]) -> Inventory:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return audit(Path(folder)).inventory


def entry(inventory: Inventory, name: str, kind: str = "") -> Entry:
    """The entry called `name`."""
    found = [item for item in inventory.entries if item.name == name and kind in ("", item.kind)]
    assert len(found) == 1, f"{name}: {len(found)} of {sorted((item.kind, item.name) for item in inventory.entries)}"
    return found[0]


def reaches(found: Entry) -> dict[Request, Bounds]:
    """What an entry reaches, call sites added up."""
    total: dict[Request, Bounds] = {}
    for reach in found.reaches:
        key = (reach.method, reach.host, reach.path)
        low, high = total.get(key, (0, 0))
        total[key] = (low + reach.min, None if high is None or reach.max is None else high + reach.max)
    return total


def reached(inventory: Inventory, name: str, kind: str = "") -> dict[Request, Bounds]:
    """What the entry called `name` reaches."""
    return reaches(entry(inventory, name, kind))


def run(source: str, files: Files | None = None) -> dict[str, Bounds]:
    """What a script reaches, as `GET host/path` to bounds; nothing if it is no entry."""
    inventory = audited({ENTRY: source, **(files or {})})
    scripts = [
        item for item in inventory.entries if item.file == ENTRY and (item.kind == "script" or item.name == ENTRY)
    ]
    return brief(scripts[0]) if scripts else {}


def brief(found: Entry) -> dict[str, Bounds]:
    """What an entry reaches, each request as `METHOD host/path` with `{}` for what is variable."""
    return {
        _HOLE.sub("{}", f"{method} {host}{path}"): bounds for (method, host, path), bounds in reaches(found).items()
    }


def called(inventory: Inventory, kind: str, name: str) -> dict[str, Bounds]:
    """What the entry of this kind and name reaches, each request as `METHOD host/path`."""
    return brief(entry(inventory, name, kind))


def routes(inventory: Inventory) -> set[str]:
    """Every route as `METHOD path`."""
    return {f"{route.method} {route.path}" for route in inventory.routes}


def places(inventory: Inventory) -> set[tuple[str, str, int]]:
    """Every route as (`METHOD path`, file, line)."""
    return {(f"{route.method} {route.path}", route.file, route.line) for route in inventory.routes}


def connections(inventory: Inventory) -> set[tuple[str, str]]:
    """Every connection as (protocol, URL)."""
    return {(item.protocol, item.url) for item in inventory.connections}


def unresolved(inventory: Inventory) -> list[str]:
    """Why calls are not resolved."""
    return [item.why for item in inventory.unknowns]


def cases(table: Iterable[str], gaps: dict[str, str] | None = None) -> list[ParameterSet]:
    """Names as parameters of a test; those in `gaps` are known to fail, for the reason given."""
    gaps = gaps or {}
    names = list(table)
    assert not (unknown := set(gaps) - set(names)), unknown
    return [
        pytest.param(name, marks=[pytest.mark.xfail(strict=True, reason=gaps[name])] if name in gaps else [])
        for name in names
    ]
