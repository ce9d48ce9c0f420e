"""Environment variables that are not set: what code asks of them, and what it gives then.

`if (!raw) return 15; … return Math.min(Number(raw), 60)` is the variable with the default 15, as `raw ?? 15` is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.text.strings import show
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, Text, Undefined, Unknown, Value
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Lit, Member, Name, Op, Typed, Un

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr

DEPTH = 4
_NO_NUMBER = {"isNaN": True, "isFinite": False, "isInteger": False, "isSafeInteger": False}
_EQUAL = {"===": True, "==": True, "!==": False, "!=": False}


class Absence(Struct, frozen=True):
    """What a test says where the variable `env` is not set."""

    env: Unknown
    answer: bool


def when_absent(interpreter: Interpreter, test: Expr, scope: Scope, depth: int = DEPTH) -> Absence | None:
    """What `test` says where the one variable that it asks for is not set; `None` where that is not known."""
    if isinstance(test, Typed):
        return when_absent(interpreter, test.value, scope, depth)
    if isinstance(test, Un) and test.op == "!" and depth:
        inner = when_absent(interpreter, test.value, scope, depth - 1)
        return Absence(inner.env, not inner.answer) if inner is not None else None
    if isinstance(test, Op) and depth:
        if test.op in ("&&", "||"):
            return _of_several(interpreter, test, scope, depth - 1)
        return _of_comparison(interpreter, test, scope)
    if isinstance(test, Call):
        return _of_check(interpreter, test, scope)
    env = _unset(interpreter, test, scope) if isinstance(test, (Name, Member)) else None
    return Absence(env, answer=False) if env is not None else None


def _of_several(interpreter: Interpreter, test: Op, scope: Scope, depth: int) -> Absence | None:
    """`a || b` holds where one does; `a && b` fails where one does."""
    decisive = test.op == "||"
    found = [when_absent(interpreter, item, scope, depth) for item in test.items]
    for one in found:
        if one is not None and one.answer is decisive:
            return one
    return found[0] if all(one is not None for one in found) else None


def _of_comparison(interpreter: Interpreter, test: Op, scope: Scope) -> Absence | None:
    """`raw === undefined`, and the like with null and the empty string."""
    if test.op not in _EQUAL or len(test.items) != 2:
        return None
    for one, other in (test.items, test.items[::-1]):
        if (isinstance(other, Name) and other.id == "undefined") or (
            isinstance(other, Lit) and other.value in (None, "")
        ):
            env = _unset(interpreter, one, scope)
            return Absence(env, _EQUAL[test.op]) if env is not None else None
    return None


def _of_check(interpreter: Interpreter, test: Call, scope: Scope) -> Absence | None:
    """`Number.isNaN(n)` and the like, of a number that is read from a variable."""
    callee = test.callee
    name = called_name(callee)
    if name not in _NO_NUMBER or len(test.args) != 1:
        return None
    target = forced(interpreter.evaluate(callee, scope))
    env = _unset(interpreter, test.args[0], scope)
    known = isinstance(target, ForeignValue) and target.package == ""
    return Absence(env, _NO_NUMBER[name]) if env is not None and known else None


def _unset(interpreter: Interpreter, expr: Expr, scope: Scope) -> Unknown | None:
    """The environment variable that `expr` reads."""
    value = forced(interpreter.evaluate(expr, scope))
    return value if isinstance(value, Unknown) and value.env else None


def by_default(env: Unknown, absent: Value, values: Sequence[Value]) -> Value | None:
    """The variable `env` with the default that is given where it is not set; `None` where it is something else.

    `values` are all that may be given. Other numbers are bounds of what is set; other words stay alternatives.
    """
    first = forced(absent)
    if not isinstance(first, Const) or isinstance(first.value, bool) or first.value is None:
        return None
    known = [_alone(forced(value)) for value in values]
    if not any(isinstance(one, Unknown) and one.env == env.env for one in known):
        return None
    if not all(isinstance(one, (Const, Undefined, Unknown)) for one in known):
        return None
    others = [one for one in known if not _is_bound(one, env, first)]
    unset = show(first.value)
    if env.default and env.default != unset:  # an example file says something else
        others.append(first)
    return join([Unknown(env.name, env.why, env=env.env, default=env.default or unset), *others])


def _alone(value: Value) -> Value:
    """A string that is nothing but one variable is that variable, as what is left of it when slashes go."""
    only = value.parts[0] if isinstance(value, Text) and len(value.parts) == 1 else value
    return only if isinstance(only, Unknown) else value


def _is_bound(value: Value, env: Unknown, default: Const) -> bool:
    if isinstance(value, Unknown):
        return value.env == env.env
    if isinstance(value, Const) and not isinstance(default.value, str):
        return isinstance(value.value, (int, float))
    return isinstance(value, Undefined) or (isinstance(value, Const) and value.value in (default.value, None))
