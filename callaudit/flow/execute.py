"""Run a function once, abstractly: bind its parameters, take its statements in order, add up what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow import cost as costs
from callaudit.flow import perform
from callaudit.flow.effects import Called, Choice, Effect, Repeated
from callaudit.flow.join import equal, join, key, truth
from callaudit.flow.loops import iterations
from callaudit.flow.members import index, member
from callaudit.flow.requested import RequestWord
from callaudit.flow.scope import Scope
from callaudit.flow.silence import is_silent
from callaudit.flow.values import (
    UNDEFINED, Closure, Const, Lazy, OneOf, Record, Seq, Undefined, Unknown, Value, forced,
)  # fmt: skip
from callaudit.flow.words import words
from callaudit.syntax.ir import (
    Assign, Block, Call, ClassRef, Do, Expr, Func, If, Jump, Let, Lit, Loop, Member, Name, Node, PatArr, PatDefault, PatObj,
    Ret, Spread, Stmt, Switch, Throw, Try, Un,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.cost import Cost
    from callaudit.flow.interpreter import Interpreter
    from callaudit.syntax.facts import Function

MOST_SAME = 2
"""How often one function may be open at once, for example in a recursion with other arguments."""


class Summary:
    """What a function does and gives in one context."""

    __slots__ = ("cost", "effects", "returns", "value")

    def __init__(self, cost: Cost, effects: tuple[Effect, ...], value: Value, *, returns: bool = True) -> None:
        """`returns` is false for a function that always throws."""
        self.cost = cost
        self.effects = effects
        self.value = value
        self.returns = returns


NEVER = Unknown("result", "it never returns")
NOTHING = Summary(costs.NONE, (), Unknown("result", "a function calls itself"))


class Outcome:
    """How statements may end: the cost of each way, `None` for one that is not possible."""

    __slots__ = ("breaks", "returns", "through", "throws")

    def __init__(
        self, through: Cost | None, returns: Cost | None = None, throws: Cost | None = None, breaks: Cost | None = None
    ) -> None:
        """`breaks` covers `continue` too."""
        self.through = through
        self.returns = returns
        self.throws = throws
        self.breaks = breaks


class Frame:
    """One activation of a function."""

    __slots__ = ("effects", "interpreter", "returned", "scope")

    def __init__(self, interpreter: Interpreter, scope: Scope, *, effects: bool) -> None:
        """Run in `scope`; without `effects` only values are asked for."""
        self.interpreter = interpreter
        self.scope = scope
        self.effects = effects
        self.returned: list[Value] = []


# --- functions -----------------------------------------------------------------------------------


def run(
    interpreter: Interpreter, closure: Closure, args: Sequence[Value], this: Value | None, *, effects: bool
) -> Summary:
    """What calling `closure` does and gives; each context is run once."""
    function = interpreter.function(closure.module, closure.index)
    receiver = closure.this or this
    used = args[: len(function.params)] if not (function.params and function.params[-1].rest) else args
    this_key = key(receiver) if receiver is not None else None
    mark = interpreter.mark((closure.module, closure.index, closure.scope.mark, this_key, *(key(arg) for arg in used)))
    context = (mark, effects)
    known = interpreter.summaries.get((mark, True)) or (None if effects else interpreter.summaries.get(context))
    if known is not None:
        return known
    place = (closure.module, closure.index)
    open_calls = interpreter.busy.get(place, 0)
    if open_calls >= MOST_SAME or interpreter.depth >= 48 or interpreter.nesting > 1_400:
        if open_calls >= MOST_SAME:
            interpreter.recursive.add(place)
        else:
            interpreter.gap(closure.module, function.line, function.name or "function", "calls are nested too deeply")
        return NOTHING
    interpreter.steps += 1
    if interpreter.steps > 400_000:
        interpreter.gap(closure.module, function.line, function.name or "function", "the analysis reached its budget")
        return NOTHING
    interpreter.busy[place] = open_calls + 1
    interpreter.depth += 1
    try:
        summary = _run(interpreter, function, closure, args, receiver, mark, effects=effects)
    finally:
        interpreter.depth -= 1
        interpreter.busy[place] = open_calls
    if place in interpreter.recursive and not open_calls:
        interpreter.recursive.discard(place)
        if summary.cost:
            summary = Summary(costs.unbounded(summary.cost), summary.effects, summary.value, returns=summary.returns)
    if not interpreter.recursive or not open_calls:
        interpreter.summaries[context] = summary
    return summary


def _run(
    interpreter: Interpreter,
    function: Function,
    closure: Closure,
    args: Sequence[Value],
    this: Value | None,
    mark: int,
    *,
    effects: bool,
) -> Summary:
    scope = Scope(closure.module, closure.scope, this=None if function.arrow else this, function=closure.index)
    scope.mark = mark
    bind_parameters(interpreter, function, args, scope, known=True)
    frame = Frame(interpreter, scope, effects=effects)
    tree: list[Effect] = []
    outcome = block(frame, function.body, tree)
    ends = [way for way in (outcome.through, outcome.returns) if way is not None]
    if outcome.through is not None:
        frame.returned.append(UNDEFINED)
    returns = bool(ends)
    cost = costs.either(ends) if ends else (outcome.throws or costs.NONE)
    if outcome.throws and ends:
        cost = _with_failures(cost, outcome.throws)
    returned = frame.returned
    value = Lazy(lambda: _returned(returned, function, closure.module)) if returned else NEVER
    return Summary(cost, tuple(tree), value, returns=returns)


def _returned(returned: Sequence[Value], function: Function, module: str) -> Value:
    """What a function gives; where that is not known, its declared type is."""
    value = join(returned)
    if isinstance(value, Unknown) and value.type is None and not value.env and function.returns:
        return Unknown(value.name, value.why, type=(module, function.returns), given=value.given, receiver=value.receiver)
    return value


def load(interpreter: Interpreter, module: str) -> Summary:
    """What the top level of `module` does; its variables stay those of the module."""
    if not interpreter.relevance.function(module, 0):
        return NOTHING
    scope = interpreter.module_scope(module)
    frame = Frame(interpreter, scope, effects=True)
    tree: list[Effect] = []
    outcome = block(frame, interpreter.function(module, 0).body, tree)
    ends = [way for way in (outcome.through, outcome.returns) if way is not None]
    return Summary(costs.either(ends) if ends else costs.NONE, tuple(tree), UNDEFINED)


def _with_failures(cost: Cost, throws: Cost) -> Cost:
    """Ways that end in an error raise what is possible, but do not lower what a run that succeeds needs."""
    total = dict(cost)
    for request, (_, most, chain) in throws.items():
        before = total.get(request)
        if before is None:
            total[request] = (0, most, chain)
        elif most > before[1]:
            total[request] = (before[0], most, before[2])
    return total


def bind_parameters(
    interpreter: Interpreter, function: Function, args: Sequence[Value], scope: Scope, *, known: bool
) -> None:
    """Give the parameters their arguments; with `known` false nothing is known of the callers."""
    for number, param in enumerate(function.params):
        type_ = (scope.module, param.type) if param.type else None
        if param.rest:
            value: Value = Seq(tuple(args[number:])) if known else Unknown("arguments")
        elif number < len(args):
            value = args[number]
            if param.optional:
                value = _given(value)
            if type_ is not None:
                value = _typed(value, type_)
        elif known:
            value = UNDEFINED
        else:
            value = Unknown(param.target.id if isinstance(param.target, Name) else "param", "a parameter", type=type_)
        if param.default is not None:
            value = _defaulted(interpreter, value, param.default, scope)
        bind(interpreter, param.target, value, scope)
    if function.name and function.parent >= 0 and not function.arrow and scope.find(function.name) is None:
        scope.vars[function.name] = UNDEFINED
        del scope.vars[function.name]


def _given(value: Value) -> Value:
    """An argument for an optional parameter: a number or string that was computed is there."""
    return value


def _typed(value: Value, type_: tuple[str, str]) -> Value:
    """An argument that is not known has at least the parameter's type."""

    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Unknown) and known.type is None and not known.env:
            return Unknown(known.name, known.why, type=type_, given=known.given, receiver=known.receiver)
        return known

    return Lazy(compute)


