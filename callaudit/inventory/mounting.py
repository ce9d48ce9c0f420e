"""Where hooks and components are mounted: on the pages whose trees call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ClassValue, Closure, forced

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.frameworks.model import Entry
    from callaudit.inventory.content import Content

Place = tuple[str, int]
MOUNTABLE = ("hook", "component")
ROOTS = ("page", "script", "action", "route")
"""Entries that start code on their own; what only hooks and components call is mounted nowhere."""


def definition(interpreter: Interpreter, entry: Entry) -> Place:
    """The file and line of the function that an entry runs, as call trees name it."""
    return next(_definitions(interpreter, entry), (entry.file, entry.line))


def _definitions(interpreter: Interpreter, entry: Entry) -> Iterator[Place]:
    """The same for each function that an entry runs by itself: a page its component, and what is around it."""
    for start in entry.starts:
        value = forced(start.value)
        if isinstance(value, Closure):
            yield value.module, interpreter.function(value.module, value.index).line
        elif isinstance(value, ClassValue):
            render = interpreter.classes.method(value, "render", static=False)
            if render is not None:
                yield value.module, interpreter.function(value.module, render).line


class Mounts:
    """Answers where an entry is mounted."""

    def __init__(self, interpreter: Interpreter, entries: Sequence[Entry], contents: dict[int, Content]) -> None:
        """Collect from the `contents` of all entries, by the number (`id`) of the entry."""
        self._in = interpreter
        self._pages: dict[Place, set[str]] = {}
        self._roots: set[Place] = set()
        for entry in entries:
            if entry.kind in ROOTS:
                inside = contents[id(entry)].functions
                self._roots |= inside
                if entry.kind == "page":
                    own = (definition(interpreter, entry), *_definitions(interpreter, entry))
                    self._roots.update(own)
                    for place in (*inside, *own):
                        self._pages.setdefault(place, set()).add(entry.path or entry.name)

    def pages(self, entry: Entry) -> tuple[str, ...]:
        """The pages that mount a hook or component."""
        return tuple(sorted(self._pages.get(definition(self._in, entry), ())))

    def dead(self, entry: Entry) -> bool:
        """Whether nothing that starts code mounts a hook or component."""
        if entry.kind not in MOUNTABLE or entry.framework == "angular":  # its templates are not read
            return False
        return definition(self._in, entry) not in self._roots
