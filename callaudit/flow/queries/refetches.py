"""Calls that make queries ask again, found in the code of all functions: after a mutation, on a message, on a click.

Such functions often reach no network themselves, so they are not run: their calls are read where they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.machine.static import static_scope
from callaudit.flow.queries.query_keys import ANY, key_words, parts_of_key
from callaudit.flow.reading.later_runs import run_later, timer_of
from callaudit.flow.requests.procedure_uses import names_below
from callaudit.flow.text.strings import show
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import (
    Answer,
    Closure,
    Const,
    ForeignValue,
    OneOf,
    Record,
    Seq,
    Undefined,
    Unknown,
    Value,
)
from callaudit.libraries.refetching import ANSWERS, KEYED, KEYED_FROM, METHODS, OF_PROCEDURES, POLLS
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import HOLE, Call, Let, Member, Name, PatObj

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.effects.records import Span
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.reading.later_runs import Later
    from callaudit.libraries.refetching import Refetch
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr

_IN_PATTERNS = frozenset(f".{name}" for name in ANSWERS)
Key = tuple[str, ...]


class Refetching(Struct, frozen=True, eq=False):
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
    chooses: Closure | None = None
    """A function that says for each key whether its queries ask again."""
    whole: bool = False
    """Whether that function is handed the key, and not the query."""
    own: bool = False
    """Whether it is a method of what the query hook itself gave."""
    timer: str = ""
    """The timer that runs it again and again: then `line` and `function` are where that is set up."""


def refetches(interpreter: Interpreter) -> Iterator[Refetching]:
    """Every such call of the program, in the order of places."""
    known = dict.fromkeys((*METHODS, *ANSWERS, *OF_PROCEDURES))
    names = frozenset((*known, *(f".{name}" for name in known)))
    for path in sorted(interpreter.program.modules):
        module = interpreter.program.modules[path]
        if names.isdisjoint(module.functions[0].refs):  # those of all that the module holds
            continue
        called = {name: name for name in known} | _renamed(module)
        wanted = names.union(called)
        for index, function in enumerate(module.functions):
            if wanted.isdisjoint(function.refs):
                continue
            for node in interpreter.nodes_of(path, index, Call):
                found = _refetch(interpreter, node, path, index, called)
                found = found or _by_name(interpreter, node, path, index, called)
                if found is not None:
                    yield found


def _renamed(module: Module) -> dict[str, str]:
    """Names that a module gives to methods of what a query hook gives: `const { refetch: again } = useOrders()`."""
    found: dict[str, str] = {}
    for index, function in enumerate(module.functions):
        if _IN_PATTERNS.isdisjoint(function.refs):
            continue
        for node in module.nodes_of(index, Let):
            if isinstance(node.target, PatObj):
                for entry in node.target.entries:
                    if isinstance(entry.key, str) and entry.key in ANSWERS and isinstance(entry.target, Name):
                        found[entry.target.id] = entry.key
    return found


def _by_name(interpreter: Interpreter, call: Call, path: str, index: int, called: dict[str, str]) -> Refetching | None:
    """A method that a timer is handed by its name: `setInterval(refetch, 5000)`."""
    first = call.args[0] if len(call.args) > 1 else None
    name = called.get(called_name(first), "") if first is not None else ""
    if first is None or name not in ANSWERS:
        return None
    asked = _of_answer(interpreter, first, static_scope(interpreter, path, index))
    timer = timer_of(interpreter, call, path, index) if asked is not None else None
    return _timed(name, path, index, asked, timer) if asked is not None and timer is not None else None


def _timed(name: str, path: str, index: int, asked: tuple[Key, str, bool], timer: Later) -> Refetching:
    again = timer.mechanism if timer.again else ""
    return Refetching(name, path, timer.line, timer.function, index, *asked, timer.spans, timer=again, own=True)


def _refetch(interpreter: Interpreter, call: Call, path: str, index: int, called: dict[str, str]) -> Refetching | None:
    name = called.get(called_name(call.callee), "")
    if not name:
        return None
    scope = static_scope(interpreter, path, index)
    own = _of_answer(interpreter, call.callee, scope) if name not in METHODS else None
    asked: tuple[Key, str, bool] | None
    if name in METHODS:
        asked = _matching(interpreter, call, METHODS[name], scope)
    else:
        asked = own or _of_key(interpreter, call, name, scope) or _of_procedures(interpreter, call, name, scope)
    if asked is None:
        return None
    key, words, exact = asked
    function = interpreter.qualified(path, index)
    if name == POLLS:
        every = times(interpreter, interpreter.lazy(call.args[0], scope)) if call.args else None
        spans = every.spans if every is not None else ()
        return Refetching(
            name, path, call.line, function, index, key, words, exact, spans, polls=True, own=own is not None
        )
    timer = run_later(interpreter, path, index)
    chooses = _chooses(interpreter, call, name, scope) if not key else None
    if timer is not None and timer.again:
        return replace(
            _timed(name, path, index, asked, timer), chooses=chooses, whole=name == KEYED, own=own is not None
        )
    delays = timer.spans if timer is not None else ()
    found = Refetching(name, path, call.line, function, index, key, words, exact, delays, own=own is not None)
    return (
        replace(found, chooses=chooses, whole=name == KEYED, words="those that a function chooses")
        if chooses
        else found
    )


def _chooses(interpreter: Interpreter, call: Call, name: str, scope: Scope) -> Closure | None:
    """The function that a call is handed to say which queries ask again."""
    given = forced(interpreter.evaluate(call.args[0], scope)) if call.args else None
    if name != KEYED and isinstance(given, Record) and "predicate" in given.fields:
        given = forced(given.fields["predicate"])
    return given if isinstance(given, Closure) else None


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
        told = value is not None and not isinstance(forced(value), Undefined)
        return (ANY,) if told else (), key_words(value, parts) or "every key", False
    return parts, key_words(value, parts), exact


def _is_text(value: Value | None, text: str) -> bool:
    known = forced(value) if value is not None else None
    return isinstance(known, Const) and known.value == text


def _is_true(value: Value) -> bool:
    known = forced(value)
    return isinstance(known, Const) and known.value is True


def _of_answer(interpreter: Interpreter, callee: Expr, scope: Scope) -> tuple[Key, str, bool] | None:
    """The key of the query hook that gave the method."""
    target = forced(interpreter.evaluate(callee, scope))
    found = target.values if isinstance(target, OneOf) else (target,)
    for one in found:
        owner = forced(one.receiver) if isinstance(one, Unknown) and one.receiver is not None else None
        if isinstance(owner, Answer) and owner.key:
            return owner.key, f"[{', '.join(part.replace(HOLE, '…') or '…' for part in owner.key)}]", True
    return None


def _of_procedures(interpreter: Interpreter, call: Call, name: str, scope: Scope) -> tuple[Key, str, bool] | None:
    """What is below the names of procedures: `utils.orders.list.invalidate(input)`."""
    if name not in OF_PROCEDURES or not isinstance(call.callee, Member):
        return None
    names = names_below(interpreter, interpreter.evaluate(call.callee.obj, scope))
    if names is None:
        return None
    value = Seq((*map(Const, names), *(interpreter.lazy(arg, scope) for arg in call.args[:1])))
    return parts_of_key(value) or (), key_words(value, parts_of_key(value)) if names else "every key", False


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
    if parts is not None:
        return parts, key_words(value, parts), True
    return () if isinstance(forced(value), Closure) else (ANY,), key_words(value, parts), False


def delay_words(spans: tuple[Span, ...]) -> str:
    """Delays in words."""
    return ", ".join(show(span.ms) + (f" if {span.when}" if span.when else "") for span in spans)
