"""How often a function may start itself again: a counter that it compares with a bound."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.reading.silence import is_silent
from callaudit.flow.timers.spans import number_of
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Cell, Instance
from callaudit.syntax.ir import Assign, Call, Func, If, Let, Lit, Member, Name, Op, PatDefault, Un
from callaudit.syntax.operators import EQUAL, FLIPPED, UNEQUAL
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Closure
    from callaudit.syntax.ir import Expr, Node

MOST = 10_000
SAME = EQUAL | UNEQUAL
"""Comparisons with the last number of a counter."""


def retries_left(interpreter: Interpreter, closure: Closure, scope: Scope) -> tuple[int | None, str]:
    """How often the function can be started again; `None` and why, where nothing bounds it or that is not known."""
    nodes = list(nodes_inside(interpreter, closure))
    unknown = ""
    params = [getattr(one.target, "id", "") for one in interpreter.function(closure.module, closure.index).params]
    deciding_nothing = _asked_in_vain(interpreter, nodes)
    for position, node in enumerate(nodes):
        tests = _tests(node) if id(node) not in deciding_nothing else ()
        for test in tests:
            for left, op, right in _comparisons(test):
                found = counted(interpreter, nodes, position, (left, op, right), scope)
                if isinstance(found, int):
                    return found, ""
                unknown = unknown or found or _counted_elsewhere(nodes, params, left)
    return None, unknown or "nothing bounds it"


def _counted_elsewhere(nodes: list[Node], params: list[str], tested: Expr) -> str:
    """Why it is not known how often a test of a parameter holds to which another counter is handed: `load(++n)`."""
    if not isinstance(tested, Name) or tested.id not in params:
        return ""
    at = params.index(tested.id)
    for node in nodes:
        arg = node.args[at] if isinstance(node, Call) and len(node.args) > at else None
        if isinstance(arg, Un) and arg.op in ("++", "--") and counter_of(arg) != tested.id:
            return f"its bound is not known: {tested.id} is what {words(arg)} gives"
    return ""


def nodes_inside(interpreter: Interpreter, closure: Closure) -> Iterator[Node]:
    """Everything that is written in a function, in order, functions inside it included."""
    waiting = [closure.index]
    seen: set[int] = set()
    while waiting and len(seen) < 60:
        index = waiting.pop(0)
        if index in seen:
            continue
        seen.add(index)
        for node in interpreter.nodes(closure.module, index):
            yield node
            if isinstance(node, Func):
                waiting.append(node.index)


def _asked_in_vain(interpreter: Interpreter, nodes: list[Node]) -> set[int]:
    """Tests whatever comes of which nothing is called, set or left: `if (attempts === 3) console.warn("again")`."""
    silent = (
        node
        for node in nodes
        if isinstance(node, If) and all(is_silent(interpreter, one) for one in (*node.then, *node.other))
    )
    return {id(part) for node in silent for part in (node, *walk((node.test,)))}


def _tests(node: Node) -> list[Expr]:
    if isinstance(node, If):
        return [node.test]
    if isinstance(node, Op) and node.op in ("&&", "||"):
        return list(node.items)
    return [node.test] if hasattr(node, "test") and hasattr(node, "other") else []  # a conditional expression


def _comparisons(test: Expr) -> Iterator[tuple[Expr, str, Expr]]:
    for part in walk((test,)):
        if isinstance(part, Op) and len(part.items) == 2 and (part.op in FLIPPED or part.op in SAME):
            yield part.items[0], part.op, part.items[1]
            yield part.items[1], FLIPPED.get(part.op, part.op), part.items[0]
    for part in _asked(test):
        yield part, "!==", Lit(0)  # `if (left)`: until it is none


def _asked(test: Expr) -> Iterator[Expr]:
    """What a test asks for by itself: `!left`, `left && other`."""
    if isinstance(test, Un) and test.op == "!":
        yield from _asked(test.value)
    elif isinstance(test, Op) and test.op in ("&&", "||"):
        for item in test.items:
            yield from _asked(item)
    elif isinstance(test, (Name, Member, Un)):
        yield test


def counted(
    interpreter: Interpreter, nodes: list[Node], position: int, test: tuple[Expr, str, Expr], scope: Scope
) -> int | str:
    """The number of further starts that a comparison allows; else why that is not known, or nothing."""
    left, op, right = test
    name = counter_of(left)
    if not name:
        return ""
    step, by = step_of(nodes, name)
    if not step:
        return ""
    first = _start(interpreter, left, name, scope)
    bound = number_of(interpreter.evaluate(right, scope))
    if first is None or bound is None:
        return f"its bound is not known: {words(right)}" if bound is None else f"where {name} begins is not known"
    size = 1.0 if by is None else number_of(interpreter.evaluate(by, scope))
    if size is None or size <= 0:
        return f"by how much {name} goes on is not known"
    distance = (bound - first) * step
    if op in SAME and distance % size:
        return ""  # it passes the number by
    # `count < most` lets a start through, `count >= most` keeps it back: both allow the same
    reached = op in (("<=", ">") if step > 0 else (">=", "<"))
    allowed = distance // size + 1 if reached else ceil(distance / size)
    if (isinstance(left, Un) and not left.postfix) or _stepped_before(nodes, position, name):
        allowed -= 1
    return int(allowed) if 0 <= allowed <= MOST else ""


def counter_of(expr: Expr) -> str:
    """What names a counter: a variable, a ref's `current`, a field."""
    if isinstance(expr, Un) and expr.op in ("++", "--"):
        expr = expr.value
    if isinstance(expr, Name):
        return expr.id
    if isinstance(expr, Member) and isinstance(expr.obj, Name):
        return f"{expr.obj.id}.{expr.prop}"
    return ""


