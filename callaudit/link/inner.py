"""Functions inside functions that may reach the network through each other: `const again = useCallback(() => load())`.

The names that a function declares mean nothing outside of it, so the search over all names does not know them. What is
asked here is asked of few functions, one outermost function at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Arr, Call, Cond, Func, Let, Name, Obj, Op, Prop, Spread, Typed
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

MOST_FUNCTIONS = 400
DEPTH = 4


class Inner:
    """Which functions inside others may reach the network through functions that are declared beside them."""

    def __init__(self, reaches: Callable[[str, int], bool]) -> None:
        """Ask `reaches` whether a function may by the names that it mentions."""
        self._reaches = reaches
        self._known: dict[tuple[str, int], frozenset[int]] = {}

    def reaches(self, module: Module, index: int) -> bool:
        """Whether function number `index` of `module` may."""
        functions = module.functions
        top = index
        while functions[top].parent > 0:
            top = functions[top].parent
        if top == index or not self._reaches(module.path, top):
            return False  # what it mentions, the functions around it do too
        place = (module.path, top)
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = frozenset(self._search(module, top))
        return index in found

    def _search(self, module: Module, top: int) -> set[int]:
        inside = [top, *module.inside(top)][:MOST_FUNCTIONS]
        names: dict[str, set[int]] = {}
        for number in inside:
            for node in module.nodes_of(number, Let):
                if node.value is not None:
                    held = set(_functions(node.value, names, DEPTH))
                    for name in bound_names(node.target) if held else ():
                        names.setdefault(name, set()).update(held)
        users: dict[int, list[int]] = {}
        for number in inside[1:]:
            for ref in module.functions[number].refs:
                for used in names.get(ref, ()):
                    users.setdefault(used, []).append(number)
        found = {number for number in inside if self._reaches(module.path, number)}
        waiting = list(found)
        while waiting:
            for user in users.get(waiting.pop(), ()):
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        return found


def _functions(expr: Expr, names: dict[str, set[int]], depth: int) -> Iterator[int]:
    """The functions that a declaration holds: written in place, handed to what wraps them, or called by a name."""
    if isinstance(expr, Func):
        yield expr.index
    elif isinstance(expr, Name):
        yield from names.get(expr.id, ())
    elif depth:
        for part in _parts(expr):
            yield from _functions(part, names, depth - 1)


def _parts(expr: Expr) -> tuple[Expr, ...]:
    if isinstance(expr, Call):
        return tuple(arg for arg in expr.args if not isinstance(arg, Arr))
    if isinstance(expr, Obj):
        return tuple(prop.value for prop in expr.props if isinstance(prop, (Prop, Spread)))
    if isinstance(expr, (Arr, Op)):
        return expr.items
    if isinstance(expr, Cond):
        return (expr.then, expr.other)
    return (expr.value,) if isinstance(expr, Typed) else ()
