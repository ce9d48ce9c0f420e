"""Lists whose items a module takes out and calls: `const job = jobs.shift(); if (job) await job()`.

Who puts a function into one says only what it is; what it does happens where the list is emptied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Await, Call, Func, Index, Let, Loop, Member, Name, Op
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.link.meanings import Node
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

TAKING = frozenset({"shift", "pop", "splice", "slice", "at", "values", "dequeue"})
OF_ITEMS = frozenset({"forEach", "map", "flatMap"})
_MENTIONS = frozenset("." + name for name in TAKING | OF_ITEMS)
_FILLING = frozenset({"push", "unshift", "splice", "set", "add"})


def run_lists(module: Module) -> Iterator[tuple[Node, Node]]:
    """Each function that fills such a list, as the name that others call it by and as itself, with the list."""
    names = {name for name in module.facts.filled if name}
    if not names or not (_MENTIONS & set(module.functions[0].refs) or _loops(module)):
        return
    run = {name for index in range(len(module.functions)) for name in _run_by(module, index) if name in names}
    for index, function in enumerate(module.functions) if run else ():
        for call in module.nodes_of(index, Call):
            callee = call.callee
            filled = _list_of(callee.obj) if isinstance(callee, Member) and callee.prop in _FILLING else ""
            if filled in run:
                node = ("", filled) if filled[0] == "." else (module.path, filled)
                yield (module.path, f"#{index}"), node
                outer = _outermost(module, index)
                name = module.functions[outer].member or function.member
                yield (("", "." + name) if name else (module.path, module.functions[outer].name)), node


def _loops(module: Module) -> bool:
    return any(module.nodes_of(index, Loop) for index in range(len(module.functions)))


def _outermost(module: Module, index: int) -> int:
    while module.functions[index].parent > 0:
        index = module.functions[index].parent
    return index


def _run_by(module: Module, index: int) -> Iterator[str]:
    """The lists of which a function calls what it takes out."""
    taken: dict[str, str] = {}
    for let in module.nodes_of(index, Let):
        whole = let.value.id if isinstance(let.value, Name) and let.value.id in module.facts.filled else ""
        if name := whole or _taken_from(let.value):
            taken.update(dict.fromkeys(bound_names(let.target), name))
    for loop in module.nodes_of(index, Loop):
        if loop.kind == "of" and loop.target is not None and loop.source is not None:
            source = _list_of(loop.source)
            name = taken.get(source, source) or _taken_from(loop.source)
            taken.update(dict.fromkeys(bound_names(loop.target), name) if name else {})
    for call in module.nodes_of(index, Call):
        callee = call.callee
        owner = callee.obj if isinstance(callee, Member) else callee
        if isinstance(owner, Name) and owner.id in taken:
            yield taken[owner.id]
        elif isinstance(callee, Member) and callee.prop in OF_ITEMS and _calls_its_first(module, call):
            yield _list_of(callee.obj)
        elif isinstance(callee, (Call, Index)) and (name := _taken_from(callee)):
            yield name


def _calls_its_first(module: Module, call: Call) -> bool:
    """Whether the function that a call is handed calls what it is handed itself: `jobs.forEach((job) => job())`."""
    given = call.args[0] if call.args else None
    params = module.functions[given.index].params if isinstance(given, Func) else ()
    names = set(bound_names(params[0].target)) if params else set()
    calls = module.nodes_of(given.index, Call) if isinstance(given, Func) else ()
    owners = (one.callee.obj if isinstance(one.callee, Member) else one.callee for one in calls)
    return any(isinstance(owner, Name) and owner.id in names for owner in owners)


def _taken_from(value: Expr | None) -> str:
    """The list that an expression takes an item, or several, out of."""
    while isinstance(value, (Await, Op)):
        value = value.value if isinstance(value, Await) else value.items[0]
    if isinstance(value, Call) and isinstance(value.callee, Member) and value.callee.prop in TAKING:
        return _list_of(value.callee.obj)
    return _list_of(value.obj) if isinstance(value, Index) else ""


def _list_of(value: Expr) -> str:
    """`jobs`, or `.jobs` for a field of `this`; empty for anything else."""
    if isinstance(value, Name):
        return value.id
    return "." + value.prop if isinstance(value, Member) and getattr(value.obj, "id", "") == "this" else ""
