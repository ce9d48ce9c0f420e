"""Calls that make queries ask again, found in the code of all functions: after a mutation, on a message, on a click.

Such functions often reach no network themselves, so they are not run: their calls are read where they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.query_keys import key_words, parts_of_key
from callaudit.flow.spans import times
from callaudit.flow.static import static_scope
from callaudit.flow.strings import show
from callaudit.flow.values import Answer, Const, ForeignValue, OneOf, Record, Unknown, Value, forced
from callaudit.libraries.refetching import ANSWERS, KEYED, KEYED_FROM, METHODS, POLLS
from callaudit.syntax.ir import Call, Func, Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.records import Span
    from callaudit.flow.scope import Scope
    from callaudit.libraries.refetching import Refetch

DEPTH = 4
Key = tuple[str, ...]


class Refetching(Struct, frozen=True):
    """A call that makes queries ask again: those whose keys begin with `key`, or are it where `exact` holds."""

    mechanism: str
    file: str
    line: int
    function: str
    index: int
    key: Key
    words: str
    exact: bool
    delays: tuple[Span, ...] = ()
    polls: bool = False
    """Whether it asks again and again: `delays` are its intervals."""


def refetches(interpreter: Interpreter) -> Iterator[Refetching]:
    """Every such call of the program, in the order of places."""
    names = frozenset((*METHODS, *ANSWERS, *(f".{name}" for name in (*METHODS, *ANSWERS))))
    for path in sorted(interpreter.program.modules):
        for index, function in enumerate(interpreter.program.modules[path].functions):
            if names.isdisjoint(function.refs):
                continue
            for node in interpreter.nodes(path, index):
                if isinstance(node, Call):
                    found = _refetch(interpreter, node, path, index)
                    if found is not None:
                        yield found


def _refetch(interpreter: Interpreter, call: Call, path: str, index: int) -> Refetching | None:
    callee = call.callee
    name = callee.prop if isinstance(callee, Member) else callee.id if isinstance(callee, Name) else ""
    if name not in METHODS and name not in ANSWERS:
        return None
    scope = static_scope(interpreter, path, index)
    asked: tuple[Key, str, bool] | None
    if name in METHODS:
        asked = _matching(interpreter, call, METHODS[name], scope)
    else:
        asked = _of_answer(interpreter, call, scope) or _of_key(interpreter, call, name, scope)
    if asked is None:
        return None
    key, words, exact = asked
    function = interpreter.qualified(path, index)
    if name == POLLS:
        every = times(interpreter, interpreter.lazy(call.args[0], scope)) if call.args else None
        spans = every.spans if every is not None else ()
        return Refetching(name, path, call.line, function, index, key, words, exact, spans, polls=True)
    return Refetching(name, path, call.line, function, index, key, words, exact, _delays(interpreter, path, index))


def _matching(interpreter: Interpreter, call: Call, model: Refetch, scope: Scope) -> tuple[Key, str, bool] | None:
    """The keys that a client's method matches."""
    value = interpreter.lazy(call.args[0], scope) if call.args else None
    known = forced(value) if value is not None else None
    exact = False
    options = known if isinstance(known, Record) else None
    if options is None and len(call.args) > 1:
        second = forced(interpreter.evaluate(call.args[1], scope))
        options = second if isinstance(second, Record) else None
    if options is not None:
        for name, off in model.off:
            if _is_text(options.fields.get(name), off):
                return None
        exact = "exact" in options.fields and _is_true(options.fields["exact"])
    if isinstance(known, Record):
        value = known.fields.get(model.key)
    parts = parts_of_key(value)
    if parts is None:
        return (), key_words(value, parts) or "every key", False
    return parts, key_words(value, parts), exact


def _is_text(value: Value | None, text: str) -> bool:
    known = forced(value) if value is not None else None
    return isinstance(known, Const) and known.value == text


def _is_true(value: Value) -> bool:
    known = forced(value)
    return isinstance(known, Const) and known.value is True


def _of_answer(interpreter: Interpreter, call: Call, scope: Scope) -> tuple[Key, str, bool] | None:
    """The key of the query hook that gave the method."""
    target = forced(interpreter.evaluate(call.callee, scope))
    found = target.values if isinstance(target, OneOf) else (target,)
    for one in found:
        owner = forced(one.receiver) if isinstance(one, Unknown) and one.receiver is not None else None
        if isinstance(owner, Answer) and owner.key:
            return owner.key, f"[{', '.join(part or '…' for part in owner.key)}]", True
    return None


def _of_key(interpreter: Interpreter, call: Call, name: str, scope: Scope) -> tuple[Key, str, bool] | None:
    """The key that is handed to a function of the library itself."""
    if name != KEYED or not call.args:
        return None
    target = forced(interpreter.evaluate(call.callee, scope))
    if isinstance(target, Unknown) and target.receiver is not None:
        target = forced(target.receiver)
    package, exports = KEYED_FROM
    if (
        not isinstance(target, ForeignValue)
        or target.package != package
        or target.path[-1:] not in {(export,) for export in exports}
    ):
        return None
    value = interpreter.lazy(call.args[0], scope)
    parts = parts_of_key(value)
    return (parts, key_words(value, parts), True) if parts is not None else ((), key_words(value, parts), False)


def _delays(interpreter: Interpreter, path: str, index: int) -> tuple[Span, ...]:
    """How much later it happens, where a timer runs the function."""
    functions = interpreter.program.modules[path].functions
    for _ in range(DEPTH):
        parent = functions[index].parent
        if parent < 0:
            return ()
        for node in interpreter.nodes(path, parent):
            if isinstance(node, Call) and _starts_later(node, index):
                return times(interpreter, interpreter.lazy(node.args[1], static_scope(interpreter, path, parent))).spans
        index = parent
    return ()


def _starts_later(call: Call, index: int) -> bool:
    callee = call.callee
    name = callee.prop if isinstance(callee, Member) else callee.id if isinstance(callee, Name) else ""
    first = call.args[0] if len(call.args) > 1 else None
    return name == "setTimeout" and isinstance(first, Func) and first.index == index


def delay_words(spans: tuple[Span, ...]) -> str:
    """Delays in words."""
    return ", ".join(show(span.ms) + (f" if {span.when}" if span.when else "") for span in spans)
