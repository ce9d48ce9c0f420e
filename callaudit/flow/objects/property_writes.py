"""Where the code of a module sets properties of an object by the object's name, and where it deletes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from callaudit.flow.reading.counting import STEPS
from callaudit.syntax.ir import Assign, Call, Do, Expr, Index, Lit, Member, Name, Obj, Prop, Un

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Node

DEPTH = 6
ONE = Lit(1)
Keys = tuple["str | Expr", ...]


def place_of(target: Expr) -> tuple[Name, Keys] | None:
    """The variable and the path of properties that `target` names; `None` where it begins with something else."""
    path: list[str | Expr] = []
    while isinstance(target, (Member, Index)) and len(path) < DEPTH:
        path.append(target.prop if isinstance(target, Member) else target.key)
        target = target.obj
    return (target, tuple(reversed(path))) if isinstance(target, Name) and path else None


class Write(Struct, frozen=True, eq=False):
    """An assignment to a property in function number `function`, or a `delete`; `surely` where loading does it."""

    function: int
    path: Keys
    node: Assign | Un
    surely: bool


def property_writes(
    interpreter: Interpreter, scope: Scope, name: str
) -> Iterator[tuple[Keys, tuple[Scope, Assign | Un], bool]]:
    """Each assignment to a property of the module's `name` and each `delete`; whether loading it surely does that."""
    from callaudit.flow.machine.static import static_scope

    place = ("property writes", scope.module, name)
    for write in interpreter.found_once(place, lambda: tuple(_writes(interpreter, scope.module, name))):
        inside = static_scope(interpreter, scope.module, write.function)
        if inside.find(name) in (scope, None):
            yield write.path, (inside, write.node), write.surely


def _writes(interpreter: Interpreter, module: str, name: str) -> Iterator[Write]:
    """Those of any variable called `name`, whichever it is."""
    for index, function in enumerate(interpreter.program.modules[module].functions):
        if name not in function.refs:
            continue
        surely = {id(one.value) for one in function.body if isinstance(one, Do)} if index == 0 else set()
        for node in interpreter.nodes(module, index):
            if isinstance(node, Call):
                yield from (Write(index, (key,), one, index == 0) for key, one in _merged(node, name))
                continue
            write = Assign(node.value, "+=", ONE, 0) if isinstance(node, Un) and node.op in STEPS else node
            place = _written_place(write)
            if place is None or not isinstance(write, (Assign, Un)) or place[0].id != name:
                continue
            if isinstance(write, Un) or all(isinstance(one, str) for one in place[1]):
                yield Write(index, place[1], write, id(node) in surely)


def _written_place(node: Node) -> tuple[Name, Keys] | None:
    """What an assignment sets, or a `delete` takes away."""
    if isinstance(node, Un):
        return place_of(node.value) if node.op == "delete" else None
    return place_of(node.target) if isinstance(node, Assign) else None


def _merged(call: Call, name: str) -> Iterator[tuple[str, Assign]]:
    """What `Object.assign(name, { key: value })` assigns, one property at a time."""
    callee = call.callee
    if not isinstance(callee, Member) or callee.prop != "assign" or len(call.args) < 2:
        return
    target = call.args[0]
    if not isinstance(target, Name) or target.id != name or not isinstance(callee.obj, Name):
        return
    for arg in call.args[1:]:
        for prop in arg.props if isinstance(arg, Obj) else ():
            if isinstance(prop, Prop) and isinstance(prop.key, str):
                yield prop.key, Assign(Member(target, prop.key), "=", prop.value, prop.line or call.line)
