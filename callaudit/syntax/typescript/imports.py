"""Handlers of imports, interfaces and type aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.facts import Import, Interface
from callaudit.syntax.type_names import type_names
from callaudit.syntax.typescript.literals import string

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.typescript.context import Context

MOST_MEMBERS = 80
LONGEST_MEMBER = 160
LONGEST_ALIAS = 200


def import_statement(context: Context, node: Node) -> None:
    source = ""
    line = context.line(node)
    type_only = has_word(node, 1)
    names: list[tuple[str, str, bool]] = []
    for child in node.named_children:
        if child.type == "string":
            source = string(context.text(child))
        elif child.type == "import_clause":
            for part in child.named_children:
                names.extend(_clause(context, part))
        elif child.type == "import_require_clause":
            inner = child.named_children
            if inner:
                names.append((context.text(inner[0]), "*", False))
                source = string(context.text(inner[-1])) if inner[-1].type == "string" else ""
    if not names:
        context.imports.append(Import("", source, "", line, type_only))
    for local, imported, only in names:
        context.imports.append(Import(local, source, imported, line, type_only or only))


def _clause(context: Context, part: Node) -> list[tuple[str, str, bool]]:
    if part.type == "identifier":
        return [(context.text(part), "default", False)]
    if part.type == "namespace_import":
        return [(context.text(child), "*", False) for child in part.named_children[:1]]
    found: list[tuple[str, str, bool]] = []
    for specifier in part.named_children:
        if specifier.type != "import_specifier":
            continue
        inner = [plain_name(context, child) for child in specifier.named_children]
        if inner:
            found.append((inner[-1], inner[0], has_word(specifier, 0)))
    return found


def has_word(node: Node, index: int) -> bool:
    """Whether the child at `index` is the word `type`, not a name."""
    return node.child_count > index and node.children[index].type == "type"


def plain_name(context: Context, node: Node) -> str:
    """The name in an import or export clause, which may be written as a string."""
    text = context.text(node)
    return string(text) if node.type == "string" else text


def interface(context: Context, node: Node) -> None:
    name = node.child_by_field_name("name")
    body = node.child_by_field_name("body")
    if name is None or body is None:
        return
    extends: list[str] = []
    for child in node.named_children:
        if "extends" in child.type:
            extends += type_names(context.text(child)[:LONGEST_ALIAS])
    members: list[tuple[str, str]] = []
    for child in body.named_children[:MOST_MEMBERS]:
        inner = child.child_by_field_name("name")
        if inner is None:
            continue
        annotation = child.child_by_field_name("type")
        raw = context.source[annotation.start_byte + 1 : annotation.end_byte][:LONGEST_MEMBER] if annotation else b""
        members.append((context.text(inner), raw.decode("utf-8", "replace").strip()))
    context.interfaces.append(Interface(context.text(name), context.line(node), tuple(extends), tuple(members)))


def type_alias(context: Context, node: Node) -> None:
    name = node.child_by_field_name("name")
    value = node.child_by_field_name("value")
    if name is not None and value is not None:
        raw = context.source[value.start_byte : min(value.end_byte, value.start_byte + LONGEST_ALIAS)]
        text = raw.decode("utf-8", "replace")
        context.interfaces.append(Interface(context.text(name), context.line(node), (), (), text))
