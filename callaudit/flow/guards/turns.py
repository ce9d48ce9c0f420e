"""Functions of the program that wait for their turn: semaphores that keep who waits, promises that follow each other.

A semaphore is known by what it does: a function waits for a promise whose resolver it puts into a list, and what comes
out of that list is called. Who waits for such a function before it asks asks in turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Effect, Guarded
from callaudit.flow.effects.records import Guard
from callaudit.flow.effects.words import words
from callaudit.flow.guards.library_guards import declared_at, waited_for
from callaudit.flow.guards.pacers import pacers
from callaudit.flow.reading.bound import Local, TopLevel
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.libraries.registry import turn_methods
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Await, Call, Func, Member, Name, Obj, Prop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.link.module import Module
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr

Place = tuple[str, int]
Turn = tuple[int, str]
"""The line where a function waits, and the kind of guard that it is."""
_WAITING = frozenset({"Promise", ".push"})
_TAKEN = frozenset({"shift", "pop"})


def in_turn(frame: Frame, function: Function, tree: list[Effect]) -> list[Effect]:
    """What a run of `function` does, behind the semaphore that it waits for."""
    interpreter = frame.interpreter
    waiting = _waiting(interpreter)
    if not tree:
        return tree
    guard = _of_library(interpreter, frame.scope) if not turn_methods().isdisjoint(function.refs) else None
    if guard is not None:
        return [Guarded(guard, tuple(tree))]
    if not waiting:
        return tree
    place = (frame.scope.module, frame.scope.function)
    found = place if place in waiting else _awaited(interpreter, function, frame.scope, waiting)
    if found is None:
        return tree
    name = interpreter.qualified(*place)
    line, kind = waiting[found]
    also = (function.line,) if found[0] == place[0] and function.line != line else ()
    mechanism = "semaphore" if kind == "queue" else "pace"
    guard = Guard(kind, mechanism, found[0], line, name, scope="shared", store="process", also=also)
    return [Guarded(guard, tuple(tree))]


def _of_library(interpreter: Interpreter, scope: Scope) -> Guard | None:
    """The limit of a library for whose turn a function waits itself."""
    for node in interpreter.nodes_of(scope.module, scope.function, Await):
        if isinstance(node.value, Call):
            guard = waited_for(interpreter, node.value, scope)
            if guard is not None:
                return guard
    return None


def after_the_last(frame: Frame, receiver: Expr, scope: Scope, inside: list[Effect]) -> list[Effect]:
    """What runs when the promise `receiver` is kept, in turn where the function puts its own in that one's place."""
    interpreter = frame.interpreter
    name = words(receiver)
    kept = isinstance(receiver, Member) and isinstance(receiver.obj, Name) and receiver.obj.id == "this"
    if isinstance(receiver, Name):
        meaning = interpreter.stores.bindings.meaning(receiver.id, scope)
        kept = isinstance(meaning, TopLevel) or (isinstance(meaning, Local) and meaning.scope is not scope)
    if not inside or not kept:
        return inside
    assigns = interpreter.nodes_of(scope.module, scope.function, Assign)
    if not any(words(node.target) == name for node in assigns):
        return inside
    own = interpreter.function(scope.module, scope.function)
    file, line = declared_at(interpreter, receiver, scope) or (scope.module, own.line)
    qualified = interpreter.qualified(scope.module, scope.function)
    also = (own.line,) if file == scope.module and own.line != line else ()
    guard = Guard("queue", "promise chain", file, line, qualified, scope="shared", store="process", also=also)
    return [Guarded(guard, tuple(inside))]


def _awaited(interpreter: Interpreter, function: Function, scope: Scope, waiting: Mapping[Place, Turn]) -> Place | None:
    """The waiting function that a function waits for itself."""
    names = {interpreter.function(*place).name for place in waiting}
    if not any(ref.removeprefix(".") in names for ref in function.refs):
        return None
    for node in interpreter.nodes_of(scope.module, scope.function, Await):
        callee = node.value.callee if isinstance(node.value, Call) else None
        name = called_name(callee) if callee is not None else ""
        if callee is None or name not in names:
            continue
        target = forced(interpreter.evaluate(callee, scope))
        if isinstance(target, Closure) and (target.module, target.index) in waiting:
            return target.module, target.index
    return None


def _waiting(interpreter: Interpreter) -> Mapping[Place, Turn]:
    """The functions of the program that wait for their turn, each with the line where it does and what it is."""
    modules = interpreter.program.modules.values()
    return interpreter.found_once("waiting for turns", lambda: dict(_turns(interpreter, modules)))


def _turns(interpreter: Interpreter, modules: Iterable[Module]) -> Iterator[tuple[Place, Turn]]:
    for module in modules:
        yield from (((module.path, index), (line, "limiter")) for index, line in pacers(interpreter, module))
        yield from ((place, (line, "queue")) for place, line in _of_module(module))


def _of_module(module: Module) -> Iterator[tuple[Place, int]]:
    refs = module.functions[0].refs
    if not _WAITING.issubset(refs) or not any(f".{name}" in refs for name in _TAKEN):
        return
    taken = {
        words(node.callee.obj)
        for index in range(len(module.functions))
        for node in module.nodes_of(index, Call)
        if isinstance(node.callee, Member) and node.callee.prop in _TAKEN
    }
    for index, function in enumerate(module.functions):
        if not _WAITING.issubset(function.refs):
            continue
        for node in module.nodes_of(index, Call):
            if node.new and isinstance(node.callee, Name) and node.callee.id == "Promise":
                executor = node.args[0] if node.args else None
                if isinstance(executor, Func) and _keeps_resolver(module, executor.index, taken):
                    yield (module.path, index), node.line


def _keeps_resolver(module: Module, index: int, lists: set[str]) -> bool:
    """Whether the executor of a promise puts what keeps the promise into one of `lists`."""
    params = module.functions[index].params
    resolver = params[0].target if params else None
    for node in module.nodes_of(index, Call):
        if not isinstance(node.callee, Member) or node.callee.prop != "push":
            continue
        if words(node.callee.obj) in lists:
            for arg in node.args:
                values = [prop.value for prop in arg.props if isinstance(prop, Prop)] if isinstance(arg, Obj) else [arg]
                if any(isinstance(value, Func) or value == resolver for value in values):
                    return True
    return False
