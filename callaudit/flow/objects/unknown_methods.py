"""Methods of what no table knows: of arrays and promises, of what is not known, of what describes a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.event_targets import LISTENER, TAKING_OFF, listen
from callaudit.flow.effects import cost as costs
from callaudit.flow.guards.turns import after_the_last
from callaudit.flow.lists.maps import values_of
from callaudit.flow.machine.callbacks import KEEPING, Application, run_callbacks
from callaudit.flow.machine.per_item import PER_ITEM, run_per_item
from callaudit.flow.objects.handed_over import missing_library, run_objects
from callaudit.flow.objects.unknown_receivers import note_call
from callaudit.flow.queries.endpoints import asked_by, run_endpoint
from callaudit.flow.requests.fetchers import is_fetch, note_path
from callaudit.flow.requests.missing_modules import send_unseen
from callaudit.flow.requests.operations import unlisted
from callaudit.flow.requests.path_clients import send_by_path
from callaudit.flow.requests.procedure_calls import fetch_asked, run_use
from callaudit.flow.requests.procedure_uses import use_of
from callaudit.flow.requests.requests import send
from callaudit.flow.retries.answered_promises import second_by_answer
from callaudit.flow.retries.second_tries import second_of_promise
from callaudit.flow.timers.timers import run_after_wait
from callaudit.flow.values.values import ForeignValue, Record, Unknown
from callaudit.libraries.tables.web import FETCH
from callaudit.libraries.tables.web import LIBRARY as WEB
from callaudit.syntax.ir import Member

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value

PROMISED = frozenset({"then", "catch", "finally"})
LOOKING = frozenset({"includes", "indexOf", "lastIndexOf", "has"})
"""Methods of lists, sets and maps that look for what they are handed."""


def ask_by_method(
    frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]
) -> Cost | None:
    """The request that a method of something sends which a table or the program describes; `None` where it is none."""
    asking = asked_by(frame.interpreter, receiver, name)
    if asking is not None:
        return run_endpoint(frame, here, asking, name, args, tree)
    use = use_of(frame.interpreter, receiver, name) if type(receiver) is Unknown else None
    if use is not None:
        return run_use(frame, here, use, args, tree)
    return send_by_path(frame, here, receiver, name, args, tree) or fetch_asked(frame, here, name, args, tree)


def run_unknown(
    frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]
) -> Cost:
    """A method of an array, a promise, or of something that is not known: what it is handed may run."""
    unseen: Cost = costs.NONE
    if name not in PER_ITEM and name not in PROMISED:
        unlisted(frame, here, receiver, name)
        note_call(frame.interpreter, receiver, name, (here.scope.module, here.expr.line))
        unseen = send_unseen(frame, here, receiver, tree) if isinstance(receiver, Unknown) else unseen
    if not args or name in TAKING_OFF or name in LOOKING:
        return unseen
    if name in PER_ITEM:
        items = values_of(receiver) if isinstance(receiver, Record) and receiver.is_map else receiver
        return run_per_item(frame, here, items, args, tree)
    if name == "then":
        return _then(frame, here, receiver, args, tree)
    if name == "fetch":
        if is_fetch(frame, receiver, args):
            return send(frame, here.expr, here.scope, WEB, FETCH, args, (), tree)
        note_path(frame, here, args)
    if name == "catch":
        return _catch(frame, here, args, tree)
    if name == LISTENER:
        return listen(frame, here, args, tree)
    if name == "finally":
        return run_callbacks(frame, here, args[:1], tree, "once", awaited=here.awaited)
    how = "kept" if name in KEEPING and not isinstance(receiver, ForeignValue) else "maybe"
    spent = costs.add(unseen, run_callbacks(frame, here, args, tree, how, awaited=here.awaited))
    maker = receiver if isinstance(receiver, ForeignValue) else missing_library(receiver)
    if maker is not None:  # a library, or an object that one made
        method = ForeignValue(maker.package, (*maker.path, name))
        spent = costs.add(spent, run_objects(frame, here, method, args, tree))
    return spent


def _then(frame: Frame, here: Application, receiver: Value, args: list[Value], tree: list[Effect]) -> Cost:
    """What is done with what a promise gives; the second function is for its failure."""
    later = run_after_wait(frame, here, args[:1], tree)
    if later is not None:
        return later
    inside: list[Effect] = []
    first = run_callbacks(frame, here, args[:1], inside, "once", [receiver], awaited=here.awaited)
    owner = here.expr.callee.obj if isinstance(here.expr.callee, Member) else None
    inside = list(second_by_answer(frame, here, tree, inside))
    tree.extend(inside if owner is None else after_the_last(frame, owner, here.scope, inside))
    return costs.add(first, run_callbacks(frame, here, args[1:2], tree, "maybe", awaited=here.awaited))


def _catch(frame: Frame, here: Application, args: list[Value], tree: list[Effect]) -> Cost:
    """What is done when a promise fails: the request once more, perhaps."""
    frame.interpreter.reentries.failing += 1
    try:
        error = Unknown("error", given=True)
        handled: list[Effect] = []
        spent = run_callbacks(frame, here, args[:1], handled, "maybe", [error], awaited=here.awaited)
        tree.extend(second_of_promise(frame, here, tree, handled) if handled else ())
        return spent
    finally:
        frame.interpreter.reentries.failing -= 1
