"""Calls with type arguments that the grammar takes for comparisons.

Of `f(await g<A, B>(a, b))` tree-sitter-typescript 0.23.2 makes two arguments, `await g < A` and `B > (a, b)`. For
TypeScript type arguments end wherever a `>` stands before a parenthesis
(`canFollowTypeArgumentsInExpression` of its parser).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import Await, Call, Expr, Many, Op
from callaudit.syntax.typescript.context import Context, expression
from callaudit.syntax.typescript.leaves import LONGEST_ARGUMENTS

if TYPE_CHECKING:
    from tree_sitter import Node


def rejoined(context: Context, node: Node, results: list[Any]) -> list[Any]:
    """The arguments under `node` with such a call in one piece."""
    starts = (at for at, one in enumerate(results) if type(one) is Op and one.op == "<" and type(one.items[0]) is Await)
    start = next(starts, -1)
    if start < 0:
        return results
    parts = [child for child in node.named_children if child.type != "comment"]
    if len(parts) != len(results):
        return results
    for end in range(start + 1, len(parts)):
        given = _given(parts[end])
        if given is not None:
            called = _called(context, parts[start], given, results[start], results[end])
            return results if called is None else [*results[:start], called, *results[end + 1 :]]
    return results


def _given(node: Node) -> Node | None:
    """The parentheses that `B > (a, b)` and `Partial < B >> (a, b)` end in."""
    operator = ""
    while node.type == "binary_expression":
        operator, right = node.children[1].type, node.child_by_field_name("right")
        if right is None:
            return None
        node = right
    return node if node.type == "parenthesized_expression" and operator.strip(">") == "" != operator else None


def _called(context: Context, first: Node, given: Node, comparison: Op, last: Any) -> Expr | None:
    awaited = comparison.items[0]
    types = first.children[1]
    if type(awaited) is not Await or types.type != "<":
        return None
    inside: Expr = expression(last)
    while type(inside) is Op and inside.op in ("<", ">", ">>", ">>>"):
        inside = inside.items[-1]
    several = given.named_children and given.named_children[0].type == "sequence_expression"
    args = inside.items if several and type(inside) is Many else (inside,)
    line, column = context.place(*first.start_point)
    written = context.source[types.end_byte : given.start_byte].strip()
    text = written[:LONGEST_ARGUMENTS].decode("utf-8", "replace").removesuffix(">").strip()
    return Await(Call(awaited.value, args, line, column, types=text))
