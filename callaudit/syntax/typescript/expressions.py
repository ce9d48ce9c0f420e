"""Handlers of expressions and patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import (
    Arr,
    Assign,
    Await,
    Call,
    Cond,
    Expr,
    ImportCall,
    Index,
    Lit,
    Many,
    Member,
    Name,
    Obj,
    Op,
    PatArr,
    PatDefault,
    PatEntry,
    PatObj,
    Prop,
    Spread,
    Tmpl,
    Typed,
    Un,
)  # fmt: skip
from callaudit.syntax.typescript.context import UNKNOWN, Context, expression
from callaudit.syntax.typescript.fragments import Args, Computed, Decorator, Method, TypeText
from callaudit.syntax.typescript.literals import number, string, unescape

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.typescript.walk import Frame

CHAINS = frozenset({"+", "&&", "||", "??"})
LONGEST_CHAIN = 500
FILLING = frozenset({"push", "unshift", "splice"})
_TYPE_KINDS = frozenset(
    {"type_identifier", "generic_type", "nested_type_identifier", "intersection_type", "union_type"}
)


# --- leaves -------------------------------------------------------------------------------------


def identifier(context: Context, node: Node) -> Name:
    text = context.text(node)
    if text:  # empty where the grammar recovered from an error by assuming a name
        context.refs.add(text)
    return context.name(text)


def pattern(context: Context, node: Node) -> Un:
    """A regular expression, as it is written."""
    return Un("regex", Lit(context.text(node)))


def key(context: Context, node: Node) -> str:
    return context.text(node)


def string_literal(context: Context, node: Node) -> Lit:
    return Lit(string(context.text(node)))


def number_literal(context: Context, node: Node) -> Lit:
    return Lit(number(context.text(node)))


def fragment(context: Context, node: Node) -> Lit:
    return Lit(context.text(node))


def escape(context: Context, node: Node) -> Lit:
    return Lit(unescape(context.text(node)))


def constant(value: bool | None) -> Any:
    lit = Lit(value)
    return lambda _context, _node: lit


def word(context: Context, node: Node) -> Name:
    return context.name(context.text(node))


def shorthand(context: Context, node: Node) -> Prop:
    return Prop(context.text(node), identifier(context, node), context.line(node))


def shorthand_pattern(context: Context, node: Node) -> PatEntry:
    text = context.text(node)
    context.refs.add("." + text)
    return PatEntry(text, context.name(text))


def type_annotation(context: Context, node: Node) -> TypeText:
    raw = context.source[node.start_byte + 1 : min(node.end_byte, node.start_byte + 200)]
    return TypeText(raw.decode("utf-8", "replace").strip())


def type_arguments(context: Context, node: Node) -> TypeText:
    raw = context.source[node.start_byte + 1 : min(node.end_byte - 1, node.start_byte + 160)]
    return TypeText(raw.decode("utf-8", "replace").strip())


# --- calls and members ---------------------------------------------------------------------------


def member(context: Context, frame: Frame) -> Expr:
    results = frame.results
    if len(results) < 2 or not isinstance(results[-1], str):
        return expression(results[0]) if results else UNKNOWN
    context.refs.add("." + results[-1])
    return Member(expression(results[0]), results[-1])


def subscript(context: Context, frame: Frame) -> Expr:
    if len(frame.results) < 2:
        return UNKNOWN
    index = expression(frame.results[1])
    if isinstance(index, Lit) and isinstance(index.value, str):
        context.refs.add("." + index.value)
        return Member(expression(frame.results[0]), index.value)
    return Index(expression(frame.results[0]), index)


def arguments(_context: Context, frame: Frame) -> Args:
    row, column = frame.node.start_point
    return Args(tuple(expression(result) for result in frame.results), row, column)


def call(context: Context, frame: Frame) -> Expr:
    results = frame.results
    if not results:
        return UNKNOWN
    callee = expression(results[0])
    # with type arguments the grammar binds `await` first: `await f<T>()` comes as `(await f)<T>()`
    awaits = isinstance(callee, Await)
    if isinstance(callee, Await):
        callee = callee.value
    if isinstance(callee, Member) and callee.prop in FILLING:
        _note_filled(context, callee.obj)
    line, column = place(context, frame, callee)
    types = ""
    if len(results) > 1 and type(results[1]) is TypeText:
        types = results.pop(1).text
    if len(results) > 1 and type(results[1]) is Args:
        args = results[1].items
    else:
        args = tuple(expression(result) for result in results[1:])
    if isinstance(callee, Name):
        if callee.id in ("import", "require") and args and isinstance(args[0], Lit) and isinstance(args[0].value, str):
            context.refs.add("!" + args[0].value)
        if callee.id == "import" and args:
            return ImportCall(args[0], line)
        if callee.id == "require" and len(args) == 1 and isinstance(args[0], Lit):
            return ImportCall(args[0], line)
    made = Call(callee, args, line, column, types=types)
    return Await(made) if awaits else made


def new(context: Context, frame: Frame) -> Expr:
    results = frame.results
    if not results:
        return UNKNOWN
    args = next((result.items for result in results if type(result) is Args), ())
    line, column = place(context, frame, None)
    return Call(expression(results[0]), args, line, column, new=True)


def place(context: Context, frame: Frame, callee: Expr | None) -> tuple[int, int]:
    """Where a call is: at the name that is called, which may stand lines below the start of a chain."""
    row, column = frame.node.start_point
    args = frame.results[-1] if len(frame.results) > 1 else None
    if type(args) is Args and args.row != row and isinstance(callee, Member):
        row, column = args.row, max(args.column - len(callee.prop), 0)
    return row + 1, context.column(row, column)


def decorator(context: Context, frame: Frame) -> Decorator | None:
    if not frame.results:
        return None
    value = expression(frame.results[0])
    if isinstance(value, Call):
        return Decorator(value)
    return Decorator(Call(value, (), context.line(frame.node), 1))


# --- operators -----------------------------------------------------------------------------------


def operator(frame: Frame) -> str:
    found = frame.node.child_by_field_name("operator")
    return found.type if found is not None else "?"


def binary(context: Context, frame: Frame) -> Expr:
    if len(frame.results) < 2:
        return Many(tuple(expression(result) for result in frame.results))
    left, right = expression(frame.results[0]), expression(frame.results[1])
    op = operator(frame)
    if op in CHAINS and isinstance(left, Op) and left.op == op and len(left.items) < LONGEST_CHAIN:
        return Op(op, (*left.items, right))
    if op == ">" and isinstance(right, Tmpl) and isinstance(left, Op) and left.op == "<":
        # f<T>`...`, which the grammar takes for two comparisons
        return Call(left.items[0], right.parts, context.line(frame.node), 1)
    return Op(op, (left, right))


def unary(context: Context, frame: Frame) -> Expr:
    if not frame.results:
        return UNKNOWN
    value = expression(frame.results[0])
    op = operator(frame)
    if isinstance(value, Name) and op in ("++", "--"):
        context.assigned.add(value.id)
    if op in ("++", "--"):
        return Un(op, value, frame.node.children[0].is_named)
    if op == "-" and isinstance(value, Lit) and isinstance(value.value, (int, float)):
        return Lit(-value.value)
    return Un(op, value)


def ternary(_context: Context, frame: Frame) -> Expr:
    if len(frame.results) != 3:
        return Many(tuple(expression(result) for result in frame.results))
    return Cond(*(expression(result) for result in frame.results))


def assignment(context: Context, frame: Frame) -> Expr:
    if len(frame.results) != 2:
        return UNKNOWN
    op = operator(frame) if frame.node.type.startswith("augmented") else "="
    target, value = frame.results
    if isinstance(target, Name):
        context.assigned.add(target.id)
    elif isinstance(target, Index):
        _note_filled(context, target.obj)
    root = target
    while isinstance(root, (Member, Index)):
        root = root.obj
    if root is not target and isinstance(root, Name):
        context.changed.add(root.id)
    return Assign(expression(target), op, expression(value), context.line(frame.node))


def _note_filled(context: Context, target: Expr) -> None:
    """Remember an object that is given properties whose names are computed."""
    if isinstance(target, Name):
        context.filled.add(target.id)
    elif isinstance(target, Member):
        context.filled.add("." + target.prop)


def awaited(_context: Context, frame: Frame) -> Expr:
    return Await(expression(frame.results[0])) if frame.results else UNKNOWN


def first(_context: Context, frame: Frame) -> Expr:
    return expression(frame.results[0]) if frame.results else UNKNOWN


def last(_context: Context, frame: Frame) -> Expr:
    return expression(frame.results[-1]) if frame.results else UNKNOWN


def several(_context: Context, frame: Frame) -> Expr:
    return Many(tuple(expression(result) for result in frame.results))


def typed(context: Context, frame: Frame) -> Expr:
    value = expression(frame.results[0]) if frame.results else UNKNOWN
    last = frame.children[-1]
    if last.type in _TYPE_KINDS and not isinstance(value, Lit):
        return Typed(value, context.text(last)[:160])
    return value


def template(_context: Context, frame: Frame) -> Expr:
    parts: list[Expr] = []
    for result in frame.results:
        part = expression(result)
        if parts and isinstance(part, Lit) and isinstance(parts[-1], Lit) and isinstance(part.value, str):
            parts[-1] = Lit(f"{parts[-1].value}{part.value}")
        else:
            parts.append(part)
    if not parts:
        return Lit("")
    if len(parts) == 1 and isinstance(parts[0], Lit) and isinstance(parts[0].value, str):
        return parts[0]
    return Tmpl(tuple(parts))


# --- literals of several values ------------------------------------------------------------------


def obj(_context: Context, frame: Frame) -> Obj:
    return Obj(tuple(entry for entry in (_property(result) for result in frame.results) if entry is not None))


def _property(result: Any) -> Expr | None:
    if isinstance(result, (Prop, Spread)):
        return result
    if type(result) is Method:
        from callaudit.syntax.ir import Func

        return Prop(result.name, Func(result.function))
    return None


def pair(context: Context, frame: Frame) -> Prop | None:
    if len(frame.results) < 2:
        return None
    return Prop(property_key(frame.results[0]), expression(frame.results[1]), context.line(frame.node))


def property_key(result: Any) -> str | Expr:
    """A property's name: a string where it is written as one."""
    if isinstance(result, str):
        return result
    if type(result) is Computed:
        return property_key(result.value) if isinstance(result.value, Lit) else result.value
    if isinstance(result, Lit):
        return str(result.value)
    return expression(result)


