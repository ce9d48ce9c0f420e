"""Calls that render an element into the document: what they show is a page, not a part of the code that calls them.

React DOM 16 to 19 (https://react.dev/reference/react-dom/client), Preact and Solid, which is handed a function that
gives the element (https://docs.solidjs.com/reference/rendering/render).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ForeignValue
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Func, Member, Ret

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.ir import Call, Expr

SOLID = "solid-js/web"
DOM = frozenset({"react-dom", "react-dom/client", "preact", "preact/compat", SOLID})
FUNCTIONS = frozenset({"render", "hydrateRoot", "hydrate"})


def put_into_document(interpreter: Interpreter, call: Call, scope: Scope) -> Expr | None:
    """The element that a call renders into the document; nothing where it is another call.

    `createRoot(…).render(element)`, `render(element, …)`, `hydrate(element, …)`, `hydrateRoot(…, element)`.
    """
    callee = call.callee
    name = called_name(callee)
    if name not in FUNCTIONS or not call.args:
        return None
    if name == "render" and isinstance(callee, Member):
        owner = forced(interpreter.evaluate(callee.obj, scope))
        return call.args[0] if isinstance(owner, ForeignValue) and owner.package in DOM else None
    known = forced(interpreter.evaluate(callee, scope))
    if not isinstance(known, ForeignValue) or known.package not in DOM:
        return None
    shown = call.args[1] if name == "hydrateRoot" and len(call.args) > 1 else call.args[0]
    return _given(interpreter, shown, scope) if known.package == SOLID else shown


def _given(interpreter: Interpreter, shown: Expr, scope: Scope) -> Expr:
    """The element that a function gives which does nothing else: `() => <App />`."""
    if not isinstance(shown, Func):
        return shown
    body = interpreter.function(scope.module, shown.index).body
    only = body[0] if len(body) == 1 else None
    return only.value if isinstance(only, Ret) and only.value is not None else shown
