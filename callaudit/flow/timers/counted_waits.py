"""Waits that grow by a counter which outlives the function: `setTimeout(connect, 1000 * 2 ** this.attempts)`.

The counter is a variable of the module, or of a function around, a field, or what a ref holds; each failure steps it,
a success sets it back. The wait is worked out for one failure after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.loops.round_expressions import MIDDLE
from callaudit.flow.machine.scope import Scope
from callaudit.flow.retries.wait_growth import RANDOM
from callaudit.flow.timers.spans import number_of, whole
from callaudit.flow.values.chance import assumed
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Cell, Const, Instance
from callaudit.syntax.ir import Assign, Expr, Let, Lit, Member, Name, Node, Op, Un
from callaudit.syntax.walking import CHILDREN, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

MOST = 10
"""Waits that are worked out where nothing bounds them."""
MOST_NAMES = 4
"""Variables between a timer and what computes its wait."""
STANDS = "this."
"""What the name begins with of a variable that stands for a field."""


class Grown(Struct, frozen=True):
    """Waits in milliseconds, one after the other, whether they are random, and whether a power makes them grow."""

    delays: tuple[float, ...]
    jitter: bool
    power: bool


class _Counter(Struct, frozen=True):
    """A variable or field, where it begins, and what each failure does to it; `first`: before the first wait."""

    name: str
    begins: float
    step: Expr
    first: bool


def grown(interpreter: Interpreter, wait: Value, most: int | None) -> Grown | None:
    """The waits of `most` failures at a timer that is told `wait`; `None` where no such counter goes into them."""
    written = _written(interpreter, wait)
    if written is None:
        return None
    expr, scope = written
    found = next(_counters(interpreter, expr, scope), None)
    if found is None:
        return None
    inside = Scope(scope.module, scope, function=scope.function)
    plain = _plain(expr, found.name)
    step = _plain(found.step, found.name)
    value = found.begins
    delays: list[float] = []
    with assumed(interpreter, MIDDLE):
        for number in range(MOST if most is None else min(most, 4 * MOST)):
            if number or found.first:
                stepped = _number(interpreter, step, inside, found.name, value)
                if stepped is None:
                    return None
                value = stepped
            delay = _number(interpreter, plain, inside, found.name, value)
            if delay is None:
                return None
            delays.append(whole(delay))
            if most is None and delays[-3:-1] == [delays[-1]] * 2:
                break
    nodes = walk((expr, found.step))
    power = any(_is_power(node) for node in nodes)
    return Grown(tuple(delays), any(isinstance(node, Member) and node.prop in RANDOM for node in nodes), power)


def _is_power(node: Node) -> bool:
    if isinstance(node, Op):
        return node.op in ("**", "<<")
    return isinstance(node, Member) and node.prop == "pow"


def _number(interpreter: Interpreter, expr: Expr, scope: Scope, name: str, value: float) -> float | None:
    scope.vars[name] = Const(value)
    scope.mark = ("counted", scope.module, id(expr), value)
    return number_of(interpreter.evaluate(expr, scope))


def _written(interpreter: Interpreter, wait: Value) -> tuple[Expr, Scope] | None:
    """The expression that computes a wait, behind the variables that hold it."""
    if not isinstance(wait, Lazy) or wait.expr is None or wait.scope is None:
        return None
    expr, scope = wait.expr, wait.scope
    for _ in range(MOST_NAMES):
        if not isinstance(expr, Name) or scope.parent is None:
            break
        lets = [
            node
            for node in interpreter.nodes_of(scope.module, scope.function, Let)
            if isinstance(node.target, Name) and node.target.id == expr.id
        ]
        if len(lets) != 1 or lets[0].value is None:
            break
        expr = lets[0].value
    return expr, scope


def _counters(interpreter: Interpreter, expr: Expr, scope: Scope) -> Iterator[_Counter]:
    """What goes into an expression and is stepped by functions of its module."""
    nodes = interpreter.nodes(scope.module, scope.function)
    read = next((number for number, node in enumerate(nodes) if node is expr), len(nodes))
    for node in walk((expr,)):
        name = _name(node)
        begins = _begins(interpreter, node, name, scope) if name else None
        if begins is None:
            continue
        steps = list(_steps(interpreter, name, scope.module))
        if len({_key(step) for step, *_ in steps}) != 1:
            continue
        step, at, index = steps[0]
        own = [
            one for one in walk((expr,)) if isinstance(one, Un) and one.op in ("++", "--") and _name(one.value) == name
        ]
        first = not own[0].postfix if own else index != scope.function or at < read
        yield _Counter(name, begins, step, first)


def _name(node: object) -> str:
    """What names a variable, a field of `this`, or what a ref holds."""
    if isinstance(node, Name):
        return node.id
    return f"{node.obj.id}.{node.prop}" if isinstance(node, Member) and isinstance(node.obj, Name) else ""


def _begins(interpreter: Interpreter, node: object, name: str, scope: Scope) -> float | None:
    """The number that a counter begins with, where it outlives the function."""
    if isinstance(node, Member) and not name.startswith(STANDS):
        held = forced(interpreter.evaluate(node.obj, scope))
        return number_of(held.first) if isinstance(held, Cell) and node.prop in held.fields else None
    if isinstance(node, Member):
        this = scope.receiver()
        for cls in interpreter.classes.lineage(this.cls) if isinstance(this, Instance) else ():
            for field in interpreter.class_facts(cls).fields:
                if field.name == node.prop and field.value is not None:
                    return number_of(interpreter.evaluate(field.value, cls.scope))
        return None
    index = interpreter.function(scope.module, scope.function).parent
    while index >= 0:
        for let in interpreter.nodes_of(scope.module, index, Let):
            if isinstance(let.target, Name) and let.target.id == name and let.value is not None:
                return number_of(interpreter.evaluate(let.value, scope))
        index = interpreter.function(scope.module, index).parent
    return None


def _steps(interpreter: Interpreter, name: str, module: str) -> Iterator[tuple[Expr, int, int]]:
    """What changes a counter by what it was: the new value, and where in which function."""
    owner, _, prop = name.partition(".")
    target: Expr = Member(Name(owner), prop) if prop else Name(name)
    ref = "." + prop if name.startswith(STANDS) else owner
    for index, function in enumerate(interpreter.program.modules[module].functions):
        if ref not in function.refs:
            continue
        for at, node in enumerate(interpreter.nodes(module, index)):
            if isinstance(node, Un) and node.op in ("++", "--") and _name(node.value) == name:
                yield Op("+" if node.op == "++" else "-", (target, Lit(1))), at, index
            elif isinstance(node, Assign) and _name(node.target) == name:
                if node.op == "=" and any(_name(one) == name for one in walk((node.value,))):
                    yield node.value, at, index
                elif node.op in ("+=", "-=", "*=", "/="):
                    yield Op(node.op[0], (target, node.value)), at, index


def _key(step: Expr) -> str:
    return repr(step)


def _plain(expr: Any, name: str) -> Any:
    """An expression in which a variable stands for the counter, without a step of its own."""
    if isinstance(expr, tuple):
        return tuple(_plain(item, name) for item in expr)
    if isinstance(expr, Un) and expr.op in ("++", "--") and _name(expr.value) == name:
        return Name(name)
    if _name(expr) == name:
        return Name(name)
    fields = CHILDREN.get(type(expr))
    if not fields:
        return expr
    changed = {field: _plain(getattr(expr, field), name) for field in fields}
    return replace(expr, **changed) if any(changed[field] is not getattr(expr, field) for field in fields) else expr
