"""Requests that are sent once more by hand where they have failed: `try { ask() } catch { ask() }`, `ask().catch(ask)`.

That is a second try where the handler calls what was tried, written alike, and that sends the same.
What is called with other arguments may be something else: a message of the failure, a fallback.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from callaudit.flow.effects.effect_walks import rebuilt, walk_effects
from callaudit.flow.effects.effects import EMIT, Called, Repeated, Request
from callaudit.flow.effects.records import Retry
from callaudit.flow.retries.renewals import renewed_before
from callaudit.flow.retries.retrying import backoff_of
from callaudit.flow.retries.waits import wait_of
from callaudit.flow.timers.spans import number_of
from callaudit.syntax.ir import Await, Call, Func, Member, Name, Ret
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.callbacks import Application
    from callaudit.flow.machine.frame import Frame
    from callaudit.syntax.ir import Node

MOST: Final = 400
"""Effects of which each side is asked what it sends."""
AFTER_A_FAILURE = "it failed"

_PLAIN: Final = ("id", "prop", "value", "op", "index")
"""What tells records of one kind apart, beside what they hold."""
_Request = tuple[str, str]
"""A method and an address."""


def second_try(
    frame: Frame,
    line: int,
    tried: Sequence[Effect],
    again: Sequence[Effect],
    code: tuple[tuple[Node, ...], tuple[Node, ...]],
) -> tuple[Effect, ...]:
    """What a handler of failures does, with what it sends `again` of what was `tried` marked as a retry.

    `code` is what is tried, and the handler, as they are written.
    """
    sent = sent_by(tried)
    if not sent or not sent_by(again) & sent or is_running(frame, again):
        return tuple(again)
    function = frame.interpreter.function(frame.scope.module, frame.scope.function)
    handed = frozenset(param.target.id for param in function.params if isinstance(param.target, Name))
    tries = walk(code[0])
    left = _left(tries)
    first = {_called(node, handed) for node in tries if isinstance(node, Call) and id(node) not in left}
    lines = frozenset(
        node.line
        for node in walk(code[1])
        if isinstance(node, Call)
        and _called(node, handed) in first
        and not renewed_before(frame.interpreter, frame.scope, walk(code[1]), node)
    )
    return marked_again(frame, line, again, (sent, lines), code[1])


def _left(tries: Sequence[Node]) -> set[int]:
    """The calls of which a promise is returned: what fails later is caught by who waits for it, not here."""
    given = [node.value for node in tries if isinstance(node, Ret) and node.value is not None]
    found = {id(node) for value in given for node in walk((value,)) if isinstance(node, Call)}
    waited = (one for value in given for one in walk((value,)) if isinstance(one, Await))
    return found - {id(node) for one in waited for node in walk((one.value,))}


def second_of_promise(
    frame: Frame, here: Application, before: Sequence[Effect], again: Sequence[Effect]
) -> tuple[Effect, ...]:
    """The same of `promise.catch(handler)`, where the handler calls what gave the promise, as it is written there."""
    callee = here.expr.callee
    asked = callee.obj if isinstance(callee, Member) else None
    handler = here.expr.args[0] if here.expr.args else None
    if not isinstance(asked, Call) or handler is None:
        return tuple(again)
    if is_running(frame, again, handler if isinstance(handler, Func) else None):
        return tuple(again)
    inside: tuple[Node, ...] = ()
    lines: frozenset[int] = frozenset()
    if isinstance(handler, Func):
        inside = frame.interpreter.nodes(here.scope.module, handler.index)
        first = written(asked)
        lines = frozenset(
            node.line
            for node in inside
            if isinstance(node, Call)
            and written(node) == first
            and not renewed_before(frame.interpreter, frame.scope, inside, node)
        )
    elif written(handler) == written(asked.callee):
        lines = frozenset((here.expr.line,))
    return marked_again(frame, here.expr.line, again, (sent_by(before), lines), inside)


def marked_again(
    frame: Frame,
    line: int,
    again: Sequence[Effect],
    known: tuple[set[_Request], frozenset[int]],
    handler: tuple[Node, ...],
    said: tuple[str, str] = ("catch", AFTER_A_FAILURE),
) -> tuple[Effect, ...]:
    """`again` with those effects as a retry that send what was sent, from calls at certain lines."""
    sent, lines = known
    delays = delays_in(frame, handler)
    function = frame.interpreter.qualified(frame.scope.module, frame.scope.function)
    retry = Retry(said[0], frame.scope.module, line, function, 2, delays, backoff_of(delays))

    places = {(frame.scope.module, line) for line in lines}

    def marked(effect: Effect) -> Effect | None:
        if _place(effect) in places and sent_by((effect,)) & sent:
            return Repeated(said[1], line, 1, 1, (effect,), retries=(retry,))
        return effect

    return rebuilt(again, marked) if lines else tuple(again)


def _place(effect: Effect) -> tuple[str, int] | None:
    """Where a function is called, or a request is sent."""
    if isinstance(effect, Request):
        return effect.requests[0].site.file, effect.requests[0].site.line
    return (effect.file, effect.line) if isinstance(effect, Called) else None


def _called(call: Call, handed: frozenset[str]) -> tuple[object, ...]:
    """A call as it is written; of a function that was handed in without its arguments: it is the one that is tried.

    One that is handed what another call makes does what that says: `dispatch(load())` is not `dispatch(report(error))`.
    """
    told = any(isinstance(node, (Call, Func)) for node in walk(call.args))
    own = isinstance(call.callee, Name) and call.callee.id in handed and not told
    return written(call.callee) if own else written(call)


def written(code: Node) -> tuple[object, ...]:
    """Code as it is written, wherever that is."""
    return tuple(
        (type(node).__name__, *(getattr(node, name) for name in _PLAIN if _is_plain(node, name)))
        for node in walk((code,))
    )


def _is_plain(node: Node, name: str) -> bool:
    return isinstance(getattr(node, name, None), (str, int, float))


def sent_by(effects: Sequence[Effect]) -> set[_Request]:
    """The requests that are sent at once and by themselves, by their addresses."""
    found: set[_Request] = set()
    for effect in islice(walk_effects(effects, enter=_once), MOST):
        for one in effect.requests if isinstance(effect, Request) else ():
            if not one.target.unknown and one.target.method != EMIT:
                found.add((one.target.method, one.target.url))
    return found


def _once(effect: Effect) -> bool:
    """Whether what is inside of an effect is done once where it is: not what repeats it, nor later by a user."""
    return not isinstance(effect, Repeated) or (effect.trigger is None and not effect.retries)


def is_running(frame: Frame, again: Sequence[Effect], handler: Func | None = None) -> bool:
    """Whether a handler calls a function that is running: recursion is told apart elsewhere.

    A handler in the line of the function that it stands in is not that function.
    """
    interpreter, module = frame.interpreter, frame.scope.module
    running = {(path, interpreter.function(path, index).line) for path, index in interpreter.open.busy}
    itself = (module, interpreter.function(module, handler.index).line) if handler is not None else None
    inside: list[Effect] = []
    for effect in walk_effects(again, enter=lambda one: not isinstance(one, Called)):
        if isinstance(effect, Called):
            inside.extend(effect.body if (effect.defined_in, effect.defined) == itself else (effect,))
    return any(
        isinstance(effect, Called) and (effect.defined_in, effect.defined) in running
        for effect in islice(walk_effects(inside), MOST)
    )


def delays_in(frame: Frame, handler: tuple[Node, ...]) -> tuple[float, ...]:
    """The wait before the second try, where the handler has one that is known."""
    for node in walk(handler):
        wait = wait_of(frame.interpreter, node, frame.scope) if isinstance(node, Call) else None
        ms = number_of(wait) if wait is not None else None
        if ms is not None:
            return (int(ms) if ms == int(ms) else ms,)
    return ()