def _defaulted(interpreter: Interpreter, value: Value, default: Expr, scope: Scope) -> Value:
    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Undefined):
            return interpreter.evaluate(default, scope)
        if isinstance(known, OneOf) and any(isinstance(item, Undefined) for item in known.values):
            rest = [item for item in known.values if not isinstance(item, Undefined)]
            return join([*rest, interpreter.evaluate(default, scope)])
        if isinstance(known, Unknown) and known.env and not known.default:
            fallback = forced(interpreter.evaluate(default, scope))
            if isinstance(fallback, Const) and isinstance(fallback.value, str):
                return Unknown(known.name, known.why, env=known.env, default=fallback.value)
        return known

    return Lazy(compute)


# --- variables -----------------------------------------------------------------------------------


def declare(interpreter: Interpreter, let: Let, scope: Scope) -> None:
    """Enter the names that a declaration declares."""
    if let.value is None:
        value: Value = Unknown(let.target.id if isinstance(let.target, Name) else "value", "", type=_type(let, scope))
        value = UNDEFINED if not let.type else OneOf((UNDEFINED, value))
    elif let.mutable and depends_on_assigned(interpreter, let.value, scope):
        value = interpreter.evaluate(let.value, scope)
    elif not isinstance(let.value, (Func, ClassRef, Lit)) and depends_on_assigned(interpreter, let.value, scope):
        value = interpreter.evaluate(let.value, scope)
    else:
        value = interpreter.lazy(let.value, scope)
    if isinstance(let.target, Name) and let.target.id in interpreter.program.modules[scope.module].filled:
        value = opened(value)
    if let.type and let.value is not None:
        value = _typed(value, (scope.module, let.type))
    bind(interpreter, let.target, value, scope)


