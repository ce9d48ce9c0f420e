"""What is sent by clients that no table lists, said once for each package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.inventory.model import Unknown
from callaudit.libraries.unfollowed import AGAIN, ANY, unfollowed
from callaudit.project.specifiers import split_package
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from callaudit.inventory.model import Connection
    from callaudit.link.module import Module

MOST_URLS = 3


def not_followed(
    modules: Iterable[Module], handed_on: Mapping[str, int], opened: Iterable[Connection]
) -> Iterator[Unknown]:
    """An unknown for each such package of which the program makes something, where it first imports it.

    `handed_on` are packages of proxies, with how many of those are followed, or are said not to be; `opened` are the
    URLs with which clients are made.
    """
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    used: dict[str, int] = {}
    for module in modules:
        for package, imported, local, line in taken(module):
            makers, what = unfollowed(package)
            if makers and _makes(module, imported, local, makers):
                found.setdefault((package, what), []).append((module.path, line))
                if package in handed_on:
                    used[package] = used.get(package, 0) + _times(module, local)
    for (package, what), places in found.items():
        if package in handed_on and handed_on[package] >= used[package]:
            continue
        files = len({file for file, _ in places})
        known = sorted({one.url for one in opened if one.client == package and "://" in one.url})[:MOST_URLS]
        to = f"{what} to {', '.join(known)}" if known else what
        by = "one file uses it" if files == 1 else f"{files} files use it"
        why = what if what == AGAIN else f"its requests are not followed ({to})"
        yield Unknown(*min(places), package, f"{why}; {by}")


def taken(module: Module) -> Iterator[tuple[str, str, str, int]]:
    """What a module takes out of packages: the package, the name there and here, and the line.

    What is required has no name there: it is the whole package, or the part of it that is called as here.
    """
    for item in module.facts.imports:
        if not item.type_only:
            yield _package(item.source), item.imported, item.local, item.line
    for binding in module.facts.bindings:  # `const { JsonRpcProvider } = require("ethers")`
        for ref in binding.refs:
            if ref[:1] == "!":
                yield ref[1:], "", binding.name, binding.line


def _package(source: str) -> str:
    """What is imported, by its name in a registry where a URL or a scheme names it: `npm:openai@4` is `openai`."""
    split = split_package(source) if ":" in source else None
    return "/".join(filter(None, split)) if split is not None else source


def _times(module: Module, local: str) -> int:
    """How often the code of a module names something."""
    functions = range(len(module.functions))
    return sum(node.id == local for index in functions for node in module.nodes_of(index, Name))


def _makes(module: Module, imported: str, local: str, makers: tuple[str, ...]) -> bool:
    """Whether a module that imports a name makes a client: by the name itself, or by a member of it."""
    if imported in makers or ANY in makers:
        return True
    if local and not imported and (local in makers or "default" in makers):
        return True
    members = {"." + name for name in makers}
    used = (function for function in module.functions if local in function.refs)
    return any(not members.isdisjoint(function.refs) for function in used)
