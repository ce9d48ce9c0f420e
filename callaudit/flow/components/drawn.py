"""Functions that a component is handed and calls itself: handlers of events, and what draws a part of it.

A table is handed columns, each with a function that draws its cells: `columns: [{ render: (row) => <button …/> }]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Called
from callaudit.flow.machine.callbacks import handlers
from callaudit.flow.objects.named_functions import functions_in
from callaudit.flow.reading.event_names import is_event
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, ForeignValue, Record, Seq
from callaudit.libraries.keepers import keeps
from callaudit.libraries.registry import libraries
from callaudit.syntax.ir import Jsx, Many, Prop

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value

DEPTH = 5
"""Lists and objects inside each other in which a component looks for functions: groups of columns of a table."""
MOST_FUNCTIONS = 60
HELD = "value"
"""What a context, or a field of a form, is handed to keep: an object in it is for who asks for it."""


def run_handed(frame: Frame, tag: Value, props: Record, scope: Scope, tree: list[Effect]) -> Cost:
    """Add what the functions do that a component is handed which is not in the repository; their cost."""
    deep = not isinstance(tag, ForeignValue) or not (keeps(tag.package, tag.path) or tag.package in libraries())
    total = costs.NONE
    left = MOST_FUNCTIONS
    for name, item in props.fields.items():
        for inner, closure in functions_in(item, DEPTH if deep and name != HELD else 0, name):
            if left and (isinstance(forced(item), Closure) or matters(frame.interpreter, closure)):
                left -= 1
                total = costs.add(total, handlers(frame, [closure], scope, tree, _event(inner)))
    return total


def run_undrawn(frame: Frame, props: Record, scope: Scope, inside: list[Effect]) -> Cost:
    """Add to `inside`, what a component of the program does, the parts that it was seen to be handed, not to draw.

    It may keep its columns in a state or a context first. Only functions that give elements count: others are handed
    over to be called now and then, or never.
    """
    interpreter = frame.interpreter
    found = [
        (name, closure)
        for prop, item in props.fields.items()
        for name, closure in functions_in(item, DEPTH, prop)
        if isinstance(forced(item), (Record, Seq)) and matters(interpreter, closure) and _draws(frame, closure)
    ]
    if not found:
        return costs.NONE
    drawn = {(one.defined_in, one.defined) for one in walk_effects(inside) if isinstance(one, Called)}
    total = costs.NONE
    for name, closure in found[:MOST_FUNCTIONS]:
        if (closure.module, interpreter.function(closure.module, closure.index).line) not in drawn:
            total = costs.add(total, handlers(frame, [closure], scope, inside, _event(name)))
    return total


def _event(name: str) -> str:
    return name if is_event(name) else "an event"


def _draws(frame: Frame, closure: Closure) -> bool:
    """Whether a function gives elements: components, or tags with handlers."""
    return any(
        isinstance(node, Jsx) or (isinstance(node, Many) and any(isinstance(item, Prop) for item in node.items))
        for node in frame.interpreter.nodes(closure.module, closure.index)
    )