def opened(value: Value) -> Value:
    """An object or array that is filled later has more than its literal says."""

    def compute() -> Value:
        known = forced(value)
        if isinstance(known, Record):
            return Record(known.fields, open=True)
        return Seq(known.items, open=True) if isinstance(known, Seq) else known

    return Lazy(compute)


def _type(let: Let, scope: Scope) -> tuple[str, str] | None:
    return (scope.module, let.type) if let.type else None


def depends_on_assigned(interpreter: Interpreter, expr: Expr, scope: Scope) -> bool:
    """Whether `expr` mentions a variable that changes, so that it must be evaluated at once."""
    place = (scope.module, scope.function)
    assigned = interpreter.changing.get(place)
    if assigned is None:
        module = interpreter.program.modules[scope.module]
        assigned = interpreter.changing[place] = module.assigned.intersection(module.functions[scope.function].refs)
    if not assigned:
        return False
    known = interpreter.mentions.get(id(expr))
    if known is None:
        from callaudit.flow.classes import walk

        known = any(isinstance(node, Name) and node.id in assigned for node in walk((expr,)))
        interpreter.mentions[id(expr)] = known
    return known


def bind(interpreter: Interpreter, target: Expr, value: Value, scope: Scope) -> None:
    """Give the names of a pattern their parts of `value`."""
    if isinstance(target, Name):
        scope.vars[target.id] = value
    elif isinstance(target, PatObj):
        taken = [entry.key for entry in target.entries if isinstance(entry.key, str) and entry.key]
        for entry in target.entries:
            part = _entry(interpreter, value, entry.key, taken, scope)
            if entry.default is not None:
                part = _defaulted(interpreter, part, entry.default, scope)
            bind(interpreter, entry.target, part, scope)
    elif isinstance(target, PatArr):
        for number, item in enumerate(target.items):
            if isinstance(item, Spread):
                bind(interpreter, item.value, Lazy(lambda n=number: _rest(value, n)), scope)  # type: ignore[misc]
            elif item is not None:
                position = Const(number)
                bind(interpreter, item, Lazy(lambda p=position: index(interpreter, value, p)), scope)  # type: ignore[misc]
    elif isinstance(target, PatDefault):
        bind(interpreter, target.target, _defaulted(interpreter, value, target.default, scope), scope)


