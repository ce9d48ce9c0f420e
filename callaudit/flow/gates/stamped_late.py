"""Times that are noted only where a request went well: `await load(); at = Date.now()`, `if (answer.ok) at = now`.

A test of such a time opens in the next run after a failure, whatever it waits for else. Noted first, or in `finally`,
the time is that of any run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.guards.ages import is_clock
from callaudit.flow.reading.behind_tests import behind, is_tested_in
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import (
    Assign,
    Await,
    Block,
    Call,
    Do,
    Func,
    If,
    Jump,
    Let,
    Loop,
    Member,
    Name,
    Ret,
    Throw,
    Try,
    Un,
)
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Node, Stmt

DEPTH = 4
"""Functions that call functions that note the time."""
_SURELY, _NOT, _ON = 1, 2, 3
"""Code notes the time; it leaves without; what follows decides."""


def stamped_late(
    interpreter: Interpreter, test: Expr, scope: Scope, is_it: Callable[[Expr], bool], *, opens: bool
) -> bool:
    """Whether what `test` opens notes the time, in what `is_it` holds of, only after what may fail."""
    body = interpreter.function(scope.module, scope.function).body
    way = behind(body, test, opens=opens)
    look = _Look(interpreter, scope, is_it)
    if not look.notes(way):
        return False
    fails, found = look.of(way, DEPTH)
    return found != _SURELY or (fails and _goes_on(body, test))


def _goes_on(body: Sequence[Stmt], test: Expr) -> bool:
    """Whether another run follows an error behind `test`: in a loop, where a handler in it catches the error."""
    around = [node for node in walk(tuple(body)) if isinstance(node, (Loop, Try)) and is_tested_in(node.body, test)]
    return not around or isinstance(around[-1], Try) or not any(isinstance(node, Loop) for node in around)


class _Look:
    """Reads code in order for where it notes the time."""

    def __init__(self, interpreter: Interpreter, scope: Scope, is_it: Callable[[Expr], bool]) -> None:
        self._in, self._scope, self._is_it = interpreter, scope, is_it

    def notes(self, nodes: Sequence[Node], *, depth: int = DEPTH) -> bool:
        """Whether `nodes`, functions in them, or functions that they call, note the time anywhere."""
        for node in walk(tuple(nodes)):
            if self._is_stamp(node):
                return True
            body = self._body(node) if depth else None
            if body is not None and self.notes(body, depth=depth - 1):
                return True
        return False

    def of(self, body: Sequence[Node], depth: int) -> tuple[bool, int]:
        """Whether statements in order may fail before they note the time, and whether they note it else."""
        fails = False
        for statement in body:
            may_fail, found = self._statement(statement, depth)
            fails = fails or may_fail
            if found != _ON:
                return fails, found
        return fails, _ON

    def _statement(self, statement: Node, depth: int) -> tuple[bool, int]:
        if isinstance(statement, (Do, Let, Ret, Throw, Jump)):
            value = getattr(statement, "value", None)
            fails, found = self._value(value, depth) if value is not None else (False, _ON)
            leaves = not isinstance(statement, (Do, Let))
            return fails, _NOT if leaves and found == _ON else found
        if isinstance(statement, Block):
            return self.of(statement.body, depth)
        if isinstance(statement, If):
            (fails, found), (others, other) = self.of(statement.then, depth), self.of(statement.other, depth)
            fails = fails or others or _waits(statement.test)
            return fails, found if found == other else _NOT if _NOT in (found, other) else _ON
        if isinstance(statement, Try):
            return self._attempt(statement, depth)
        return _waits(statement), _ON

    def _attempt(self, statement: Try, depth: int) -> tuple[bool, int]:
        fails, found = self.of(statement.body, depth)
        if self.of(statement.final, depth)[1] == _SURELY:
            return False, _SURELY
        if statement.handler is None or not fails:
            return fails, found
        again, caught = self.of(statement.handler, depth)
        return again, found if found == caught else _NOT if _NOT in (found, caught) else _ON

    def _value(self, value: Expr, depth: int) -> tuple[bool, int]:
        if self._is_stamp(value):
            return False, _SURELY
        calls = [node for node in walk((value,)) if isinstance(node, Call)]
        if any(_is_finally(call) and self.notes(call.args) for call in calls):
            return False, _SURELY
        for call in calls if depth else ():
            body = self._body(call)
            fails, found = self.of(body, depth - 1) if body is not None else (False, _ON)
            if found == _SURELY:
                return fails, _SURELY
        return any(self._may_fail(one, depth) for one in walk((value,)) if isinstance(one, Await)), _ON

    def _may_fail(self, waited: Await, depth: int) -> bool:
        """Whether what is waited for may throw: not where a handler, or the function, takes all errors."""
        call = waited.value
        if not isinstance(call, Call):
            return True
        if isinstance(call.callee, Member) and call.callee.prop == "catch":
            return not call.args or any(isinstance(one, Throw) for one in walk(tuple(self._body(call.args[0]) or ())))
        body = self._body(call) if depth else None
        return body is None or not any(isinstance(one, Try) for one in body) or self._lets_out(body, depth)

    def _lets_out(self, body: Sequence[Stmt], depth: int) -> bool:
        """Whether a function with these statements throws, or hands on a promise that may."""
        passed = (one for one in walk(tuple(body)) if isinstance(one, (Ret, Throw)))
        if any(isinstance(one, Throw) or any(isinstance(part, Call) for part in walk((one,))) for one in passed):
            return True
        return self.of(body, depth - 1)[0]

    def _body(self, node: Node) -> Sequence[Stmt] | None:
        """The statements of a function: one that is written here, or one of the file that is called."""
        if isinstance(node, Func):
            return self._in.function(self._scope.module, node.index).body
        if not isinstance(node, Call) or not isinstance(node.callee, (Name, Member)):
            return None
        if isinstance(node.callee, Member) and getattr(node.callee.obj, "id", "") != "this":
            return None
        known = forced(self._in.evaluate(node.callee, self._scope))
        own = isinstance(known, Closure) and known.module == self._scope.module
        return self._in.function(known.module, known.index).body if own else None  # type: ignore[attr-defined]

    def _is_stamp(self, node: object) -> bool:
        if not isinstance(node, Assign) or node.op != "=" or not self._is_it(node.target):
            return False
        return any(
            is_clock(self._in, one, self._scope)
            for one in walk((node.value,))
            if isinstance(one, (Name, Member, Call, Un))
        )


def _waits(node: Node) -> bool:
    return any(isinstance(one, Await) for one in walk((node,)))


def _is_finally(node: object) -> bool:
    return isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop == "finally"
