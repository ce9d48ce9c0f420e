"""How waits grow from round to round: whether a random number or a power goes into one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import Lazy
from callaudit.flow.values.values import Closure
from callaudit.syntax.ir import Assign, Call, Func, Let, Member, Name, Op
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr

RANDOM = frozenset({"random", "getRandomValues", "randomInt"})
MOST_LOOKED_AT = 60
"""Expressions and statements behind one wait."""
MOST_DECLARED = 4


def growth_of(interpreter: Interpreter, call: Call, wait: Value, scope: Scope) -> tuple[bool, bool]:
    """Whether a random number, and whether a power, goes into a wait: in the call, what it names, what it calls."""
    jitter = power = False
    waiting: list[tuple[object, Scope]] = [(call, scope)]
    if isinstance(wait, Lazy) and wait.expr is not None and wait.scope is not None:
        waiting.append((wait.expr, wait.scope))
    seen: set[int] = set()
    for _ in range(MOST_LOOKED_AT):
        if not waiting:
            break
        expr, where = waiting.pop()
        if id(expr) in seen:
            continue
        seen.add(id(expr))
        for node in walk((expr,)):  # type: ignore[arg-type]
            if isinstance(node, Member):
                jitter = jitter or node.prop in RANDOM
                power = power or node.prop == "pow"
            elif isinstance(node, Op):
                power = power or node.op in ("**", "<<")
            elif isinstance(node, Name):
                waiting.extend(_behind(interpreter, node, where))
            if isinstance(node, Call) and isinstance(node.callee, Member):
                waiting.extend(_done_by(interpreter, interpreter.evaluate(node.callee, where)))
    return jitter, power


def _behind(interpreter: Interpreter, name: Name, scope: Scope) -> list[tuple[object, Scope]]:
    """What a variable was set to, or what the function that it names does."""
    owner = scope.find(name.id)
    value = owner.vars[name.id] if owner is not None else None
    written = value.expr if isinstance(value, Lazy) else None
    if isinstance(value, Lazy) and value.scope is not None and written is not None and not isinstance(written, Func):
        return [(written, value.scope)]
    found = _done_by(interpreter, interpreter.evaluate(name, scope))
    if owner is not None and owner.function and not found:  # what depends on a counter is known as it is in this round
        lets = interpreter.nodes_of(owner.module, owner.function, Let)
        made = [let.value for let in lets if isinstance(let.target, Name) and let.target.id == name.id and let.value]
        found.extend((value, owner) for value in made[:MOST_DECLARED] if not isinstance(value, Func))
        found.extend((value, owner) for value in _given_later(interpreter, owner, name.id))
    return found


def _given_later(interpreter: Interpreter, owner: Scope, name: str) -> list[Expr]:
    """What a variable is given after its declaration: `wait = wait * (1 + Math.random())`."""
    given = interpreter.nodes_of(owner.module, owner.function, Assign)
    return [node.value for node in given if isinstance(node.target, Name) and node.target.id == name][:MOST_DECLARED]


def _done_by(interpreter: Interpreter, known: Value) -> list[tuple[object, Scope]]:
    """What a function of the program does."""
    if not isinstance(known, Closure):
        return []
    function = interpreter.function(known.module, known.index)
    return [(statement, known.scope) for statement in function.body[:8]]
