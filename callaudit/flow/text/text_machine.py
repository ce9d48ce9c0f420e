"""Runs small functions that make strings of strings, with strings that are known: URL joiners and the like.

Only what such functions are made of is understood: strings, numbers, arrays, regular expressions without repeated
groups, loops and functions written in place. Anything else, and anything long, ends the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from callaudit.flow.text.text_expressions import EXPRESSIONS
from callaudit.flow.text.text_methods import NotTextError, truthy
from callaudit.syntax.ir import Block, Do, If, Jump, Let, Loop, Name, PatArr, PatDefault, Ret, Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, Stmt

MOST_STEPS = 3_000
MOST_DEPTH = 12
LONGEST = 2_000


class _Return(Exception):  # noqa: N818 - control flow, no error
    def __init__(self, value: Any) -> None:
        self.value = value


class _Jump(Exception):  # noqa: N818 - control flow, no error
    pass


class Local:
    """Variables of one call, inside those of the call that it is written in."""

    __slots__ = ("outer", "vars")

    def __init__(self, outer: Local | None) -> None:
        """Open a scope."""
        self.outer = outer
        self.vars: dict[str, Any] = {}

    def owner(self, name: str) -> Local | None:
        """The nearest scope that has `name`."""
        scope: Local | None = self
        while scope is not None and name not in scope.vars:
            scope = scope.outer
        return scope


class Outside(Protocol):
    """What the names of a module mean; both raise `NotTextError` where that is nothing that is understood."""

    def constant(self, name: str) -> str | int:
        """The string or number that a name is."""
        ...

    def function(self, name: str) -> tuple[TextMachine, int]:
        """The function that a name is, and the machine of its module."""
        ...


class TextMachine:
    """Runs functions of one module; what their names mean outside of them is asked of `outside`."""

    def __init__(self, functions: Sequence[Function], outside: Outside) -> None:
        """Run none yet."""
        self.functions = functions
        self.outside = outside
        self.steps = 0

    def call(self, index: int, args: list[Any], outer: Local | None = None, depth: int = 0) -> Any:
        """What function number `index` gives."""
        if depth > MOST_DEPTH:
            raise NotTextError
        function = self.functions[index]
        local = Local(outer)
        for number, param in enumerate(function.params):
            value = list(args[number:]) if param.rest else args[number] if number < len(args) else None
            if value is None and param.default is not None:
                value = self.value(param.default, local, depth)
            self._bind(param.target, value, local, depth)
        try:
            self._block(function.body, local, depth)
        except _Return as returned:
            return returned.value
        except _Jump:  # out of no loop: such code does not run
            raise NotTextError from None
        return None

    def _bind(self, target: Expr, value: Any, local: Local, depth: int) -> None:
        if isinstance(target, Name):
            local.vars[target.id] = value
        elif isinstance(target, PatDefault):
            self._bind(
                target.target, self.value(target.default, local, depth) if value is None else value, local, depth
            )
        elif isinstance(target, PatArr) and isinstance(value, list):
            for number, item in enumerate(target.items):
                if isinstance(item, Spread):
                    self._bind(item.value, value[number:], local, depth)
                elif item is not None:
                    self._bind(item, value[number] if number < len(value) else None, local, depth)
        else:
            raise NotTextError

    # --- statements -----------------------------------------------------------------------------

    def _block(self, body: Sequence[Stmt], local: Local, depth: int) -> None:
        for statement in body:
            self._statement(statement, local, depth)

    def _statement(self, node: Stmt, local: Local, depth: int) -> None:
        self._step()
        if isinstance(node, Let):
            self._bind(node.target, None if node.value is None else self.value(node.value, local, depth), local, depth)
        elif isinstance(node, Do):
            self.value(node.value, local, depth)
        elif isinstance(node, Ret):
            raise _Return(None if node.value is None else self.value(node.value, local, depth))
        elif isinstance(node, If):
            self._block(node.then if truthy(self.value(node.test, local, depth)) else node.other, local, depth)
        elif isinstance(node, Block):
            self._block(node.body, local, depth)
        elif isinstance(node, Loop):
            self._loop(node, local, depth)
        elif isinstance(node, Jump) and not node.label:
            raise _Jump(node.kind)
        else:
            raise NotTextError

    def _loop(self, loop: Loop, local: Local, depth: int) -> None:
        self._block(loop.init, local, depth)
        if loop.source is not None:
            items = self.value(loop.source, local, depth)
            if loop.kind != "of" or not isinstance(items, (list, str)) or loop.target is None:
                raise NotTextError
            for item in list(items):
                self._bind(loop.target, item, local, depth)
                if not self._round(loop, local, depth):
                    return
            return
        first = loop.kind == "do"
        while first or loop.test is None or truthy(self.value(loop.test, local, depth)):
            first = False
            self._step()
            if not self._round(loop, local, depth):
                return
            if loop.update is not None:
                self.value(loop.update, local, depth)

    def _round(self, loop: Loop, local: Local, depth: int) -> bool:
        try:
            self._block(loop.body, local, depth)
        except _Jump as jump:
            return str(jump) == "continue"
        return True

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise NotTextError

    # --- expressions ----------------------------------------------------------------------------

    def value(self, node: Expr, local: Local, depth: int) -> Any:
        """What an expression gives."""
        self._step()
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            raise NotTextError
        value = handler(self, node, local, depth)
        if isinstance(value, (str, list)) and len(value) > LONGEST:
            raise NotTextError
        return value

    def items(self, nodes: Sequence[Expr], local: Local, depth: int) -> list[Any]:
        """Expressions in order, spread ones included."""
        found: list[Any] = []
        for item in nodes:
            if isinstance(item, Spread):
                inside = self.value(item.value, local, depth)
                if not isinstance(inside, (list, str)):
                    raise NotTextError
                found.extend(inside)
            else:
                found.append(self.value(item, local, depth))
        return found


__all__ = ["NotTextError", "TextMachine"]
