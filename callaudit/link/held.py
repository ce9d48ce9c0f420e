"""What functions set to something that may reach the network: fields, and variables of modules.

`const http = axios.create(); this.http = http` says of `.http` what no type has to say. Only the assignments of
functions that mention such a thing are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.chains import is_name
from callaudit.syntax.ir import (
    Arr,
    Assign,
    Await,
    Call,
    Cond,
    Func,
    Let,
    Many,
    Member,
    Name,
    Obj,
    Op,
    Prop,
    Ret,
    Spread,
    Typed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

    Node = tuple[str, str]
    Makes = Callable[[Call], bool]
    Targets = Mapping[str, Node | bool | None]

DEPTH = 6
_CHOOSING = frozenset({"||", "??", "&&"})
_FILLING = frozenset({"push", "unshift", "set", "add"})
_SETTING = frozenset({"=", "||=", "??=", "&&="})


def held(module: Module, index: int, targets: Targets, makes: Makes) -> Iterator[tuple[Node | bool, Node]]:
    """What function number `index` sets places to: what may reach the network (`True` for a client), and the place."""
    yield from _handed(module, index, targets, makes)
    yield from _filled(module, index, targets, makes)
    refs = module.functions[index].refs
    if "this" not in module.changed and module.changed.isdisjoint(refs) and module.assigned.isdisjoint(refs):
        return  # it sets nothing
    for node in module.nodes_of(index, Assign):
        if node.op not in _SETTING:
            continue
        place = _place(module, index, node.target, targets)
        if place:
            found = {one for one in _Held(module, index, targets, makes).of(node.value, DEPTH) if one and one != place}
            yield from ((one, place) for one in found)


def _handed(module: Module, index: int, targets: Targets, makes: Makes) -> Iterator[tuple[Node | bool, Node]]:
    """What the parameters of a constructor that are properties hold where nothing is given: `private http = axios`."""
    for param in module.functions[index].params:
        if param.property and param.default is not None and isinstance(param.target, Name):
            place = ("", "." + param.target.id)
            found = {one for one in _Held(module, 0, targets, makes).of(param.default, DEPTH) if one and one != place}
            yield from ((one, place) for one in found)


def _filled(module: Module, index: int, targets: Targets, makes: Makes) -> Iterator[tuple[Node | bool, Node]]:
    """What is put into lists and maps: `queues.push(new Queue(name))`. What asks gives an answer, which is data."""
    if not module.filled:
        return
    inside = _Held(module, index, targets, makes)
    for node in module.nodes_of(index, Call):
        if isinstance(node.callee, Member) and node.callee.prop in _FILLING and _root_of(node.callee) in module.filled:
            place = _place(module, index, node.callee.obj, targets)
            if place:
                made = {one for arg in node.args for one in inside.made(arg, DEPTH) if one and one != place}
                yield from ((one, place) for one in made)


def _root_of(callee: Member) -> str:
    """How the facts of a module call what a method fills."""
    owner = callee.obj
    return "." + owner.prop if isinstance(owner, Member) else owner.id if isinstance(owner, Name) else ""


def _place(module: Module, index: int, target: Expr, targets: Targets) -> Node | None:
    if isinstance(target, Member):
        return ("", "." + target.prop)
    if not isinstance(target, Name) or (index and any(True for _ in _values(module, index, target.id))):
        return None
    known = targets[target.id]
    return known if isinstance(known, tuple) else None


class _Held:
    """What expressions of one function may give."""

    def __init__(self, module: Module, index: int, targets: Targets, makes: Makes) -> None:
        self._module = module
        self._index = index
        self._targets = targets
        self._makes = makes

    def of(self, expr: Expr | None, depth: int) -> Iterator[Node | bool | None]:
        """The nodes for what `expr` may give; what is waited for is data."""
        if depth == 0 or expr is None:
            return
        if isinstance(expr, Func):
            yield (self._module.path, f"#{expr.index}")
        elif isinstance(expr, Name):
            yield from self._named(expr.id, depth)
        elif isinstance(expr, Member):
            yield self._root(expr) is True or self._targets["." + expr.prop]
        elif isinstance(expr, Call):
            yield from self._called(expr, depth)
        elif isinstance(expr, Await):
            yield from self._waited_for(expr.value, depth)
        else:
            for part in _parts(expr):
                yield from self.of(part, depth - 1)

    def _named(self, name: str, depth: int) -> Iterator[Node | bool | None]:
        values = list(_values(self._module, self._index, name))
        if not values:
            yield self._targets[name]
        for value in values:
            yield from self.of(value, depth - 1)

    def _called(self, call: Call, depth: int) -> Iterator[Node | bool | None]:
        callee = call.callee
        if isinstance(callee, Name):
            yield from self._named(callee.id, depth)
        elif isinstance(callee, Member):
            yield self._root(callee) is True
        for arg in call.args:  # what wraps a client is one
            if not isinstance(arg, Func):
                yield any(one is True for one in self.of(arg, depth - 1))

    def _waited_for(self, expr: Expr, depth: int) -> Iterator[Node | bool | None]:
        """What a function of the module that makes clients gives; all else that is waited for is data."""
        if not isinstance(expr, Call):
            return
        for index in self._functions(expr.callee):
            inside = _Held(self._module, index, self._targets, self._makes)
            for node in self._module.nodes_of(index, Ret):
                yield from inside.made(node.value, depth - 1)

    def _functions(self, callee: Expr) -> Iterator[int]:
        """The functions of the module that a call of `callee` may run: those of its top level, or methods."""
        functions = self._module.functions
        if isinstance(callee, Name) and isinstance(self._targets[callee.id], tuple):
            yield from (number for number, one in enumerate(functions) if one.name == callee.id and not one.parent)
        elif isinstance(callee, Member) and isinstance(callee.obj, Name) and callee.obj.id == "this":
            yield from (number for number, one in enumerate(functions) if one.cls >= 0 and one.name == callee.prop)

    def made(self, expr: Expr | None, depth: int) -> Iterator[Node | bool | None]:
        """What `expr` gives where it makes something: what asks gives an answer."""
        if depth <= 0 or expr is None:
            return
        if isinstance(expr, Func):
            yield (self._module.path, f"#{expr.index}")
        elif isinstance(expr, Name):
            values = list(_values(self._module, self._index, expr.id))
            for value in values or _of_top_level(self._module, expr.id):
                yield from self.made(value, depth - 1)
        elif isinstance(expr, Call):
            if self._makes(expr):
                yield True
        elif isinstance(expr, Await):
            yield from self._waited_for(expr.value, depth)
        elif not isinstance(expr, Obj):
            for part in _parts(expr):
                yield from self.made(part, depth - 1)

    def _root(self, expr: Expr) -> Node | bool | None:
        while isinstance(expr, Member):
            expr = expr.obj
        return self._targets[expr.id] if isinstance(expr, Name) else None


def _parts(expr: Expr) -> tuple[Expr, ...]:
    if isinstance(expr, (Typed, Prop, Spread, Assign)):
        return (expr.value,)
    if isinstance(expr, Cond):
        return (expr.then, expr.other)
    if isinstance(expr, Op):
        return expr.items if expr.op in _CHOOSING else ()
    if isinstance(expr, Many):
        return expr.items[-1:]
    if isinstance(expr, Obj):
        return expr.props
    return expr.items if isinstance(expr, Arr) else ()


def _values(module: Module, index: int, name: str) -> Iterator[Expr | None]:
    """The values of a variable that a function, or one around it, declares."""
    while index > 0:
        declared = [node for node in module.nodes_of(index, Let) if is_name(node.target, name)]
        if declared:
            yield from (node.value for node in declared)
            yield from (node.value for node in module.nodes_of(index, Assign) if is_name(node.target, name))
            return
        function = module.functions[index]
        if any(is_name(param.target, name) for param in function.params):
            yield None  # what it is handed
            return
        index = function.parent


def _of_top_level(module: Module, name: str) -> list[Expr | None]:
    """The values of a variable that the top level of a module declares."""
    return [node.value for node in module.nodes_of(0, Let) if is_name(node.target, name)]