def _entry(interpreter: Interpreter, value: Value, name: str | Expr, taken: list[str], scope: Scope) -> Value:
    if not isinstance(name, str):
        return Lazy(lambda: index(interpreter, value, interpreter.evaluate(name, scope)))
    if name:
        return Lazy(lambda: member(interpreter, value, name))

    def rest() -> Value:
        known = forced(value)
        if isinstance(known, Record):
            return Record({k: v for k, v in known.fields.items() if k not in taken}, open=known.open)
        return Unknown("rest", "the rest of an object that is not known")

    return Lazy(rest)


def _rest(value: Value, number: int) -> Value:
    known = forced(value)
    return Seq(known.items[number:], open=known.open) if isinstance(known, Seq) else Unknown("rest")


def assign(frame: Frame, expr: Assign, scope: Scope) -> None:
    """Take an assignment to a variable, a field of `this`, or a property of a known object."""
    interpreter = frame.interpreter
    target = expr.target
    if isinstance(target, Name):
        owner = scope.find(target.id)
        value = interpreter.evaluate(expr, scope)
        if owner is None or owner.parent is None:
            return  # variables of a module are what is ever assigned to them
        mine = owner is frame.scope
        owner.vars[target.id] = value if mine else join([owner.vars[target.id], value])
    elif isinstance(target, Member):
        _assign_member(interpreter, expr, target, scope)
    elif isinstance(target, (PatObj, PatArr)):
        bind(interpreter, target, interpreter.lazy(expr.value, scope), scope)


def _assign_member(interpreter: Interpreter, expr: Assign, target: Member, scope: Scope) -> None:
    from callaudit.flow.values import Instance

    if isinstance(target.obj, Name) and target.obj.id == "this":
        receiver = scope.receiver()
        if isinstance(receiver, Instance) and receiver.state == 1:
            value = interpreter.evaluate(expr, scope)
            before = receiver.fields.get(target.prop)
            receiver.fields[target.prop] = value if before is None else join([value, before])
        return
    if not isinstance(target.obj, Name):
        return
    owner = scope.find(target.obj.id)
    if owner is None or owner.parent is None:
        return
    value = forced(owner.vars[target.obj.id])
    if isinstance(value, Record):
        changed = {**value.fields, target.prop: interpreter.evaluate(expr, scope)}
        owner.vars[target.obj.id] = Record(changed, open=value.open)


# --- statements ----------------------------------------------------------------------------------


def block(frame: Frame, body: Sequence[Stmt], tree: list[Effect]) -> Outcome:
    """Take statements in order until one of them cannot be passed."""
    through: Cost | None = costs.NONE
    returns: list[Cost] = []
    throws: list[Cost] = []
    breaks: list[Cost] = []
    for statement in body:
        if through is None:
            break
        if is_silent(frame.interpreter, statement):
            continue
        outcome = _STATEMENTS[type(statement)](frame, statement, tree)
        for ways, ended in ((returns, outcome.returns), (throws, outcome.throws), (breaks, outcome.breaks)):
            if ended is not None:
                ways.append(costs.add(through, ended))
        through = None if outcome.through is None else costs.add(through, outcome.through)
    return Outcome(through, *(costs.either(ways) if ways else None for ways in (returns, throws, breaks)))