def step_of(nodes: list[Node], name: str) -> tuple[int, Expr | None]:
    """+1 or -1 where the counter goes up or down, in place or in the arguments of the next call; else 0.

    With that comes by how much, which is one where nothing says so.
    """
    for node in nodes:
        if isinstance(node, Un) and node.op in ("++", "--") and counter_of(node.value) == name:
            return (1 if node.op == "++" else -1), None
        if isinstance(node, Assign) and counter_of(node.target) == name and node.op in ("+=", "-="):
            return (1 if node.op == "+=" else -1), node.value
        sum_ = node.value if isinstance(node, Assign) and counter_of(node.target) == name else None
        if isinstance(sum_, Op) and sum_.op in ("+", "-") and counter_of(sum_.items[0]) == name:
            return (1 if sum_.op == "+" else -1), sum_.items[-1]
        if isinstance(node, Call):
            for arg in walk(node.args):
                if (
                    isinstance(arg, Op)
                    and arg.op in ("+", "-")
                    and len(arg.items) == 2
                    and counter_of(arg.items[0]) == name
                ):
                    return (1 if arg.op == "+" else -1), arg.items[1]
    return 0, None


def _stepped_before(nodes: list[Node], position: int, name: str) -> bool:
    return any(
        (isinstance(node, Un) and node.op in ("++", "--") and counter_of(node.value) == name)
        or (isinstance(node, Assign) and counter_of(node.target) == name and node.op != "=")
        for node in nodes[:position]
    )


def _start(interpreter: Interpreter, expr: Expr, name: str, scope: Scope) -> float | None:
    """Where a counter begins."""
    if isinstance(expr, Un):
        expr = expr.value
    if isinstance(expr, Member):
        owner = forced(interpreter.evaluate(expr.obj, scope))
        if isinstance(owner, Cell) and expr.prop in owner.fields:
            return number_of(owner.first)
        if isinstance(owner, Instance):
            return _field(interpreter, owner, expr.prop)
        return None
    found = scope.find(name)
    known = number_of(found.vars[name]) if found is not None else None
    return known if known is not None else _declared(interpreter, name, scope)


def _field(interpreter: Interpreter, owner: Instance, name: str) -> float | None:
    for cls in interpreter.classes.lineage(owner.cls):
        for field in interpreter.class_facts(cls).fields:
            if field.name == name and field.value is not None:
                return number_of(interpreter.evaluate(field.value, cls.scope))
    return None


def _declared(interpreter: Interpreter, name: str, scope: Scope) -> float | None:
    """What a variable that changes is declared as, in the functions around or at the top of the module."""
    index = scope.function
    for _ in range(20):
        function = interpreter.function(scope.module, index)
        for node in interpreter.nodes_of(scope.module, index, Let):
            if isinstance(node.target, Name) and node.target.id == name and node.value:
                return number_of(interpreter.evaluate(node.value, scope))
        for param in function.params:
            target = param.target.target if isinstance(param.target, PatDefault) else param.target
            if isinstance(target, Name) and target.id == name and param.default is not None:
                return number_of(interpreter.evaluate(param.default, scope))
        if function.parent < 0:
            return None
        index = function.parent
    return None
