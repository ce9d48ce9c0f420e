"""Handlers of exports, those of CommonJS included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from callaudit.syntax.facts import Export
from callaudit.syntax.ir import (
    Assign,
    Call,
    ClassRef,
    Do,
    Expr,
    Let,
    Lit,
    Member,
    Name,
    Obj,
    Prop,
    Stmt,
)  # fmt: skip
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.typescript.context import Context, expression
from callaudit.syntax.typescript.fragments import Decorator, ExportNames, Statements
from callaudit.syntax.typescript.functions import ANONYMOUS_DEFAULT
from callaudit.syntax.typescript.imports import has_word, plain_name

if TYPE_CHECKING:
    from tree_sitter import Node

WHOLE_MODULE = "*module*"
LONGEST_HEAD = 10_000


def export_clause(context: Context, node: Node) -> ExportNames:
    found: list[tuple[str, str, bool]] = []
    for specifier in node.named_children:
        inner = [plain_name(context, child) for child in specifier.named_children]
        if inner:
            context.refs.add(inner[0])
            found.append((inner[-1], inner[0], has_word(specifier, 0)))
    return ExportNames(tuple(found))


def namespace_export(context: Context, node: Node) -> ExportNames:
    inner = node.named_children
    return ExportNames(((plain_name(context, inner[0]), "*", False),)) if inner else ExportNames(())


def export_statement(context: Context, node: Node, results: list[Any]) -> Stmt | Statements | None:
    line = context.line(node)
    head = _words_before_value(context, node)
    source = next((r.value for r in results[-1:] if type(r) is Lit and type(r.value) is str), "")
    names = next((r for r in results if type(r) is ExportNames), None)
    types = b"type" in head
    if names is not None:
        for outside, inside, only in names.items:
            context.exports.append(Export(outside, inside, source, line, types or only))
        return None
    declared = next((r for r in results if isinstance(r, (Let, Statements))), None)
    if declared is None and source and b"*" in head:
        context.exports.append(Export("*", "*", source, line, types))
        return None
    if declared is not None:
        _decorate(context, declared, [r.call for r in results if type(r) is Decorator])
        _export_declared(context, declared, line, default=b"default" in head)
        return declared
    value = next((r for r in results if not isinstance(r, tuple)), None)
    if value is None:
        return None
    outside = "=" if b"=" in head else "default"
    local = WHOLE_MODULE if outside == "=" else ANONYMOUS_DEFAULT
    context.exports.append(Export(outside, local, "", line))
    return Let(context.name(local), expression(value), line)


def _decorate(context: Context, declared: Let | Statements, decorators: list[Call]) -> None:
    """Decorators before `export class` belong to the class."""
    if decorators and type(declared) is Let and type(declared.value) is ClassRef:
        cls = context.classes[declared.value.index]
        if cls is not None:
            context.classes[declared.value.index] = replace(cls, decorators=(*decorators, *cls.decorators))


def _words_before_value(context: Context, node: Node) -> list[bytes]:
    first = next((child for child in node.named_children if child.type not in ("decorator", "comment")), None)
    end = first.start_byte if first is not None else node.end_byte
    start = node.start_byte
    raw = context.source[start:end] if end - start < LONGEST_HEAD else b""
    return raw.replace(b"*", b" * ").replace(b"=", b" = ").split()


def _export_declared(context: Context, declared: Let | Statements, line: int, *, default: bool) -> None:
    for let in declared.items if type(declared) is Statements else (declared,):
        if type(let) is Let:
            for name in bound_names(let.target):
                context.exports.append(Export("default" if default else name, name, "", line))


def commonjs(context: Context, statement: Do) -> Stmt:
    """`module.exports = x` and `exports.a = x` as declarations that are exported."""
    assign = statement.value
    if type(assign) is not Assign:
        return statement
    target = assign.target
    if _is_module_exports(target):
        context.exports.append(Export("=", WHOLE_MODULE, "", statement.line))
        if type(assign.value) is Obj:
            for prop in assign.value.props:
                if type(prop) is Prop and type(prop.key) is str and type(prop.value) is Name:
                    context.exports.append(Export(prop.key, prop.value.id, "", statement.line))
        return Let(context.name(WHOLE_MODULE), assign.value, statement.line)
    if type(target) is Member and (_is_module_exports(target.obj) or _is_exports(target.obj)):
        local = f"*exports.{target.prop}*"
        context.exports.append(Export(target.prop, local, "", statement.line))
        return Let(context.name(local), assign.value, statement.line)
    return statement


def _is_exports(target: Expr) -> bool:
    return type(target) is Name and target.id == "exports"


def _is_module_exports(target: Expr) -> bool:
    return (
        type(target) is Member and target.prop == "exports" and type(target.obj) is Name and target.obj.id == "module"
    )
