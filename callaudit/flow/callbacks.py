"""Run functions of the program: those that are called, and those that are handed to something that calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow import cost as costs
from callaudit.flow.alone import alone_in, decided_by
from callaudit.flow.effect_walks import acts_apart
from callaudit.flow.effects import USER, Called, Choice, Repeated
from callaudit.flow.holding import may_hold
from callaudit.flow.passed_over import note_what_sets
from callaudit.flow.records import Trigger
from callaudit.flow.relevant import matters
from callaudit.flow.silence import is_event
from callaudit.flow.static import unknown_arguments
from callaudit.flow.use_sites import CallSite
from callaudit.flow.values import (
    UNDEFINED,
    Client,
    Closure,
    Const,
    ForeignValue,
    Instance,
    Lazy,
    OneOf,
    Record,
    Seq,
    Unknown,
    forced,
    listed,
)  # fmt: skip
from callaudit.flow.within import item_of, items_apart
from callaudit.flow.words import words
from callaudit.syntax.ir import Await, Call, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.activation import Frame
    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.facts import Function


NUMBER = Unknown("index", "the number of an item", given=True)
"""What a callback is handed beside an item where nobody knows which it is."""
MOST_UNROLLED = 12
"""Items of a list that is written down for which a callback is run one by one: with data …"""
MOST_FUNCTIONS = 60
"""… and with functions that matter."""
PER_ITEM = frozenset(
    {
        "map",
        "forEach",
        "flatMap",
        "filter",
        "some",
        "every",
        "find",
        "findIndex",
        "reduce",
        "reduceRight",
        "sort",
        "findLast",
    }
)
"""Methods of arrays that run what they are handed for each item."""
FOLDS = frozenset({"reduce", "reduceRight"})
KEEPING = frozenset({"push", "unshift", "set", "add"})
"""Methods of arrays, maps and sets that keep what they are handed: whoever takes it out calls it."""
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
    if not handed_on and (not matters(interpreter, target) or (not hook and interpreter.is_quiet(target, this))):
        if at_once:
            note_what_sets(interpreter, target.module, target.index, target.scope)
        return costs.NONE
    interpreter.site = CallSite(scope, line)
    summary = interpreter.run(target, args, this)
    if not summary.effects and not (hook and interpreter.relevance.function(target.module, target.index)):
        return costs.NONE
    name = interpreter.qualified(target.module, target.index)
    late = not awaited and function.asynchronous
    called = Called(name, scope.module, line, target.module, function.line, summary.effects, awaited=not late)
    step = Step(name, target.module, function.line, scope.module, line)
    spent = costs.through(summary.cost, step)
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
        if how in SURELY and _is_method(known):
            total = costs.add(total, _called_back(here, how, inside, _method(frame, here, known, given, inside), tree))
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
        label = CALLED_LATER if how == "kept" else "it is called back"
        tree.append(Choice(here.expr.line, ((label, tuple(inside)),)))
        return costs.maybe(spent)
    if how == "items":
        return add_rounds(Repeated("items", here.expr.line, 0, None, tuple(inside)), spent, tree)
    tree.extend(inside)
    return spent


SURELY = frozenset({"once", "later", "items"})
"""How often functions run that something known is handed."""


def _is_method(value: Value) -> bool:
    """Whether a value is a method that was taken out of a client: `const { refresh } = useRouter()`."""
    return isinstance(value, Unknown) and value.receiver is not None and isinstance(forced(value.receiver), Client)


def _method(frame: Frame, here: Application, method: Value, given: Sequence[Value], tree: list[Effect]) -> Cost:
    from callaudit.flow.apply import applied

    return applied(frame, here, method, list(given), tree)


def run_per_item(frame: Frame, here: Application, receiver: Value, args: list[Value], tree: list[Effect]) -> Cost:
    callback = forced(args[0])
    if not isinstance(callback, Closure):
        return _sent_per_item(frame, here, receiver, callback, tree)
    first: list[Value] = []
    waits = False
    if isinstance(here.expr.callee, Member) and here.expr.callee.prop in FOLDS:  # what the last round gave comes first
        first = [Unknown("before", "what the round before gives")]
        waits = waits_for_last(frame.interpreter, callback)
    handed = _items_matter(frame, receiver)
    if not handed and not matters(frame.interpreter, callback):
        note_what_sets(frame.interpreter, callback.module, callback.index, callback.scope)
        return costs.NONE
    if isinstance(receiver, Seq) and not receiver.open:
        total = costs.NONE
        if len(receiver.items) <= (MOST_FUNCTIONS if handed else MOST_UNROLLED):
            folds = isinstance(here.expr.callee, Member) and here.expr.callee.prop == "reduce"
            before = args[1] if folds and len(args) > 1 else None
            for number, item in enumerate(listed(receiver.items, "item")):
                given = [*(first if before is None else [before]), item, Const(number)]
                total = costs.add(total, call(frame, callback, given, here.scope, here.expr.line, tree))
                before = _given_by(frame, callback, given) if before is not None else None
            return total
        inside: list[Effect] = []
        spent = call(frame, callback, [*first, Unknown("item"), NUMBER], here.scope, here.expr.line, inside)
        rounds = len(receiver.items)
        whole = Repeated("items", here.expr.line, rounds, rounds, tuple(inside), together=not waits)
        return add_rounds(whole, spent, tree)
    inside = []
    apart = items_apart(receiver)
    if apart:
        spent = _for_each_apart(frame, here, callback, (first, apart), inside)
        alone = alone_in(frame.interpreter, receiver)
        items = [(named_item(frame, item), id(item) in alone) for item in apart]
        decided_by(inside, 0, items, (here.scope.module, here.expr.line))
    else:
        spent = call(frame, callback, [*first, item_of(receiver), NUMBER], here.scope, here.expr.line, inside)
    over = words(here.expr.callee.obj) if isinstance(here.expr.callee, Member) else ""
    whole = Repeated("items", here.expr.line, 0, None, tuple(inside), over, together=not waits)
    return add_rounds(whole, spent, tree)


def _sent_per_item(frame: Frame, here: Application, receiver: Value, callback: Value, tree: list[Effect]) -> Cost:
    """What a function of the platform or a client's method does for each item: `urls.map(fetch)`."""
    if not _is_method(callback) and not (isinstance(callback, ForeignValue) and matters(frame.interpreter, callback)):
        return costs.NONE
    if isinstance(receiver, Seq) and not receiver.open and len(receiver.items) <= MOST_UNROLLED:
        total = costs.NONE
        for number, item in enumerate(receiver.items):
            total = costs.add(total, _method(frame, here, callback, [item, Const(number)], tree))
        return total
    inside: list[Effect] = []
    once = _method(frame, here, callback, [item_of(receiver), NUMBER], inside)
    over = words(here.expr.callee.obj) if isinstance(here.expr.callee, Member) else ""
    return add_rounds(Repeated("items", here.expr.line, 0, None, tuple(inside), over, together=True), once, tree)


