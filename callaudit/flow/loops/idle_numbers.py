"""Parameters that decide nothing: a function hands them on to itself, `load(path, tries - 1)`, and does no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Name
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.link.module import Module


def idle(interpreter: Interpreter, module: str, index: int) -> frozenset[int]:
    """The positions of such parameters: whatever is given there, each level of a recursion does the same."""
    here = interpreter.program.modules[module]
    return interpreter.found_once(("idle", module, index), lambda: idle_parameters(here, index))


def idle_parameters(module: Module, index: int) -> frozenset[int]:
    """Those of function number `index` of a module."""
    function = module.functions[index]
    names = {param.target.id: at for at, param in enumerate(function.params) if isinstance(param.target, Name)}
    names = {name: at for name, at in names.items() if name in function.refs}
    if not names or not function.name:
        return frozenset()
    mentioned = dict.fromkeys(names, 0)
    handed_on = dict.fromkeys(names, 0)
    for node in module.nodes(index):
        if isinstance(node, Name) and node.id in names:
            mentioned[node.id] += 1
        elif isinstance(node, Call) and called_name(node.callee) == function.name:
            for inner in walk(node.args):
                if isinstance(inner, Name) and inner.id in names:
                    handed_on[inner.id] += 1
    elsewhere = _names_inside(module, index)
    return frozenset(at for name, at in names.items() if handed_on[name] == mentioned[name] and name not in elsewhere)


def _names_inside(module: Module, index: int) -> set[str]:
    """What the functions inside a function mention, and the defaults of its parameters."""
    defaults = tuple(param.default for param in module.functions[index].params if param.default is not None)
    found = {node.id for node in walk(defaults) if isinstance(node, Name)}
    return found.union(*(module.functions[number].refs for number in module.inside(index)))