def _effects(frame: Frame, expr: Expr | None, tree: list[Effect], *, awaited: bool = True) -> Cost:
    if expr is None or not frame.effects or is_silent(frame.interpreter, expr):
        return costs.NONE
    return perform.perform(frame, expr, frame.scope, tree, awaited=awaited)


def _let(frame: Frame, let: Let, tree: list[Effect]) -> Outcome:
    spent = _effects(frame, let.value, tree) if let.value is not None else costs.NONE
    if frame.scope.parent is not None:  # names of a module are declared before it runs
        declare(frame.interpreter, let, frame.scope)
    return Outcome(spent)


def _do(frame: Frame, statement: Do, tree: list[Effect]) -> Outcome:
    spent = _effects(frame, statement.value, tree, awaited=False)
    if not frame.effects:
        perform.only_assignments(frame, statement.value)
    if perform.never_returns(frame, statement.value):
        return Outcome(None, throws=spent)
    return Outcome(spent)


def _ret(frame: Frame, statement: Ret, tree: list[Effect]) -> Outcome:
    spent = _effects(frame, statement.value, tree)
    if statement.value is None:
        frame.returned.append(UNDEFINED)
    elif depends_on_assigned(frame.interpreter, statement.value, frame.scope):
        frame.returned.append(frame.interpreter.evaluate(statement.value, frame.scope))
    else:
        frame.returned.append(frame.interpreter.lazy(statement.value, frame.scope))
    return Outcome(None, returns=spent)


def _throw(frame: Frame, statement: Throw, tree: list[Effect]) -> Outcome:
    return Outcome(None, throws=_effects(frame, statement.value, tree))


def _jump(_frame: Frame, _statement: Jump, _tree: list[Effect]) -> Outcome:
    return Outcome(None, breaks=costs.NONE)


def _inner(frame: Frame, statement: Block, tree: list[Effect]) -> Outcome:
    before = set(frame.scope.vars)
    shadowed = _shadowed(frame.scope, statement.body)
    outcome = block(frame, statement.body, tree)
    _leave(frame.scope, before, shadowed)
    return outcome


def _shadowed(scope: Scope, body: Sequence[Stmt]) -> dict[str, Value]:
    """Variables that a declaration inside a block hides."""
    from callaudit.syntax.typescript.modules import bound_names

    names = [name for item in body if isinstance(item, Let) for name in bound_names(item.target)]
    return {name: scope.vars[name] for name in names if name in scope.vars}


def _leave(scope: Scope, before: set[str], shadowed: dict[str, Value]) -> None:
    del before
    scope.vars.update(shadowed)


def _branches(
    frame: Frame, ways: Sequence[tuple[str, Callable[[list[Effect]], Outcome]]], line: int, tree: list[Effect], spent: Cost
) -> Outcome:
    """One of several ways: costs are bounds over all, variables are what either leaves behind."""
    start = dict(frame.scope.vars)
    ends: list[dict[str, Value]] = []
    outcomes: list[Outcome] = []
    shown: list[tuple[str, tuple[Effect, ...]]] = []
    for label, take in ways:
        frame.scope.vars = dict(start)
        inside: list[Effect] = []
        outcome = take(inside)
        outcomes.append(outcome)
        if outcome.through is not None or outcome.breaks is not None:
            ends.append(frame.scope.vars)
        if inside:
            shown.append((label, tuple(inside)))
    frame.scope.vars = _merge(start, ends)
    if shown:
        tree.append(Choice(line, tuple(shown)))
    return _prefixed(spent, outcomes)


def _merge(start: dict[str, Value], ends: list[dict[str, Value]]) -> dict[str, Value]:
    if not ends:
        return start
    if len(ends) == 1:
        return ends[0]
    merged: dict[str, Value] = {}
    for name in dict.fromkeys(name for end in ends for name in end):
        values = [end[name] for end in ends if name in end]
        merged[name] = values[0] if all(value is values[0] for value in values) else join(values)
    return merged


