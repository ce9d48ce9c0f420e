"""What counts on from run to run: `page += 1`, `this.height++`, `state.n = state.n + 1`, `load(page + 1)`.

The number that it begins with is one of many: in a URL it is a parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Call, Lit, Member, Name, Op, Un

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.link.module import Module
    from callaudit.syntax.ir import Expr, Node

STEPS = frozenset({"++", "--"})


def stepped(node: Node) -> Expr | None:
    """What `node` makes greater or smaller by a number; `None` where it is no such step."""
    if isinstance(node, Un):
        return node.value if node.op in STEPS else None
    if not isinstance(node, Assign):
        return None
    if node.op in ("+=", "-="):
        return node.target if _is_number(node.value) else None
    value = node.value
    if node.op != "=" or not isinstance(value, Op) or value.op not in ("+", "-") or len(value.items) != 2:
        return None
    shown = words(node.target)
    pairs = (value.items, value.items[::-1] if value.op == "+" else ())
    return node.target if any(pair and words(pair[0]) == shown and _is_number(pair[1]) for pair in pairs) else None


def _is_number(expr: Expr) -> bool:
    return isinstance(expr, Lit) and isinstance(expr.value, (int, float)) and not isinstance(expr.value, bool)


def steps_of_others(interpreter: Interpreter, module: Module) -> dict[str, list[tuple[int, Expr]]]:
    """The properties of objects that functions of `module` count on: each function with the object."""

    def found() -> dict[str, list[tuple[int, Expr]]]:
        places: dict[str, list[tuple[int, Expr]]] = {}
        for index in range(len(module.functions)):
            for target in _targets(interpreter, module.path, index):
                if isinstance(target, Member) and not (isinstance(target.obj, Name) and target.obj.id == "this"):
                    places.setdefault(target.prop, []).append((index, target.obj))
        return places

    return interpreter.found_once(("counted on", module.path), found)


def _targets(interpreter: Interpreter, path: str, index: int) -> list[Expr]:
    """What a function counts on."""
    steps = (*interpreter.nodes_of(path, index, Un), *interpreter.nodes_of(path, index, Assign))
    return [target for node in steps if (target := stepped(node)) is not None]


def counted_inside(interpreter: Interpreter, module: Module) -> frozenset[str]:
    """The variables of a function that functions inside it count on."""

    def found() -> frozenset[str]:
        names: set[str] = set()
        for index, function in enumerate(module.functions):
            if not function.parent or module.assigned.isdisjoint(function.refs):
                continue
            targets = _targets(interpreter, module.path, index)
            own = interpreter.stores.bindings.names(module.path, index).lines if targets else {}
            names.update(one.id for one in targets if isinstance(one, Name) and one.id not in own)
        return frozenset(names)

    return interpreter.found_once(("counted inside", module.path), found)


def one_of_many(value: Value, name: str) -> Value:
    """A number that a variable begins with, as one of many."""
    known = forced(value)
    if isinstance(known, Const) and isinstance(known.value, (int, float)) and not isinstance(known.value, bool):
        return Const(known.value, name)
    return value


def count_parameters(interpreter: Interpreter, place: tuple[str, int], scope: Scope) -> None:
    """Let the numbers of parameters be one of many that a function counts on when it calls itself."""
    for name in counted_on(interpreter, place):
        if name in scope.vars:
            scope.vars[name] = one_of_many(scope.vars[name], name)


def counted_on(interpreter: Interpreter, place: tuple[str, int]) -> tuple[str, ...]:
    """The parameters of a function that are greater with each level of itself."""
    return interpreter.found_once(("counts on", *place), lambda: _counted_on(interpreter, place))


def _counted_on(interpreter: Interpreter, place: tuple[str, int]) -> tuple[str, ...]:
    function = interpreter.function(*place)
    itself = function.name
    if not itself or (itself not in function.refs and "." + itself not in function.refs):
        return ()
    names = [param.target.id if isinstance(param.target, Name) else "" for param in function.params]
    found: set[str] = set()
    for node in interpreter.nodes_of(*place, Call):
        if called_name(node.callee) == itself:
            for name, arg in zip(names, node.args, strict=False):
                items = arg.items if isinstance(arg, Op) and arg.op == "+" and len(arg.items) == 2 else ()
                if name and any(map(_is_number, items)) and any(words(one) == name for one in items):
                    found.add(name)
    return tuple(sorted(found))
