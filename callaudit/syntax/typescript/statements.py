"""Handlers of statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import (
    Assign,
    Await,
    Block,
    Call,
    Case,
    Cond,
    Do,
    Expr,
    If,
    ImportCall,
    Jsx,
    Jump,
    Let,
    Lit,
    Loop,
    Many,
    Obj,
    Op,
    Prop,
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
from callaudit.syntax.typescript.fragments import Cases, Catch, Else, Finally, Statements, TypeText

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.typescript.walk import Frame

_WITH_EFFECTS = (Call, Await, Assign, Op, Cond, Many, Un, Jsx, ImportCall, Typed, Tmpl)


def block(context: Context, frame: Frame) -> Block:
    return Block(statements(frame.results, context.line(frame.node)))


def expression_statement(context: Context, frame: Frame) -> Stmt:
    if not frame.results:
        return NOTHING
    value = expression(frame.results[0])
    if isinstance(value, _WITH_EFFECTS) or (isinstance(value, Lit) and isinstance(value.value, str)):
        return Do(value, context.line(frame.node))
    return NOTHING


def empty(_context: Context, _node: Node) -> Stmt:
    return NOTHING


def declaration(_context: Context, frame: Frame) -> Statements:
    return Statements(tuple(result for result in frame.results if isinstance(result, Let)))


def declarator(context: Context, frame: Frame) -> Let | None:
    target: Expr | None = None
    value: Expr | None = None
    text = ""
    for result in frame.results:
        if type(result) is TypeText:
            text = result.text
        elif target is None:
            target = expression(result)
        else:
            value = expression(result)
    if target is None:
        return None
    parent = context.parent_frame
    mutable = context.source[frame.node.start_byte - 6 : frame.node.start_byte].strip() != b"const"
    del parent
    return Let(target, value, context.line(frame.node), mutable=mutable, type=text)


def branch(context: Context, frame: Frame) -> Stmt:
    results = frame.results
    other = next((r.items for r in results if type(r) is Else), ())
    plain = [r for r in results if type(r) is not Else]
    if not plain:
        return NOTHING
    return If(expression(plain[0]), body_of(plain[1:]), other, context.line(frame.node))


def body_of(results: list[Any]) -> tuple[Stmt, ...]:
    """The statements of a body that may be a block or a lone statement."""
    if len(results) == 1 and isinstance(results[0], Block):
        return results[0].body
    return statements(results)


def alternative(_context: Context, frame: Frame) -> Else:
    return Else(body_of(frame.results))


def for_loop(context: Context, frame: Frame) -> Stmt:
    results = frame.results
    if len(results) < 3:
        return Block(statements(results))
    test = results[1]
    if isinstance(test, Do):
        test = test.value
    return Loop(
        kind="for",
        body=body_of(results[-1:]),
        line=context.line(frame.node),
        init=statements(results[:1]),
        test=None if test is NOTHING else expression(test),
        update=expression(results[2]) if len(results) > 3 else None,
    )


def for_each(context: Context, frame: Frame) -> Stmt:
    results = frame.results
    if len(results) < 3:
        return Block(statements(results))
    operator = frame.node.child_by_field_name("operator")
    return Loop(
        kind="in" if operator is not None and operator.type == "in" else "of",
        body=body_of(results[-1:]),
        line=context.line(frame.node),
        target=expression(results[0]),
        source=expression(results[1]),
    )


def while_loop(context: Context, frame: Frame) -> Stmt:
    results = frame.results
    if not results:
        return NOTHING
    return Loop("while", body_of(results[1:]), context.line(frame.node), test=expression(results[0]))


def do_loop(context: Context, frame: Frame) -> Stmt:
    results = frame.results
    if not results:
        return NOTHING
    test = expression(results[1]) if len(results) > 1 else None
    return Loop("do", body_of(results[:1]), context.line(frame.node), test=test)


def switch(context: Context, frame: Frame) -> Stmt:
    cases = next((r.items for r in frame.results if type(r) is Cases), ())
    value = expression(frame.results[0]) if frame.results else UNKNOWN
    return Switch(value, cases, context.line(frame.node))


def switch_body(_context: Context, frame: Frame) -> Cases:
    return Cases(tuple(result for result in frame.results if isinstance(result, Case)))


def case(context: Context, frame: Frame) -> Case:
    test = expression(frame.results[0]) if frame.results else UNKNOWN
    return Case(test, _unwrapped(frame.results[1:]), context.line(frame.node))


def default_case(_context: Context, frame: Frame) -> Case:
    return Case(None, _unwrapped(frame.results))


def _unwrapped(results: list[Any]) -> tuple[Stmt, ...]:
    """`case x: { ...; break }` reads like `case x: ...; break`."""
    found: list[Stmt] = []
    for statement in statements(results):
        found.extend(statement.body if isinstance(statement, Block) else (statement,))
    return tuple(found)


def attempt(context: Context, frame: Frame) -> Stmt:
    body: tuple[Stmt, ...] = ()
    catch: Catch | None = None
    final: tuple[Stmt, ...] = ()
    for result in frame.results:
        if isinstance(result, Block):
            body = result.body
        elif type(result) is Catch:
            catch = result
        elif type(result) is Finally:
            final = result.items
    line = context.line(frame.node)
    return Try(body, catch.param if catch else None, catch.items if catch else None, final, line)


def catch_clause(_context: Context, frame: Frame) -> Catch:
    results = [result for result in frame.results if type(result) is not TypeText]
    param = expression(results[0]) if len(results) > 1 else None
    return Catch(param, body_of(results[-1:]))


def finally_clause(_context: Context, frame: Frame) -> Finally:
    return Finally(body_of(frame.results))


def returned(context: Context, frame: Frame) -> Stmt:
    value = expression(frame.results[0]) if frame.results else None
    return Ret(value, context.line(frame.node))


def thrown(context: Context, frame: Frame) -> Stmt:
    value = expression(frame.results[0]) if frame.results else None
    return Throw(value, context.line(frame.node))


def jump(_context: Context, node: Node) -> Stmt:
    return Jump("continue" if node.type == "continue_statement" else "break")


def labeled(_context: Context, frame: Frame) -> Stmt:
    return Block(statements(frame.results))


def enumeration(context: Context, frame: Frame) -> Let | None:
    names = [result for result in frame.results if isinstance(result, (Prop, str))]
    name = frame.node.child_by_field_name("name")
    body = frame.node.child_by_field_name("body")
    if name is None or body is None:
        return None
    del names
    props = next((r for r in frame.results if isinstance(r, Obj)), Obj(()))
    return Let(context.name(context.text(name)), props, context.line(frame.node), hoisted=True)


def enum_body(_context: Context, frame: Frame) -> Obj:
    props: list[Expr] = []
    following: int | None = 0
    for result in frame.results:
        if isinstance(result, Prop):
            props.append(result)
            value = result.value.value if isinstance(result.value, Lit) else None
            following = value + 1 if isinstance(value, int) else None
        elif isinstance(result, (str, Lit)):
            key = result if isinstance(result, str) else str(result.value)
            props.append(Prop(key, Lit(following)))
            following = None if following is None else following + 1
    return Obj(tuple(props))


def namespace(context: Context, frame: Frame) -> Let | None:
    """`namespace N { export const a = 1 }` is an object with the names that it declares."""
    name = next((r for r in frame.results if not isinstance(r, Block)), None)
    body = next((r for r in frame.results if isinstance(r, Block)), None)
    text = getattr(name, "id", None)
    if text is None or body is None:
        return None
    props = tuple(
        Prop(statement.target.id, statement.value)
        for statement in body.body
        if isinstance(statement, Let) and hasattr(statement.target, "id") and statement.value is not None
    )
    return Let(context.name(text), Obj(props), context.line(frame.node), hoisted=True)