def _prefixed(spent: Cost, outcomes: Sequence[Outcome]) -> Outcome:
    def way(name: str) -> Cost | None:
        found = [getattr(outcome, name) for outcome in outcomes]
        present = [cost for cost in found if cost is not None]
        return costs.add(spent, costs.either(present)) if present else None

    return Outcome(way("through"), way("returns"), way("throws"), way("breaks"))


def _if(frame: Frame, statement: If, tree: list[Effect]) -> Outcome:
    spent = _effects(frame, statement.test, tree)
    decided = truth(frame.interpreter.evaluate(statement.test, frame.scope))
    if frame.interpreter.exploring:
        _note_words(frame, statement.test, statement.line)
    if decided is not None:
        outcome = _inner(frame, Block(statement.then if decided else statement.other), tree)
        return _prefixed(spent, [outcome])
    label = words(statement.test)
    ways: list[tuple[str, Callable[[list[Effect]], Outcome]]] = [
        (label, lambda inside: _inner(frame, Block(statement.then), inside)),
        ("otherwise", lambda inside: _inner(frame, Block(statement.other), inside)),
    ]
    return _branches(frame, ways, statement.line, tree, spent)


def _note_words(frame: Frame, test: Expr, line: int) -> None:
    """Where a test compares the request with constants, remember in which line."""
    from callaudit.flow.classes import walk
    for node in walk((test,)):
        if isinstance(node, (Name, Member)):
            value = frame.interpreter.evaluate(node, frame.scope)
            if isinstance(value, RequestWord):
                value.place(line)


def _switch(frame: Frame, statement: Switch, tree: list[Effect]) -> Outcome:
    spent = _effects(frame, statement.value, tree)
    value = frame.interpreter.evaluate(statement.value, frame.scope)
    ways: list[tuple[str, Callable[[list[Effect]], Outcome]]] = []
    has_default = decided = False
    for number, case in enumerate(statement.cases):
        body = _fall_through(statement, number)
        has_default = has_default or case.test is None
        answer = equal(value, frame.interpreter.evaluate(case.test, frame.scope)) if case.test is not None else None
        word = forced(value)
        if isinstance(word, RequestWord):
            word.place(case.line)
        if answer is False:
            continue
        label = f"{words(statement.value)} is {words(case.test)}" if case.test is not None else "otherwise"
        if answer is True:
            ways, decided = [(label, _case(frame, body))], True
            break
        ways.append((label, _case(frame, body)))
    if not has_default and not decided:
        ways.append(("otherwise", lambda _inside: Outcome(costs.NONE)))
    outcome = _branches(frame, ways, statement.line, tree, spent) if ways else Outcome(spent)
    ends = [way for way in (outcome.through, outcome.breaks) if way is not None]
    return Outcome(costs.either(ends) if ends else None, outcome.returns, outcome.throws)


def _case(frame: Frame, body: tuple[Stmt, ...]) -> Callable[[list[Effect]], Outcome]:
    return lambda inside: _inner(frame, Block(body), inside)


def _fall_through(statement: Switch, number: int) -> tuple[Stmt, ...]:
    """The statements that run from case `number` on until one leaves the switch."""
    found: list[Stmt] = []
    for case in statement.cases[number : number + 40]:
        found.extend(case.body)
        if case.body and isinstance(case.body[-1], (Jump, Ret, Throw)):
            break
    return tuple(found)


