"""Handlers of expressions: members, calls, operators, templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.beside import MARK, NAMING, paths_beside
from callaudit.syntax.facts import ANY_METHOD
from callaudit.syntax.ir import (
    BARE,
    HOLE,
    Arr,
    Assign,
    Await,
    Call,
    Cond,
    Expr,
    ImportCall,
    Index,
    Let,
    Lit,
    Many,
    Member,
    Name,
    Obj,
    Op,
    Prop,
    Tmpl,
    Typed,
    Un,
)  # fmt: skip
from callaudit.syntax.typescript.context import UNKNOWN, Context, expression, expressions
from callaudit.syntax.typescript.fragments import OPTIONAL, Args, Decorator, TypeText
from callaudit.syntax.typescript.generic_calls import rejoined
from callaudit.syntax.typescript.objects import symbol_member

if TYPE_CHECKING:
    from tree_sitter import Node

CHAINS = frozenset({"+", "&&", "||", "??"})
LONGEST_CHAIN = 500
MERGING = frozenset({"assign", "extend", "assignIn"})
"""https://tc39.es/ecma262/#sec-object.assign, https://lodash.com/docs/#assign and `assignIn`, also called `extend`."""
FILLING = frozenset({"push", "unshift", "splice", "set"})
_TYPE_KINDS = frozenset(
    {"type_identifier", "generic_type", "nested_type_identifier", "intersection_type", "union_type"}
)


# --- calls and members ---------------------------------------------------------------------------


def member(context: Context, _node: Node, results: list[Any]) -> Expr:
    if len(results) < 2 or type(results[-1]) is not str:
        return expression(results[0]) if results else UNKNOWN
    prop = results[-1]
    context.refs.add("." + prop)
    return Member(expression(results[0]), prop, results[1] is OPTIONAL)


def subscript(context: Context, _node: Node, results: list[Any]) -> Expr:
    if len(results) < 2:
        return UNKNOWN
    index = expression(results[-1])
    if type(index) is Lit and type(index.value) is str:
        context.refs.add("." + index.value)
        return Member(expression(results[0]), index.value)
    if symbol := symbol_member(index):
        context.refs.add("." + symbol)
        return Member(expression(results[0]), symbol)
    return Index(expression(results[0]), index)


def arguments(context: Context, node: Node, results: list[Any]) -> Args:
    row, column = node.start_point
    return Args(expressions(rejoined(context, node, results)), row, column)


def call(context: Context, node: Node, results: list[Any]) -> Expr:
    if not results:
        return UNKNOWN
    if len(results) > 1 and results[1] is OPTIONAL:
        del results[1]
    callee = expression(results[0])
    # with type arguments the grammar binds `await` first: `await f<T>()` comes as `(await f)<T>()`
    awaits = type(callee) is Await
    if type(callee) is Await:
        callee = callee.value
    if type(callee) is Member and callee.prop in FILLING:
        _note_filled(context, callee.obj)
    elif type(callee) is Member and callee.prop == "assign":
        _note_merged(context, results[1:])
    elif type(callee) is Index:
        context.refs.add(ANY_METHOD)
    line, column = _place(context, node, results, callee)
    types = ""
    if len(results) > 1 and type(results[1]) is TypeText:
        types = results.pop(1).text
    args = results[1].items if len(results) > 1 and type(results[1]) is Args else expressions(results[1:])
    if type(callee) is Name and callee.id in ("import", "require") and args:
        first = args[0]
        if type(first) is Lit and type(first.value) is str:
            context.refs.add("!" + first.value)
        elif type(first) is not Arr:
            context.refs.add("!" + "".join(_constant(part) for part in _parts(first)))
        if callee.id == "import" or (len(args) == 1 and type(first) is not Arr):
            return ImportCall(first, line)
    own = _own_fields(context, callee, args, line)
    if own is not None:
        return own
    made = Call(callee, args, line, column, types=types)
    return Await(made) if awaits else made


def _own_fields(context: Context, callee: Expr, args: tuple[Expr, ...], line: int) -> Expr | None:
    """`Object.assign(this, { client })` as the assignments that it stands for; `None` for any other call."""
    if type(callee) is not Member or callee.prop not in MERGING or len(args) < 2:
        return None
    first, *given = args
    if type(first) is not Name or first.id != "this" or any(type(one) is not Obj for one in given):
        return None
    props = [prop for one in given if type(one) is Obj for prop in one.props]
    named = [(prop.key, prop) for prop in props if type(prop) is Prop and type(prop.key) is str]
    if not named or len(named) != len(props):
        return None
    context.refs.update("." + name for name, _ in named)
    context.changed.add("this")
    sets = (Assign(Member(first, name), "=", prop.value, prop.line or line) for name, prop in named)
    return Many((*sets, first))


def _note_merged(context: Context, args: list[Any]) -> None:
    """Note that `Object.assign(name, …)` gives an object more properties."""
    first = args[0].items[0] if args and type(args[0]) is Args and args[0].items else None
    if type(first) is Name:
        context.changed.add(first.id)


def _parts(path: Expr) -> tuple[Expr, ...]:
    """The pieces of a path that is written in one place: of a template, of a sum."""
    if type(path) is Tmpl:
        return path.parts
    return path.items if type(path) is Op and path.op == "+" else (path,)


def _constant(part: Expr) -> str:
    """A part of a template as written, or a hole."""
    return part.value if type(part) is Lit and type(part.value) is str else HOLE


