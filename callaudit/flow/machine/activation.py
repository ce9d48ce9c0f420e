"""Run a function once, abstractly, in the context of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.effects import cost as costs
from callaudit.flow.guards.metrics import measured
from callaudit.flow.guards.turns import in_turn
from callaudit.flow.guards.use_cache import kept_by_directive
from callaudit.flow.loops.idle_numbers import idle
from callaudit.flow.loops.recursion import resolve
from callaudit.flow.loops.recursion_bounds import is_too_much
from callaudit.flow.machine.frame import Frame
from callaudit.flow.machine.given import given_by
from callaudit.flow.machine.outcome import with_failures
from callaudit.flow.machine.parameters import bind_parameters
from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.summaries import NOTHING, Summary
from callaudit.flow.machine.top_level import running_scope
from callaudit.flow.reading.counting import count_parameters
from callaudit.flow.retries.asked_again import asked_again
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.value_keys import key
from callaudit.flow.values.values import UNDEFINED, Unknown
from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.reading.use_sites import CallSite
    from callaudit.flow.values.values import Closure, Value
    from callaudit.syntax.facts import Function


NEVER = Unknown("result", "it never returns")


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
    open_calls = interpreter.open.busy.get(place, 0)
    deciding = used
    if open_calls or interpreter.open.giving.get(place):
        # another level of itself: a number that it only hands on is none
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
    if is_too_much(interpreter, closure, used, open_calls):
        return NOTHING
    seen = reentries.seen
    entry = _Entry(mark, site, open_calls, elsewhere)
    summary, leans = _entered(interpreter, closure, args, receiver, entry, effects=effects)
    if (not interpreter.open.recursive or not open_calls) and (not reentries.pending() or reentries.seen == seen):
        # asked again: while it ran, it may have been found to guard what each of its callers hands it
        context = (_of_call(interpreter, place, plain, site), effects)
        interpreter.summaries.keep(context, summary, leans=leans)
    elif level is not None:
        interpreter.open.levels[level, effects] = summary, frozenset(interpreter.open.recursive)
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
    interpreter.open.busy[place] = open_calls + 1
    interpreter.open.depth += 1
    reentries.enter(place)
    around, summaries.leans = summaries.leans, entry.elsewhere
    try:
        summary, frame = _run(interpreter, closure, args, this, entry.mark, entry.site, effects=effects)
    finally:
        interpreter.open.depth -= 1
        interpreter.open.close(place, open_calls)
        levels = reentries.leave(place)
        leans = summaries.still_running(around)
    summary.levels = levels
    if open_calls:
        reentries.nested(place, levels)
        return summary, leans
    cut = place in interpreter.open.recursive
    if cut:
        interpreter.open.recursive.discard(place)
        interpreter.open.forget_levels(place)
    resolved = resolve(interpreter, closure, frame, summary, cut=cut)
    reentries.forget_left(interpreter.open.busy, place)
    return resolved, leans


def _of_call(interpreter: Interpreter, place: tuple[str, int], mark: int, site: CallSite | None) -> int:
    """The context of a call; the calls of wrappers that guard what they are handed are kept apart."""
    if site is None or place not in interpreter.keyed:
        return mark
    return interpreter.mark((mark, site.scope.module, site.scope.mark, site.line))


def _same_level(interpreter: Interpreter, level: object, *, effects: bool) -> Summary | None:
    """What was found of a level of a recursion before: a run with effects says what it gives, too."""
    known = interpreter.open.levels.get((level, True)) or (
        None if effects else interpreter.open.levels.get((level, False))
    )
    return known[0] if known is not None else None


def _level_key(interpreter: Interpreter, mark: int) -> object:
    """What a level of a recursion depends on: its context, and what is open around it."""
    reentries = interpreter.reentries
    deferral = reentries.deferrals[-1].number if reentries.deferrals else 0
    return (mark, frozenset(interpreter.open.busy.items()), bool(reentries.failing), deferral)


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
    value = Lazy(lambda: given_by(interpreter, place, returned, absent)) if returned else NEVER
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
            named[number] = Unknown(param.target.id, known.why, type=known.type, given=known.given, most=known.most)
    return named


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
