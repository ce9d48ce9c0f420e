"""Functions that a client or a request is handed, and that run before the request leaves: `onRequest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Repeated
from callaudit.flow.machine.callbacks import call
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Closure, Record, Seq, Undefined, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.libraries.model import Request

HANDED = Unknown("request", "what a client hands to its hooks", given=True)


def of_hooks(model: Request, made_with: Sequence[Value], own: Value) -> tuple[Value, ...]:
    """What says the hooks of a request: its client and its `own` options, or these alone where they replace them."""
    if model.replaces and any(not isinstance(_option(own, option), Undefined) for option in model.before):
        return (own,)
    return (*made_with, own)


def run_before(
    frame: Frame, model: Request, sources: Sequence[Value], place: tuple[Scope, int], effect: Effect
) -> tuple[tuple[Effect, ...], Cost]:
    """A request with what its hooks do before it, each time that it is sent, and what they cost."""
    inside: list[Effect] = []
    spent = costs.NONE
    for option in model.before:
        for source in sources:
            found = _option(source, option)
            for hook in found.items if isinstance(found, Seq) else (found,):
                known = forced(hook)
                if isinstance(known, Closure):
                    spent = costs.add(spent, call(frame, known, [HANDED], *place, inside))
    if not inside:
        return (effect,), spent
    if isinstance(effect, Repeated) and effect.retries:
        attempts = effect.retries[0].attempts
        most = float("inf") if attempts is None else attempts
        return (replace(effect, body=(*inside, *effect.body)),), costs.repeat(spent, 1, most)
    return (*inside, effect), spent


def _option(source: Value, option: str) -> Value:
    """What an option by a dotted path says."""
    known = forced(source)
    for name in option.split("."):
        known = forced(known.fields.get(name, UNDEFINED)) if isinstance(known, Record) else UNDEFINED
    return known
