"""Runs small functions that make strings of strings, with strings that are known: URL joiners and the like.

Only what such functions are made of is understood: strings, numbers, arrays, regular expressions without repeated
groups, loops and functions written in place. Anything else, and anything long, ends the run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from callaudit.flow.text_methods import NotTextError, Regex, of_array, of_string, regex, truthy
from callaudit.syntax.ir import (
    Arr,
    Assign,
    Block,
    Call,
    Cond,
    Do,
    Func,
    If,
    Index,
    Jump,
    Let,
    Lit,
    Loop,
    Many,
    Member,
    Name,
    Op,
    PatArr,
    PatDefault,
    Ret,
    Spread,
    Tmpl,
    Typed,
    Un,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        self._functions = functions
        self._outside = outside
        self.steps = 0

    def call(self, index: int, args: list[Any], outer: Local | None = None, depth: int = 0) -> Any:
        """What function number `index` gives."""
        if depth > MOST_DEPTH:
            raise NotTextError
        function = self._functions[index]
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
        elif isinstance(node, Jump):
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
        handler = _EXPRESSIONS.get(type(node))
        if handler is None:
            raise NotTextError
        value = handler(self, node, local, depth)
        if isinstance(value, (str, list)) and len(value) > LONGEST:
            raise NotTextError
        return value

    def name(self, node: Name, local: Local, _depth: int) -> Any:
        """A variable, or what is outside."""
        if node.id == "undefined":
            return None
        owner = local.owner(node.id)
        if owner is not None:
            return owner.vars[node.id]
        if node.id == "Boolean":
            return lambda value, *_: truthy(value)
        return self._outside.constant(node.id)

    def member(self, node: Member, local: Local, depth: int) -> Any:
        """The length of a string or array."""
        value = self.value(node.obj, local, depth)
        if node.prop == "length" and isinstance(value, (str, list)):
            return len(value)
        raise NotTextError

    def index(self, node: Index, local: Local, depth: int) -> Any:
        """An item of an array, a character of a string."""
        value, key = self.value(node.obj, local, depth), self.value(node.key, local, depth)
        if not isinstance(value, (str, list)) or not isinstance(key, int):
            raise NotTextError
        return value[key] if 0 <= key < len(value) else None

    def array(self, node: Arr, local: Local, depth: int) -> list[Any]:
        """An array."""
        return self.items(node.items, local, depth)

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

    def template(self, node: Tmpl, local: Local, depth: int) -> str:
        """A template string."""
        return "".join(_text(self.value(part, local, depth)) for part in node.parts)

    def operator(self, node: Op, local: Local, depth: int) -> Any:
        """A binary operator."""
        if node.op in ("&&", "||", "??"):
            value = None
            for item in node.items:
                value = self.value(item, local, depth)
                if value is not None if node.op == "??" else truthy(value) == (node.op == "||"):
                    return value
            return value
        values = [self.value(item, local, depth) for item in node.items]
        compute = _OPERATORS.get(node.op)
        if compute is None or not values:
            raise NotTextError
        result = values[0]
        for value in values[1:]:
            result = compute(result, value)
        return result

    def unary(self, node: Un, local: Local, depth: int) -> Any:
        """A unary operator, or a regular expression."""
        if node.op == "regex" and isinstance(node.value, Lit):
            return regex(str(node.value.value))
        if node.op in ("++", "--") and isinstance(node.value, Name):
            before = self.value(node.value, local, depth)
            owner = local.owner(node.value.id)
            if not isinstance(before, int) or owner is None:
                raise NotTextError
            owner.vars[node.value.id] = before + (1 if node.op == "++" else -1)
            return before if node.postfix else owner.vars[node.value.id]
        value = self.value(node.value, local, depth)
        if node.op == "!":
            return not truthy(value)
        if node.op == "typeof":
            return "string" if isinstance(value, str) else "undefined" if value is None else "object"
        if node.op == "-" and isinstance(value, int):
            return -value
        raise NotTextError

    def condition(self, node: Cond, local: Local, depth: int) -> Any:
        """`test ? then : other`."""
        return self.value(node.then if truthy(self.value(node.test, local, depth)) else node.other, local, depth)

    def assign(self, node: Assign, local: Local, depth: int) -> Any:
        """An assignment to a variable or an item."""
        value = self.value(node.value, local, depth)
        if node.op == "+=":
            value = _OPERATORS["+"](self.value(node.target, local, depth), value)
        elif node.op != "=":
            raise NotTextError
        if isinstance(node.target, Name):
            owner = local.owner(node.target.id)
            if owner is None:
                raise NotTextError
            owner.vars[node.target.id] = value
        elif isinstance(node.target, Index):
            items, key = self.value(node.target.obj, local, depth), self.value(node.target.key, local, depth)
            if not isinstance(items, list) or not isinstance(key, int) or not 0 <= key <= len(items):
                raise NotTextError
            items[key : key + 1] = [value]
        else:
            raise NotTextError
        return value

    def calls(self, node: Call, local: Local, depth: int) -> Any:
        """A call."""
        callee = node.callee
        if isinstance(callee, Member):
            if isinstance(callee.obj, Name) and callee.obj.id == "Array" and callee.prop == "isArray" and node.args:
                return isinstance(self.value(node.args[0], local, depth), list)
            receiver = self.value(callee.obj, local, depth)
            args = self.items(node.args, local, depth)
            if isinstance(receiver, Regex):
                if callee.prop != "test" or len(args) != 1 or not isinstance(args[0], str):
                    raise NotTextError
                return receiver.search(args[0]) is not None
            if isinstance(receiver, str):
                return of_string(receiver, callee.prop, args)
            if isinstance(receiver, list):
                return of_array(receiver, callee.prop, args)
            raise NotTextError
        args = self.items(node.args, local, depth)
        if isinstance(callee, Name):
            owner = local.owner(callee.id)
            if owner is not None and callable(owner.vars[callee.id]):
                return owner.vars[callee.id](*args)
            if callee.id in _SAME and len(args) == 1 and isinstance(args[0], str):
                return args[0]
            machine, index = self._outside.function(callee.id)
            machine.steps = self.steps
            result = machine.call(index, args, None, depth + 1)
            self.steps = machine.steps
            return result
        raise NotTextError

    def function(self, node: Func, local: Local, depth: int) -> Callable[..., Any]:
        """A function that is written in place."""
        count = len(self._functions[node.index].params)
        return lambda *args: self.call(node.index, list(args[:count]) if count else [], local, depth + 1)


_SAME = frozenset({"String", "encodeURI", "encodeURIComponent"})


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise NotTextError


def _add(left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return _text(left) + _text(right)


def _numbers(compute: Callable[[int, int], Any]) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        if not isinstance(left, int) or not isinstance(right, int):
            raise NotTextError
        return compute(left, right)

    return apply


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, (list, Regex)) or isinstance(right, (list, Regex)):
        raise NotTextError
    return type(left) is type(right) and left == right


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": _add,
    "-": _numbers(lambda a, b: a - b),
    "<": _numbers(lambda a, b: a < b),
    "<=": _numbers(lambda a, b: a <= b),
    ">": _numbers(lambda a, b: a > b),
    ">=": _numbers(lambda a, b: a >= b),
    "===": _same,
    "==": _same,
    "!==": lambda a, b: not _same(a, b),
    "!=": lambda a, b: not _same(a, b),
}

_EXPRESSIONS: dict[type, Callable[[TextMachine, Any, Local, int], Any]] = {
    Lit: lambda _machine, node, _local, _depth: node.value,
    Name: TextMachine.name,
    Member: TextMachine.member,
    Index: TextMachine.index,
    Arr: TextMachine.array,
    Tmpl: TextMachine.template,
    Op: TextMachine.operator,
    Un: TextMachine.unary,
    Cond: TextMachine.condition,
    Assign: TextMachine.assign,
    Call: TextMachine.calls,
    Func: TextMachine.function,
    Typed: lambda machine, node, local, depth: machine.value(node.value, local, depth),
    Many: lambda machine, node, local, depth: machine.items(node.items, local, depth)[-1],
}

__all__ = ["NotTextError", "TextMachine"]
