"""What starting a module does: what it imports is loaded first, each module once; others when it asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice
from callaudit.flow.machine.summaries import Summary
from callaudit.flow.values.values import UNDEFINED
from callaudit.link.loads import Loads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter


def process(interpreter: Interpreter, modules: tuple[str, ...]) -> Summary:
    """What starting a process, or opening a page, with `modules` does.

    What `import()` and `require()` load from within functions and branches may be loaded, once.
    """
    known = interpreter.processes.get(modules)
    if known is None:
        loads = loads_of(interpreter)
        order = list(dict.fromkeys(path for module in modules for path in loads.at_start(module)))
        cost, effects = _top_levels(interpreter, order)
        later, inside = _top_levels(interpreter, loads.later(order))
        if inside:
            cost = costs.add(cost, costs.maybe(later))
            effects = (*effects, Choice(0, (("its module is loaded", inside),)))
        known = interpreter.processes[modules] = Summary(cost, effects, UNDEFINED)
    return known


def loads_of(interpreter: Interpreter) -> Loads:
    """Which modules of the program load which."""
    return interpreter.found_once("loads", lambda: Loads(interpreter.program))


def loaded_with(interpreter: Interpreter, modules: Iterable[str]) -> frozenset[str]:
    """The modules that processes load which begin with `modules`: at once, or when they ask for them."""
    loads = loads_of(interpreter)
    at_start = dict.fromkeys(path for module in modules for path in loads.at_start(module))
    return frozenset((*at_start, *loads.later(list(at_start))))


def _top_levels(interpreter: Interpreter, order: list[str]) -> tuple[Cost, tuple[Effect, ...]]:
    found = [interpreter.top_level(path) for path in order if interpreter.relevance.function(path, 0)]
    cost = costs.NONE
    for summary in found:
        cost = costs.add(cost, summary.cost)
    return cost, tuple(effect for summary in found for effect in summary.effects)
