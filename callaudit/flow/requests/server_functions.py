"""Functions that a builder of a library makes callable over the network: what is handed to it runs on the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.static import static_scope
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Closure
from callaudit.libraries.tables.tanstack_start import HANDLER, LIBRARY, MAKER
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter


def server_functions(interpreter: Interpreter, file: str) -> dict[int, Closure]:
    """The functions that a file hands to such builders, by their lines."""
    return interpreter.found_once(("server functions", file), lambda: _found(interpreter, file))


def _found(interpreter: Interpreter, file: str) -> dict[int, Closure]:
    module = interpreter.program.modules.get(file)
    if module is None or f".{HANDLER}" not in module.functions[0].refs:
        return {}
    found: dict[int, Closure] = {}
    for index in range(len(module.functions)):
        for call in module.nodes_of(index, Call):
            callee = call.callee
            if not isinstance(callee, Member) or callee.prop != HANDLER or not call.args:
                continue
            scope = static_scope(interpreter, file, index)
            builder = forced(interpreter.evaluate(callee.obj, scope))
            if isinstance(builder, Client) and builder.library is LIBRARY and builder.kind:
                handler = forced(interpreter.evaluate(call.args[0], scope))
                if isinstance(handler, Closure):
                    found[interpreter.function(handler.module, handler.index).line] = handler
    return found


def uses_them(interpreter: Interpreter) -> bool:
    """Whether a file of the program makes one."""
    return interpreter.found_once(
        "makes server functions",
        lambda: any(
            item.imported == MAKER and item.source in LIBRARY.packages
            for module in interpreter.program.modules.values()
            for item in module.facts.imports
        ),
    )
