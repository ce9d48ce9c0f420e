"""Handlers of imports, exports, interfaces and type aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from callaudit.syntax.facts import Comment, Export, Import, Interface
from callaudit.syntax.ir import Assign, Call, ClassRef, Do, Expr, Let, Lit, Member, Name, Obj, Prop, Stmt
from callaudit.syntax.typescript.context import MOST_COMMENTS, Context, expression
from callaudit.syntax.typescript.fragments import Decorator, ExportNames, Statements
from callaudit.syntax.typescript.functions import ANONYMOUS_DEFAULT
from callaudit.syntax.typescript.literals import string
from callaudit.syntax.typescript.types import type_names

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.typescript.walk import Frame

WHOLE_MODULE = "*module*"
MOST_MEMBERS = 80
_MARK = b"callaudit:"


def comment(context: Context, node: Node) -> None:
    raw = context.source[node.start_byte : node.end_byte]
    if _MARK in raw and len(context.comments) < MOST_COMMENTS:
        context.comments.append(Comment(context.line(node), raw.decode("utf-8", "replace")[:400]))


# --- imports -------------------------------------------------------------------------------------


def import_statement(context: Context, node: Node) -> None:
    source = ""
    line = context.line(node)
    type_only = context.source[node.start_byte : node.start_byte + 12].startswith(b"import type ")
    names: list[tuple[str, str, bool]] = []
    for child in node.named_children:
        if child.type == "string":
            source = string(context.text(child))
        elif child.type == "import_clause":
            for part in child.named_children:
                names.extend(_clause(context, part))
        elif child.type == "import_require_clause":
            inner = child.named_children
            names.append((context.text(inner[0]), "*", False))
            source = string(context.text(inner[-1]))
    if not names:
        context.imports.append(Import("", source, "", line, type_only))
    for local, imported, only in names:
        context.imports.append(Import(local, source, imported, line, type_only or only))


def _clause(context: Context, part: Node) -> list[tuple[str, str, bool]]:
    if part.type == "identifier":
        return [(context.text(part), "default", False)]
    if part.type == "namespace_import":
        return [(context.text(part.named_children[0]), "*", False)]
    found: list[tuple[str, str, bool]] = []
    for specifier in part.named_children:
        if specifier.type != "import_specifier":
            continue
        inner = [_plain_name(context, child) for child in specifier.named_children]
        if inner:
            only = context.source.startswith(b"type ", specifier.start_byte) and len(inner) >= 1
            found.append((inner[-1], inner[0], only))
    return found


def _plain_name(context: Context, node: Node) -> str:
    text = context.text(node)
    return string(text) if node.type == "string" else text


# --- exports -------------------------------------------------------------------------------------


def export_clause(context: Context, node: Node) -> ExportNames:
    found: list[tuple[str, str]] = []
    for specifier in node.named_children:
        inner = [_plain_name(context, child) for child in specifier.named_children]
        if inner:
            context.refs.add(inner[0])
            found.append((inner[-1], inner[0]))
    return ExportNames(tuple(found))


def namespace_export(context: Context, node: Node) -> ExportNames:
    inner = node.named_children
    return ExportNames(((_plain_name(context, inner[0]), "*"),)) if inner else ExportNames(())


def export_statement(context: Context, frame: Frame) -> Stmt | Statements | None:
    line = context.line(frame.node)
    head = _words_before_value(context, frame)
    source = next((r.value for r in frame.results[-1:] if isinstance(r, Lit) and isinstance(r.value, str)), "")
    names = next((r for r in frame.results if type(r) is ExportNames), None)
    if names is not None:
        for outside, inside in names.items:
            context.exports.append(Export(outside, inside, source, line))
        return None
    declared = next((r for r in frame.results if isinstance(r, (Let, Statements))), None)
    if declared is None and source and b"*" in head:
        context.exports.append(Export("*", "*", source, line))
        return None
    if declared is not None:
        _decorate(context, declared, [r.call for r in frame.results if type(r) is Decorator])
        _export_declared(context, declared, line, default=b"default" in head)
        return declared
    value = next((r for r in frame.results if not isinstance(r, tuple)), None)
    if value is None:
        return None
    outside = "=" if b"=" in head else "default"
    local = WHOLE_MODULE if outside == "=" else ANONYMOUS_DEFAULT
    context.exports.append(Export(outside, local, "", line))
    return Let(context.name(local), expression(value), line)


def _decorate(context: Context, declared: Let | Statements, decorators: list[Call]) -> None:
    """Decorators before `export class` belong to the class."""
    if decorators and isinstance(declared, Let) and isinstance(declared.value, ClassRef):
        cls = context.classes[declared.value.index]
        if cls is not None:
            context.classes[declared.value.index] = replace(cls, decorators=(*decorators, *cls.decorators))


def _words_before_value(context: Context, frame: Frame) -> list[bytes]:
    first = next((child for child in frame.children if child.type not in ("decorator", "comment")), None)
    end = first.start_byte if first is not None else frame.node.end_byte
    start = frame.node.start_byte
    raw = context.source[start:end] if end - start < 10_000 else b""
    return raw.replace(b"*", b" * ").replace(b"=", b" = ").split()


def _export_declared(context: Context, declared: Let | Statements, line: int, *, default: bool) -> None:
    lets = declared.items if isinstance(declared, Statements) else (declared,)
    for let in lets:
        if not isinstance(let, Let):
            continue
        for name in bound_names(let.target):
            context.exports.append(Export("default" if default else name, name, "", line))


def bound_names(target: Expr) -> list[str]:
    """The names that a pattern declares, in order."""
    found: list[str] = []
    waiting = [target]
    while waiting:
        pattern = waiting.pop(0)
        if isinstance(pattern, Name):
            found.append(pattern.id)
        else:
            waiting.extend(_inside(pattern))
    return found


def _inside(pattern: Expr) -> list[Expr]:
    from callaudit.syntax.ir import PatArr, PatDefault, PatObj, Spread

    if isinstance(pattern, PatObj):
        return [entry.target for entry in pattern.entries]
    if isinstance(pattern, PatArr):
        return [item for item in pattern.items if item is not None]
    if isinstance(pattern, PatDefault):
        return [pattern.target]
    return [pattern.value] if isinstance(pattern, Spread) else []


def commonjs(context: Context, statement: Stmt) -> Stmt:
    """`module.exports = x` and `exports.a = x` as declarations that are exported."""
    if not (isinstance(statement, Do) and isinstance(statement.value, Assign)):
        return statement
    assign = statement.value
    target = assign.target
    if _is_module_exports(target):
        context.exports.append(Export("=", WHOLE_MODULE, "", statement.line))
        if isinstance(assign.value, Obj):
            for prop in assign.value.props:
                if isinstance(prop, Prop) and isinstance(prop.key, str) and isinstance(prop.value, Name):
                    context.exports.append(Export(prop.key, prop.value.id, "", statement.line))
        return Let(context.name(WHOLE_MODULE), assign.value, statement.line)
    if isinstance(target, Member) and (_is_module_exports(target.obj) or _is_exports(target.obj)):
        local = f"*exports.{target.prop}*"
        context.exports.append(Export(target.prop, local, "", statement.line))
        return Let(context.name(local), assign.value, statement.line)
    return statement


def _is_exports(target: Expr) -> bool:
    return isinstance(target, Name) and target.id == "exports"


def _is_module_exports(target: Expr) -> bool:
    return (
        isinstance(target, Member)
        and target.prop == "exports"
        and isinstance(target.obj, Name)
        and target.obj.id == "module"
    )


# --- types ---------------------------------------------------------------------------------------


def interface(context: Context, node: Node) -> None:
    name = node.child_by_field_name("name")
    body = node.child_by_field_name("body")
    if name is None or body is None:
        return
    extends = [type_names(context.text(child)[:200]) for child in node.named_children if "extends" in child.type]
    members: list[tuple[str, str]] = []
    for child in body.named_children[:MOST_MEMBERS]:
        inner = child.child_by_field_name("name")
        if inner is None:
            continue
        annotation = child.child_by_field_name("type")
        text = context.source[annotation.start_byte + 1 : annotation.end_byte][:160] if annotation else b""
        members.append((context.text(inner), text.decode("utf-8", "replace").strip()))
    flat = tuple(part for names in extends for part in names)
    context.interfaces.append(Interface(context.text(name), context.line(node), flat, tuple(members)))


def type_alias(context: Context, node: Node) -> None:
    name = node.child_by_field_name("name")
    value = node.child_by_field_name("value")
    if name is not None and value is not None:
        raw = context.source[value.start_byte : min(value.end_byte, value.start_byte + 200)]
        text = raw.decode("utf-8", "replace")
        context.interfaces.append(Interface(context.text(name), context.line(node), (), (), text))
