"""Functions that a hook hands out: whoever mounts it may call them, each a user action of the hook.

A function that the hook's mount runs too, one that an action calls to load again what the mount has loaded, and one
that only reads what the mount reads (its next page, say), is a refetch: it is a trigger, and counts in no total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import Called, Repeated, Request
from callaudit.flow.effects.records import Trigger
from callaudit.flow.objects.named_functions import functions_in
from callaudit.flow.text.urls import shape
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.frameworks.model import unknown_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.frameworks.model import Start

MOST_FUNCTIONS = 40
READS = ("GET", "HEAD")
DEPTH = 2
"""How deep in what a hook gives its functions are looked for: `[state, { load }]`."""

Place = tuple[str, int]
Endpoint = tuple[str, str, str]


def handed_out(interpreter: Interpreter, starts: Iterable[Start], mounted: Sequence[Effect]) -> tuple[Effect, ...]:
    """What calls of the functions do that the hook of `starts` gives; `mounted` is what its mount does."""
    found: list[Effect] = []
    loaded = _closures_of(interpreter, mounted)
    read = _reads(mounted)
    done: set[Place] = set()
    for start in starts:
        hook = forced(start.value)
        if not isinstance(hook, Closure):
            continue
        args = start.args if start.args is not None else unknown_args(interpreter, hook)
        given = interpreter.run(hook, args, start.this).value
        for name, closure in list(functions_in(given, DEPTH))[:MOST_FUNCTIONS]:
            line = interpreter.function(closure.module, closure.index).line
            if (closure.module, line) in done:
                continue
            done.add((closure.module, line))
            action = _action(interpreter, name, closure, loaded, read)
            if action is not None:
                found.append(action)
    return tuple(found)


def _action(
    interpreter: Interpreter, name: str, closure: Closure, loaded: frozenset[Place], read: frozenset[Endpoint]
) -> Effect | None:
    """One function that is handed out, as what an event runs; None where it does nothing to the network."""
    effects = interpreter.run(closure, unknown_args(interpreter, closure), None).effects
    if not effects:
        return None
    function = interpreter.function(closure.module, closure.index)
    title = interpreter.qualified(closure.module, closure.index)
    trigger = Trigger("event", f"{name or function.name or 'function'}()", closure.module, function.line, title)
    if (closure.module, function.line) in loaded or _reads(effects) <= read:
        return _refetch(trigger, effects)

    def change(effect: Effect) -> Effect:
        if isinstance(effect, Called) and (effect.defined_in, effect.defined) in loaded:
            again = replace(trigger, mechanism="refetch", file=effect.file, line=effect.line)
            return _refetch(again, (effect,))
        return effect

    called = Called(title, closure.module, function.line, closure.module, function.line, rebuilt(effects, change))
    return Repeated("event", function.line, 0, 1, (called,), trigger=trigger)


def _refetch(trigger: Trigger, effects: tuple[Effect, ...]) -> Effect:
    return Repeated("event", trigger.line, 0, 0, effects, trigger=trigger)


def _closures_of(interpreter: Interpreter, effects: Sequence[Effect]) -> frozenset[Place]:
    """The functions inside functions that are called: those of hooks, which load what they show."""
    inner: dict[str, set[int]] = {}
    found: set[Place] = set()
    for effect in walk_effects(effects, set()):
        if isinstance(effect, Called):
            if effect.defined_in not in inner:
                functions = interpreter.program.modules[effect.defined_in].functions
                inner[effect.defined_in] = {one.line for one in functions if one.parent > 0 and one.cls < 0}
            if effect.defined in inner[effect.defined_in]:
                found.add((effect.defined_in, effect.defined))
    return frozenset(found)


def _reads(effects: Sequence[Effect]) -> frozenset[Endpoint]:
    """The requests among `effects`; one that writes is told from all others."""
    return frozenset(
        (target.method, target.host, shape(target.path)) if target.method in READS else ("", str(id(effect)), "")
        for effect in walk_effects(effects, set())
        if isinstance(effect, Request)
        for target in (one.target for one in effect.requests)
    )
