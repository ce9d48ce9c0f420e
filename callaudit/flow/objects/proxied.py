"""Objects behind a `Proxy`: what its traps give for a member, and what they do when it is called.

ECMA-262, 10.5: `get(target, name, receiver)` is asked for each member, `apply(target, this, args)` for each call. Where
a trap is not there, or what it gives is not known, the object behind it answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.objects.constructing import CONSTRUCTOR
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import UNDEFINED, Closure, Const, Proxied, Record, Seq, Undefined, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Instance, Value

PROXY = "Proxy"


def proxied(args: list[Value]) -> Value | None:
    """What `new Proxy(target, traps)` gives; `None` without traps."""
    return Proxied(args[0], args[1]) if len(args) > 1 else None


def member_behind(
    interpreter: Interpreter, value: Proxied, name: str, member: Callable[[Interpreter, Value, str], Value]
) -> Value:
    """What `value.name` may be."""
    trap = _trap(value, "get")
    if trap is None:
        return member(interpreter, value.target, name)
    given = forced(interpreter.apply(trap, [value.target, Const(name), value]))
    return member(interpreter, value.target, name) if isinstance(given, (Unknown, Undefined)) else given


def owner_behind(value: Value, found: Value) -> Value | None:
    """Whose method `found` is, a member of the proxy `value` that is not known: that of the object behind it."""
    if not isinstance(value, Proxied) or not isinstance(found, Unknown) or found.receiver is None:
        return None
    owner = forced(found.receiver)
    return owner if owner is not value else None


def given_back(interpreter: Interpreter, made: Instance) -> Value:
    """What `new` gives for `made`: the proxy that its constructor returns, if it returns one."""
    for cls in interpreter.classes.lineage(made.cls):
        index = interpreter.classes.method(cls, CONSTRUCTOR, static=False)
        if index is None:
            continue
        if PROXY in interpreter.function(cls.module, index).refs:
            constructor = Closure(cls.module, index, cls.scope, made)
            given = forced(interpreter.run(constructor, made.args or (), effects=False).value)
            return given if isinstance(given, Proxied) else made
        break
    return made


def called_behind(value: Proxied, args: list[Value]) -> tuple[Value, list[Value]]:
    """What runs when `value` is called with `args`, and what that is handed."""
    trap = _trap(value, "apply")
    return (value.target, args) if trap is None else (trap, [value.target, UNDEFINED, Seq(tuple(args))])


def traps_run(args: list[Value]) -> list[Value] | None:
    """The traps that run without being told by which call, as `get` may with anybody who reads a member.

    What is called runs `apply` there. `None` where `args` are not those of a proxy, or its traps are not known.
    """
    traps = forced(args[1]) if len(args) > 1 else UNDEFINED
    return [item for name, item in traps.fields.items() if name != "apply"] if isinstance(traps, Record) else None


def _trap(value: Proxied, name: str) -> Closure | None:
    traps = forced(value.traps)
    found = forced(traps.fields[name]) if isinstance(traps, Record) and name in traps.fields else None
    return found if isinstance(found, Closure) else None
