"""What is sent by clients that no table lists, said once for each package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.model import Unknown
from callaudit.libraries.unfollowed import ANY, unfollowed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.link.program import Module


def not_followed(modules: Iterable[Module]) -> Iterator[Unknown]:
    """An unknown for each such package of which the program makes something, where it first imports it."""
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for module in modules:
        for package, imported, local, line in _taken(module):
            makers, what = unfollowed(package)
            if makers and _makes(module, imported, local, makers):
                found.setdefault((package, what), []).append((module.path, line))
    for (package, what), places in found.items():
        files = len({file for file, _ in places})
        used = "one file uses it" if files == 1 else f"{files} files use it"
        yield Unknown(*min(places), package, f"its requests are not followed ({what}); {used}")


def _taken(module: Module) -> Iterator[tuple[str, str, str, int]]:
    """What a module takes out of packages: the package, the name there and here, and the line."""
    for item in module.facts.imports:
        if not item.type_only:
            yield item.source, item.imported, item.local, item.line
    for binding in module.facts.bindings:  # `const { JsonRpcProvider } = require("ethers")`
        for ref in binding.refs:
            if ref[:1] == "!":
                yield ref[1:], binding.name, binding.name, binding.line


def _makes(module: Module, imported: str, local: str, makers: tuple[str, ...]) -> bool:
    """Whether a module that imports a name makes a client: by the name itself, or by a member of it."""
    if imported in makers or ANY in makers:
        return True
    members = {"." + name for name in makers}
    used = (function for function in module.functions if local in function.refs)
    return any(not members.isdisjoint(function.refs) for function in used)
