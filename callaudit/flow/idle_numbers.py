"""Parameters that decide nothing: a function hands them on to itself, `load(path, tries - 1)`, and does no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.chains import called_name
from callaudit.flow.nesting import written_in
from callaudit.syntax.ir import Call, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.interpreter import Interpreter
    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Node


def idle(interpreter: Interpreter, module: str, index: int) -> frozenset[int]:
    """The positions of such parameters: whatever is given there, each level of a recursion does the same."""
    functions = interpreter.program.modules[module].functions
    return interpreter.found_once(
        ("idle", module, index), lambda: idle_parameters(functions, index, interpreter.nodes(module, index))
    )


def idle_parameters(functions: Sequence[Function], index: int, nodes: Sequence[Node]) -> frozenset[int]:
    """Those of function number `index` of a module, whose code holds `nodes`."""
    function = functions[index]
    names = {param.target.id: at for at, param in enumerate(function.params) if isinstance(param.target, Name)}
    names = {name: at for name, at in names.items() if name in function.refs}
    if not names or not function.name:
        return frozenset()
    mentioned = dict.fromkeys(names, 0)
    handed_on = dict.fromkeys(names, 0)
    for node in nodes:
        if isinstance(node, Name) and node.id in names:
            mentioned[node.id] += 1
        elif isinstance(node, Call) and called_name(node.callee) == function.name:
            for inner in walk(node.args):
                if isinstance(inner, Name) and inner.id in names:
                    handed_on[inner.id] += 1
    elsewhere = _names_inside(functions, index)
    return frozenset(at for name, at in names.items() if handed_on[name] == mentioned[name] and name not in elsewhere)


def _names_inside(functions: Sequence[Function], index: int) -> set[str]:
    """What the functions inside a function mention, and the defaults of its parameters."""
    defaults = tuple(param.default for param in functions[index].params if param.default is not None)
    found = {node.id for node in walk(defaults) if isinstance(node, Name)}
    return found.union(*(functions[number].refs for number in written_in(functions, index)))