def _given_by(frame: Frame, callback: Closure, given: list[Value]) -> Value:
    """What a round of a fold hands to the next one."""
    return Lazy(lambda: frame.interpreter.run(callback, given, effects=False).value)


def waits_for_last(interpreter: Interpreter, callback: Closure) -> bool:
    """Whether each round of a fold waits for the promise of the one before: `(last, x) => last.then(() => send(x))`."""
    function = interpreter.function(callback.module, callback.index)
    last = getattr(function.params[0].target, "id", "") if function.params else ""
    for node in interpreter.nodes(callback.module, callback.index) if last else ():
        waited = node.value if isinstance(node, Await) else None
        if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop == "then":
            waited = node.callee.obj
        if waited is not None and any(isinstance(one, Name) and one.id == last for one in walk((waited,))):
            return True
    return False


def _for_each_apart(
    frame: Frame,
    here: Application,
    callback: Closure,
    given: tuple[Sequence[Value], Sequence[Value]],
    tree: list[Effect],
) -> Cost:
    """Run a callback for one of several objects, each by itself; `given` are what it is handed before, and these."""
    first, items = given
    ways: list[tuple[str, tuple[Effect, ...]]] = []
    spent: list[Cost] = []
    for item in items:
        inside: list[Effect] = []
        noted = dict(frame.interpreter.unknown_callers)
        spent.append(call(frame, callback, [*first, item, NUMBER], here.scope, here.expr.line, inside))
        if item is items[-1]:  # what else may be in a list of which objects are known says nothing of other classes
            frame.interpreter.unknown_callers = noted
        if inside:
            ways.append((named_item(frame, item), tuple(inside)))
    if ways:
        tree.append(Choice(here.expr.line, tuple(ways)))
    return costs.either(spent)


def named_item(frame: Frame, item: Value) -> str:
    """What a tree of calls says of one of several items."""
    if isinstance(item, Instance):
        return f"the item is {frame.interpreter.class_facts(item.cls).name or 'an object'}"
    return "the item is an object" if isinstance(item, Record) else "another item"


def add_rounds(rounds: Repeated, spent: Cost, tree: list[Effect]) -> Cost:
    """Add what is done for each item to `tree`; what a user does to one of them stands beside it. Gives its cost."""
    inside, by_user = acts_apart(rounds.body) if costs.acts(spent) else (rounds.body, ())
    if inside:
        tree.append(replace(rounds, body=inside))
    tree.extend(by_user)
    return costs.repeat(spent, rounds.least, float("inf") if rounds.most is None else rounds.most)


def _items_matter(frame: Frame, receiver: Value) -> bool:
    """Whether there are functions among the items or in them, which the callback may call or mount."""
    return isinstance(receiver, Seq) and matters(frame.interpreter, receiver)


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
            if is_event(event):
                function = frame.interpreter.qualified(closure.module, closure.index)
                trigger = Trigger("event", event, closure.module, line, function)
                inside = [Repeated(USER, line, 1, 1, tuple(inside), trigger=trigger)]
                spent = costs.acted(spent)
            tree.append(Choice(line, ((event, tuple(inside)),)))
            total = costs.add(total, costs.maybe(spent))
    return total


def _is_server_action(frame: Frame, closure: Closure) -> bool:
    module = frame.interpreter.program.modules[closure.module]
    return "use server" in (*module.facts.directives, *module.functions[closure.index].directives)
