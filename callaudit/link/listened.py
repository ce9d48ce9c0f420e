"""What components listen to: the name of an event leads from who tells of it to the function that listens.

A component of Vue or Svelte tells of events by names (`this.$emit("saved")`); the syntax stage writes them as members
that are called, `this.onSaved()`, and the listeners as attributes of elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Jsx, Prop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.link.module import Module

ENDINGS = (".vue", ".svelte")


def listened(module: Module) -> Iterator[tuple[int, str]]:
    """Functions of a component's file, and the events that they let functions listen to."""
    if not module.path.endswith(ENDINGS):
        return
    for index in range(len(module.functions)):
        for element in module.nodes_of(index, Jsx):
            for attribute in element.attrs:
                if type(attribute) is Prop and type(attribute.key) is str and attribute.key.startswith("on"):
                    yield index, attribute.key
