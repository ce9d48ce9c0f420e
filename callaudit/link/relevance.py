"""Which functions may come to a network call: reverse reachability over names, cheap and never too small.

Only these are evaluated. A function counts if its code mentions a client of the network, or a name that stands
for something that counts. Members are matched by name alone, so the answer may hold functions that reach nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.link.held import held
from callaudit.link.inner import Inner
from callaudit.link.listened import listened
from callaudit.link.meanings import ANY, Meanings, Node
from callaudit.link.mentions import mentions_of, of_namespaces, typed_as_clients
from callaudit.link.provided import provided
from callaudit.link.run_lists import run_lists
from callaudit.syntax.chains import is_name, untyped
from callaudit.syntax.facts import GIVES_VALUE
from callaudit.syntax.ir import Call, Let

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from callaudit.link.module import Module
    from callaudit.link.program import Program


class Relevance:
    """The functions and members that may reach the network."""

    def __init__(self, reached: frozenset[Node], starts: frozenset[Node]) -> None:
        """Keep the nodes `reached`, and those that mention a client themselves."""
        self._starts = starts
        self._reached = reached
        self._inner = Inner(self.function)

    def function(self, module: str, index: int) -> bool:
        """Whether function number `index` of `module` may reach the network."""
        return (module, f"#{index}") in self._reached

    def inner(self, module: Module, index: int) -> bool:
        """Whether function number `index` of `module` may through functions that are declared beside it."""
        return self._inner.reaches(module, index)

    def binding(self, module: str, name: str) -> bool:
        """Whether what the top level of `module` declares as `name` may reach the network."""
        return (module, name) in self._reached

    def sends(self, module: str, index: int) -> bool:
        """Whether function number `index` of `module` itself mentions a client of the network."""
        return (module, f"#{index}") in self._starts

    def member(self, name: str) -> bool:
        """Whether a method or property of this name may."""
        return ("", "." + name) in self._reached


def relevance(
    program: Program,
    globals_: frozenset[str],
    is_client: Callable[[str, str], bool],
    members: Mapping[str, frozenset[str]],
    is_maker: Callable[[str, tuple[str, ...]], bool],
) -> Relevance:
    """Search backwards from the global names `globals_` and the packages for which `is_client` holds.

    `members` are by package the members that count too, in the modules that import it; `is_maker` holds for exports
    that make a client.
    """
    search = _Search(program, is_maker)
    for module in program.modules.values():
        counting = [members[item.source] for item in module.facts.imports if item.source in members]
        search.add(module, Meanings(program, module, globals_.union(*counting) if counting else globals_, is_client))
    for member, target in of_namespaces(program):
        search.users.setdefault(target, []).append(member)
        search.users.setdefault(member, []).append(ANY)
    for module in program.modules.values():
        for filler, filled in run_lists(module):
            search.fills(filler, filled)
    reached = search.backwards()
    return Relevance(frozenset(reached), search.direct())


class _Search:
    """Who uses what, and what mentions a client itself."""

    def __init__(self, program: Program, is_maker: Callable[[str, tuple[str, ...]], bool]) -> None:
        self._program = program
        self._is_maker = is_maker
        self._meanings: dict[str, Meanings] = {}
        self._fields: set[Node] = set()
        """Fields that hold a client."""
        self._starts: set[Node] = set()
        self.users: dict[Node, list[Node]] = {}

    def add(self, module: Module, meanings: Meanings) -> None:
        """Note what is mentioned in a module, by what its names mean."""
        self._meanings[module.path] = meanings
        for node, refs in mentions_of(module):
            if node[0] == "":
                self.users.setdefault(node, []).append(ANY)
            self._uses(node, refs, meanings)
        for index, event in listened(module):
            self.users.setdefault((module.path, f"#{index}"), []).append(("", f".{event}"))
        if GIVES_VALUE in module.functions[0].refs:
            for context, refs in provided(self._program, module):
                self._uses(context, refs, meanings)
        self._starts.update(typed_as_clients(module, meanings))

    def _uses(self, node: Node, refs: Iterable[str], meanings: Meanings) -> None:
        starts, users = self._starts, self.users
        for ref in refs:
            target = meanings[ref]
            if target is True:
                starts.add(node)
            elif target:
                users.setdefault(target, []).append(node)

    def fills(self, filler: Node, filled: Node) -> None:
        """Note that who calls `filler` decides what a list does whose items are called."""
        for user in (filler, *self.users.get(filler, ())):
            self.users.setdefault(user, []).append(filled)

    def backwards(self) -> set[Node]:
        """Everything from which a client can be reached."""
        waiting = list(self._starts)
        reached = set(self._starts)
        while waiting:
            node = waiting.pop()
            follow = list(self.users.get(node, ()))
            if node[0] and node[1][:1] == "#" and node[1][1:].isdecimal():  # `#load` is a private name, out of place
                follow += self._held(node, reached)
            for user in follow:
                if user not in reached:
                    reached.add(user)
                    waiting.append(user)
        return reached

    def _held(self, function: Node, reached: set[Node]) -> Iterator[Node]:
        """The fields that a function sets to what is reached already; of others it is noted."""
        module, index = self._program.modules[function[0]], int(function[1][1:])
        meanings = self._meanings[function[0]]
        for what, place in held(module, index, meanings, lambda call: self._is_maker(*meanings.origin(call.callee))):
            if isinstance(what, bool):
                self._fields.add(place)
                yield place
                continue
            self.users.setdefault(what, []).append(place)
            if what in reached:
                yield place

    def direct(self) -> frozenset[Node]:
        """What mentions a client itself; what uses a field or a variable of a module that holds one mentions it too."""
        holders = self._fields.union(node for node in self._starts if not node[0] or self._is_made(node))
        return frozenset(self._starts.union(holders, *(self.users.get(node, ()) for node in holders)))

    def _is_made(self, node: Node) -> bool:
        """Whether a node is a variable of a module that is declared as what a library makes: `const http = make()`."""
        module, name = node
        if name[:1] == "#":
            return False
        values = (let.value for let in self._program.modules[module].nodes_of(0, Let) if is_name(let.target, name))
        made = (untyped(value) for value in values if value is not None)
        return any(isinstance(one, Call) and self._is_maker(*self._meanings[module].origin(one.callee)) for one in made)
