"""Functions that change the length of a list that they are handed: `fill(list)`, also through others that they call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Call, Index, Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.syntax.ir import Expr, Node

RESIZING: Final = frozenset({"push", "unshift", "splice", "pop", "shift"})
_HANDED: Final = frozenset({"apply", "call"})
_MENTIONS: Final = frozenset({f".{name}" for name in (*RESIZING, "length")})
DEEP: Final = 3
"""How many functions may hand a list on to the one that changes it."""
Places = dict[str, set[int]]
"""Which of their arguments functions of the program change, by their names."""


def changes_parameter(interpreter: Interpreter, module: str, index: int, name: str) -> bool:
    """Whether a function changes the length of a list that it is handed as its parameter `name`."""
    known: dict[tuple[str, int], frozenset[str]] = interpreter.found_once("parameters that are changed", dict)
    if (module, index) not in known:
        known[module, index] = frozenset(_changed(interpreter, module, index))
    return name in known[module, index]


def _changed(interpreter: Interpreter, module: str, index: int) -> Iterator[str]:
    """The names in a function of lists whose lengths it, or a function written in it, changes."""
    function = interpreter.function(module, index)
    if not function.params or _MENTIONS.isdisjoint(function.refs):
        return
    for one in (index, *interpreter.program.modules[module].inside(index)):
        for node in interpreter.nodes(module, one):
            target = resized(node)
            if isinstance(target, Name):
                yield target.id


def resized(node: Node) -> Expr | None:
    """The list whose length a call or an assignment changes."""
    if isinstance(node, Assign):
        target = node.target
        if isinstance(target, Index):
            return target.obj
        return target.obj if isinstance(target, Member) and target.prop == "length" else None
    callee = node.callee if isinstance(node, Call) else None
    if not isinstance(node, Call) or not isinstance(callee, Member):
        return None
    if callee.prop in RESIZING:
        return callee.obj
    # `Array.prototype.push.apply(list, more)`
    of_array = isinstance(callee.obj, Member) and callee.obj.prop in RESIZING
    return node.args[0] if of_array and callee.prop in _HANDED and node.args else None


def changing(interpreter: Interpreter) -> Places:
    """The functions of the program that change lists that they are handed, by name: which of their arguments."""
    return interpreter.found_once("functions that change lists", lambda: _changing(interpreter))


def _changing(interpreter: Interpreter) -> Places:
    found: Places = {}
    for path, module in interpreter.program.modules.items():
        if _MENTIONS.isdisjoint(module.functions[0].refs):
            continue
        for index, function in enumerate(module.functions):
            name = _called_by(interpreter, path, index)
            for number, param in enumerate(function.params if name else ()):
                target = param.target
                if not isinstance(target, Name) or param.rest:
                    continue
                kept = param.property and "." + target.id in module.filled
                if kept or changes_parameter(interpreter, path, index, target.id):
                    found.setdefault(name, set()).add(number)
    for _ in range(DEEP):
        if not _hand_on(interpreter, found):
            break
    return found


def _called_by(interpreter: Interpreter, path: str, index: int) -> str:
    function = interpreter.function(path, index)
    if function.cls >= 0 and function.member == "constructor":
        return interpreter.program.modules[path].classes[function.cls].name
    return function.name


def _hand_on(interpreter: Interpreter, found: Places) -> bool:
    """Add the functions that hand a parameter to one of those that are found; whether there are any."""
    more = False
    for path, module in interpreter.program.modules.items():
        if not any(module.mentions(name) or module.mentions("." + name) for name in found):
            continue
        for index, function in enumerate(module.functions):
            name = _called_by(interpreter, path, index)
            params = {one.target.id: at for at, one in enumerate(function.params) if isinstance(one.target, Name)}
            if not name or not params:
                continue
            for call in interpreter.nodes_of(path, index, Call):
                for arg in handed(call, found):
                    at = params.get(arg.id, -1) if isinstance(arg, Name) else -1
                    if at >= 0 and at not in found.get(name, ()):
                        found.setdefault(name, set()).add(at)
                        more = True
    return more


def handed(call: Call, places_of: Places) -> Iterable[Expr]:
    """The arguments of a call that the function may change which it calls."""
    places = places_of.get(called_name(call.callee), ())
    return [arg for number, arg in enumerate(call.args) if number in places]
