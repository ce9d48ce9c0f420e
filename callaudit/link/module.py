"""One file's facts with its names indexed, and the records of its code."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from callaudit.syntax.ir import Node
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.facts import Class, Export, Function, Import, Interface, ModuleFacts

Kind = TypeVar("Kind", bound=Node)


class Module:
    """One file's facts with its names indexed."""

    def __init__(self, facts: ModuleFacts) -> None:
        """Index `facts`."""
        self.facts = facts
        self.path = facts.path
        self.functions: tuple[Function, ...] = facts.functions
        self.classes: tuple[Class, ...] = facts.classes
        self.imports: dict[str, Import] = {item.local: item for item in facts.imports if item.local}
        self.exports: dict[str, Export] = {item.name: item for item in facts.exports if item.name != "*"}
        self.stars: tuple[str, ...] = tuple(item.source for item in facts.exports if item.name == "*")
        self.bindings = {item.name: item for item in facts.bindings}
        self.interfaces: dict[str, Interface] = {item.name: item for item in facts.interfaces}
        self.assigned = frozenset(facts.assigned)
        self.filled = frozenset(facts.filled)
        self.changed = frozenset(facts.changed)
        self._nodes: dict[int, tuple[Node, ...]] = {}
        self._mentioned: frozenset[str] | None = None
        self._kinds: dict[int, dict[type[Node], list[Node]]] = {}

    def mentions(self, name: str) -> bool:
        """Whether the module mentions a name anywhere, `.name` as that of a member."""
        if self._mentioned is None:  # the top level mentions what the functions inside it do
            self._mentioned = frozenset(self.functions[0].refs)
        return name in self._mentioned

    def nodes(self, function: int) -> tuple[Node, ...]:
        """Every record of the code of a function, in order, without functions inside it.

        They are listed once: a dozen questions go through all of them.
        """
        found = self._nodes.get(function)
        if found is None:
            found = self._nodes[function] = tuple(walk(self.functions[function].body))
        return found

    def is_inside(self, inner: int, outer: int) -> bool:
        """Whether function number `inner` is `outer` or stands in it."""
        while inner >= 0 and inner != outer:
            inner = self.functions[inner].parent
        return inner == outer

    def inside(self, outer: int) -> list[int]:
        """The numbers of the functions that stand in function number `outer`, in order: it comes before them."""
        functions, end = self.functions, self.functions[outer].end_line
        found = {outer}
        for number in range(outer + 1, len(functions)):
            if functions[number].parent in found:
                found.add(number)
            elif functions[number].line > end:
                break
        return sorted(found - {outer})

    def nodes_of(self, function: int, kind: type[Kind]) -> Sequence[Kind]:
        """Those of the records of the code of a function that are of one kind, in order."""
        kinds = self._kinds.get(function)
        if kinds is None:
            kinds = self._kinds[function] = {}
            for node in self.nodes(function):
                kinds.setdefault(type(node), []).append(node)
        return kinds.get(kind, ())  # type: ignore[return-value] # they are listed by their own types
