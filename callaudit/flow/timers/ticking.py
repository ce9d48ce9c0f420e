"""Effects of components that run again as a timer changes what they depend on.

`useEffect(() => { load(); }, [tick])` beside `setInterval(() => setTick((n) => n + 1), 5_000)` polls, as does an effect
that sets a timer for what it depends on itself, and one that takes down a flag which a timer raises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.components.states import setter_of
from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.scope import Scope  # noqa: TC001 - msgspec reads the annotations
from callaudit.flow.reading.later_runs import ONCE, run_later, timer_of
from callaudit.flow.timers.tick_values import changes, only_when
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import OneOf, Seq
from callaudit.syntax.ir import Arr, Call, Cond, Func, If, Lit, Name, Op, Spread
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.reading.later_runs import Later
    from callaudit.libraries.model import Arg

MOST_DEPENDENCIES = 12
MOST_HANDED = 4
"""Components and hooks that hand a state on."""
HOOKS = frozenset({"useState", "useReducer"})
MOST_PASSED = 2
"""States that effects set to something else, one after the other, as one of them changes."""


def ticks(interpreter: Interpreter, here: Application, place: Arg) -> Trigger | None:
    """The timer that runs the effect `here` again: it sets a state that is among the dependencies at `place`."""
    args = here.expr.args
    listed = args[place.index] if place.index < len(args) else None
    if not isinstance(listed, Arr):
        return None
    for state in _states(interpreter, listed, here.scope):
        setter = setter_of(interpreter, state.name, state.owner, HOOKS)
        if not setter:
            continue
        later = _timer(interpreter, state.owner, state.name, setter)
        if later is not None:
            return _trigger(interpreter, here, state, later)
        raised = _raised(interpreter, here, state.owner, state.name, setter) if state.called == state.name else None
        if raised is not None:
            after, path = raised.mechanism == ONCE, state.owner.module
            return Trigger("timer", raised.mechanism, path, raised.line, raised.function, raised.spans, after=after)
    return None


class _State(Struct, frozen=True, eq=False):
    """What may be a state: its name, the component that has it, and what the effect calls it; empty for one of many."""

    name: str
    owner: Scope
    called: str


def _states(interpreter: Interpreter, listed: Arr, scope: Scope) -> Iterator[_State]:
    """What an effect depends on, also where it is handed that: as an attribute, an argument, or in a list of such."""
    for item in listed.items[:MOST_DEPENDENCIES]:
        if isinstance(item, Name):
            yield from _handed(item.id, scope, item.id)
        elif isinstance(item, Spread) and isinstance(item.value, Name):
            known = forced(interpreter.evaluate(item.value, scope))
            for one in known.values if isinstance(known, OneOf) else (known,):
                for inner in one.items[:MOST_DEPENDENCIES] if isinstance(one, Seq) else ():
                    if isinstance(inner, Lazy) and isinstance(inner.expr, Name) and inner.scope is not None:
                        yield from _handed(inner.expr.id, inner.scope, "")


def _handed(name: str, scope: Scope, called: str, depth: int = MOST_HANDED) -> Iterator[_State]:
    owner = scope.find(name)
    if owner is None or owner.parent is None:
        return
    yield _State(name, owner, called)
    value = owner.vars[name]
    if depth and isinstance(value, Lazy) and isinstance(value.expr, Name) and value.scope not in (None, owner):
        yield from _handed(value.expr.id, value.scope, called, depth - 1)


def _trigger(interpreter: Interpreter, here: Application, state: _State, later: Later) -> Trigger:
    why = f"only for some values of {state.called}" if state.called and _tests(interpreter, here, state.called) else ""
    spans = () if why else later.spans
    why = why or later.why
    return Trigger("timer", later.mechanism, state.owner.module, later.line, later.function, spans, why)


def _tests(interpreter: Interpreter, here: Application, state: str) -> bool:
    """Whether the effect does not do the same for every value of the state."""
    effect = here.expr.args[0]
    nodes = interpreter.nodes(here.scope.module, effect.index) if isinstance(effect, Func) else ()
    tests = [node.test for node in nodes if isinstance(node, (If, Cond))]
    tests += [item for node in nodes if isinstance(node, Op) and node.op in ("&&", "||", "??") for item in node.items]
    return any(isinstance(one, Name) and one.id == state for one in walk(tuple(tests)))


def _timer(interpreter: Interpreter, owner: Scope, state: str, setter: str, depth: int = MOST_PASSED) -> Later | None:
    """The timer that gives the state another value each time, or an effect one that a timer runs again in this way."""
    path = owner.module
    for index, call in _calls(interpreter, owner, setter):
        if not isinstance(call.callee, Name) or call.callee.id != setter:
            handed = timer_of(interpreter, call, path, index)  # a reducer's dispatch, which counts
            if handed is not None and handed.again:
                return handed
        elif call.args and changes(interpreter, path, index, call.args[0]):
            later = run_later(interpreter, path, index)
            if later is not None and (later.again or _sets_itself_anew(interpreter, owner, state, index, later)):
                why = only_when(interpreter, path, index, call, state)
                return replace(later, spans=(), why=why) if why else later
            passed = _passed_on(interpreter, owner, state, index, depth) if later is None and depth else None
            if passed is not None:
                return passed
    return None


def _passed_on(interpreter: Interpreter, owner: Scope, state: str, index: int, depth: int) -> Later | None:
    """The timer of another state, on which the effect depends that function number `index` of the component is."""
    for node in interpreter.nodes_of(owner.module, owner.function, Call):
        effect, listed = (*node.args[:2], None, None)[:2]
        if not isinstance(effect, Func) or effect.index != index or not isinstance(listed, Arr):
            continue
        for item in listed.items[:MOST_DEPENDENCIES]:
            other = item.id if isinstance(item, Name) and item.id != state else ""
            setter = setter_of(interpreter, other, owner, HOOKS) if other else ""
            later = _timer(interpreter, owner, other, setter, depth - 1) if setter else None
            if later is not None:
                return later
    return None


def _raised(interpreter: Interpreter, here: Application, owner: Scope, state: str, setter: str) -> Later | None:
    """The timer that raises a flag each time, which the effect `here` takes down again when it has done its work."""
    effect = here.expr.args[0]
    if not isinstance(effect, Func):
        return None
    path = owner.module
    given = [(index, _flag(call)) for index, call in _calls(interpreter, owner, setter)]
    calls = [(index, value) for index, value in given if value is not None]
    own = {value for index, value in calls if _runs(interpreter, path, owner, effect.index, index)}
    for index, value in calls:
        later = run_later(interpreter, path, index) if (not value) in own else None
        if later is not None and (later.again or _sets_itself_anew(interpreter, owner, state, index, later)):
            return later
    return None


def _flag(call: Call) -> bool | None:
    """Which of `true` and `false` a setter is given; `None` where it is something else."""
    given = call.args[0] if call.args else None
    return given.value if isinstance(given, Lit) and isinstance(given.value, bool) else None


def _runs(interpreter: Interpreter, path: str, owner: Scope, effect: int, index: int) -> bool:
    """Whether an effect runs a function at once: it stands in it, or in one that it calls by its name."""
    if run_later(interpreter, path, index) is not None:
        return False
    if interpreter.program.modules[path].is_inside(index, effect):
        return True
    function = interpreter.program.modules[path].functions[index]
    return function.parent == owner.function and function.name in interpreter.function(path, effect).refs


def _calls(interpreter: Interpreter, owner: Scope, setter: str) -> Iterator[tuple[int, Call]]:
    """The calls of a setter in the component, and those that are handed it, each with the function around it."""
    module = interpreter.program.modules[owner.module]
    for index, function in enumerate(module.functions):
        if setter not in function.refs or not module.is_inside(index, owner.function):
            continue
        for node in interpreter.nodes(owner.module, index):
            if isinstance(node, Call) and any(
                isinstance(one, Name) and one.id == setter for one in (node.callee, *node.args[:1])
            ):
                yield index, node


def _sets_itself_anew(interpreter: Interpreter, owner: Scope, state: str, index: int, later: Later) -> bool:
    """Whether a timer that fires once is set again when the state changes: by an effect that depends on it."""
    if later.mechanism != ONCE:
        return False
    for node in interpreter.nodes_of(owner.module, owner.function, Call):
        effect = node.args[0] if node.args else None
        if not isinstance(effect, Func):
            continue
        depends = len(node.args) == 1 or any(isinstance(one, Name) and one.id == state for one in walk((node.args[1],)))
        if depends and interpreter.program.modules[owner.module].is_inside(index, effect.index):
            return True
    return False
