"""The calls of a function by itself in a tree of effects, and what they tell of its levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Called, Repeated, Request
from callaudit.syntax.ir import Call, Name
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.loops.reentries import Place
    from callaudit.flow.machine.interpreter import Interpreter


def calls_of(effects: Sequence[Effect], module: str, line: int) -> list[Called]:
    """The calls of the function at `line` of `module` in a tree, outermost first."""
    walked = walk_effects(effects, enter=lambda effect: not is_call_of(effect, module, line))
    return [effect for effect in walked if isinstance(effect, Called) and is_call_of(effect, module, line)]


def at_events(effects: Sequence[Effect]) -> list[Called]:
    """The calls that happen at events alone: what listens for one, and what a user starts."""
    steady = {id(one) for one in walk_effects(effects, enter=lambda effect: not _is_event(effect))}
    return [one for one in walk_effects(effects) if isinstance(one, Called) and id(one) not in steady]


def _is_event(effect: Effect) -> bool:
    return isinstance(effect, Repeated) and effect.trigger is not None and effect.trigger.kind == "event"


def called_through(effects: Sequence[Effect], again: Sequence[Called], module: str) -> frozenset[int]:
    """The lines of `module` where what stands for a function is called, as a decorator has it."""
    known = {id(call) for call in again}
    calls = walk_effects(effects, enter=lambda effect: id(effect) not in known)
    return frozenset(
        one.line
        for one in calls
        if isinstance(one, Called) and one.file == module and any(id(part) in known for part in one.body)
    )


def asking_levels(effects: Sequence[Effect], module: str, line: int) -> int:
    """How many levels of the function at `line` ask themselves: the last one may only give up."""
    levels = 0
    while effects:
        own = walk_effects(effects, enter=lambda effect: not is_call_of(effect, module, line))
        levels += any(isinstance(effect, Request) for effect in own)
        deeper = calls_of(effects, module, line)
        effects = deeper[0].body if deeper else ()
    return levels


def handed_down(interpreter: Interpreter, effects: Sequence[Effect], again: Sequence[Called], place: Place) -> bool:
    """Whether a function comes to itself through what it is handed alone: a parameter that it calls."""
    module = interpreter.program.modules[place[0]]
    numbers = (place[1], *module.inside(place[1]))
    own = {module.functions[number].line for number in numbers}
    names = {name for param in module.functions[place[1]].params for name in bound_names(param.target)}
    lines = {
        node.line
        for number in numbers
        for node in module.nodes_of(number, Call)
        if isinstance(node.callee, Name) and node.callee.id in names
    }
    calls = (one for one in walk_effects(effects) if isinstance(one, Called) and one.file == place[0])
    handed = (one for one in calls if one.line in lines and (one.defined_in != place[0] or one.defined not in own))
    inside = {id(part) for one in handed for part in walk_effects(one.body)}
    return bool(again) and all(id(call) in inside for call in again)


def by_elements(interpreter: Interpreter, effects: Sequence[Effect], place: Place) -> bool:
    """Whether a function comes to itself through an element: a component inside itself shows a tree of data."""
    rendered = interpreter.reentries.rendered
    if place in rendered:
        return True
    components = {(module, interpreter.function(module, index).line) for module, index in rendered}
    line = interpreter.function(*place).line
    return any(
        isinstance(effect, Called)
        and (effect.defined_in, effect.defined) in components
        and calls_of(effect.body, place[0], line)
        for effect in walk_effects(effects, enter=lambda effect: not is_call_of(effect, place[0], line))
    )


def is_call_of(effect: Effect, module: str, line: int) -> bool:
    return isinstance(effect, Called) and (effect.defined_in, effect.defined) == (module, line)


def same_requests(effects: Sequence[Effect], again: Called) -> bool:
    """Whether the next level asks for the very same as this one, to the letter of its URLs."""
    inner = _targets(again.body, again)
    return bool(inner) and inner == _targets(effects, again)


def after_a_try(effects: Sequence[Effect], again: Called) -> bool:
    """Whether a level asks before it comes to the next one: else there is nothing that could have failed."""
    wanted, asked = _targets(again.body, again), False
    for effect in walk_effects(effects, enter=lambda one: not is_call_of(one, again.defined_in, again.defined)):
        if isinstance(effect, Request):
            asked = asked or any((one.target.method, one.target.url) in wanted for one in effect.requests)
        elif asked and is_call_of(effect, again.defined_in, again.defined):
            return True
    return False


def asks_by_number(effects: Sequence[Effect], again: Called, counted: Sequence[str]) -> bool:
    """Whether each level asks for another thing, which a number in its URL says."""
    return any("{" + name + "}" in url for _, url in _targets(effects, again) for name in counted)


def _targets(effects: Sequence[Effect], again: Called) -> set[tuple[str, str]]:
    walked = walk_effects(effects, enter=lambda effect: not is_call_of(effect, again.defined_in, again.defined))
    requests = (one for effect in walked if isinstance(effect, Request) for one in effect.requests)
    return {(one.target.method, one.target.url) for one in requests}
