"""Promises that a loop hangs one attempt after the other on: `p = p.catch(() => ask(mirror))`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.records import Retry
from callaudit.flow.retries.retrying import backoff_of
from callaudit.flow.retries.waits import wait_of
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Assign, Call, Func, Let, Member, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.syntax.ir import Loop


def fallbacks_of(frame: Frame, loop: Loop, rounds: int | None) -> Retry | None:
    """The retry that a loop of so many rounds arranges, each of which runs where the one before has failed."""
    hung = next((found for node in walk(loop.body) if (found := _handler(node)) is not None), None)
    if hung is None:
        return None
    name, handler = hung
    delays, why = _delays(frame, handler, rounds)
    scope = frame.scope
    first = 0 if _fails_at_once(frame, name) else 1
    return Retry(
        "promise.catch",
        scope.module,
        loop.line,
        frame.interpreter.qualified(scope.module, scope.function),
        None if rounds is None else rounds + first,
        delays,
        "unknown" if why else backoff_of(delays),
        why="; ".join(
            part for part in ("" if rounds is not None else "how many there are depends on data", why) if part
        ),
    )


def _handler(node: object) -> tuple[str, Func] | None:
    """A variable, and the handler of failures that its promise is given, whose outcome is put in its place."""
    if not isinstance(node, Assign) or node.op != "=" or not isinstance(node.target, Name):
        return None
    call = node.value
    if not isinstance(call, Call) or not isinstance(call.callee, Member) or call.callee.prop != "catch":
        return None
    own = isinstance(call.callee.obj, Name) and call.callee.obj.id == node.target.id
    handler = call.args[0] if call.args else None
    return (node.target.id, handler) if own and isinstance(handler, Func) else None


def _fails_at_once(frame: Frame, name: str) -> bool:
    """Whether a variable begins as `Promise.reject()`: then what the loop begins with is no attempt."""
    return any(
        isinstance(node, Let)
        and isinstance(node.target, Name)
        and node.target.id == name
        and isinstance(node.value, Call)
        and isinstance(node.value.callee, Member)
        and node.value.callee.prop == "reject"
        for node in frame.interpreter.nodes(frame.scope.module, frame.scope.function)
    )


def _delays(frame: Frame, handler: Func, rounds: int | None) -> tuple[tuple[float, ...], str]:
    """The wait before each further attempt, where the handler has one, and what is not known of it."""
    for node in frame.interpreter.nodes(frame.scope.module, handler.index):
        wait = wait_of(frame.interpreter, node, frame.scope) if isinstance(node, Call) else None
        if wait is None:
            continue
        ms = number_of(wait)
        if ms is None:
            return (), "a delay is not known: it is computed"
        return (int(ms) if ms == int(ms) else ms,) * (rounds if rounds is not None else 1), ""
    return (), ""
