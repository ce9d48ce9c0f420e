"""What the rounds of a loop do whose calls keep failing: how many there are, and how long each waits.

The statements are taken round by round with the values of their counters, assuming that each call fails, or gives
what does not end the loop. Nothing is sent: only waits, counters and the tests that depend on them are looked at.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.arguments import arguments
from callaudit.flow.join import truth
from callaudit.flow.scope import Scope
from callaudit.flow.spans import number_of, times
from callaudit.flow.values import UNDEFINED, Closure, Const, Lazy, Unknown, Value, forced
from callaudit.flow.variables import bind, bind_parameters, declare
from callaudit.flow.waits import wait_of
from callaudit.flow.words import words
from callaudit.syntax.ir import (
    Assign,
    Await,
    Block,
    Call,
    Case,
    Cond,
    Do,
    Expr,
    Func,
    If,
    Jump,
    Let,
    Lit,
    Loop,
    Member,
    Name,
    Op,
    Ret,
    Stmt,
    Switch,
    Throw,
    Try,
    Typed,
    Un,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.records import Span
    from callaudit.syntax.facts import Function

MOST_ROUNDS = 40
MIDDLE = 0.5
"""What a random number is taken to be where jitter is added: the middle of its range."""


RANDOM = frozenset({"random", "getRandomValues", "randomInt"})


HANDLERS = frozenset({"catch", "then"})
NO_FUNCTION = Closure("", -1, Scope("", None))
"""What stands for a value that is surely none of the program's functions."""


class Event(Struct, frozen=True):
    """A call at `line`, or a wait of so many milliseconds (`None` where `why` says why that is not known)."""

    call: bool
    line: int
    ms: float | None = None
    why: str = ""
    spans: tuple[Span, ...] = ()
    """Where it is one of several times: each, with its condition."""


class Rounds(Struct):
    """What was found: calls and waits in order; `ended` where the loop was seen to end."""

    events: list[Event]
    ended: bool
    jitter: bool
    power: bool
    """Whether a power, or a product with itself, goes into a wait."""
    open: str = ""
    """The test that is not known, where one decides about the end."""


class _Ended(Exception):  # noqa: N818 - no error: the loop has ended
    pass


class _Next(Exception):  # noqa: N818
    pass


