"""Waits that a function always sets before its timer is told them: `wait = ok ? 1000 : 5000; setTimeout(poll, wait)`.

What such a variable was declared with is never waited for. All that is set to it may be: other functions run between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy
from callaudit.flow.values.values import Instance
from callaudit.syntax.blocks import blocks_of
from callaudit.syntax.ir import Assign, Block, Do, If, Jump, Member, Name, Ret, Throw, Try, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call, Expr, Stmt

_PLACE = tuple[str, str]
"""`("", name)` of a variable, `("this", name)` of a field."""


def set_before(interpreter: Interpreter, told: Value, call: Call) -> Value:
    """What `call` is told, without what a variable begins with that was surely set before."""
    if not isinstance(told, Lazy) or told.expr is None or told.scope is None:
        return told
    place, scope = _place(told.expr), told.scope
    if place is None or not _outlives(interpreter, place, scope):
        return told
    if not _is_set(interpreter.function(scope.module, scope.function).body, place, call):
        return told
    found: list[Value] = []
    for value, inside in _written(interpreter, place, scope):
        if value is None or any(_place(node) == place for node in walk((value,))):
            return told  # it is made of what it was
        found.append(interpreter.lazy(value, inside))
    return found[0] if len(found) == 1 else join(found) if found else told


def _place(expr: object) -> _PLACE | None:
    if isinstance(expr, Name):
        return ("", expr.id)
    own = isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id == "this"
    return ("this", expr.prop) if own and isinstance(expr, Member) else None


def _outlives(interpreter: Interpreter, place: _PLACE, scope: Scope) -> bool:
    """Whether what is named is a variable of the module, or a field of an object of a class."""
    if place[0]:
        return isinstance(scope.receiver(), Instance)
    owner = scope.find(place[1])
    return owner is not None and owner.parent is None and place[1] in interpreter.program.modules[scope.module].assigned


def _is_set(body: Sequence[Stmt], place: _PLACE, call: Call) -> bool:
    """Whether every way to `call` sets the variable first."""
    known = False
    for statement in body:
        if any(node is call for node in walk((statement,))):
            return known or any(_is_set(part, place, call) for part in blocks_of(statement))
        known = known or _sets(statement, place)
    return False


def _sets(statement: Stmt, place: _PLACE) -> bool:
    """Whether a statement sets the variable whichever way is taken through it that goes on."""
    if isinstance(statement, Do):
        return isinstance(statement.value, Assign) and _place(statement.value.target) == place
    if isinstance(statement, If):
        return bool(statement.other) and all(_goes_on(way, place) for way in (statement.then, statement.other))
    if isinstance(statement, Block):
        return _any(statement.body, place)
    if isinstance(statement, Try):
        handled = statement.handler is None or _goes_on(statement.handler, place)
        return _any(statement.final, place) or (_any(statement.body, place) and handled)
    return False


def _goes_on(way: Sequence[Stmt], place: _PLACE) -> bool:
    return _any(way, place) or (bool(way) and isinstance(way[-1], (Ret, Throw, Jump)))


def _any(body: Sequence[Stmt], place: _PLACE) -> bool:
    return any(_sets(statement, place) for statement in body)


def _written(interpreter: Interpreter, place: _PLACE, scope: Scope) -> Iterator[tuple[Expr | None, Scope]]:
    """All that functions of the module set the variable to; nothing where one is stepped."""
    this = scope.receiver() if place[0] else None
    owner = scope.find(place[1]) if not place[0] else None
    mention = "." + place[1] if place[0] else place[1]
    for index, function in enumerate(interpreter.program.modules[scope.module].functions):
        if mention not in function.refs:
            continue
        inside = scope if index == scope.function else static_scope(interpreter, scope.module, index, this)
        if owner is not None and inside.find(place[1]) is not owner:
            continue
        for node in interpreter.nodes(scope.module, index):
            if isinstance(node, Assign) and _place(node.target) == place:
                yield (node.value if node.op == "=" else None), inside
            elif isinstance(node, Un) and node.op in ("++", "--") and _place(node.value) == place:
                yield None, inside
