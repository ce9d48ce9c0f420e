"""Run functions of the program: those that are called, and those that are handed to something that calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.apps.sides import entered
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effect_walks import acts_apart
from callaudit.flow.effects.effects import USER, Called, Choice, Repeated
from callaudit.flow.effects.records import Trigger
from callaudit.flow.machine.passed_over import note_what_sets
from callaudit.flow.machine.static import unknown_arguments
from callaudit.flow.reading.event_names import is_event
from callaudit.flow.reading.holding import may_hold
from callaudit.flow.reading.relevant import matters
from callaudit.flow.reading.use_sites import CallSite
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (  # fmt: skip
    UNDEFINED,
    Client,
    Closure,
    ForeignValue,
    OneOf,
    Record,
    Seq,
    Unknown,
)
from callaudit.syntax.ir import Call  # noqa: TC001 - msgspec reads the annotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function


KEEPING = frozenset({"push", "unshift", "set", "add"})
"""Methods of arrays, maps and sets that keep what they are handed: whoever takes it out calls it."""
CALLED_BACK = "it is called back"
"""What decides about code that is handed to a function that is not known, which may call it."""
CALLED_LATER = "it is called"
"""What decides about code that is handed out, and runs when whoever has it calls it."""

_HOOK = re.compile(r"^use[A-Z0-9]")


class Step(Struct, frozen=True):
    """One link of a chain of calls: the function that is called, where it is written, and where it is called."""

    function: str
    file: str
    line: int
    called_in: str
    called_at: int


class Application(Struct):
    """The call being applied."""

    expr: Call
    scope: Scope
    awaited: bool


def call(
    frame: Frame,
    target: Closure,
    args: Sequence[Value],
    scope: Scope,
    line: int,
    tree: list[Effect],
    *,
    awaited: bool = True,
    this: Value | None = None,
    at_once: bool = False,
) -> Cost:
    """Run a function of the program if it matters to the network; `at_once` where it surely runs here and now."""
    interpreter = frame.interpreter
    function = interpreter.function(target.module, target.index)
    hook = is_hook(function)
    handed_on = any(may_hold(arg) and matters(interpreter, arg) for arg in args)
    if not handed_on and (not matters(interpreter, target) or (not hook and interpreter.quiet.spares(target, this))):
        if at_once:
            note_what_sets(interpreter, target.module, target.index, target.scope)
        return costs.NONE
    interpreter.site = CallSite(scope, line)
    summary = interpreter.run(target, args, this)
    interpreter.quiet.note(target, this, summary)
    if not summary.effects and not (hook and interpreter.relevance.function(target.module, target.index)):
        return costs.NONE
    name = interpreter.qualified(target.module, target.index)
    late = not awaited and function.asynchronous
    called = Called(name, scope.module, line, target.module, function.line, summary.effects, awaited=not late)
    step = Step(name, target.module, function.line, scope.module, line)
    side = entered(interpreter, scope.module, target.module, function.line)
    spent = costs.through(costs.on_side(summary.cost, side), step)
    if target.seldom:
        tree.append(Choice(line, (("it did not run before", (called,)),)))
        return costs.maybe(spent)
    tree.append(called)
    return spent


def is_hook(function: Function) -> bool:
    """Whether a function is a hook: who calls it mounts it, whatever it does by itself."""
    return function.parent == 0 and function.cls < 0 and bool(_HOOK.match(function.name))


def run_callbacks(
    frame: Frame,
    here: Application,
    values: Sequence[Value],
    tree: list[Effect],
    how: str,
    given: Sequence[Value] = (),
    *,
    awaited: bool = True,
) -> Cost:
    """Run the functions among `values` as often as `how` says."""
    total = costs.NONE
    for value in values:
        known = forced(value) if may_hold(value) else UNDEFINED
        inside: list[Effect] = []
        if how in SURELY and is_method(known):
            total = costs.add(
                total, _called_back(here, how, inside, run_method(frame, here, known, given, inside), tree)
            )
            continue
        for closure in closures_in(known):
            inside = []
            args = filled(frame, closure, given)
            spent = call(frame, closure, args, here.scope, here.expr.line, inside, awaited=awaited)
            total = costs.add(total, _called_back(here, how, inside, spent, tree))
    return total


def _called_back(here: Application, how: str, inside: list[Effect], spent: Cost, tree: list[Effect]) -> Cost:
    """Add what a function did that is called back as often as `how` says; its cost then."""
    if not inside:
        return costs.NONE
    if how in ("maybe", "event", "kept"):
        label = CALLED_LATER if how == "kept" else CALLED_BACK
        tree.append(Choice(here.expr.line, ((label, tuple(inside)),)))
        return costs.maybe(spent)
    if how == "items":
        return add_rounds(Repeated("items", here.expr.line, 0, None, tuple(inside)), spent, tree)
    tree.extend(inside)
    return spent


SURELY = frozenset({"once", "later", "items"})
"""How often functions run that something known is handed."""


def is_method(value: Value) -> bool:
    """Whether a value is a method that was taken out of a client: `const { refresh } = useRouter()`."""
    return isinstance(value, Unknown) and value.receiver is not None and isinstance(forced(value.receiver), Client)


def run_method(frame: Frame, here: Application, method: Value, given: Sequence[Value], tree: list[Effect]) -> Cost:
    """Apply a method that was taken out of a client, at the place of a call that is handed it."""
    from callaudit.flow.machine.apply import applied

    return applied(frame, here, method, list(given), tree)


def add_rounds(rounds: Repeated, spent: Cost, tree: list[Effect]) -> Cost:
    """Add what is done for each item to `tree`; what a user does to one of them stands beside it. Gives its cost."""
    inside, by_user = acts_apart(rounds.body) if costs.acts(spent) else (rounds.body, ())
    if inside:
        tree.append(replace(rounds, body=inside))
    tree.extend(by_user)
    return costs.repeat(spent, rounds.least, float("inf") if rounds.most is None else rounds.most)


def filled(frame: Frame, closure: Closure, given: Sequence[Value]) -> list[Value]:
    """Arguments for a function that somebody else calls: what is not given is unknown, not undefined."""
    unknown = unknown_arguments(frame.interpreter, closure)
    return [*given[: len(unknown)], *unknown[len(given) :]]


def closures_in(value: Value, depth: int = 2, *, wrapped: bool = False) -> list[Closure]:
    """The functions that `value` is or holds; with `wrapped` also those that a library was handed to make it."""
    value = forced(value)
    if isinstance(value, Closure):
        return [value]
    if isinstance(value, OneOf):
        return [found for item in value.values for found in closures_in(item, depth, wrapped=wrapped)][:1]
    if not depth:
        return []
    inside: Iterable[Value] = ()
    if isinstance(value, Record):
        inside = value.fields.values()
    elif isinstance(value, Seq):
        inside = value.items
    elif isinstance(value, ForeignValue) and wrapped:
        inside = value.args or ()
    return [found for item in inside if may_hold(item) for found in closures_in(item, depth - 1, wrapped=wrapped)]


def handlers(frame: Frame, values: Sequence[Closure], scope: Scope, tree: list[Effect], event: str) -> Cost:
    """Functions that run when something happens to an element; a server action is an entry of its own."""
    total = costs.NONE
    for closure in values:
        if _is_server_action(frame, closure):
            continue
        inside: list[Effect] = []
        line = frame.interpreter.function(closure.module, closure.index).line
        spent = call(frame, closure, filled(frame, closure, ()), scope, line, inside)
        if inside:
            function = frame.interpreter.qualified(closure.module, closure.index)
            total = costs.add(total, at_event(event, (closure.module, line, function), inside, spent, tree))
    return total


def at_event(
    event: str, place: tuple[str, int, str], inside: Sequence[Effect], spent: Cost, tree: list[Effect]
) -> Cost:
    """Add what the handler at `place` (file, line, function) does when something happens to an element; its cost."""
    line = place[1]
    if is_event(event):
        inside = [Repeated(USER, line, 1, 1, tuple(inside), trigger=Trigger("event", event, *place))]
        spent = costs.acted(spent)
    tree.append(Choice(line, ((event, tuple(inside)),)))
    return costs.maybe(spent)


def _is_server_action(frame: Frame, closure: Closure) -> bool:
    module = frame.interpreter.program.modules[closure.module]
    return "use server" in (*module.facts.directives, *module.functions[closure.index].directives)
