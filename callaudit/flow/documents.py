"""Calls that render an element into the document: what they show is a page, not a part of the code that calls them.

React DOM 16 to 19 (https://react.dev/reference/react-dom/client) and Preact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.values import ForeignValue, forced
from callaudit.syntax.ir import Member

if TYPE_CHECKING:
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Call, Expr

DOM = frozenset({"react-dom", "react-dom/client", "preact", "preact/compat"})
FUNCTIONS = frozenset({"render", "hydrateRoot", "hydrate"})


def put_into_document(interpreter: Interpreter, call: Call, scope: Scope) -> Expr | None:
    """The element that a call renders into the document; nothing where it is another call.

    `createRoot(…).render(element)`, `render(element, …)`, `hydrate(element, …)`, `hydrateRoot(…, element)`.
    """
    callee = call.callee
    name = callee.prop if isinstance(callee, Member) else getattr(callee, "id", "")
    if name not in FUNCTIONS or not call.args:
        return None
    if name == "render" and isinstance(callee, Member):
        owner = forced(interpreter.evaluate(callee.obj, scope))
        return call.args[0] if isinstance(owner, ForeignValue) and owner.package in DOM else None
    known = forced(interpreter.evaluate(callee, scope))
    if not isinstance(known, ForeignValue) or known.package not in DOM:
        return None
    return call.args[1] if name == "hydrateRoot" and len(call.args) > 1 else call.args[0]
