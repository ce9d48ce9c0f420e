"""Routes of single-page apps that a module keeps in variables: their elements are pages, not mounted by that module.

`const privateRoutes = [{ element: <App />, children: […] }]`, handed to a router here or in another module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.jsx import DECLARING, ROUTERS
from callaudit.link.definitions import Defined
from callaudit.syntax.ir import Arr, Call, Name, Obj, Typed
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Expr, Let

MOST_VARIABLES = 500
_WRITTEN = frozenset({Arr, Obj, Typed})


def keeps_routes(interpreter: Interpreter, let: Let, scope: Scope) -> bool:
    """Whether a declaration at the top level of a module gives a variable routes."""
    if scope.function or type(let.value) not in _WRITTEN or type(let.target) is not Name:
        return False
    return (scope.module, let.target.id) in interpreter.found_once("kept routes", lambda: _kept(interpreter))


def _kept(interpreter: Interpreter) -> frozenset[tuple[str, str]]:
    """The variables of modules that a router is handed, and those that are a part of one."""
    waiting = [(path, name) for path in interpreter.program.modules for name in _handed(interpreter, path)]
    seen: set[tuple[str, str]] = set()
    while waiting and len(seen) < MOST_VARIABLES:
        path, name = waiting.pop()
        place = interpreter.program.name(path, name)
        if not isinstance(place, Defined) or (place.module, place.name) in seen:
            continue
        for value, _ in interpreter.stores.bindings.names(place.module, 0).declared.get(place.name, ()):
            if type(value) in _WRITTEN:
                seen.add((place.module, place.name))
                waiting += [(place.module, node.id) for node in walk((value,)) if isinstance(node, Name)]
    return frozenset(seen)


def _handed(interpreter: Interpreter, path: str) -> list[str]:
    """The variables that a module hands to routers."""
    module = interpreter.program.modules[path]
    if ROUTERS.isdisjoint(item.source for item in module.facts.imports):
        return []
    found: list[str] = []
    for index, function in enumerate(module.functions):
        if DECLARING.isdisjoint(function.refs):
            continue
        calls = [node for node in interpreter.nodes_of(path, index, Call) if node.args]
        routes: list[Expr] = [call.args[0] for call in calls if _declares(call)]
        found += [node.id for node in walk(tuple(routes)) if isinstance(node, Name)]
    return found


def _declares(call: Call) -> bool:
    return isinstance(call.callee, Name) and call.callee.id in DECLARING
