"""Calls that somebody waits for no longer than a timer: `Promise.race([send(), rejectAfter(5_000)])`.

The request itself goes on, but nobody hangs with it. The race may stand in a function that is handed the promise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.effects.effects import Called, Guarded, Request
from callaudit.flow.effects.records import Guard
from callaudit.flow.reading.bound import Local
from callaudit.flow.retries.waits import wait_of
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue
from callaudit.syntax.ir import Arr, Await, Call, Member, Name, PatDefault, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

DEPTH: Final = 3
"""Variables and parameters between the race and the timer."""


def behind_race(frame: Frame, call: Call, scope: Scope, tree: list[Effect], mark: int) -> None:
    """Put what the arguments of `call` do, from `mark` on, behind the timer that it races against, if it does."""
    if not tree or (len(tree) == mark and not _is_race(call)):
        return
    found = _race(frame.interpreter, call, scope) or _handed(frame.interpreter, call, scope)
    if found is None:
        return
    race, within, limit = found
    told = times(frame.interpreter, limit)
    why = "" if told.spans else told.why or "it is not known how long"
    name = frame.interpreter.qualified(within.module, within.function)
    guard = Guard("timeout", "Promise.race", within.module, race.line, name, told.spans, why=why)
    if len(tree) > mark:
        tree[mark:] = [Guarded(guard, tuple(tree[mark:]))]
    begun = _begun(frame.interpreter, call, scope)
    for place, effect in enumerate(tree[:mark] if begun else ()):
        if _line(effect) in begun:
            tree[place] = Guarded(guard, (effect,))


def _begun(interpreter: Interpreter, race: Call, scope: Scope) -> frozenset[int]:
    """The lines of calls whose promises are in variables that take part in the race."""
    found: set[int] = set()
    for item in _items(race) if _is_race(race) else ():
        meaning = interpreter.stores.bindings.meaning(item.id, scope) if isinstance(item, Name) else None
        if isinstance(meaning, Local) and meaning.scope is scope:
            found.update(value.line for value, _ in meaning.values if isinstance(value, Call))
    return frozenset(found)


def _line(effect: Effect) -> int:
    """The line of a call or a request that is a part of a tree by itself."""
    if isinstance(effect, Request):
        return effect.requests[0].site.line if effect.requests else 0
    return effect.line if isinstance(effect, Called) else 0


def _race(interpreter: Interpreter, call: Call, scope: Scope) -> tuple[Call, Scope, Value] | None:
    """`call` itself, its scope and the time, where it is a race against a timer."""
    if not _is_race(call):
        return None
    target = forced(interpreter.evaluate(call.callee, scope))
    if not isinstance(target, ForeignValue) or target.package or target.path != ("Promise", "race"):
        return None
    for item in _items(call):
        limit = _limit(interpreter, item, scope, DEPTH)
        if limit is not None:
            return call, scope, limit
    return None


def _handed(interpreter: Interpreter, call: Call, scope: Scope) -> tuple[Call, Scope, Value] | None:
    """The race in the function that is called, among whose parameters one takes part."""
    if call.new or not call.args or not isinstance(call.callee, (Name, Member)):
        return None
    target = forced(interpreter.evaluate(call.callee, scope))
    if not isinstance(target, Closure) or ".race" not in interpreter.function(target.module, target.index).refs:
        return None
    function = interpreter.function(target.module, target.index)
    params = {_name(param.target) for param in function.params} - {""}
    for node in interpreter.nodes_of(target.module, target.index, Call):
        if _is_race(node) and any(_name(item) in params for item in _items(node)):
            found = _race(interpreter, node, interpreter.stores.bindings.entered(target, call.args, scope))
            if found is not None:
                return found
    return None


def _is_race(call: Call) -> bool:
    return isinstance(call.callee, Member) and call.callee.prop == "race" and not call.new and len(call.args) == 1


def _items(call: Call) -> Iterator[Expr]:
    return iter(call.args[0].items) if isinstance(call.args[0], Arr) else iter(())


def _limit(interpreter: Interpreter, expr: Expr, scope: Scope, depth: int) -> Value | None:
    """The time after which the promise `expr` is settled by a timer."""
    while isinstance(expr, (Typed, Await)):
        expr = expr.value
    if isinstance(expr, Call):
        return wait_of(interpreter, expr, scope, settles=True)
    if not isinstance(expr, Name) or not depth:
        return None
    meaning = interpreter.stores.bindings.meaning(expr.id, scope)
    if not isinstance(meaning, Local):
        return None
    for value, _ in meaning.values[:2]:
        limit = _limit(interpreter, value, meaning.scope, depth - 1)
        if limit is not None:
            return limit
    return None


def _name(expr: Expr) -> str:
    if isinstance(expr, PatDefault):
        expr = expr.target
    return expr.id if isinstance(expr, Name) else ""