def new(context: Context, node: Node, results: list[Any]) -> Expr:
    if not results:
        return UNKNOWN
    args = next((result.items for result in results if type(result) is Args), ())
    line, column = _place(context, node, results, None)
    callee = expression(results[0])
    if type(callee) is Name and callee.id in NAMING:
        context.refs.update(MARK + path for path in paths_beside(args))
    return Call(callee, args, line, column, new=True)


def _place(context: Context, node: Node, results: list[Any], callee: Expr | None) -> tuple[int, int]:
    """Where a call is: at the name that is called, which may stand lines below the start of a chain."""
    row, column = node.start_point
    args = results[-1]
    if type(args) is Args and args.row != row and type(callee) is Member:
        row, column = args.row, max(args.column - len(callee.prop), 0)
    return context.place(row, column)


def decorator(context: Context, node: Node, results: list[Any]) -> Decorator | None:
    if not results:
        return None
    value = expression(results[0])
    return Decorator(value if type(value) is Call else Call(value, (), context.line(node), BARE))


# --- operators -----------------------------------------------------------------------------------


def _operator(node: Node) -> str:
    found = node.child_by_field_name("operator")
    return found.type if found is not None else "?"


def binary(context: Context, node: Node, results: list[Any]) -> Expr:
    if len(results) < 2:
        return Many(expressions(results))
    left, right = expression(results[0]), expression(results[1])
    op = _operator(node)
    if type(left) is Op:
        if left.op == op and op in CHAINS and len(left.items) < LONGEST_CHAIN:
            return Op(op, (*left.items, right))
        if left.op == "<" and op == ">" and _is_template(node):
            return _tagged(context, node, left.items[0], right)
    return Op(op, (left, right))


def _is_template(node: Node) -> bool:
    right = node.child_by_field_name("right")
    return right is not None and right.type == "template_string"


def _tagged(context: Context, node: Node, tag: Expr, text: Expr) -> Expr:
    """``tag<T>`...` ``, which the grammar takes for two comparisons; as with any call, `await` binds first there."""
    callee = tag.value if type(tag) is Await else tag
    made = Call(callee, (text,), *context.place(*node.start_point))
    return Await(made) if callee is not tag else made


def unary(context: Context, node: Node, results: list[Any]) -> Expr:
    if not results:
        return UNKNOWN
    value = expression(results[0])
    op = _operator(node)
    if type(value) is Name and op in ("++", "--"):
        context.assigned.add(value.id)
    if op in ("++", "--", "delete"):
        root = value
        while type(root) is Member or (op == "delete" and type(root) is Index):
            root = root.obj
        if type(root) is Name and root is not value:
            context.changed.add(root.id)
        return Un(op, value, node.children[0].is_named)
    if op == "-" and type(value) is Lit and isinstance(value.value, (int, float)):
        return Lit(-value.value)
    return Un(op, value)


def ternary(_context: Context, _node: Node, results: list[Any]) -> Expr:
    parts = expressions(results)
    return Cond(*parts) if len(parts) == 3 else Many(parts)


def assignment(context: Context, node: Node, results: list[Any]) -> Expr | Let:
    """An assignment, and `using x = value`, which the grammar takes for one."""
    if len(results) != 2:
        return UNKNOWN
    op = _operator(node) if node.type.startswith("augmented") else "="
    target = expression(results[0])
    if context.source.startswith(b"using", node.start_byte) and type(target) is Name and target.id != "using":
        return Let(target, expression(results[1]), context.line(node))
    if type(target) is Name:
        context.assigned.add(target.id)
    elif type(target) is Index:
        _note_filled(context, target.obj)
    root = target
    while type(root) is Member:
        root = root.obj
    if type(root) is Name and root is not target:
        context.changed.add(root.id)
    return Assign(target, op, expression(results[1]), context.line(node))


def _note_filled(context: Context, target: Expr) -> None:
    """Remember an object that is given properties whose names are computed."""
    if type(target) is Name:
        context.filled.add(target.id)
    elif type(target) is Member:
        context.filled.add("." + target.prop)


def awaited(_context: Context, _node: Node, results: list[Any]) -> Expr | Let:
    if results and type(results[0]) is Let:  # `await using x = value` does not await the value
        return results[0]
    return Await(expression(results[0])) if results else UNKNOWN


def first(_context: Context, _node: Node, results: list[Any]) -> Expr:
    return expression(results[0]) if results else UNKNOWN


def last(_context: Context, _node: Node, results: list[Any]) -> Expr:
    return expression(results[-1]) if results else UNKNOWN


def several(_context: Context, _node: Node, results: list[Any]) -> Expr:
    return Many(expressions(results))


def typed(context: Context, node: Node, results: list[Any]) -> Expr:
    value = expression(results[0]) if results else UNKNOWN
    types = node.named_children
    if type(value) is not Lit and types and types[-1].type in _TYPE_KINDS:
        return Typed(value, context.text(types[-1])[:160])
    return value


def template(_context: Context, _node: Node, results: list[Any]) -> Expr:
    parts: list[Expr] = []
    for part in expressions(results):
        before = parts[-1] if parts else None
        if type(part) is Lit and type(part.value) is str and type(before) is Lit:
            parts[-1] = Lit(f"{before.value}{part.value}")
        else:
            parts.append(part)
    if not parts:
        return Lit("")
    whole = parts[0]
    if len(parts) == 1 and type(whole) is Lit and type(whole.value) is str:
        return whole
    return Tmpl(tuple(parts))
