"""What functions set that are not run, as they come to no network: `list.forEach((one) => { found = one; })`.

The variable may be what it was, or something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.join import join
from callaudit.flow.values.lazy import Lazy
from callaudit.flow.values.values import Unknown
from callaudit.syntax.chains import first_of
from callaudit.syntax.ir import Assign, Call, Func, Let, Name, Un
from callaudit.syntax.patterns import bound_names

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Node

DEPTH = 3
"""Callbacks inside callbacks."""


def note_what_sets(interpreter: Interpreter, module: str, index: int, around: Scope) -> None:
    """Let the variables around function number `index`, written in `around`, be what it may set them to."""
    if around.parent is None:
        return  # variables of a module are what is ever assigned to them
    for name in interpreter.found_once(("sets", module, index), lambda: _set(interpreter, module, index, DEPTH)):
        owner = around.find(name)
        if owner is not None and owner.parent is not None:
            owner.vars[name] = _or_another(name, owner.vars[name])


def changes_others(nodes: Sequence[Node], made: Collection[str] = ()) -> bool:
    """Whether code sets what it does not declare: a variable around it, or a part of an object that it was given.

    `made` are names of what is its own from the beginning, as `this` is in a constructor.
    """
    changed: set[str] = set()
    own = set(made)
    for node in nodes:
        kind = type(node)
        if kind is Assign:
            changed.add(first_of(node.target))  # type: ignore[attr-defined]
        elif kind is Un and node.op in _CHANGING:  # type: ignore[attr-defined]
            changed.add(first_of(node.value))  # type: ignore[attr-defined]
        elif kind is Let:
            own.update(bound_names(node.target))  # type: ignore[attr-defined]
    return not changed <= own


_CHANGING = frozenset({"++", "--", "delete"})


def _or_another(name: str, before: Value) -> Value:
    return Lazy(lambda: join([before, Unknown(name, "a function sets it")]))


def _set(interpreter: Interpreter, module: str, index: int, depth: int) -> frozenset[str]:
    """The names around function number `index` that it assigns, in callbacks that are written in it too."""
    here = interpreter.program.modules[module]
    function = here.functions[index]
    if here.assigned.isdisjoint(function.refs):
        return frozenset()
    found: set[str] = set()
    own = {name for param in function.params for name in bound_names(param.target)}
    for node in interpreter.nodes(module, index):
        if isinstance(node, Let):
            own.update(bound_names(node.target))
        elif isinstance(node, Assign):
            found.update(bound_names(node.target))
        elif isinstance(node, Un) and node.op in ("++", "--") and isinstance(node.value, Name):
            found.add(node.value.id)
        elif isinstance(node, Call) and depth:
            for arg in node.args:
                if isinstance(arg, Func):
                    found |= _set(interpreter, module, arg.index, depth - 1)
    return frozenset(found - own)