def _loop(frame: Frame, statement: Loop, tree: list[Effect]) -> Outcome:
    spent = costs.NONE
    inside: list[Effect] = []
    for item in statement.init:
        spent = costs.add(spent, _STATEMENTS[type(item)](frame, item, tree).through or costs.NONE)
    if statement.source is not None:
        spent = costs.add(spent, _effects(frame, statement.source, tree))
    count = iterations(frame.interpreter, statement, frame.scope)
    start = dict(frame.scope.vars)
    if statement.target is not None:
        bind(frame.interpreter, statement.target, count.item, frame.scope)
    elif count.variable:
        frame.scope.vars[count.variable] = Unknown(count.variable, "it counts the loop", given=True)
    test = _effects(frame, statement.test, inside)
    outcome = _inner(frame, Block(statement.body), inside)
    update = _effects(frame, statement.update, inside)
    frame.scope.vars = _merge(start, [start, frame.scope.vars])
    if inside:
        shown = None if count.most is None else count.most
        tree.append(Repeated(count.kind, statement.line, count.least, shown, tuple(inside), count.over))
    return _repeated(spent, test, update, outcome, count.least, count.most)


def _repeated(spent: Cost, test: Cost, update: Cost, outcome: Outcome, least: int, most: int | None) -> Outcome:
    """The cost of a loop: rounds that complete, and one that leaves it early."""
    limit = float("inf") if most is None else most
    ends = [way for way in (outcome.through, outcome.breaks) if way is not None]
    leaves = outcome.returns is not None or outcome.throws is not None or outcome.breaks is not None
    whole = costs.add(test, costs.add(costs.either(ends), update)) if ends else costs.NONE
    early = costs.repeat(whole, 0, max(limit - 1, 0))
    ran = costs.repeat(whole, min(least, 1) if leaves else least, limit)
    if outcome.through is None and outcome.breaks is None:
        ran = costs.NONE  # the first round always leaves; only a loop of no rounds passes
    through = costs.add(spent, costs.add(test, ran) if not whole else ran)
    passes = ends or least == 0

    def left(way: Cost | None) -> Cost | None:
        return None if way is None else costs.add(spent, costs.add(early, costs.add(test, way)))

    return Outcome(through if passes else None, left(outcome.returns), left(outcome.throws))


def _try(frame: Frame, statement: Try, tree: list[Effect]) -> Outcome:
    body = _inner(frame, Block(statement.body), tree)
    outcomes = [body]
    if statement.handler is not None:
        start = dict(frame.scope.vars)
        inside: list[Effect] = []
        if statement.param is not None:
            bind(frame.interpreter, statement.param, Unknown("error"), frame.scope)
        handled = _inner(frame, Block(statement.handler), inside)
        frame.scope.vars = _merge(start, [start, frame.scope.vars])
        if inside:
            tree.append(Choice(statement.line, (("an error is caught", tuple(inside)),)))
        tried = [way for way in (body.through, body.returns) if way is not None]
        outcomes = [Outcome(body.through, body.returns, None, body.breaks)]
        attempted = costs.either(tried) if tried else body.throws
        if attempted is not None:
            if body.throws:
                attempted = _with_failures(attempted, body.throws)
            outcomes.append(_prefixed(attempted, [handled]))
        if not handled_matters(handled):
            outcomes = outcomes[:1] if body.through is not None or body.returns is not None else outcomes
    outcome = _prefixed(costs.NONE, outcomes)
    if statement.final:
        last = _inner(frame, Block(statement.final), tree)
        after = last.through or costs.NONE
        return Outcome(*(None if way is None else costs.add(way, after) for way in _ways(outcome)))
    return outcome


def handled_matters(handled: Outcome) -> bool:
    """Whether a handler ends otherwise than by raising an error again."""
    return handled.through is not None or handled.returns is not None or handled.breaks is not None


def _ways(outcome: Outcome) -> tuple[Cost | None, ...]:
    return outcome.through, outcome.returns, outcome.throws, outcome.breaks


_STATEMENTS: dict[type[Node], Callable[[Frame, Any, list[Effect]], Outcome]] = {
    Let: _let,
    Do: _do,
    Ret: _ret,
    Throw: _throw,
    If: _if,
    Switch: _switch,
    Loop: _loop,
    Try: _try,
    Jump: _jump,
    Block: _inner,
}

__all__ = ["Call", "Called", "Frame", "Summary", "Un", "bind", "bind_parameters", "declare", "run"]
