"""Lists that the statements after their declaration put together: `parts.push('v1', id)`, `parts.unshift(base)`.

They are followed in order, one list for each way through the tests among them. Of a list with which the code does more
than that nothing is said here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from callaudit.flow.values.choices import decided
from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy, forced
from callaudit.flow.values.values import Heap, Seq
from callaudit.syntax.blocks import following
from callaudit.syntax.ir import Assign, Call, Do, Func, If, Index, Let, Lit, Member, Name, Op, Spread, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Expr, Stmt

Items = tuple["Value", ...]

MOST_WAYS = 8
MOST_NESTED = 3
CHANGING = frozenset({"push", "unshift", "splice", "pop", "shift", "reverse", "sort"})
IN_PLACE = frozenset({".reverse", ".sort", ".pop", ".shift"})
"""Mentions of methods that change a list and put nothing into it."""
READING = frozenset(
    {"join", "length", "map", "filter", "includes", "forEach", "slice", "concat", "some", "every", "at", "flatMap"}
) | {"find", "indexOf", "reduce", "toString", "entries", "values", "flat"}


class Step(Struct, frozen=True, eq=False):
    """One change, `method(args)`, or a test with the changes on its two ways.

    A test is `settled` where nothing that it asks for is changed behind the declaration of the list.
    """

    method: str
    args: tuple[Expr, ...] = ()
    test: Expr | None = None
    then: tuple[Step, ...] = ()
    other: tuple[Step, ...] = ()
    settled: bool = False


class NotFollowedError(Exception):
    """The code does something with the list that is not understood here."""


def is_built(interpreter: Interpreter, let: Let, scope: Scope) -> bool:
    """Whether the function of `scope` changes the list that `let` declares, in ways that are all understood."""
    if not isinstance(let.target, Name):
        return False
    refs = interpreter.function(scope.module, scope.function).refs
    if IN_PLACE.isdisjoint(refs) and let.target.id not in interpreter.program.modules[scope.module].filled:
        return False
    return bool(_steps_of(interpreter, scope, let))


def as_built(interpreter: Interpreter, let: Let, scope: Scope, made: Value, otherwise: Value) -> Value:
    """The list that `let` declares as `made`, when its function has put it together, or else `otherwise`."""

    def compute() -> Value:
        steps, first = _steps_of(interpreter, scope, let), forced(made)
        if not isinstance(first, Seq) or first.open or first.chosen:
            return forced(otherwise)
        try:
            ways = _taken(interpreter, scope, steps, [first.items])
        except NotFollowedError:
            return forced(otherwise)
        return join(_list(items, steps) for items in ways)

    return Lazy(compute)


def _list(items: Items, steps: Sequence[Step]) -> Seq:
    return Heap(items) if len(items) > 1 and any(step.method == "sort" for step in steps) else Seq(items)


def _steps_of(interpreter: Interpreter, scope: Scope, let: Let) -> tuple[Step, ...]:
    """The changes of a list in order; none where not all that is done with it is understood."""
    place = ("built", scope.module, scope.function, id(let))
    return interpreter.found_once(place, lambda: _found_steps(interpreter, scope, let))


def _found_steps(interpreter: Interpreter, scope: Scope, let: Let) -> tuple[Step, ...]:
    name = let.target.id if isinstance(let.target, Name) else ""
    module = interpreter.program.modules[scope.module]
    if not scope.function and any(name in (one.name, one.local) for one in module.facts.exports):
        return ()
    body = interpreter.function(scope.module, scope.function).body
    after = following(body, let)
    inner = (one for number, one in enumerate(module.functions) if number != scope.function and name in one.refs)
    if any(not scope.function or one.parent == scope.function for one in inner):
        return ()  # a function inside may change it, or ask for it while it is put together
    try:
        steps, _ = _steps(after, name, MOST_NESTED)
    except NotFollowedError:
        return ()
    return _settled(steps, _changed_names(after))


def _changed_names(statements: Sequence[Stmt]) -> set[str]:
    """The names of what statements assign, count or delete, itself or a part of it."""
    found: set[str] = set()
    for node in walk(tuple(statements)):
        if isinstance(node, Assign) or (isinstance(node, Un) and node.op in ("++", "--", "delete")):
            target = node.target if isinstance(node, Assign) else node.value
            while isinstance(target, (Member, Index)):
                target = target.obj
            found.add(getattr(target, "id", ""))
    return found


def _settled(steps: Sequence[Step], changed: set[str]) -> tuple[Step, ...]:
    """`steps`, whose tests know whether what they ask for stays as it is."""
    return tuple(
        replace(
            step,
            then=_settled(step.then, changed),
            other=_settled(step.other, changed),
            settled=not any(isinstance(node, Name) and node.id in changed for node in walk((step.test,))),
        )
        if step.test is not None
        else step
        for step in steps
    )


def _steps(statements: Sequence[Stmt], name: str, depth: int) -> tuple[tuple[Step, ...], bool]:
    """The changes in `statements`, and whether the list was asked for behind the last of them."""
    found: list[Step] = []
    asked = False
    for statement in statements:
        if not any(isinstance(node, Name) and node.id == name for node in walk((statement,))):
            continue
        step = _step(statement, name, depth)
        if step is None:
            if not _only_reads(statement, name):
                raise NotFollowedError
            asked = True
        elif asked:
            raise NotFollowedError
        else:
            found.append(step)
    return tuple(found), asked


def _step(statement: Stmt, name: str, depth: int) -> Step | None:
    value = statement.value if isinstance(statement, Do) else None
    if isinstance(value, Op) and value.op == "&&" and len(value.items) == 2:
        change = _change(value.items[1], name)
        return Step("", test=value.items[0], then=(change,)) if change is not None else None
    if isinstance(value, Call):
        return _change(value, name)
    if isinstance(statement, If) and depth and not _only_reads(statement, name):
        then, asked = _steps(statement.then, name, depth - 1)
        other, also = _steps(statement.other, name, depth - 1)
        if asked or also or _names(statement.test, name):
            raise NotFollowedError
        return Step("", test=statement.test, then=then, other=other)
    return None


def _change(call: Expr, name: str) -> Step | None:
    callee = call.callee if isinstance(call, Call) else None
    if not isinstance(call, Call) or not isinstance(callee, Member) or callee.prop not in CHANGING:
        return None
    if not isinstance(callee.obj, Name) or callee.obj.id != name or any(_names(arg, name) for arg in call.args):
        return None
    return Step(callee.prop, call.args)


def _names(expr: Expr, name: str) -> bool:
    return any(isinstance(node, Name) and node.id == name for node in walk((expr,)))


def _only_reads(statement: Stmt, name: str) -> bool:
    """Whether a statement asks for the list, or hands it on whole, and does nothing else with it."""
    for node in walk((statement,)):
        if isinstance(node, Call) and isinstance(node.callee, Member) and _is(node.callee.obj, name):
            if node.callee.prop not in READING:
                return False
        elif (
            (isinstance(node, Call) and any(_is(arg, name) for arg in node.args))
            or (isinstance(node, (Assign, Un)) and _is_of(node, name))
            or (isinstance(node, Let) and node.value is not None and _is(node.value, name))
        ):
            return False
    return True


def _is(expr: Expr, name: str) -> bool:
    return isinstance(expr, Name) and expr.id == name


def _is_of(node: Assign | Un, name: str) -> bool:
    """Whether an assignment or a step is one of the list, or of an item."""
    target = node.target if isinstance(node, Assign) else node.value if node.op in ("++", "--", "delete") else None
    while isinstance(target, (Member, Index)):
        target = target.obj
    return (target is not None and _is(target, name)) or (isinstance(node, Assign) and _is(node.value, name))


def _taken(interpreter: Interpreter, scope: Scope, steps: Sequence[Step], ways: list[Items]) -> list[Items]:
    for step in steps:
        if step.test is None:
            ways = [_changed(interpreter, scope, step, items) for items in ways]
            continue
        known = step.settled or isinstance(step.test, (Lit, Name))
        holds = decided(interpreter, step.test, scope) if known else None
        then = _taken(interpreter, scope, step.then, ways) if holds is not False else []
        other = _taken(interpreter, scope, step.other, ways) if holds is not True else []
        ways = [*then, *other]
        if len(ways) > MOST_WAYS:
            raise NotFollowedError
    return ways


def _changed(interpreter: Interpreter, scope: Scope, step: Step, items: Items) -> Items:
    numbers = [arg.value for arg in step.args[:2] if isinstance(arg, Lit) and type(arg.value) is int]
    given = step.args[2:] if step.method == "splice" else step.args
    if any(isinstance(arg, (Spread, Func)) for arg in given):
        raise NotFollowedError
    new = tuple(interpreter.lazy(arg, scope) for arg in given)
    if step.method == "push":
        return (*items, *new)
    if step.method == "unshift":
        return (*new, *items)
    if step.method == "sort":
        return items
    if step.method == "reverse":
        return items[::-1]
    if step.method == "splice":
        if len(numbers) != min(len(step.args), 2) or not numbers or min(numbers) < 0:
            raise NotFollowedError
        end = numbers[0] + numbers[1] if len(numbers) > 1 else len(items)
        return (*items[: numbers[0]], *new, *items[end:])
    return items[1:] if step.method == "shift" else items[:-1]
