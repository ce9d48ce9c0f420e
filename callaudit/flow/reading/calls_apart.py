"""Which calls of some code its effects come from, where several statements stand on one line.

Effects know the lines of their calls, and requests their columns. On a line with one statement all calls belong to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from callaudit.flow.effects.effect_walks import walk_effects
from callaudit.flow.effects.effects import Called, Request
from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Call, Do, Func, If, Let, Loop, Name, Ret, Switch, Throw
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from callaudit.flow.effects.effects import Effect
    from callaudit.syntax.ir import Expr, Node

Calls = Mapping[tuple[int, int], int]
"""The places of calls, each with the number of its statement among those of its line."""
ANONYMOUS = "(anonymous)"


class _Asked:
    """What is known of the calls on one line that effects come from: columns, and names of what is called."""

    __slots__ = ("columns", "names")

    def __init__(self) -> None:
        self.columns: set[int] = set()
        self.names: set[str] = set()

    def made_by(self, call: Call) -> bool:
        """Whether it is made by `call`, or by what is handed to that."""
        if call.column in self.columns or called_name(call.callee) in self.names:
            return True
        handed = (part.id if isinstance(part, Name) else getattr(part, "prop", "") for part in walk(call.args))
        return any(name in self.names for name in handed if name) or (
            ANONYMOUS in self.names and any(isinstance(part, Func) for part in walk(call.args))
        )


def calls_behind(effects: Iterable[Effect], module: str, code: Sequence[Node]) -> Calls:
    """The calls in `code` of `module` that `effects` come from."""
    asked = _asked(effects, module)
    found: dict[tuple[int, int], int] = {}
    lines: dict[int, list[tuple[list[Call], bool]]] = {}
    for expr in _statements(code):
        own: dict[int, list[Call]] = {}
        for node in walk((expr,)):
            if isinstance(node, Call) and node.line in asked:
                own.setdefault(node.line, []).append(node)
        for line, calls in own.items():
            lines.setdefault(line, []).append((calls, any(map(asked[line].made_by, calls))))
    for statements in lines.values():
        known = any(made for _, made in statements)
        for number, (calls, made) in enumerate(statements):
            if made or not known:
                found.update(dict.fromkeys(((call.line, call.column) for call in calls), number))
    return found


def _asked(effects: Iterable[Effect], module: str) -> dict[int, _Asked]:
    found: dict[int, _Asked] = {}
    for effect in walk_effects(effects, enter=lambda one: not isinstance(one, Called)):
        if isinstance(effect, Called) and effect.file == module:
            found.setdefault(effect.line, _Asked()).names.update(effect.function.split("."))
        elif isinstance(effect, Request):
            for one in effect.requests:
                if one.site.file == module:
                    found.setdefault(one.site.line, _Asked()).columns.add(one.site.column)
    return found


def _statements(code: Sequence[Node]) -> Iterator[Expr]:
    """The expressions that statements evaluate, of which none is inside another; `code` may be one itself."""
    for node in walk(tuple(code)):
        if isinstance(node, (Let, Do, Ret, Throw, Switch)):
            parts: tuple[Expr | None, ...] = (node.value,)
        elif isinstance(node, If):
            parts = (node.test,)
        else:
            parts = (node.test, node.update, node.source) if isinstance(node, Loop) else ()
        yield from (part for part in parts if part is not None)
