"""Functions that are set under names that are computed: `for (const name of names) this[name] = (q) => ask(name, q)`.

No call names them, so that none is seen to run them; they are not dead for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.syntax.ir import Assign, Func, Index, Lit

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.inventory.model import Call
    from callaudit.link.module import Module

WHY = "it is set under a name that is computed: who calls it is not known"
MOST_FUNCTIONS = 60
"""Functions of a module that are looked at on the way from a call to what is set."""
_Set = dict[int, int]
"""The lines where functions of a module are set, by their numbers."""


def under_computed_names(interpreter: Interpreter, calls: tuple[Call, ...]) -> tuple[Call, ...]:
    """The calls; none is dead to which a function leads that is set under a computed name, which is said."""
    known: dict[str, _Set] = {}
    found: list[Call] = []
    for call in calls:
        module = interpreter.program.modules.get(call.file) if call.dead else None
        if module is not None and call.file not in known:
            known[call.file] = _set_in(module)
        line = _line_of(module, known[call.file], call) if module is not None and known[call.file] else 0
        if line:
            interpreter.gap(call.file, line, call.function, WHY)
        found.append(replace(call, dead=False) if line else call)
    return tuple(found)


def _set_in(module: Module) -> _Set:
    return {
        node.value.index: node.line
        for index in range(len(module.functions))
        for node in module.nodes_of(index, Assign)
        if isinstance(node.target, Index) and not isinstance(node.target.key, Lit) and isinstance(node.value, Func)
    }


def _line_of(module: Module, known: _Set, call: Call) -> int:
    """Where a function is set that leads to a call; 0 where none is."""
    functions = module.functions
    place = call.line, call.column
    around = [
        number
        for number, one in enumerate(functions)
        if number and (one.line, one.column) <= place and call.line <= one.end_line
    ]
    waiting = sorted(around, key=lambda number: (functions[number].line, functions[number].column))[-1:]
    seen = set(waiting)
    for index in waiting:  # grows
        if index in known:
            return known[index]
        function = functions[index]
        used = "." + function.member if function.member else function.name
        for number, other in enumerate(functions):
            leads = number == function.parent or (used and used in other.refs)
            if number and leads and number not in seen and len(waiting) < MOST_FUNCTIONS:
                seen.add(number)
                waiting.append(number)
    return 0