def computed(_context: Context, frame: Frame) -> Computed:
    return Computed(expression(frame.results[0]) if frame.results else UNKNOWN)


def array(_context: Context, frame: Frame) -> Arr:
    return Arr(tuple(expression(result) for result in frame.results))


def spread(_context: Context, frame: Frame) -> Spread:
    return Spread(expression(frame.results[0]) if frame.results else UNKNOWN)


# --- patterns ------------------------------------------------------------------------------------


def object_pattern(_context: Context, frame: Frame) -> PatObj:
    entries: list[PatEntry] = []
    for result in frame.results:
        if isinstance(result, PatEntry):
            entries.append(result)
        elif isinstance(result, Spread):
            entries.append(PatEntry("", result.value))
    return PatObj(tuple(entries))


def pair_pattern(context: Context, frame: Frame) -> PatEntry | None:
    if len(frame.results) < 2:
        return None
    name = property_key(frame.results[0])
    if isinstance(name, str):
        context.refs.add("." + name)
    target = expression(frame.results[1])
    if isinstance(target, PatDefault):
        return PatEntry(name, target.target, target.default)
    return PatEntry(name, target)


def object_default(_context: Context, frame: Frame) -> PatEntry | None:
    if len(frame.results) < 2 or not isinstance(frame.results[0], PatEntry):
        return None
    entry = frame.results[0]
    return PatEntry(entry.key, entry.target, expression(frame.results[1]))


def array_pattern(_context: Context, frame: Frame) -> PatArr:
    items: list[Expr | None] = []
    results = iter(frame.results)
    waiting = True
    for child in frame.node.children:
        if child.type == ",":
            if waiting:
                items.append(None)
            waiting = True
        elif child.is_named and child.type != "comment":
            items.append(expression(next(results, None)))
            waiting = False
    return PatArr(tuple(items))


def default(_context: Context, frame: Frame) -> PatDefault | None:
    if len(frame.results) < 2:
        return None
    return PatDefault(expression(frame.results[0]), expression(frame.results[1]))
