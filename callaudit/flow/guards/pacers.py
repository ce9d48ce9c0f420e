"""Functions of the program that let requests through at a pace: token buckets, windows of times, gaps between calls.

Such a function is known by what it does: it looks at the clock, at what it or its helpers keep outside of it from call
to call, and waits where that says so. Who waits for it before it asks asks at that pace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import scope_inside
from callaudit.flow.retries.waits import wait_of
from callaudit.libraries.model import Wait
from callaudit.libraries.registry import exported
from callaudit.link.definitions import Foreign
from callaudit.syntax.ir import Assign, Await, Call, Cond, Func, If, Index, Let, Loop, Member, Name, Un
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr, Node

_CLOCKS = frozenset({".now", ".getTime", ".hrtime"})
MOST_LINES, FEW_LINES = 60, 15
"""Lines of a function that may keep a pace, and of one that does nothing but wait, or gives a promise for that."""
_TIMER = "setTimeout"
_CHANGES = frozenset({"push", "shift", "pop", "unshift", "splice", "set", "delete"})


def pacers(interpreter: Interpreter, module: Module) -> Iterator[tuple[int, int]]:
    """The functions of `module` that wait for the clock and for what they keep, each with the line of its wait."""
    if _CLOCKS.isdisjoint(module.functions[0].refs):  # those of all that the module holds
        return
    waits = interpreter.found_once("names of waits", lambda: _names_of_waits(interpreter))
    timed = {one.name for one in module.functions[1:] if one.name and not _CLOCKS.isdisjoint(one.refs)}
    clocks = _CLOCKS.union(timed, (f".{name}" for name in timed))
    named: dict[str, list[int]] = {}
    for index, function in enumerate(module.functions):
        named.setdefault(function.name, []).append(index)
    for index, function in enumerate(module.functions):
        lines = function.end_line - function.line
        if not index or lines > MOST_LINES or (lines > FEW_LINES and not function.asynchronous):
            continue
        if waits.isdisjoint(function.refs) or clocks.isdisjoint(function.refs):
            continue
        own = module.nodes(index)
        helpers = list(_helpers(module, named, index, own))
        if not any(not _CLOCKS.isdisjoint(module.functions[one].refs) for one in (index, *helpers)):
            continue
        kept = _kept([*own, *(node for helper in helpers for node in module.nodes(helper))])
        wait = next((node for node in own if _waits(interpreter, module, index, node)), None) if kept else None
        if not isinstance(wait, Call):
            continue
        if interpreter.relevance.function(module.path, index):
            paces = _waits_first(own, wait)
        else:
            paces = bool(kept & _asked(own, wait))
        if paces:
            yield index, wait.line


def _names_of_waits(interpreter: Interpreter) -> frozenset[str]:
    """Names under which code may wait: of the timer itself, of functions that set it, of what packages have for it."""
    found = {_TIMER}
    for module in interpreter.program.modules.values():
        if _TIMER in module.functions[0].refs:
            short = (one for one in module.functions[1:] if one.name and one.end_line - one.line <= FEW_LINES)
            found.update(one.name for one in short if _TIMER in one.refs and "Promise" in one.refs)
        for name, imported in module.imports.items():
            origin = interpreter.program.source(module.path, imported.source)
            model = exported(origin.package, (imported.imported,)) if isinstance(origin, Foreign) else None
            if model is not None and isinstance(model[1], Wait):
                found.add(name)
    return frozenset([*found, *(f".{name}" for name in found)])


def _waits_first(own: tuple[Node, ...], wait: Call) -> bool:
    """Whether a function that asks waits before that, where the clock and what it keeps say so."""
    before = own[: next(number for number, node in enumerate(own) if node is wait)]
    if any(isinstance(node, Await) and node.value is not wait for node in before):
        return False
    if any(isinstance(node, Loop) for node in own):
        return False
    tests = [node.test for node in own if isinstance(node, If) and any(one is wait for one in walk(node.then))]
    looked = _sources(own, [*wait.args, *tests])
    return bool(_kept(list(own)) & _named(looked)) and any(_is_clock(node) for node in walk(tuple(looked)))


def _waits(interpreter: Interpreter, module: Module, index: int, node: Node) -> bool:
    """Whether a call is one that waits."""
    if not isinstance(node, Call) or not isinstance(node.callee, (Name, Member)):
        return False
    if node.new and not (isinstance(node.callee, Name) and node.callee.id == "Promise"):
        return False
    if not node.new and len(node.args) > 2:
        return False
    return wait_of(interpreter, node, scope_inside(interpreter, module.path, index)) is not None


def _helpers(module: Module, named: dict[str, list[int]], index: int, nodes: Iterable[Node]) -> Iterator[int]:
    """Functions of the same file that a function calls for what they change, and those that are written in it."""
    for node in nodes:
        if isinstance(node, Func):
            yield node.index
        elif isinstance(node, Call) and not node.args:
            callee = node.callee
            own = isinstance(callee, Member) and isinstance(callee.obj, Name) and callee.obj.id == "this"
            name = callee.prop if own and isinstance(callee, Member) else callee.id if isinstance(callee, Name) else ""
            cls = module.functions[index].cls
            for other in named.get(name, ()) if name else ():
                if other != index and (not own or module.functions[other].cls == cls):
                    yield other


def _kept(nodes: list[Node]) -> set[str]:
    """Variables and fields that code changes and does not declare itself."""
    declared = {name for node in nodes if isinstance(node, Let) for name in bound_names(node.target)}
    found: set[str] = set()
    for node in nodes:
        target: Expr | None = None
        if isinstance(node, Assign):
            target = node.target
        elif isinstance(node, Un) and node.op in ("++", "--"):
            target = node.value
        elif isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop in _CHANGES:
            target = node.callee.obj
        name = _holder(target) if target is not None else ""
        if name and name not in declared:
            found.add(name)
    return found


def _holder(expr: Expr) -> str:
    """The variable, or the field of `this`, that is changed."""
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id == "this":
            return f".{expr.prop}"
        expr = expr.obj
    return expr.id if isinstance(expr, Name) else ""


def _asked(nodes: Iterable[Node], wait: Call) -> set[str]:
    """What is looked at to know whether to wait, and how long."""
    looked: list[Node] = [*wait.args]
    looked.extend(node.test for node in nodes if isinstance(node, (If, Cond)))
    looked.extend(node.test for node in nodes if isinstance(node, Loop) and node.test is not None)
    return _named(_sources(nodes, looked))


def _sources(nodes: Iterable[Node], looked: list[Node]) -> list[Node]:
    """Expressions, and what the variables in them are declared as."""
    made: dict[str, Expr] = {}
    for node in nodes:
        if isinstance(node, Let) and node.value is not None:
            made.update(dict.fromkeys(bound_names(node.target), node.value))
    found = list(looked)
    for _ in range(3):
        found = [*looked, *(made[name] for name in sorted(_named(found) & made.keys()))]
    return found


def _is_clock(node: Node) -> bool:
    return isinstance(node, Member) and f".{node.prop}" in _CLOCKS


def _named(looked: Iterable[Node]) -> set[str]:
    found: set[str] = set()
    for node in walk(tuple(looked)):
        if isinstance(node, Name):
            found.add(node.id)
        elif isinstance(node, Member) and isinstance(node.obj, Name) and node.obj.id == "this":
            found.add(f".{node.prop}")
    return found