class Simulation:
    """One loop, or the body of a function that calls itself, taken round by round."""

    def __init__(self, interpreter: Interpreter, scope: Scope, calls: frozenset[int], *, failing: bool = True) -> None:
        """Work in a scope inside `scope`; a call at one of the lines `calls` is one that is repeated."""
        self._in = interpreter
        self._calls = calls
        self._failing = failing
        self.scope = Scope(scope.module, scope, function=scope.function)
        self.scope.mark = ("rounds", scope.mark, id(self))
        self._events: list[Event] = []
        self._jitter = False
        self._power = False
        self._open = ""
        self._unsure = 0
        self._begun = 0
        """How many events there were before this round."""
        self._aside: list[Event] = []
        """Waits on ways to the next round that may be taken."""
        self._tested: frozenset[str] = frozenset()
        self._again: frozenset[int] = frozenset()
        self._itself: Closure | None = None
        self._following: list[Value] | None = None

    def loop(self, statement: Loop, start: dict[str, Value]) -> Rounds:
        """Take a loop that begins with the variables `start`."""
        for node in walk((*statement.body, *((statement.update,) if statement.update is not None else ()))):
            name = _assigned_name(node)
            if name and name in start:
                self.scope.vars[name] = start[name]
        if statement.test is not None:
            self._tested = frozenset(node.id for node in walk((statement.test,)) if isinstance(node, Name))
            for node in walk((statement.test,)):
                name = _assigned_name(node)
                if name and name in start:
                    self.scope.vars[name] = start[name]
        for let in statement.init:
            if isinstance(let, Let):
                self._declare(let)
        ended = False
        try:
            for number in range(MOST_ROUNDS):
                tested = statement.kind != "do" or number
                if statement.test is not None and tested and self._test(statement.test) is False:
                    ended = True
                    break
                self._round(statement.body)
                if statement.update is not None:
                    self._expression(statement.update)
        except _Ended:
            ended = True
        return self._found(ended=ended)

    def recursion(self, function: Function, closure: Closure, lines: frozenset[int]) -> Rounds:
        """Take the body of a function that calls itself at `lines`, level by level, with the arguments of each."""
        self._again = lines
        self._itself = closure
        outer = self.scope.parent
        self.scope.vars.update(outer.vars if outer is not None else {})
        ended = False
        for _ in range(MOST_ROUNDS):
            self._events.append(Event(call=True, line=function.line))
            self._following = None
            with suppress(_Ended):
                self._round(function.body)
            if self._following is None:
                ended = True
                break
            closure = self._itself
            inside = Scope(closure.module, closure.scope, this=closure.this, function=closure.index)
            inside.mark = ("level", self.scope.mark, id(inside))
            bind_parameters(self._in, function, self._following, inside, known=True)
            self.scope = inside
        return self._found(ended=ended)

    def body(self, statements: Sequence[Stmt]) -> Rounds:
        """Take statements once."""
        try:
            self._round(statements)
        except _Ended:
            return self._found(ended=True)
        return self._found(ended=False)

    def _found(self, *, ended: bool) -> Rounds:
        return Rounds(self._events, ended, self._jitter, self._power, self._open)

    # --- statements -----------------------------------------------------------------------------

    def _round(self, body: Sequence[Stmt]) -> None:
        self._begun = len(self._events)
        try:
            self._block(body)
        except _Next:
            return

    def _block(self, body: Sequence[Stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, statement: Stmt) -> None:
        if isinstance(statement, Let):
            if statement.value is not None:
                self._expression(statement.value)
            self._declare(statement)
        elif isinstance(statement, (Do, Ret, Throw)):
            if statement.value is not None:
                self._expression(statement.value)
            if isinstance(statement, Throw):
                raise _Ended
            if isinstance(statement, Ret) and not self._makes_call(statement):
                raise _Ended
        elif isinstance(statement, If):
            self._branch(statement)
        elif isinstance(statement, Try):
            self._attempt(statement)
        elif isinstance(statement, Block):
            self._block(statement.body)
        elif isinstance(statement, Switch):
            for case in statement.cases:
                self._maybe(case)
        elif isinstance(statement, Loop):
            self._once(statement.body)
        elif isinstance(statement, Jump):
            raise _Next if statement.kind == "continue" else _Ended

    def _branch(self, statement: If) -> None:
        decided = self._test(statement.test)
        if decided is not None:
            self._block(statement.then if decided else statement.other)
            return
        if not _goes_on(statement.then) and not _goes_on(statement.other):
            self._maybe_continue(statement)
            return
        self._unsure += 1
        for way in (statement.then, statement.other):
            if _goes_on(way):
                self._block(way)
            elif _continues(way):
                before = len(self._events)
                self._once(way)
                self._aside.extend(event for event in self._events[before:] if not event.call)
        self._unsure -= 1

    def _maybe_continue(self, statement: If) -> None:
        """Both ways leave: what goes on to the next round is what a failing run does."""
        for way in (statement.then, statement.other):
            if _continues(way):
                self._block(way)
                return

    def _maybe(self, case: Case) -> None:
        if _goes_on(case.body):
            self._block(case.body)

    def _once(self, body: Sequence[Stmt]) -> None:
        """What may happen on the way, but does not decide."""
        try:
            self._block(body)
        except (_Next, _Ended):
            return

    def _attempt(self, statement: Try) -> None:
        if statement.handler is None:
            self._block(statement.body)
        else:
            begun = len(self._events)
            try:
                self._block(statement.body)
            except _Ended:
                pass
            except _Next:
                if not self._failing:
                    raise
            if self._failing and self._has_call(statement.body):
                if statement.param is not None:
                    bind(self._in, statement.param, Unknown("error", given=True), self.scope)
                self._handle(statement.handler, begun)
        self._block(statement.final)

    def _handle(self, handler: Sequence[Stmt], begun: int) -> None:
        """Take a handler; a wait in it stands for those on ways to the next round, which a failing call never takes."""
        before = len(self._events)
        try:
            self._block(handler)
        finally:
            if any(not event.call for event in self._events[before:]):
                self._events[begun:before] = [
                    event for event in self._events[begun:before] if all(event is not one for one in self._aside)
                ]

    # --- expressions ----------------------------------------------------------------------------

    def _expression(self, expr: Expr) -> None:
        if isinstance(expr, (Await, Typed)):
            self._expression(expr.value)
            return
        chosen = self._chosen(expr)
        if chosen is not None:
            for part in chosen:
                self._expression(part)
            return
        for node in _in_order(expr):
            if isinstance(node, Call):
                self._call(node)
            elif isinstance(node, Assign):
                self._assign(node)
            elif isinstance(node, Un) and node.op in ("++", "--"):
                self._step(node)

    def _chosen(self, expr: Expr) -> tuple[Expr, ...] | None:
        """What is evaluated of a choice that is decided: `n > 1 ? again(n - 1) : fail()`, `left > 0 && again()`."""
        if isinstance(expr, Cond):
            decided = self._test(expr.test)
            return None if decided is None else (expr.then if decided else expr.other,)
        if isinstance(expr, Op) and expr.op in ("&&", "||") and len(expr.items) == 2:
            decided = self._test(expr.items[0])
            if decided is not None:
                return (expr.items[1],) if decided == (expr.op == "&&") else ()
        return None

    def _call(self, call: Call) -> None:
        self._in.assumed_random = MIDDLE
        try:
            wait = wait_of(self._in, call, self.scope)
            known = forced(wait) if wait is not None else UNDEFINED
        finally:
            self._in.assumed_random = None
        if wait is None and call.line in self._again and self._following is None:
            self._begin_again(call)
        if wait is None and self._again and isinstance(call.callee, Member) and call.callee.prop in HANDLERS:
            self._handler(call)
        if wait is None and self._again:
            return
        same = len(self._events) > self._begun and self._events[-1].call and self._events[-1].line == call.line
        if wait is None and call.line in self._calls and not same:
            self._events.append(Event(call=True, line=call.line))
        if wait is None:
            return
        self._look_behind(call, wait)
        ms = number_of(known)
        if ms is not None:
            self._events.append(Event(call=False, line=call.line, ms=ms))
            return
        found = times(self._in, wait)
        why = known.why if isinstance(known, Unknown) and known.why else "it is computed"
        self._events.append(Event(call=False, line=call.line, why=why, spans=found.spans))

    def _begin_again(self, call: Call) -> None:
        """Take the arguments of the next level, if `call` starts it: itself, or as a function that it hands on."""
        handler = isinstance(call.callee, Member) and call.callee.prop in HANDLERS
        target = self._known(call.callee) if not handler else NO_FUNCTION
        if target is None or self._is_itself(target):
            given = arguments(self._in, call.args, self.scope)
            self._following = [forced(value) for value in given]
            self._itself = target or self._itself
            raise _Next
        handed = (self._known(arg) for arg in call.args if isinstance(arg, (Name, Member)))
        if any(one is not None and self._is_itself(one) for one in handed):
            self._following = []
            raise _Next

    def _known(self, expr: Expr) -> Closure | None:
        """The function that an expression is; none where that is not known, and what is no function is itself."""
        value = forced(self._in.evaluate(expr, self.scope))
        if isinstance(value, Unknown):
            return None
        return value if isinstance(value, Closure) else NO_FUNCTION

    def _is_itself(self, target: Closure) -> bool:
        own = self._itself
        return own is not None and (target.module, target.index) == (own.module, own.index)

    def _handler(self, call: Call) -> None:
        """Take a function that a promise hands its failure to, or that follows a wait."""
        if not call.args or not isinstance(call.args[0], Func):
            return
        function = self._in.function(self.scope.module, call.args[0].index)
        for param in function.params:
            bind(self._in, param.target, Unknown("error", given=True), self.scope)
        self._once_ended(function.body)

    def _once_ended(self, body: Sequence[Stmt]) -> None:
        with suppress(_Ended):
            self._block(body)

    def _look_behind(self, call: Call, wait: Value) -> None:
        """Whether a random number or a power goes into a wait: in the call, in what it names, in what it calls."""
        waiting: list[tuple[object, Scope]] = [(call, self.scope)]
        if isinstance(wait, Lazy) and wait.expr is not None and wait.scope is not None:
            waiting.append((wait.expr, wait.scope))
        seen: set[int] = set()
        for _ in range(60):
            if not waiting:
                return
            expr, scope = waiting.pop()
            if id(expr) in seen:
                continue
            seen.add(id(expr))
            for node in walk((expr,)):  # type: ignore[arg-type]
                if isinstance(node, Member):
                    self._jitter = self._jitter or node.prop in RANDOM
                    self._power = self._power or node.prop == "pow"
                elif isinstance(node, Op):
                    self._power = self._power or node.op in ("**", "<<")
                elif isinstance(node, Name):
                    owner = scope.find(node.id)
                    value = owner.vars[node.id] if owner is not None else None
                    if isinstance(value, Lazy) and value.expr is not None and value.scope is not None:
                        waiting.append((value.expr, value.scope))
                    else:
                        waiting.extend(self._bodies(node, scope))

    def _bodies(self, name: Name, scope: Scope) -> list[tuple[object, Scope]]:
        value = self._in.evaluate(name, scope)
        if not isinstance(value, Closure):
            return []
        function = self._in.function(value.module, value.index)
        return [(statement, value.scope) for statement in function.body[:8]]

    def _assign(self, node: Assign) -> None:
        if isinstance(node.target, Name) and node.target.id in self.scope.vars:
            if self._unsure and node.target.id in self._tested and isinstance(node.value, Lit):
                return  # a flag that ends the loop: a failing round does not set it
            self._power = self._power or node.op == "*="
            value = self._in.evaluate(node, self.scope)
            self.scope.vars[node.target.id] = forced(value)

    def _step(self, node: Un) -> None:
        if isinstance(node.value, Name) and node.value.id in self.scope.vars:
            before = number_of(self.scope.vars[node.value.id])
            by = 1 if node.op == "++" else -1
            after: Value = Const(before + by) if before is not None else Unknown(node.value.id, "it counts", given=True)
            self.scope.vars[node.value.id] = after

    def _declare(self, let: Let) -> None:
        if let.value is None:
            bind(self._in, let.target, UNDEFINED, self.scope)
        elif self._has_call((Do(let.value, let.line),)):
            bind(self._in, let.target, Unknown("result", "what the call gives"), self.scope)
        else:
            declare(self._in, let, self.scope)

    def _test(self, test: Expr) -> bool | None:
        """Whether a test holds; `None` where that is not known, or depends on what a call gave."""
        steps = [node for node in walk((test,)) if isinstance(node, Un) and node.op in ("++", "--")]
        for one in steps:
            if not one.postfix:
                self._step(one)
        for node in _in_order(test):
            if isinstance(node, Call):
                self._call(node)
        decided = truth(self._in.evaluate(_plain(test), self.scope))
        for one in steps:
            if one.postfix:
                self._step(one)
        if decided is None and not self._open and isinstance(test, Op) and test.op in ("<", "<=", ">", ">="):
            self._open = words(test)
        return decided

    def _has_call(self, body: Sequence[Stmt]) -> bool:
        return any(isinstance(node, Call) and node.line in self._calls for node in walk(tuple(body)))

    def _makes_call(self, statement: Ret) -> bool:
        return statement.value is not None and self._has_call((statement,))


def _in_order(expr: Expr) -> list[object]:
    """Nodes in the order in which they are evaluated, roughly: inner calls before outer ones."""
    return list(reversed([node for node in walk((expr,)) if isinstance(node, (Call, Assign, Un))]))


def _plain(test: Expr) -> Expr:
    """A test without its steps: `++n < 3` as `n < 3`."""
    if isinstance(test, Un):
        return test.value if test.op in ("++", "--") else replace(test, value=_plain(test.value))
    if isinstance(test, Op):
        return replace(test, items=tuple(_plain(item) for item in test.items))
    return _plain(test.value) if isinstance(test, Await) else test


def _assigned_name(node: object) -> str:
    target = node.target if isinstance(node, Assign) else node.value if isinstance(node, Un) else None
    if isinstance(node, Un) and node.op not in ("++", "--"):
        return ""
    return target.id if isinstance(target, Name) else ""


def _goes_on(body: Sequence[Stmt]) -> bool:
    """Whether statements may be passed to what follows them."""
    for statement in body:
        if isinstance(statement, (Ret, Throw, Jump)):
            return False
        if isinstance(statement, Block) and not _goes_on(statement.body):
            return False
        both = isinstance(statement, If) and bool(statement.other)
        if both and not _goes_on(statement.then) and not _goes_on(statement.other):  # type: ignore[union-attr]
            return False
    return True


def _continues(body: Sequence[Stmt]) -> bool:
    return bool(body) and isinstance(body[-1], Jump) and body[-1].kind == "continue"
