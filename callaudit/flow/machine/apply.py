"""Apply what is called to its arguments: functions of the program, methods, clients, whatever is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.apps.event_targets import LISTENER, TAKING_OFF, listen
from callaudit.flow.apps.started_workers import started, starts_worker
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice
from callaudit.flow.guards.client_shields import wrapped_client, wrapped_request
from callaudit.flow.guards.library_guards import behind_kept
from callaudit.flow.guards.loading_caches import loaded, makes_loader
from callaudit.flow.lists.picked import picked_by
from callaudit.flow.machine.arguments import handed, with_this
from callaudit.flow.machine.callbacks import Application, call, run_callbacks
from callaudit.flow.machine.models import apply_model
from callaudit.flow.machine.per_item import PER_ITEM, run_per_item
from callaudit.flow.machine.targets import taken_of
from callaudit.flow.objects.construct import call_super, construct_object
from callaudit.flow.objects.handed_over import missing_library, run_objects
from callaudit.flow.objects.members import known, member
from callaudit.flow.objects.proxied import PROXY, called_behind, owner_behind, traps_run
from callaudit.flow.objects.unknown_methods import ask_by_method, run_unknown
from callaudit.flow.requests.client_methods import call_client
from callaudit.flow.requests.missing_modules import send_unseen
from callaudit.flow.requests.named_methods import send_by_name
from callaudit.flow.requests.operations import unlisted_export
from callaudit.flow.requests.service_workers import event_of
from callaudit.flow.retries.retry_options import run_again
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.promises import settles
from callaudit.flow.values.values import (
    ClassValue,
    Client,
    Closure,
    Const,
    ForeignValue,
    Instance,
    ModuleValue,
    OneOf,
    Proxied,
    Unknown,
    is_nothing,
)
from callaudit.libraries.model import Declare
from callaudit.libraries.registry import decorator_of, exported
from callaudit.syntax.ir import Index, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call


def apply(frame: Frame, expr: Call, scope: Scope, args: list[Value], tree: list[Effect], *, awaited: bool) -> Cost:
    """Add what the call `expr` does to `tree`; its cost without that of its arguments."""
    interpreter = frame.interpreter
    here = Application(expr, scope, awaited)
    callee = expr.callee
    if isinstance(callee, Name) and callee.id == "super":
        return call_super(frame, here, args, tree)
    if isinstance(callee, Member):
        receiver = forced(interpreter.evaluate(callee.obj, scope))
        return _method(frame, here, receiver, callee.prop, args, tree)
    target = forced(interpreter.evaluate(callee, scope))
    if isinstance(callee, Index) and isinstance(target, Unknown):
        spent = send_by_name(frame, here, callee, args, tree)
        if spent is not None:
            return spent
    return _each(frame, here, target, args, tree)


def applied(frame: Frame, here: Application, target: Value, args: list[Value], tree: list[Effect]) -> Cost:
    """Add what calling `target` with `args` does, at the place of another call that calls it."""
    spent = _each(frame, here, target, args, tree)
    frame.end = ""  # the other call does come back
    return spent


def _each(frame: Frame, here: Application, target: Value, args: list[Value], tree: list[Effect]) -> Cost:
    """Apply each thing that `target` may be; they exclude each other."""
    if not isinstance(target, OneOf):
        return _one(frame, here, target, args, tree)
    ways: list[tuple[str, tuple[Effect, ...]]] = []
    spent: list[Cost] = []
    ends: set[str] = set()
    callable_ = [item for item in target.values if not isinstance(item, (Const, Unknown))]
    for item in taken_of(frame, here, callable_ or list(target.values)):
        inside: list[Effect] = []
        spent.append(_one(frame, here, item, args, inside))
        ends.add(frame.end)
        if inside:
            ways.append((_label(frame, item), tuple(inside)))
    frame.end = ends.pop() if len(ends) == 1 and len(callable_) == len(target.values) else ""
    if ways:
        tree.append(Choice(here.expr.line, tuple(ways))) if len(ways) > 1 else tree.extend(ways[0][1])
    return costs.either(spent) if spent else costs.NONE


def _label(frame: Frame, value: Value) -> str:
    if isinstance(value, Closure):
        return "it is " + frame.interpreter.qualified(value.module, value.index)
    return "otherwise"


def _one(frame: Frame, here: Application, target: Value, args: list[Value], tree: list[Effect]) -> Cost:
    target = forced(target)
    if isinstance(target, (Closure, ForeignValue)):
        if isinstance(target, Closure):
            spent = call(frame, target, args, here.scope, here.expr.line, tree, awaited=here.awaited, at_once=True)
        else:
            spent = _foreign(frame, here, target, args, tree)
        frame.end = frame.interpreter.endings.of_call(here.expr, here.scope, target)
        return spent
    frame.end = ""
    if isinstance(target, ClassValue):  # without `new`, a function whose prototype is filled
        return construct_object(frame, here, target, args, tree)
    if isinstance(target, Client):
        return call_client(frame, here, target, "", args, tree)
    if isinstance(target, Proxied):
        behind, given = called_behind(target, args)
        return _each(frame, here, forced(behind), given, tree)
    if isinstance(target, ModuleValue):
        whole = frame.interpreter.export(target.module, "=") or frame.interpreter.export(target.module, "default")
        return _each(frame, here, whole, args, tree) if whole is not None else costs.NONE
    if isinstance(target, Unknown) and target.receiver is not None and not here.expr.new:
        return _method(frame, here, forced(target.receiver), target.name, args, tree)
    if args and settles(frame.interpreter, here.expr, here.scope):
        return costs.NONE
    spent = run_callbacks(frame, here, args, tree, "maybe", awaited=here.awaited)
    if not here.expr.new:
        spent = costs.add(spent, send_unseen(frame, here, target, tree))
    missing = missing_library(target)
    return spent if missing is None else costs.add(spent, run_objects(frame, here, missing, args, tree))


def _method(frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]) -> Cost:
    receiver = known(frame.interpreter, receiver)
    if isinstance(receiver, OneOf):
        ways: list[tuple[str, tuple[Effect, ...]]] = []
        spent: list[Cost] = []
        ends: set[str] = set()
        present = [item for item in receiver.values if not is_nothing(item)]
        taken = taken_of(frame, here, present, name)
        for item in taken:
            inside: list[Effect] = []
            spent.append(_method(frame, here, item, name, args, inside))
            ends.add(frame.end)
            if inside:
                ways.append((f"the receiver is {_receiver_name(frame, item)}", tuple(inside)))
        callee = here.expr.callee
        picked = len(present) > 1 and ways and isinstance(callee, Member)
        by = picked_by(frame.interpreter, callee.obj, here.scope) if picked and isinstance(callee, Member) else ()
        if ways:
            several = len(ways) > 1 or by
            tree.append(Choice(here.expr.line, tuple(ways), by=by)) if several else tree.extend(ways[0][1])
        frame.end = ends.pop() if len(ends) == 1 and len(present) == len(taken) else ""
        spent = [cost for cost in spent if cost] or spent
        return costs.either(spent) if spent else costs.NONE
    interpreter = frame.interpreter
    if name == "then" and isinstance(receiver, ForeignValue) and not receiver.path:
        return _unknown_method(frame, here, receiver, name, args, tree)  # a package that is imported when needed
    if isinstance(receiver, (Closure, ForeignValue)) and name in ("call", "apply"):
        return _one(frame, here, with_this(receiver, args), handed(name, args), tree)
    if isinstance(receiver, Client):
        return call_client(frame, here, receiver, name, args, tree)
    if isinstance(receiver, Unknown) and isinstance(receiver.receiver, Client) and name in ("call", "apply"):
        return call_client(frame, here, receiver.receiver, receiver.name, handed(name, args), tree)
    if (
        isinstance(here.expr.callee, Member)
        and isinstance(here.expr.callee.obj, Name)
        and here.expr.callee.obj.id == "super"
    ):
        return _super_method(frame, here, receiver, name, args, tree)
    kept = loaded(frame, here, receiver, name, args, tree)
    if kept is not None:
        return kept
    target = member(interpreter, receiver, name)
    if isinstance(target, (Closure, OneOf, ForeignValue, Client, ClassValue, Proxied)):
        return _each(frame, here, target, args, tree)
    behind = owner_behind(receiver, target)
    if behind is not None:
        return _method(frame, here, behind, getattr(target, "name", name), args, tree)
    base = interpreter.classes.as_client(receiver) if isinstance(receiver, Instance) else None
    if base is not None:
        return call_client(frame, here, base, name, args, tree)
    return _unknown_method(frame, here, receiver, name, args, tree)


def _receiver_name(frame: Frame, value: Value) -> str:
    if isinstance(value, Instance):
        return frame.interpreter.class_facts(value.cls).name or "an object"
    return type(value).__name__.lower()


def _super_method(
    frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]
) -> Cost:
    if not isinstance(receiver, Instance):
        return costs.NONE
    inherited = frame.interpreter.classes.inherited(receiver, name, here.scope)
    if inherited is not None:
        return _one(frame, here, inherited, args, tree)
    client = frame.interpreter.classes.as_client(receiver)
    return call_client(frame, here, client, name, args, tree) if client is not None else costs.NONE


def _unknown_method(
    frame: Frame, here: Application, receiver: Value, name: str, args: list[Value], tree: list[Effect]
) -> Cost:
    asked = ask_by_method(frame, here, receiver, name, args, tree)
    if asked is not None:
        return asked
    inner = wrapped_client(receiver, name)
    if inner is not None:
        return _method(frame, here, inner, name, args, tree)
    return run_unknown(frame, here, receiver, name, args, tree)


def _foreign(frame: Frame, here: Application, target: ForeignValue, args: list[Value], tree: list[Effect]) -> Cost:
    found = exported(target.package, target.path)
    if target.args is not None:
        if found is not None and isinstance(found[1], Declare):
            return costs.NONE
        found = None
    again = decorator_of(target.package, target.path) if target.args else None
    inner = wrapped_request(target)
    if again is not None and target.args:
        run = (lambda inside: _one(frame, here, inner, args, inside)) if inner is not None else None
        return run_again(frame, here, again, [target.args[0]], list(target.args[1:]), tree, args, run)
    if inner is not None:
        return _one(frame, here, inner, args, tree)
    if found is not None:
        unlisted_export(frame, here, *found, target.path)
        return apply_model(frame, here, found[0], found[1], args, None, tree)
    items = target.path[-1:] and target.path[-1] in PER_ITEM and isinstance(here.expr.callee, Member)
    if items and args and isinstance(forced(args[0]), Closure):  # a list that a package or the platform has
        return run_per_item(frame, here, Unknown("items", "data of a package"), args, tree)
    wrapped = [arg for arg in target.args or () if isinstance(forced(arg), Closure)]
    if wrapped:  # a function that a library made of ours
        inside: list[Effect] = []
        spent = run_callbacks(frame, here, wrapped, inside, "once", args, awaited=here.awaited)
        return behind_kept(frame, here, target, inside, tree, spent)
    if target.path[-1:] and target.path[-1] in TAKING_OFF and isinstance(here.expr.callee, Member):
        return costs.NONE
    if target.path[-1:] == (LISTENER,) and len(args) > 1:
        return listen(frame, here, args, tree)
    if here.expr.new and makes_loader(target):
        return costs.NONE
    if here.expr.new and starts_worker(target):
        beside = started(frame, here.expr, here.scope, tree)
        if beside is not None:
            return beside
    if here.expr.new and target.path == (PROXY,) and (traps := traps_run(args)) is not None:
        return run_callbacks(frame, here, traps, tree, "maybe", args[:1], awaited=here.awaited)
    given = event_of(args) if target.path == (LISTENER,) else ()
    spent = run_callbacks(frame, here, args, tree, "maybe", given, awaited=here.awaited)
    return costs.add(spent, run_objects(frame, here, target, args, tree))
