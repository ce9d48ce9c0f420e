"""Marks: what is stored says only that, or when, something was done, and answers nobody.

A flag, a time, a counter, a name in a set, a function that is called later and a client are marks. A test that asks
one skips a call; it is a cache only where an answer was stored beside the mark, or where the way that skips gives back
something that is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.guards.ages import is_clock, limit_of
from callaudit.flow.reading.bound import Given, Local, written_as
from callaudit.flow.reading.relevant import matters
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Closure, Const
from callaudit.libraries.storage import ONLY_TIMES, VALUE_AT
from callaudit.syntax.chains import untyped
from callaudit.syntax.ir import Await, Call, Cond, Func, Lit, Member, Name, Op, Tmpl, Typed, Un
from callaudit.syntax.operators import COMPARISONS, EQUAL, UNEQUAL

if TYPE_CHECKING:
    from callaudit.flow.guards.writes import Write
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

DEPTH = 4


def is_mark(interpreter: Interpreter, store: str, write: Write) -> bool:
    """Whether what `write` puts into a `store` is a mark. A set holds names, no answers."""
    value = stored(write)
    return (
        store == "Set"
        or write.method in ONLY_TIMES
        or (value is not None and _is_mark(interpreter, value, write.scope, DEPTH))
    )


def is_own(interpreter: Interpreter, write: Write) -> bool:
    """Whether what `write` stores is no answer: the program makes it of nothing that it is handed, and asks nobody."""
    written = stored(write)
    value = untyped(written) if written is not None else None
    if not isinstance(value, Call) or value.new or value.args:
        return False
    made_by = forced(interpreter.evaluate(value.callee, write.scope))
    return isinstance(made_by, Closure) and not matters(interpreter, made_by)


def is_mark_value(interpreter: Interpreter, value: Expr, scope: Scope) -> bool:
    """Whether a value is a mark, wherever it goes."""
    return _is_mark(interpreter, value, scope, DEPTH)


def is_told(interpreter: Interpreter, store: str, write: Write) -> bool:
    """Whether a mark is known where it is set: what a comparison comes to is not, nor what a function will do."""
    value = stored(write)
    if store == "Set" or value is None:
        return True
    return not (_is_comparison(interpreter, value, write.scope, DEPTH) or _acts(interpreter, value, write.scope))


def stored(write: Write) -> Expr | None:
    """The value that a write stores."""
    if write.method == "=":
        return write.args[0] if write.args else None
    if write.method in ONLY_TIMES:
        return None
    place = VALUE_AT.get(write.method, 1)
    return write.args[place] if len(write.args) > max(place, 1) else None


def _is_mark(interpreter: Interpreter, value: Expr, scope: Scope, depth: int) -> bool:
    """Whether a value is a literal, a time, a comparison, or counts on."""
    if isinstance(value, Lit):
        return True
    if not depth:
        return False
    if _acts(interpreter, value, scope):
        return True
    if isinstance(value, Typed):
        return _is_mark(interpreter, value.value, scope, depth)
    if isinstance(value, Un):
        return value.op in ("!", "-", "+", "void")
    if isinstance(value, Tmpl):
        return all(_is_mark(interpreter, part, scope, depth - 1) for part in value.parts)
    if isinstance(value, Cond):
        return all(_is_mark(interpreter, way, scope, depth - 1) for way in (value.then, value.other))
    if _is_comparison(interpreter, value, scope, depth) or _is_time(interpreter, value, scope):
        return True
    if isinstance(value, Op) and value.op in ("+", "-"):
        return any(isinstance(item, Lit) and isinstance(item.value, (int, float)) for item in value.items)
    if isinstance(value, Name):
        written = _only(interpreter, value, scope)
        return written is not None and _is_mark(interpreter, written[0], written[1], depth - 1)
    if isinstance(value, Member):  # a member of an enumeration
        known = forced(interpreter.evaluate(value, scope))
        return isinstance(known, Const)
    return False


def _acts(interpreter: Interpreter, value: Expr, scope: Scope) -> bool:
    """Whether a value is a function, written there or handed over, or a client: what acts, and answers nothing."""
    if isinstance(value, Func):
        return True
    made = isinstance(value, (Name, Member)) or (isinstance(value, Call) and value.new)
    return made and isinstance(forced(interpreter.evaluate(value, scope)), (Closure, Client))


def _is_comparison(interpreter: Interpreter, value: Expr, scope: Scope, depth: int) -> bool:
    if isinstance(value, Un):
        return value.op == "!" and not isinstance(value.value, Lit)
    if isinstance(value, Op):
        if value.op in ("&&", "||"):
            return bool(depth) and all(_is_comparison(interpreter, item, scope, depth - 1) for item in value.items)
        return value.op in COMPARISONS | EQUAL | UNEQUAL
    if isinstance(value, Name) and depth:
        written = _only(interpreter, value, scope)
        return written is not None and _is_comparison(interpreter, written[0], written[1], depth - 1)
    return False


def _is_time(interpreter: Interpreter, value: Expr, scope: Scope) -> bool:
    """Whether a value is the time now, as what it is written, or the time at which something ends."""
    if is_clock(interpreter, value, scope) or limit_of(interpreter, value, scope) is not None:
        return True
    if isinstance(value, Op) and value.op in ("+", "-"):  # whatever is added: `Date.now() + this.wait`
        return any(is_clock(interpreter, item, scope) for item in value.items)
    if isinstance(value, Call) and isinstance(value.callee, Member) and not isinstance(value.callee.obj, Await):
        return is_clock(interpreter, value.callee.obj, scope)  # new Date().toISOString()
    return isinstance(value, Call) and len(value.args) == 1 and is_clock(interpreter, value.args[0], scope)


def _only(interpreter: Interpreter, name: Name, scope: Scope) -> tuple[Expr, Scope] | None:
    meaning = interpreter.stores.bindings.meaning(name.id, scope)
    if isinstance(meaning, Local) and len(meaning.values) == 1:
        return meaning.values[0][0], meaning.scope
    return written_as(meaning.value) if isinstance(meaning, Given) else None
