"""Functions that are run for each item of a list: `map`, `forEach`, `reduce` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice, Repeated
from callaudit.flow.effects.words import words
from callaudit.flow.guards.guards import behind_misses
from callaudit.flow.lists.alone import alone_in, decided_by
from callaudit.flow.lists.most import most_items
from callaudit.flow.lists.written_tables import is_table
from callaudit.flow.machine.callbacks import add_rounds, call, is_method, run_method
from callaudit.flow.machine.passed_over import note_what_sets
from callaudit.flow.reading.relevant import matters
from callaudit.flow.reading.within import item_of, items_apart
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.listed import listed
from callaudit.flow.values.values import Closure, Const, ForeignValue, Instance, Record, Seq, Sparse, Unknown
from callaudit.syntax.ir import Await, Call, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

NUMBER = Unknown("index", "the number of an item", given=True)
"""What a callback is handed beside an item where nobody knows which it is."""
KEPT = "the item is kept"
"""The condition of what is done for an item of a list that another one was made of."""
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
        "findLastIndex",
    }
)
"""Methods of arrays that run what they are handed for each item."""
ASKED_OF_HOLES = frozenset({"find", "findIndex", "findLast", "findLastIndex"})
"""Those that take a hole of an array for `undefined`; others skip it."""
FROM_END = frozenset({"findLast", "findLastIndex"})
STOPPING = frozenset({"every", "find", "findIndex", "some"}) | FROM_END
"""Those that ask for no more items once they know."""
FOLDS = frozenset({"reduce", "reduceRight"})


def run_per_item(frame: Frame, here: Application, receiver: Value, args: list[Value], tree: list[Effect]) -> Cost:
    """Run what `map` and its like are handed for each item of `receiver`: one by one where they are written down."""
    callback = forced(args[0])
    if not isinstance(callback, Closure):
        return _sent_per_item(frame, here, receiver, callback, tree)
    method = here.expr.callee.prop if isinstance(here.expr.callee, Member) else ""
    first: list[Value] = []
    waits = False
    if method in FOLDS:  # what the last round gave comes first
        first = [Unknown("before", "what the round before gives")]
        waits = waits_for_last(frame.interpreter, callback)
    handed = _items_matter(frame, receiver)
    if not handed and not matters(frame.interpreter, callback):
        note_what_sets(frame.interpreter, callback.module, callback.index, callback.scope)
        return costs.NONE
    if isinstance(receiver, Sparse) and method not in ASKED_OF_HOLES:
        if _is_made_here(here.expr):
            return costs.NONE
        receiver = Seq(receiver.items, chosen=True)  # some may have been filled since
    stops = method in STOPPING
    if isinstance(receiver, Seq) and not receiver.open:
        total = costs.NONE
        if len(receiver.items) <= (MOST_FUNCTIONS if handed else MOST_UNROLLED) or is_table(receiver.items):
            before = args[1] if method == "reduce" and len(args) > 1 else None
            first_asked = len(receiver.items) - 1 if method in FROM_END else 0
            for number, item in enumerate(listed(receiver.items, "item")):
                given = [*(first if before is None else [before]), item, Const(number)]
                inside: list[Effect] = []
                spent = call(frame, callback, given, here.scope, here.expr.line, inside)
                lacking = receiver.chosen or (stops and number != first_asked)
                total = costs.add(total, kept_or_not(lacking, spent, here.expr.line, inside, tree))
                before = _given_by(frame, callback, given) if before is not None else None
            return total
        inside = []
        spent = call(frame, callback, [*first, Unknown("item"), NUMBER], here.scope, here.expr.line, inside)
        rounds = len(receiver.items)
        least = 0 if receiver.chosen else min(rounds, 1) if stops else rounds
        whole = Repeated("items", here.expr.line, least, rounds, tuple(inside), together=not waits)
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
    whole = Repeated("items", here.expr.line, 0, most_items(receiver), tuple(inside), over, together=not waits)
    mark = len(tree)
    spent = add_rounds(whole, spent, tree)
    if isinstance(here.expr.callee, Member) and inside:
        behind_misses(frame, here.expr.callee.obj, mark, tree, here.expr.line)
    return spent


def _is_made_here(expr: Call) -> bool:
    """Whether a method is called of what another call gives, which nothing else could fill."""
    return isinstance(expr.callee, Member) and isinstance(expr.callee.obj, Call)


def _sent_per_item(frame: Frame, here: Application, receiver: Value, callback: Value, tree: list[Effect]) -> Cost:
    """What a function of the platform or a client's method does for each item: `urls.map(fetch)`."""
    foreign = isinstance(callback, ForeignValue) and (
        matters(frame.interpreter, callback) or _items_matter(frame, receiver)  # `sagas.map(fork)`
    )
    if not is_method(callback) and not foreign:
        return costs.NONE
    if isinstance(receiver, Seq) and not receiver.open and len(receiver.items) <= MOST_UNROLLED:
        total = costs.NONE
        for number, item in enumerate(receiver.items):
            each: list[Effect] = []
            spent = run_method(frame, here, callback, [item, Const(number)], each)
            total = costs.add(total, kept_or_not(receiver.chosen, spent, here.expr.line, each, tree))
        return total
    inside: list[Effect] = []
    once = run_method(frame, here, callback, [item_of(receiver), NUMBER], inside)
    over = words(here.expr.callee.obj) if isinstance(here.expr.callee, Member) else ""
    most = most_items(receiver)
    return add_rounds(Repeated("items", here.expr.line, 0, most, tuple(inside), over, together=True), once, tree)


def kept_or_not(lacking: bool, spent: Cost, line: int, inside: Sequence[Effect], tree: list[Effect]) -> Cost:
    """Add what is done for an item of a list that may be `lacking` some: `urls.filter(isOn).map(ask)`."""
    if not lacking:
        tree.extend(inside)
        return spent
    if inside:
        tree.append(Choice(line, ((KEPT, tuple(inside)),)))
    return costs.maybe(spent)


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
        # what else may be in a list of which objects are known says nothing of other classes
        kept = dict(frame.interpreter.noted.unknown_callers) if item is items[-1] else None
        spent.append(call(frame, callback, [*first, item, NUMBER], here.scope, here.expr.line, inside))
        if kept is not None:
            frame.interpreter.noted.unknown_callers = kept
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


def _items_matter(frame: Frame, receiver: Value) -> bool:
    """Whether there are functions among the items or in them, which the callback may call or mount."""
    return isinstance(receiver, Seq) and matters(frame.interpreter, receiver)
