"""Functions that call themselves again whatever the answer was: `function a(more) { ask(); if (more) a(false); }`.

That is no retry: what decides about the next level are parameters and flags of the program, not how a request ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Called, parts_of
from callaudit.flow.loops.loop_results import results_of
from callaudit.flow.loops.round_changes import names
from callaudit.flow.reading.placed_calls import placed
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Call, Lit, Name, Op, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.loops.reentries import Place
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.reading.placed_calls import Placed
    from callaudit.syntax.ir import Expr

DEEP = 12
"""Effects inside each other in which a level may be looked for."""


def goes_on_anyway(interpreter: Interpreter, place: Place, effects: Sequence[Effect], again: Called) -> bool:
    """Whether no test before the next level asks what the one before was answered.

    Where none stands there at all, that is said of functions that call each other alone.
    """
    tested = mutual = False
    within = place[0], interpreter.function(*place).line
    for called in _way_to(effects, again, DEEP):
        found = _placed_at(interpreter, within, called)
        if found is None:
            return False  # it stands in a function that something else calls, with what it was answered
        index, calls = found
        body = interpreter.function(within[0], index).body
        results = results_of(body, {one.place: 0 for one in interpreter.nodes_of(within[0], index, Call)})
        for one in calls:
            if any(names(arg) & results for arg in one.call.args):
                return False
            if not all(_asks_program(interpreter, (within[0], index), test, results) for test, _ in one.tests):
                return False
            tested = tested or bool(one.tests)
        mutual = mutual or called is not again
        within = called.defined_in, called.defined
    return tested or mutual


def _way_to(effects: Sequence[Effect], again: Called, deep: int) -> tuple[Called, ...]:
    """The calls that lead to one of them, which is the last."""
    for effect in effects:
        if effect is again:
            return (again,)
        inside = _way_to(parts_of(effect), again, deep - 1) if deep else ()
        if inside:
            return (effect, *inside) if isinstance(effect, Called) else inside
    return ()


def _placed_at(interpreter: Interpreter, within: tuple[str, int], called: Called) -> tuple[int, list[Placed]] | None:
    """The function at a line of a module, and its calls that are `called`; `None` where it has none of them."""
    module, line = within
    if called.file != module:
        return None
    for index, function in enumerate(interpreter.program.modules[module].functions):
        if index and function.line == line:
            name = called.function.rpartition(".")[2]
            calls = [one for one in placed(function.body) if one.call.line == called.line]
            calls = [one for one in calls if called_name(one.call.callee) == name]
            if calls:
                return index, calls
    return None


def _asks_program(interpreter: Interpreter, place: Place, test: Expr, results: set[str]) -> bool:
    """Whether a test asks parameters, and variables that are set to constants alone."""
    params = {one.target.id for one in interpreter.function(*place).params if isinstance(one.target, Name)}
    for node in walk((test,)):
        if isinstance(node, Name):
            if node.id in results or not (node.id in params or _is_flag(interpreter, place[0], node.id)):
                return False
        elif not isinstance(node, (Op, Un, Lit)):
            return False
    return True


def _is_flag(interpreter: Interpreter, module: str, name: str) -> bool:
    """Whether a variable of a module is set to constants alone."""
    here = interpreter.program.modules[module]
    if name not in here.bindings:
        return False
    return all(
        isinstance(node.value, Lit)
        for index, function in enumerate(here.functions)
        if name in function.refs
        for node in interpreter.nodes_of(module, index, Assign)
        if isinstance(node.target, Name) and node.target.id == name
    )
