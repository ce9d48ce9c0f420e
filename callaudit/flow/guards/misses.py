"""Lists of what a store did not have: each key is looked up, and one request follows for those that were missing.

`const missing = ids.filter((id) => !kept.has(id))`, or a loop that pushes what it did not find. That such a list has
items says that the store did not answer; that it has none, that it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from callaudit.flow.guards.batches import MOST_FILLS, is_empty
from callaudit.flow.guards.containers import returned
from callaudit.flow.reading.bound import Given, Local, written_as
from callaudit.flow.reading.within import scope_within
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import (
    Arr,
    Await,
    Block,
    Call,
    Cond,
    Do,
    Func,
    If,
    Jump,
    Let,
    Lit,
    Loop,
    Member,
    Name,
    Obj,
    Op,
    Prop,
    Ret,
    Spread,
    Throw,
    Try,
    Typed,
)  # fmt: skip
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from callaudit.flow.guards.freshness import Asked
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Stmt

    Ask = Callable[[Interpreter, Expr, Scope, int], list[Asked]]

DEPTH = 8
NESTED = 12
"""How deep statements and callbacks lie in each other in which a list is filled."""
_SAME = frozenset({"map", "slice", "splice", "sort", "reverse", "keys", "values", "entries", "join", "flat", "concat"})
"""Methods of a list that give something only where it has items."""
_ADDS = frozenset({"push", "unshift", "add", "set"})


class Test(NamedTuple):
    """A test on the way to a statement, and whether it holds there."""

    expr: Expr
    holds: bool
    scope: Scope
    line: int


class Misses:
    """Follows lists to the lookups that decide what is in them; `ask` says what a test asks of stores."""

    def __init__(self, interpreter: Interpreter, ask: Ask) -> None:
        """Answer for `interpreter`'s program."""
        self._in = interpreter
        self._ask = ask

    def of(self, expr: Expr, scope: Scope, depth: int = DEPTH) -> list[Asked]:
        """What was asked of a store that had none of the items of `expr`."""
        if not depth:
            return []
        deeper = depth - 1
        if isinstance(expr, (Await, Typed, Spread)):
            return self.of(expr.value, scope, depth)
        if isinstance(expr, Arr):
            only = expr.items[0] if len(expr.items) == 1 else None
            return self.of(only, scope, deeper) if isinstance(only, Spread) else []
        if isinstance(expr, Name):
            return self._name(expr.id, scope, deeper)
        if isinstance(expr, Member):
            return self._property(expr, scope, deeper) if isinstance(expr.obj, (Await, Call)) else []
        if not isinstance(expr, Call):
            return []
        callee = expr.callee
        if isinstance(callee, Member):
            if callee.prop == "filter" and expr.args and isinstance(expr.args[0], Func):
                found = self._filtered(expr.args[0], scope)
                return found or self.of(callee.obj, scope, deeper)
            if callee.prop in _SAME:
                return self.of(callee.obj, scope, deeper)
        return self.of(expr.args[0], scope, deeper) if expr.args else []  # new Set(missing), chunk(missing, 50)

    def _name(self, name: str, scope: Scope, depth: int) -> list[Asked]:
        meaning = self._in.stores.bindings.meaning(name, scope)
        if isinstance(meaning, Given):
            written = written_as(meaning.value)
            return self.of(written[0], written[1], depth) if written is not None else []
        if not isinstance(meaning, Local) or not meaning.values:
            return []
        # a list may be asked on the way to where it is filled: `if (!list.includes(id)) list.push(id)`
        open_lists, this = self._in.stores.open_lists, (meaning.scope.module, meaning.scope.mark, name)
        if this in open_lists:
            return []
        open_lists.add(this)
        try:
            return self._local(name, meaning, depth)
        finally:
            open_lists.discard(this)

    def _local(self, name: str, meaning: Local, depth: int) -> list[Asked]:
        if all(is_empty(value) for value, _ in meaning.values):
            return self._filled(name, meaning)
        for value, _ in meaning.values[:MOST_FILLS]:
            found = self.of(value, meaning.scope, depth)
            if found:
                return found
        return []

    def _property(self, expr: Member, scope: Scope, depth: int) -> list[Asked]:
        """A list that a function of the program gives beside what was there: `const { missing } = lookUp(ids)`."""
        call = expr.obj.value if isinstance(expr.obj, Await) else expr.obj
        target = forced(self._in.evaluate(call.callee, scope)) if isinstance(call, Call) else None
        if not isinstance(call, Call) or not isinstance(target, Closure):
            return []
        inner = self._in.stores.bindings.entered(target, call.args, scope)
        for given in returned(self._in.nodes_of(target.module, target.index, Ret)):
            for prop in given.props if isinstance(given, Obj) else ():
                if isinstance(prop, Prop) and prop.key == expr.prop:
                    return self.of(prop.value, inner, depth)
        return []

    def _filtered(self, callback: Func, scope: Scope) -> list[Asked]:
        """What a callback of `filter` asks that lets through what is missing."""
        inner = scope_within(self._in, scope, callback.index)
        if inner is None:
            return []
        body = self._in.function(inner.module, callback.index).body
        return self._deciding(list(self._ways(body, inner, (), "", NESTED)))

    def _filled(self, name: str, local: Local) -> list[Asked]:
        """What is asked on the ways to where the list `name` is filled."""
        inner = scope_within(self._in, local.scope, local.scope.function)
        if inner is None:
            return []
        body = self._in.function(inner.module, inner.function).body
        return self._deciding(list(self._ways(body, inner, (), name, NESTED)))

    def _deciding(self, ways: Sequence[tuple[Test, ...]]) -> list[Asked]:
        """The tests that decide on every way, where each of them finds that the store did not answer."""
        first: list[Asked] = []
        for way in ways[:MOST_FILLS]:
            found = self._missing(way)
            if not found or (first and found[0].read.container.place != first[0].read.container.place):
                return []
            first = first or found
        return first

    def _missing(self, way: Sequence[Test]) -> list[Asked]:
        for test in reversed(way):
            found = self._ask(self._in, test.expr, test.scope, test.line)
            deciding = [one for one in found if one.aged] or found
            if any(one.holds != test.holds for one in deciding):
                return [one.lacking() for one in found if one.holds != test.holds]
        return []

    def _ways(
        self, body: Sequence[Stmt], scope: Scope, tests: tuple[Test, ...], name: str, depth: int
    ) -> Iterator[tuple[Test, ...]]:
        """The tests on each way to a statement that fills `name`; without a name, to one that gives back no `false`."""
        for statement in body if depth else ():
            if isinstance(statement, If):
                line = statement.line
                yield from self._ways(
                    statement.then, scope, (*tests, Test(statement.test, True, scope, line)), name, depth - 1
                )
                yield from self._ways(
                    statement.other, scope, (*tests, Test(statement.test, False, scope, line)), name, depth - 1
                )
                for way, holds in ((statement.then, True), (statement.other, False)):
                    if way and isinstance(way[-1], (Ret, Jump, Throw)):
                        tests = (*tests, Test(statement.test, not holds, scope, line))
            elif isinstance(statement, (Block, Loop, Try)):  # in a handler the lookup itself has failed
                yield from self._ways(statement.body, scope, tests, name, depth - 1)
            elif isinstance(statement, Ret) and not name and statement.value is not None:
                yield from _given_back(statement.value, scope, tests)
            elif isinstance(statement, (Do, Let, Ret)) and name and statement.value is not None:
                yield from self._in_expression(statement.value, scope, tests, name, depth - 1)

    def _in_expression(
        self, expr: Expr, scope: Scope, tests: tuple[Test, ...], name: str, depth: int
    ) -> Iterator[tuple[Test, ...]]:
        if isinstance(expr, Cond):
            for way, holds in ((expr.then, True), (expr.other, False)):
                yield from self._in_expression(way, scope, (*tests, Test(expr.test, holds, scope, 0)), name, depth)
            return
        if isinstance(expr, Op) and expr.op in ("&&", "||", "??") and len(expr.items) == 2:
            decides = Test(expr.items[0], expr.op == "&&", scope, 0)
            yield from self._in_expression(expr.items[1], scope, (*tests, decides), name, depth)
            return
        for node in walk((expr,)):
            if isinstance(node, Call) and _adds(node, name):
                yield tests
            if not isinstance(node, Call) or not depth:
                continue
            for arg in node.args:
                inner = scope_within(self._in, scope, arg.index) if isinstance(arg, Func) else None
                if inner is not None and isinstance(arg, Func) and _uses(self._in, inner, name):
                    yield from self._ways(self._in.function(inner.module, arg.index).body, inner, tests, name, depth)


def _uses(interpreter: Interpreter, scope: Scope, name: str) -> bool:
    return name in interpreter.function(scope.module, scope.function).refs


def _given_back(value: Expr, scope: Scope, tests: tuple[Test, ...]) -> Iterator[tuple[Test, ...]]:
    if not isinstance(value, Lit):
        yield (*tests, Test(value, True, scope, 0))
    elif value.value:
        yield tests


def _adds(call: Call, name: str) -> bool:
    callee = call.callee
    return (
        isinstance(callee, Member) and callee.prop in _ADDS and isinstance(callee.obj, Name) and callee.obj.id == name
    )
