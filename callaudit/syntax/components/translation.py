"""One file of a component, by its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.components.attributes import component_name
from callaudit.syntax.components.written import Places, Writer

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = re.compile(r"[^A-Za-z0-9]+")


class Translated(NamedTuple):
    """The module that a file stands for, where its code comes from, and what could not be read of it."""

    text: bytes
    places: Places
    unread: tuple[str, ...]


def translated(path: str, source: bytes, language: str) -> Translated:
    """Write the file `path` of a component as a module with elements.

    Raises `ParseBudgetError` where a parser uses up its steps.
    """
    writer = Writer(source)
    why = _writer(language)(writer, name_of(path))
    return Translated(writer.text(), writer.places(), tuple(why))


def name_of(path: str) -> str:
    """What a component is called that stands in the file `path`."""
    stem = path.rpartition("/")[2].rpartition(".")[0]
    found = component_name(_WORDS.sub("-", stem).strip("-"))
    return found if found and found[:1].isalpha() else f"Component{found}"


def _writer(language: str) -> Callable[[Writer, str], list[str]]:
    if language == "vue":
        from callaudit.syntax.components.vue import write_vue

        return write_vue
    if language == "svelte":
        from callaudit.syntax.components.svelte import write_svelte

        return write_svelte
    from callaudit.syntax.components.astro import write_astro

    return write_astro
