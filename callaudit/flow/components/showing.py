"""Mounting elements of tables where they are drawn: `{tab.content}`.

Those that no function is seen to show may be mounted wherever their module is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.components.jsx import DECLARING, declares_pages
from callaudit.flow.components.tabled import elements_in, shown_by, tables
from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Choice
from callaudit.flow.effects.words import words
from callaudit.flow.machine.static import static_scope
from callaudit.syntax.ir import Call, Jsx, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Rendered
    from callaudit.syntax.ir import Expr

    Performs = Callable[[Frame, Expr, Scope, list[Effect]], Cost]


def is_shown(interpreter: Interpreter, element: Jsx) -> bool:
    """Whether some function is seen to show an element of a table, or has shown it to a page that was opened."""
    return id(element) in _have_been(interpreter) or id(element) in interpreter.found_once(
        "elements that are shown", lambda: _shown(interpreter)
    )


def _have_been(interpreter: Interpreter) -> set[int]:
    return interpreter.found_once("elements that have been shown", set[int])


def _shown(interpreter: Interpreter) -> frozenset[int]:
    found: set[int] = set()
    wanted = {"." + name for name in tables(interpreter).names}
    for path, module in interpreter.program.modules.items() if wanted else ():
        for index, function in enumerate(module.functions):
            if wanted.isdisjoint(function.refs) and DECLARING.isdisjoint(function.refs):
                continue
            scope = static_scope(interpreter, path, index)
            for read in interpreter.nodes_of(path, index, Member):
                found.update(id(one.expr) for one in shown_by(interpreter, read, scope))
            for node in interpreter.nodes_of(path, index, Call):
                if declares_pages(interpreter, node, scope):
                    routes = (elements_in(interpreter.evaluate(arg, scope)) for arg in node.args)
                    found.update(id(one.expr) for each in routes for one in each)
    return frozenset(found)


def show(frame: Frame, shown: Sequence[Rendered], tree: list[Effect], perform: Performs) -> Cost:
    """Mount one of several elements where it is drawn."""
    ways: list[tuple[str, tuple[Effect, ...]]] = []
    spent: list[Cost] = []
    for one in shown:
        inside: list[Effect] = []
        _have_been(frame.interpreter).add(id(one.expr))
        spent.append(perform(_frame(frame, one.scope), one.expr, one.scope, inside))
        ways.append((f"it is <{words(one.expr.tag)}>" if isinstance(one.expr, Jsx) else "otherwise", tuple(inside)))
    if len(ways) == 1:
        tree.extend(ways[0][1])
    elif any(way for _, way in ways):
        tree.append(Choice(0, tuple(ways)))
    return costs.either(spent) if spent else costs.NONE


def maybe_shown(frame: Frame, element: Jsx, tree: list[Effect], perform: Performs) -> Cost:
    """Mount an element of a table that nothing is seen to show, as one that something may show."""
    scope = frame.interpreter.module_scope(frame.scope.module)
    inside: list[Effect] = []
    spent = perform(_frame(frame, scope), element, scope, inside)
    if inside:
        tree.append(Choice(0, (("something shows it", tuple(inside)),)))
    return costs.maybe(spent)


def _frame(frame: Frame, scope: Scope) -> Frame:
    return type(frame)(frame.interpreter, scope, effects=True)
