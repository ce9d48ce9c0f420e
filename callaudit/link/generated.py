"""Modules that a tool has written: those that the program's own import are followed, and no entries of their own.

Clients of GraphQL and OpenAPI are such modules, and all requests of a program may be in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.module import Module
from callaudit.project.resolution import InFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from callaudit.link.program import Resolver
    from callaudit.syntax.facts import ModuleFacts


def with_generated(
    own: dict[str, Module], generated: Mapping[str, ModuleFacts], resolver: Resolver
) -> dict[str, Module]:
    """The modules `own`, and those of `generated` that they, or others of these, import for more than types."""
    found = dict(own)
    waiting: list[Module] = list(own.values()) if generated else []
    while waiting:
        module = waiting.pop()
        for path in _imported(module, resolver):
            if path in generated and path not in found:
                found[path] = Module(generated[path])
                waiting.append(found[path])
    return found


def _imported(module: Module, resolver: Resolver) -> Iterator[str]:
    facts = module.facts
    named: Iterable[str] = (item.source for item in facts.imports if not item.type_only)
    exported = (item.source for item in facts.exports if item.source and not item.type_only)
    loaded = (ref[1:] for ref in facts.functions[0].refs if ref[:1] == "!")
    for source in dict.fromkeys((*named, *exported, *loaded)):
        meant = resolver.resolve(facts.path, source)
        if isinstance(meant, InFile):
            yield meant.path
