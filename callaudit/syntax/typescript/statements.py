"""Handlers of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.facts import ASYNC_ITERATOR, ITERATOR
from callaudit.syntax.ir import (
    Assign,
    Await,
    Block,
    Call,
    Case,
    Cond,
    Do,
    If,
    ImportCall,
    Index,
    Jsx,
    Let,
    Lit,
    Loop,
    Many,
    Member,
    Op,
    Ret,
    Stmt,
    Switch,
    Throw,
    Tmpl,
    Try,
    Typed,
    Un,
)  # fmt: skip
from callaudit.syntax.typescript.context import NOTHING, UNKNOWN, Context, expression, statements
from callaudit.syntax.typescript.fragments import Cases, Catch, Else, Finally, TypeText

if TYPE_CHECKING:
    from tree_sitter import Node


_ITERATED = ("." + ITERATOR, "." + ASYNC_ITERATOR)
_WITH_EFFECTS = frozenset({Call, Await, Assign, Op, Cond, Many, Un, Jsx, ImportCall, Typed, Tmpl, Member, Index})


def block(context: Context, node: Node, results: list[Any]) -> Block:
    return Block(statements(results, context.line(node)))


def expression_statement(context: Context, node: Node, results: list[Any]) -> Stmt:
    if not results:
        return NOTHING
    found = results[0]
    if type(found) is Let:
        return found
    value = expression(found)
    if type(value) in _WITH_EFFECTS or (type(value) is Lit and type(value.value) is str):
        return Do(value, context.line(node))
    return NOTHING


def empty(_context: Context, _node: Node) -> Stmt:
    return NOTHING


def branch(context: Context, node: Node, results: list[Any]) -> Stmt:
    other = next((r.items for r in results if type(r) is Else), ())
    plain = [r for r in results if type(r) is not Else]
    if not plain:
        return NOTHING
    return If(expression(plain[0]), body_of(plain[1:]), other, context.line(node))


def body_of(results: list[Any]) -> tuple[Stmt, ...]:
    """The statements of a body that may be a block or a lone statement."""
    if len(results) == 1 and type(results[0]) is Block:
        return results[0].body
    return statements(results)


def alternative(_context: Context, _node: Node, results: list[Any]) -> Else:
    return Else(body_of(results))


def for_loop(context: Context, node: Node, results: list[Any]) -> Stmt:
    if len(results) < 3:
        return Block(statements(results))
    test = results[1]
    if type(test) is Do:
        test = test.value
    return Loop(
        kind="for",
        body=body_of(results[-1:]),
        line=context.line(node),
        init=statements(results[:1]),
        test=None if test is NOTHING else expression(test),
        update=expression(results[2]) if len(results) > 3 else None,
    )


def for_each(context: Context, node: Node, results: list[Any]) -> Stmt:
    if len(results) < 3:
        return Block(statements(results))
    operator = node.child_by_field_name("operator")
    kind = "in" if operator is not None and operator.type == "in" else "of"
    if kind == "of":
        context.refs.update(_ITERATED)
    return Loop(
        kind=kind,
        body=body_of(results[-1:]),
        line=context.line(node),
        target=expression(results[0]),
        source=expression(results[1]),
    )


def while_loop(context: Context, node: Node, results: list[Any]) -> Stmt:
    if not results:
        return NOTHING
    return Loop("while", body_of(results[1:]), context.line(node), test=expression(results[0]))


def do_loop(context: Context, node: Node, results: list[Any]) -> Stmt:
    if not results:
        return NOTHING
    test = expression(results[1]) if len(results) > 1 else None
    return Loop("do", body_of(results[:1]), context.line(node), test=test)


def switch(context: Context, node: Node, results: list[Any]) -> Stmt:
    cases = next((r.items for r in results if type(r) is Cases), ())
    value = expression(results[0]) if results else UNKNOWN
    return Switch(value, cases, context.line(node))


def switch_body(_context: Context, _node: Node, results: list[Any]) -> Cases:
    return Cases(tuple(result for result in results if type(result) is Case))


def case(context: Context, node: Node, results: list[Any]) -> Case:
    test = expression(results[0]) if results else UNKNOWN
    return Case(test, _unwrapped(results[1:]), context.line(node))


def default_case(_context: Context, _node: Node, results: list[Any]) -> Case:
    return Case(None, _unwrapped(results))


def _unwrapped(results: list[Any]) -> tuple[Stmt, ...]:
    """`case x: { ...; break }` reads like `case x: ...; break`."""
    found: list[Stmt] = []
    for statement in statements(results):
        found.extend(statement.body if type(statement) is Block else (statement,))
    return tuple(found)


def attempt(context: Context, node: Node, results: list[Any]) -> Stmt:
    body: tuple[Stmt, ...] = ()
    catch: Catch | None = None
    final: tuple[Stmt, ...] = ()
    for result in results:
        if type(result) is Block:
            body = result.body
        elif type(result) is Catch:
            catch = result
        elif type(result) is Finally:
            final = result.items
    line = context.line(node)
    return Try(body, catch.param if catch else None, catch.items if catch else None, final, line)


def catch_clause(_context: Context, _node: Node, results: list[Any]) -> Catch:
    results = [result for result in results if type(result) is not TypeText]
    param = expression(results[0]) if len(results) > 1 else None
    return Catch(param, body_of(results[-1:]))


def finally_clause(_context: Context, _node: Node, results: list[Any]) -> Finally:
    return Finally(body_of(results))


def returned(context: Context, node: Node, results: list[Any]) -> Stmt:
    value = expression(results[0]) if results else None
    return Ret(value, context.line(node))


def thrown(context: Context, node: Node, results: list[Any]) -> Stmt:
    value = expression(results[0]) if results else None
    return Throw(value, context.line(node))


def within(_context: Context, _node: Node, results: list[Any]) -> Stmt:
    """`with (object) …`."""
    return Block(statements(results))
