"""What code does when an answer says that there were too many requests: it waits, or tells its caller so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Effect, Guarded, Request
from callaudit.flow.effects.records import Guard
from callaudit.flow.retries.waits import wait_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure
from callaudit.syntax.blocks import following
from callaudit.syntax.ir import Call, If, Index, Jump, Lit, Member, Name, Op, Ret, Throw
from callaudit.syntax.operators import EQUAL, UNEQUAL
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Node, Stmt

TOO_MANY = 429
HEADER = "retry-after"
STATUS = frozenset({"status", "statusCode", "code"})


def note_refusal(frame: Frame, statement: If, mark: int, tree: list[Effect]) -> None:
    """Put the guard before the request whose refusal `statement` handles: what precedes it, or what was tried."""
    known = frame.interpreter.stores.asking.get(id(statement))
    if known is None:
        known = frame.interpreter.stores.asking[id(statement)] = _asks(statement.test)
    if not known:
        return
    way: Sequence[Stmt] = statement.then
    if _denied(statement.test):
        way = statement.other or _behind(frame, statement)
    handled = _handled(frame.interpreter, way, frame.scope)
    if handled is None:
        return
    place = (frame.scope.module, statement.line)
    also: tuple[int, ...] = ()
    if isinstance(handled, Closure):
        function = frame.interpreter.function(handled.module, handled.index)
        also = (statement.line,) if handled.module == frame.scope.module else ()
        place = (handled.module, function.line)
    name = frame.interpreter.qualified(frame.scope.module, frame.scope.function)
    guard = Guard("backoff-429", "429", *place, name, also=also)
    if not _guard_last(guard, tree, mark) and frame.tried:
        _guard_last(guard, *frame.tried[-1])


def _behind(frame: Frame, statement: If) -> Sequence[Stmt]:
    """What follows a test in its block whose way leaves: `if (answer.status !== 429) return answer`."""
    if not statement.then or not isinstance(statement.then[-1], (Ret, Jump)):
        return ()
    return following(frame.interpreter.function(frame.scope.module, frame.scope.function).body, statement)


def _guard_last(guard: Guard, tree: list[Effect], end: int) -> bool:
    """Guard the last of the first `end` effects that sends a request."""
    for number in range(min(end, len(tree)) - 1, -1, -1):
        if _sends(tree[number]):
            tree[number] = Guarded(guard, (tree[number],))
            return True
    return False


def _sends(effect: Effect) -> bool:
    return any(isinstance(one, Request) for one in walk_effects((effect,)))


def _asks(test: Expr) -> bool:
    """Whether a test asks for status 429 or for the header `Retry-After`."""
    for node in walk((test,)):
        if isinstance(node, Op) and node.op in EQUAL | UNEQUAL and len(node.items) == 2:
            for one, other in (node.items, reversed(node.items)):
                if isinstance(one, Lit) and one.value == TOO_MANY and _is_status(other):
                    return True
        elif _is_header(node):
            return True
    return False


def _is_status(expr: Expr) -> bool:
    if isinstance(expr, Name):
        return expr.id in STATUS
    return isinstance(expr, Member) and expr.prop in STATUS


def _is_header(node: Node) -> bool:
    if isinstance(node, Call) and isinstance(node.callee, Member) and node.callee.prop == "get" and node.args:
        return _is_word(node.args[0])
    return isinstance(node, Index) and _is_word(node.key)


def _is_word(expr: Expr) -> bool:
    return isinstance(expr, Lit) and isinstance(expr.value, str) and expr.value.lower() == HEADER


def _denied(test: Expr) -> bool:
    return isinstance(test, Op) and test.op in UNEQUAL


def _handled(interpreter: Interpreter, way: Sequence[Node], scope: Scope) -> Closure | bool | None:
    """The function that waits, or whether the way waits or throws itself; `None` where it does neither."""
    throws = False
    for node in walk(tuple(way)):
        if isinstance(node, Throw):
            throws = throws or node.value is not None
        elif isinstance(node, Call):
            if wait_of(interpreter, node, scope) is not None or _is_timer(node):
                return True
            target = (
                forced(interpreter.evaluate(node.callee, scope)) if isinstance(node.callee, (Name, Member)) else None
            )
            if isinstance(target, Closure) and any(_pauses(interpreter, target)):
                return target
    return True if throws else None


def _pauses(interpreter: Interpreter, target: Closure) -> Iterator[bool]:
    for node in walk(interpreter.function(target.module, target.index).body):
        if isinstance(node, Call) and _is_timer(node):
            yield True


def _is_timer(call: Call) -> bool:
    callee = call.callee
    if isinstance(callee, Member):
        return callee.prop == "setTimeout"
    return isinstance(callee, Name) and callee.id == "setTimeout"
