"""Where hooks and components are mounted: on the pages whose trees call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.processes import loads_of
from callaudit.flow.components.jsx import lifecycle
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ClassValue, Closure
from callaudit.inventory.templates import has_unread_templates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.content import Content

Place = tuple[str, int]
MOUNTABLE = ("hook", "component")
COMPONENTS = (".vue", ".svelte")
"""Files of one component each, which may be handed on as a value: `dialogs.open(EditDialog)`."""
MOUNTED = ("angular", "nuxt")
"""Frameworks of which the templates are not read, or that run such entries around all pages."""
ROOTS = ("page", "script", "action", "route")
"""Entries that start code on their own; what only hooks and components call is mounted nowhere."""


def definitions(interpreter: Interpreter, entry: Entry) -> tuple[Place, ...]:
    """The file and line of each function that an entry runs by itself, as call trees name it.

    A page runs its component and what is around it; a component that is a class what is done when it is shown.
    """
    return tuple(dict.fromkeys(_definitions(interpreter, entry))) or ((entry.file, entry.line),)


def _definitions(interpreter: Interpreter, entry: Entry) -> Iterator[Place]:
    for start in entry.starts:
        value = forced(start.value)
        if isinstance(value, Closure):
            yield value.module, interpreter.function(value.module, value.index).line
        elif isinstance(value, ClassValue):
            for method in lifecycle(interpreter, value, None):
                function = interpreter.function(method.module, method.index)
                if method.module == value.module and function.cls == value.index:
                    yield method.module, function.line


class Mounts:
    """Answers where an entry is mounted."""

    def __init__(self, interpreter: Interpreter, entries: Sequence[Entry], contents: dict[int, Content]) -> None:
        """Collect from the `contents` of all entries, by the number (`id`) of the entry."""
        self._in = interpreter
        self._pages: dict[Place, set[str]] = {}
        self._roots: set[Place] = set()
        self._unread = has_unread_templates(interpreter)
        self._taken = loads_of(interpreter).by_others()
        for entry in entries:
            if entry.kind in ROOTS:
                inside = contents[id(entry)].functions
                self._roots |= inside
                if entry.kind == "page":
                    own = definitions(interpreter, entry)
                    self._roots.update(own)
                    for place in (*inside, *own):
                        self._pages.setdefault(place, set()).add(entry.path or entry.name)

    def pages(self, entry: Entry) -> tuple[str, ...]:
        """The pages that mount a hook or component."""
        found = (self._pages.get(place, ()) for place in definitions(self._in, entry))
        return tuple(sorted({page for pages in found for page in pages}))

    def dead(self, entry: Entry) -> bool:
        """Whether nothing that starts code mounts a hook or component."""
        if entry.kind not in MOUNTABLE or entry.framework in MOUNTED or self._unread:
            return False
        if not self._roots.isdisjoint(definitions(self._in, entry)):
            return False
        if entry.file.endswith(COMPONENTS) and entry.file in self._taken:
            self._in.gap(entry.file, entry.line, entry.name, "it is imported, and not seen to be shown on any page")
            return False
        return True
