"""Run a function once, abstractly, in the context of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow import cost as costs
from callaudit.flow.absence import by_default
from callaudit.flow.asked_again import asked_again
from callaudit.flow.budget import MOST_CALLS, MOST_DEPTH, MOST_NESTING_OF_A_CALL
from callaudit.flow.choices import with_default
from callaudit.flow.counting import count_parameters
from callaudit.flow.idle_numbers import idle
from callaudit.flow.join import join, key
from callaudit.flow.metrics import measured
from callaudit.flow.outcome import with_failures
from callaudit.flow.reentry import resolve
from callaudit.flow.scope import Scope
from callaudit.flow.summaries import NOTHING, Summary
from callaudit.flow.top_level import running_scope
from callaudit.flow.turns import in_turn
from callaudit.flow.use_cache import kept_by_directive
from callaudit.flow.values import UNDEFINED, Const, Lazy, Unknown, forced
from callaudit.flow.variables import bind_parameters
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects import Effect
    from callaudit.flow.guards import Early
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.outcome import Outcome
    from callaudit.flow.use_sites import CallSite
    from callaudit.flow.values import Closure, Value
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Stmt


MOST_SAME = 2
"""How often one function may be open at once, for example in a recursion with other arguments."""


MOST_COUNTED = 12
"""The same for a function that is given a number, which may count down: `retry(left - 1)`."""


MOST_AROUND = 3
"""Functions around one that may count: the handler of a failure, and what it does after a wait."""


MOST_GIVEN = 40
"""How often what a function gives may be what it gives itself, with other arguments: `return again(n + 1)`."""


MOST_BRANCHES_GIVEN = 3 * MOST_GIVEN
"""The same over all branches of a function that walks a tree: `nodes.map(walk)`, where depth alone bounds little."""


def _is_number(value: Value) -> bool:
    known = forced(value) if not getattr(value, "busy", False) else value
    return isinstance(known, Const) and isinstance(known.value, (int, float)) and not isinstance(known.value, bool)


def _counts(interpreter: Interpreter, closure: Closure, args: Sequence[Value]) -> bool:
    """Whether a function, or one that it stands in, is given a number: `load(n).catch(() => load(n - 1))`."""
    if _given_a_number(interpreter, closure.module, closure.index, args):
        return True
    around = closure.scope
    for _ in range(MOST_AROUND):
        if around.parent is None:
            return False
        params = interpreter.function(around.module, around.function).params
        names = [getattr(param.target, "id", "") for param in params]
        given = [around.vars.get(name, UNDEFINED) for name in names]
        if _given_a_number(interpreter, around.module, around.function, given):
            return True
        around = around.parent
    return False


def _given_a_number(interpreter: Interpreter, module: str, index: int, args: Sequence[Value]) -> bool:
    """Whether one of the arguments is a number that may decide something in the function."""
    numbers = [at for at, arg in enumerate(args) if _is_number(arg)]
    return bool(numbers) and not idle(interpreter, module, index).issuperset(numbers)


NEVER = Unknown("result", "it never returns")


class Frame:
    """One activation of a function."""

    __slots__ = (
        "absent",
        "args",
        "cut",
        "early",
        "effects",
        "end",
        "interpreter",
        "loops",
        "returned",
        "scope",
        "tried",
    )

    def __init__(self, interpreter: Interpreter, scope: Scope, *, effects: bool, args: Sequence[Value] = ()) -> None:
        """Run in `scope` with `args`; without `effects` only values are asked for."""
        self.args = args
        self.interpreter = interpreter
        self.scope = scope
        self.effects = effects
        self.returned: list[Value] = []
        self.absent: tuple[Unknown, int] | None = None
        """A variable of the environment, and which of the values is returned where it is not set."""
        self.early: list[Early] = []
        """Tests that left in what was taken so far: what follows stands behind them."""
        self.tried: list[tuple[list[Effect], int]] = []
        """What the blocks did whose handlers are being taken: a list and how much of it."""
        self.loops = 0
        """Loops that are open whose bodies are taken once for all rounds."""
        self.end = ""
        """How the last call of the statement that is taken ended, if it never comes back: the rest does not happen."""
        self.cut = False
        """Whether something was passed over for that."""

    def block(self, body: Sequence[Stmt], tree: list[Effect]) -> Outcome:
        """Take statements in order until one of them cannot be passed."""
        return self.interpreter.block(self, body, tree)


def run(
    interpreter: Interpreter,
    closure: Closure,
    args: Sequence[Value],
    this: Value | None,
    *,
    effects: bool,
    anew: bool = False,
) -> Summary:
    """What calling `closure` does and gives; each context is run once, unless it is to be run `anew`."""
    function = interpreter.function(closure.module, closure.index)
    if closure.bound:
        args = [*closure.bound, *args]
    receiver = closure.this or this
    used = args[: len(function.params)] if not (function.params and function.params[-1].rest) else args
    this_key = key(receiver) if receiver is not None else None
    place = (closure.module, closure.index)
    open_calls = interpreter.busy.get(place, 0)
    deciding = used
    if open_calls or interpreter.giving.get(place):  # another level of itself: a number that it only hands on is none
        nothing = idle(interpreter, *place)
        deciding = [arg for at, arg in enumerate(used) if at not in nothing] if nothing else used
    plain = interpreter.mark((*place, closure.scope.mark, this_key, *(key(arg) for arg in deciding)))
    site, interpreter.site = interpreter.site, None
    mark = _of_call(interpreter, place, plain, site)
    reentries = interpreter.reentries
    elsewhere = interpreter.summaries.come_upon(place, open_calls)
    if open_calls and reentries.is_deferred(place, effects=effects):
        return NOTHING
    known = interpreter.summaries.known(mark, effects=effects) if not anew else None
    if known is not None:
        if open_calls:
            reentries.nested(place, known.levels)
        return known
    level = _level_key(interpreter, mark) if open_calls else None
    again = _same_level(interpreter, level, effects=effects)
    if again is not None:
        reentries.nested(place, again.levels)
        return again
    if _is_too_much(interpreter, closure, used, open_calls):
        return NOTHING
    seen = reentries.seen
    entry = _Entry(mark, site, open_calls, elsewhere)
    summary, leans = _entered(interpreter, closure, args, receiver, entry, effects=effects)
    if (not interpreter.recursive or not open_calls) and (not reentries.pending() or reentries.seen == seen):
        # asked again: while it ran, it may have been found to guard what each of its callers hands it
        context = (_of_call(interpreter, place, plain, site), effects)
        interpreter.summaries.keep(context, summary, leans=leans)
    elif level is not None:
        interpreter.levels[level, effects] = summary, frozenset(interpreter.recursive)
    return summary


class _Entry(NamedTuple):
    """How a function is entered: its context, where it is called, how many calls are open, and what it came upon."""

    mark: int
    site: CallSite | None
    open_calls: int
    elsewhere: set[tuple[str, int]]


def _entered(
    interpreter: Interpreter,
    closure: Closure,
    args: Sequence[Value],
    this: Value | None,
    entry: _Entry,
    *,
    effects: bool,
) -> tuple[Summary, bool]:
    """Run a function; once no call of it is open, its recursion is resolved. The second answer is what `leans` says."""
    open_calls = entry.open_calls
    place = (closure.module, closure.index)
    reentries, summaries = interpreter.reentries, interpreter.summaries
    interpreter.busy[place] = open_calls + 1
    interpreter.depth += 1
    reentries.enter(place)
    around, summaries.leans = summaries.leans, entry.elsewhere
    try:
        summary, frame = _run(interpreter, closure, args, this, entry.mark, entry.site, effects=effects)
    finally:
        interpreter.depth -= 1
        interpreter.close(place, open_calls)
        levels = reentries.leave(place)
        leans = summaries.still_running(around)
    summary.levels = levels
    if open_calls:
        reentries.nested(place, levels)
        return summary, leans
    cut = place in interpreter.recursive
    if cut:
        interpreter.recursive.discard(place)
        interpreter.forget_levels(place)
    return resolve(interpreter, closure, frame, summary, cut=cut), leans


def _of_call(interpreter: Interpreter, place: tuple[str, int], mark: int, site: CallSite | None) -> int:
    """The context of a call; the calls of wrappers that guard what they are handed are kept apart."""
    if site is None or place not in interpreter.keyed:
        return mark
    return interpreter.mark((mark, site.scope.module, site.scope.mark, site.line))


def _same_level(interpreter: Interpreter, level: object, *, effects: bool) -> Summary | None:
    """What was found of a level of a recursion before: a run with effects says what it gives, too."""
    known = interpreter.levels.get((level, True)) or (None if effects else interpreter.levels.get((level, False)))
    return known[0] if known is not None else None


def _level_key(interpreter: Interpreter, mark: int) -> object:
    """What a level of a recursion depends on: its context, and what is open around it."""
    reentries = interpreter.reentries
    deferral = id(reentries.deferrals[-1]) if reentries.deferrals else 0
    return (mark, frozenset(interpreter.busy.items()), bool(reentries.failing), deferral)


def _is_too_much(interpreter: Interpreter, closure: Closure, args: Sequence[Value], open_calls: int) -> bool:
    """Whether a bound keeps a function from being run; what the bound cuts is noted."""
    function = interpreter.function(closure.module, closure.index)
    name = function.name or "function"
    if open_calls >= (MOST_COUNTED if _counts(interpreter, closure, args) else MOST_SAME):
        interpreter.recursive.add((closure.module, closure.index))
        if interpreter.busy.get((closure.module, closure.scope.function), 0) > 1:
            interpreter.recursive.add((closure.module, closure.scope.function))
        return True
    if interpreter.depth >= MOST_DEPTH or interpreter.nesting > MOST_NESTING_OF_A_CALL:
        interpreter.gap(closure.module, function.line, name, "calls are nested too deeply")
        return True
    interpreter.steps += 1
    if interpreter.steps > MOST_CALLS:
        interpreter.gap(closure.module, function.line, name, "the analysis reached its budget")
        return True
    return False


def _run(
    interpreter: Interpreter,
    closure: Closure,
    args: Sequence[Value],
    this: Value | None,
    mark: int,
    site: CallSite | None,
    *,
    effects: bool,
) -> tuple[Summary, Frame]:
    function = interpreter.function(closure.module, closure.index)
    scope = Scope(closure.module, closure.scope, this=None if function.arrow else this, function=closure.index)
    scope.mark = mark
    scope.site = site
    bind_parameters(interpreter, function, _by_parameters(function, args), scope, known=True)
    count_parameters(interpreter, (closure.module, closure.index), scope)
    frame = Frame(interpreter, scope, effects=effects, args=args)
    tree: list[Effect] = []
    outcome = frame.block(function.body, tree)
    tree = in_turn(frame, function, measured(frame, function, asked_again(frame, tree)))
    ends = [way for way in (outcome.through, outcome.returns) if way is not None]
    if outcome.through is not None:
        frame.returned.append(UNDEFINED)
    returns = bool(ends)
    cost = costs.either(ends) if ends else (outcome.throws or costs.NONE)
    if outcome.throws and ends:
        cost = with_failures(cost, outcome.throws)
    cost, kept = kept_by_directive(interpreter, function, scope, cost, tree)
    returned, absent = frame.returned, frame.absent
    place = (closure.module, closure.index)
    value = Lazy(lambda: _given(interpreter, place, returned, absent)) if returned else NEVER
    return Summary(cost, tuple(kept), value, returns=returns), frame


def _by_parameters(function: Function, args: Sequence[Value]) -> list[Value]:
    """Arguments that are not known, by the names that the function has for them.

    What it sends is named alike, then, whoever calls it first: `/users/{id}` for `load(user.key)` too.
    """
    named = list(args)
    for number, param in enumerate(function.params[: len(named)]):
        known = forced(named[number])
        if (
            type(known) is Unknown
            and isinstance(param.target, Name)
            and not param.rest
            and known.name != param.target.id
            and not (known.env or known.default)
            and known.receiver is None
        ):
            named[number] = Unknown(param.target.id, known.why, type=known.type, given=known.given)
    return named


def _given(
    interpreter: Interpreter,
    place: tuple[str, int],
    returned: Sequence[Value],
    absent: tuple[Unknown, int] | None,
) -> Value:
    """What a function gives; what it gives by way of itself only so deep and so often, as nothing else ends that."""
    function = interpreter.function(*place)
    deep = interpreter.giving.get(place, 0)
    if deep:
        often = interpreter.given_again[place] = interpreter.given_again.get(place, 0) + 1
        if deep >= MOST_GIVEN or often >= MOST_BRANCHES_GIVEN:
            return Unknown(function.name or "result", "the function gives what it gives itself")
    interpreter.giving[place] = deep + 1
    try:
        return _returned(returned, absent, function, place[0])
    finally:
        interpreter.giving[place] = deep
        if not deep and interpreter.given_again:
            interpreter.given_again.pop(place, None)


def _returned(returned: Sequence[Value], absent: tuple[Unknown, int] | None, function: Function, module: str) -> Value:
    """What a function gives; where that is not known, its declared type is."""
    default = by_default(absent[0], returned[absent[1]], returned) if absent is not None else None
    if default is not None:
        return default
    value = with_default(list(returned)) if len(returned) == 2 else join(returned)
    if type(value) is Unknown and value.type is None and not value.env and function.returns:
        return Unknown(
            value.name, value.why, type=(module, function.returns), given=value.given, receiver=value.receiver
        )
    return value


def load(interpreter: Interpreter, module: str) -> Summary:
    """What the top level of `module` does; its variables stay those of the module."""
    if not interpreter.relevance.function(module, 0):
        return NOTHING
    scope = running_scope(interpreter, module)
    frame = Frame(interpreter, scope, effects=True)
    tree: list[Effect] = []
    outcome = frame.block(interpreter.function(module, 0).body, tree)
    ends = [way for way in (outcome.through, outcome.returns) if way is not None]
    cost = costs.either(ends) if ends else (outcome.throws or costs.NONE)
    tree = asked_again(frame, tree)
    return Summary(with_failures(cost, outcome.throws or costs.NONE), tuple(tree), UNDEFINED)
