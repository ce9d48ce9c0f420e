"""The scopes in which routes are drawn: by functions that are handed one page after the other.

`pages.map((page) => <Route …/>)`, `pages.map(draw)`, `pages.map((page) => draw(page))`, `draw(page.children)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.machine.scope import Scope
from callaudit.flow.machine.static import static_scope
from callaudit.flow.reading.within import MOST_APART, OF_ITEMS, calls_with, enter
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Seq, Unknown
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.values.values import Value

DEPTH = 4
"""Functions between the list of pages and the route."""
FOLD = "reduce"


def scopes_of(interpreter: Interpreter, module: str, index: int, depth: int = DEPTH) -> list[Scope]:
    """The scopes of function number `index`: one for each page that it is handed, as far as they are known."""
    own = static_scope(interpreter, module, index)
    function = interpreter.function(module, index)
    if function.parent < 0 or not function.params or not depth:
        return [own]
    call = calls_with(interpreter, module, function.parent).get(index)
    if call is not None:
        around = scopes_of(interpreter, module, function.parent, depth - 1)
        given = [(outer, one) for outer in around for one in _items(interpreter, call, outer)]
    else:
        outer = static_scope(interpreter, module, function.parent)
        given = [(outer, one) for one in _handed(interpreter, own, depth - 1)]
    scopes: list[Scope] = []
    for number, (outer, args) in enumerate(given[:MOST_APART]):
        scope = Scope(module, outer, function=index)
        scope.mark = (module, index, outer.mark, "page", depth, number)
        enter(interpreter, index, scope, outer, args)
        scopes.append(scope)
    return scopes or [own]


def _items(interpreter: Interpreter, call: Call, outer: Scope) -> Iterator[list[Value]]:
    """What an array method hands over, one item after the other; nothing where not all items are known."""
    callee = call.callee
    if not isinstance(callee, Member) or callee.prop not in OF_ITEMS | {FOLD}:
        return
    known = forced(interpreter.evaluate(callee.obj, outer))
    if not isinstance(known, Seq) or known.open or len(known.items) > MOST_APART:
        return
    before: list[Value] = [Unknown("before", "what the round before gives")] if callee.prop == FOLD else []
    for number, item in enumerate(known.items):
        yield [*before, item, Const(number)]


def _handed(interpreter: Interpreter, own: Scope, depth: int) -> Iterator[list[Value]]:
    """What the calls of a named function hand to it, in its own module."""
    module, index = own.module, own.function
    name = interpreter.function(module, index).name
    for caller, function in enumerate(interpreter.program.modules[module].functions):
        if not name or name not in function.refs:
            continue
        calls = [node for node in interpreter.nodes_of(module, caller, Call) if _mentions(node, name)]
        for scope in scopes_of(interpreter, module, caller, depth) if calls else ():
            for call in calls:
                called = call.callee if isinstance(call.callee, Name) else call.args[0]
                target = forced(interpreter.evaluate(called, scope))
                if not isinstance(target, Closure) or (target.module, target.index) != (module, index):
                    continue
                if called is call.callee:
                    yield [interpreter.lazy(arg, scope) for arg in call.args]
                else:
                    yield from _items(interpreter, call, scope)


def _mentions(call: Call, name: str) -> bool:
    """Whether a call calls the function `name`, or hands it over as it is."""
    if isinstance(call.callee, Name):
        return call.callee.id == name
    return isinstance(call.callee, Member) and bool(call.args) and getattr(call.args[0], "id", "") == name
