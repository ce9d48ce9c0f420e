"""Clients that are put on what is not known: `request.api = axios.create()`, `app.locals.api = client`.

Who takes them from there is handed them by a framework, so that what is asked through them is not followed; that has to
be said, since nothing at the place of such a call shows that it sends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.flow.machine.static import PARAMETER
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Client, Unknown
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Assign, Expr

HELD = frozenset({"locals", "state", "context"})
"""What of a request, an answer or a server is for what its program puts there: Express 4 and 5, Koa 2 and 3."""
WHY = "a client is put on what a framework hands on; what is asked through it there is not followed"


def note_client(interpreter: Interpreter, expr: Assign, scope: Scope) -> None:
    """Note that a client is put on something of a framework, of which nothing is known."""
    target = expr.target
    if not isinstance(target, Member) or not isinstance(expr.value, (Call, Name, Member)):
        return
    if not _is_of_framework(interpreter, target.obj, scope):
        return
    note_kept(interpreter, interpreter.evaluate(expr.value, scope), (scope.module, expr.line), words(target))


def note_kept(interpreter: Interpreter, value: Value, place: tuple[str, int], name: str) -> None:
    """Note that a server keeps a client under a name: `app.set("api", client)`."""
    known = forced(value)
    if isinstance(known, Client) and not known.library.serves:
        interpreter.gap(*place, name, WHY)


def _is_of_framework(interpreter: Interpreter, owner: Expr, scope: Scope) -> bool:
    if isinstance(owner, Member):
        if owner.prop not in HELD:
            return False
        around = forced(interpreter.evaluate(owner.obj, scope))
        served = isinstance(around, Client) and around.library.serves
        return served or _is_of_framework(interpreter, owner.obj, scope)
    known = forced(interpreter.evaluate(owner, scope)) if isinstance(owner, Name) else None
    return isinstance(known, Unknown) and known.why == PARAMETER
