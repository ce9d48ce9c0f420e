"""What the expressions of functions that make strings of strings give, for a `TextMachine`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.flow.text.text_methods import NotTextError, Regex, of_array, of_string, regex, truthy
from callaudit.syntax.ir import Arr, Assign, Call, Cond, Func, Index, Lit, Many, Member, Name, Op, Tmpl, Typed, Un

if TYPE_CHECKING:
    from collections.abc import Callable

    from callaudit.flow.text.text_machine import Local, TextMachine


def _name(machine: TextMachine, node: Name, local: Local, _depth: int) -> Any:
    """A variable, or what is outside."""
    if node.id == "undefined":
        return None
    owner = local.owner(node.id)
    if owner is not None:
        return owner.vars[node.id]
    if node.id == "Boolean":
        return lambda value, *_: truthy(value)
    return machine.outside.constant(node.id)


def _member(machine: TextMachine, node: Member, local: Local, depth: int) -> Any:
    """The length of a string or array."""
    value = machine.value(node.obj, local, depth)
    if node.prop == "length" and isinstance(value, (str, list)):
        return len(value)
    raise NotTextError


def _index(machine: TextMachine, node: Index, local: Local, depth: int) -> Any:
    """An item of an array, a character of a string."""
    value, key = machine.value(node.obj, local, depth), machine.value(node.key, local, depth)
    if not isinstance(value, (str, list)) or not isinstance(key, int):
        raise NotTextError
    return value[key] if 0 <= key < len(value) else None


def _array(machine: TextMachine, node: Arr, local: Local, depth: int) -> list[Any]:
    """An array."""
    return machine.items(node.items, local, depth)


def _template(machine: TextMachine, node: Tmpl, local: Local, depth: int) -> str:
    """A template string."""
    return "".join(_text(machine.value(part, local, depth)) for part in node.parts)


def _operator(machine: TextMachine, node: Op, local: Local, depth: int) -> Any:
    """A binary operator."""
    if node.op in ("&&", "||", "??"):
        value = None
        for item in node.items:
            value = machine.value(item, local, depth)
            if value is not None if node.op == "??" else truthy(value) == (node.op == "||"):
                return value
        return value
    values = [machine.value(item, local, depth) for item in node.items]
    compute = _OPERATORS.get(node.op)
    if compute is None or not values:
        raise NotTextError
    result = values[0]
    for value in values[1:]:
        result = compute(result, value)
    return result


def _unary(machine: TextMachine, node: Un, local: Local, depth: int) -> Any:
    """A unary operator, or a regular expression."""
    if node.op == "regex" and isinstance(node.value, Lit):
        return regex(str(node.value.value))
    if node.op in ("++", "--") and isinstance(node.value, Name):
        before = machine.value(node.value, local, depth)
        owner = local.owner(node.value.id)
        if not isinstance(before, int) or owner is None:
            raise NotTextError
        owner.vars[node.value.id] = before + (1 if node.op == "++" else -1)
        return before if node.postfix else owner.vars[node.value.id]
    value = machine.value(node.value, local, depth)
    if node.op == "!":
        return not truthy(value)
    if node.op == "typeof":
        return "string" if isinstance(value, str) else "undefined" if value is None else "object"
    if node.op == "-" and isinstance(value, int):
        return -value
    raise NotTextError


def _condition(machine: TextMachine, node: Cond, local: Local, depth: int) -> Any:
    """`test ? then : other`."""
    return machine.value(node.then if truthy(machine.value(node.test, local, depth)) else node.other, local, depth)


def _assign(machine: TextMachine, node: Assign, local: Local, depth: int) -> Any:
    """An assignment to a variable or an item."""
    value = machine.value(node.value, local, depth)
    if node.op == "+=":
        value = _OPERATORS["+"](machine.value(node.target, local, depth), value)
    elif node.op != "=":
        raise NotTextError
    if isinstance(node.target, Name):
        owner = local.owner(node.target.id)
        if owner is None:
            raise NotTextError
        owner.vars[node.target.id] = value
    elif isinstance(node.target, Index):
        items, key = machine.value(node.target.obj, local, depth), machine.value(node.target.key, local, depth)
        if not isinstance(items, list) or not isinstance(key, int) or not 0 <= key <= len(items):
            raise NotTextError
        items[key : key + 1] = [value]
    else:
        raise NotTextError
    return value


def _calls(machine: TextMachine, node: Call, local: Local, depth: int) -> Any:
    """A call."""
    callee = node.callee
    if isinstance(callee, Member):
        if isinstance(callee.obj, Name) and callee.obj.id == "Array" and callee.prop == "isArray" and node.args:
            return isinstance(machine.value(node.args[0], local, depth), list)
        receiver = machine.value(callee.obj, local, depth)
        args = machine.items(node.args, local, depth)
        if isinstance(receiver, Regex):
            if callee.prop != "test" or len(args) != 1 or not isinstance(args[0], str):
                raise NotTextError
            return receiver.search(args[0]) is not None
        if isinstance(receiver, str):
            return of_string(receiver, callee.prop, args)
        if isinstance(receiver, list):
            return of_array(receiver, callee.prop, args)
        raise NotTextError
    args = machine.items(node.args, local, depth)
    if isinstance(callee, Name):
        owner = local.owner(callee.id)
        if owner is not None and callable(owner.vars[callee.id]):
            return owner.vars[callee.id](*args)
        if callee.id in _SAME and len(args) == 1 and isinstance(args[0], str):
            return args[0]
        machine, index = machine.outside.function(callee.id)
        machine.steps = machine.steps
        result = machine.call(index, args, None, depth + 1)
        machine.steps = machine.steps
        return result
    raise NotTextError


def _function(machine: TextMachine, node: Func, local: Local, depth: int) -> Callable[..., Any]:
    """A function that is written in place."""
    count = len(machine.functions[node.index].params)
    return lambda *args: machine.call(node.index, list(args[:count]) if count else [], local, depth + 1)


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

EXPRESSIONS: dict[type, Callable[[TextMachine, Any, Local, int], Any]] = {
    Lit: lambda _machine, node, _local, _depth: node.value,
    Name: _name,
    Member: _member,
    Index: _index,
    Arr: _array,
    Tmpl: _template,
    Op: _operator,
    Un: _unary,
    Cond: _condition,
    Assign: _assign,
    Call: _calls,
    Func: _function,
    Typed: lambda machine, node, local, depth: machine.value(node.value, local, depth),
    Many: lambda machine, node, local, depth: machine.items(node.items, local, depth)[-1],
}
