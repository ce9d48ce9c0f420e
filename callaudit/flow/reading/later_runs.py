"""When a function runs that something is handed which runs it later, read from the code that hands it over.

`setTimeout(() => refetch(), 1500)`, `setInterval(refresh, 5_000)`, a hook that does the like: `useInterval(load, ms)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.machine.static import static_scope
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue
from callaudit.libraries.model import Invoke
from callaudit.libraries.registry import exported
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Func, Name

if TYPE_CHECKING:
    from callaudit.flow.effects.records import Span
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

DEPTH = 4
MOST_INSIDE = 12
"""Functions of a hook among which its timer is looked for."""
ONCE, AGAIN = "setTimeout", "setInterval"
_TIMERS = frozenset({ONCE, AGAIN})


class Later(Struct, frozen=True):
    """A timer: after how long or how often it runs (`again`), where it is set up, and what it is called.

    `why` says why it is not known how often.
    """

    again: bool
    spans: tuple[Span, ...]
    line: int
    function: str
    mechanism: str
    why: str = ""


def run_later(interpreter: Interpreter, path: str, index: int) -> Later | None:
    """The timer that runs function number `index` of `path`, or a function that it stands in."""
    functions = interpreter.program.modules[path].functions
    handed = interpreter.found_once(("handed to timers", path), lambda: _handed(interpreter, path))
    for _ in range(DEPTH):
        if functions[index].parent < 0:
            return None
        for call, around in handed.get(index, ()):
            found = timer_of(interpreter, call, path, around)
            if found is not None:
                own = found.mechanism == ONCE and interpreter.program.modules[path].is_inside(around, index)
                return replace(found, again=True) if own else found  # a function that sets its timer anew
        index = functions[index].parent
    return None


def _handed(interpreter: Interpreter, path: str) -> dict[int, list[tuple[Call, int]]]:
    """The functions of a module that calls of timers, and of hooks, are handed first, with where that is."""
    found: dict[int, list[tuple[Call, int]]] = {}
    for index, function in enumerate(interpreter.program.modules[path].functions):
        if not any(ref.lstrip(".") in _TIMERS or ref[:3] == "use" for ref in function.refs):
            continue
        for node in interpreter.nodes_of(path, index, Call):
            if len(node.args) > 1 and _may_be_timer(called_name(node.callee)):
                number = _function(interpreter, node.args[0], path, index)
                if number is not None:
                    found.setdefault(number, []).append((node, index))
    return found


def _function(interpreter: Interpreter, expr: Expr, path: str, around: int) -> int | None:
    """The number of the function of the module that an argument is."""
    if isinstance(expr, Func):
        return expr.index
    if not isinstance(expr, Name):
        return None
    known = forced(interpreter.evaluate(expr, static_scope(interpreter, path, around)))
    return known.index if isinstance(known, Closure) and known.module == path else None


def _may_be_timer(name: str) -> bool:
    return name in _TIMERS or name[:3] == "use"


def timer_of(interpreter: Interpreter, call: Call, path: str, index: int) -> Later | None:
    """The timer that `call`, in function number `index` of `path`, sets up for its first argument."""
    scope = static_scope(interpreter, path, index)
    place, mechanism, unit = _interval_at(interpreter, call, scope)
    if not 0 <= place < len(call.args):
        return None
    found = times(interpreter, interpreter.lazy(call.args[place], scope), unit)
    function = interpreter.qualified(path, index)
    return Later(mechanism != ONCE, found.spans, call.line, function, mechanism, found.why if not found.spans else "")


def _interval_at(interpreter: Interpreter, call: Call, scope: Scope) -> tuple[int, str, float]:
    """Which argument of a call is the time of a timer, what it is called, and the milliseconds of its unit."""
    name = called_name(call.callee)
    if name in (ONCE, AGAIN):
        return 1, name, 1
    if len(call.args) < 2 or not name:
        return -1, "", 1
    target = forced(interpreter.evaluate(call.callee, scope))
    if isinstance(target, Closure):
        return _parameter(interpreter, target), AGAIN, 1
    found = exported(target.package, target.path) if isinstance(target, ForeignValue) else None
    model = found[1] if found is not None else None
    if isinstance(model, Invoke) and model.how == "timer" and model.interval is not None and not model.interval.path:
        return model.interval.index, model.mechanism, model.unit
    return -1, "", 1


def _parameter(interpreter: Interpreter, target: Closure) -> int:
    """Which parameter of a function is the interval of the timer that it sets up; -1 for none."""
    module = interpreter.program.modules[target.module]
    names = [getattr(param.target, "id", "") for param in module.functions[target.index].params]
    inside = [target.index]
    for index in range(target.index + 1, len(module.functions)):
        if len(inside) > MOST_INSIDE or module.functions[index].line > module.functions[target.index].end_line:
            break
        if module.functions[index].parent in inside:
            inside.append(index)
    for index in inside:
        for node in module.nodes_of(index, Call):
            if called_name(node.callee) == AGAIN and len(node.args) > 1:
                interval = node.args[1]
                if isinstance(interval, Name) and interval.id in names:
                    return names.index(interval.id)
    return -1
