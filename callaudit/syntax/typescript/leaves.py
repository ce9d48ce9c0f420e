"""Handlers of nodes that are read without their children: names, literals, types kept as text."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from callaudit.syntax.facts import Comment
from callaudit.syntax.ir import Lit, Name, PatEntry, Prop, Un
from callaudit.syntax.typescript.context import LONGEST_TEXT, MARK, MOST_COMMENTS, Context
from callaudit.syntax.typescript.fragments import OPTIONAL, Chain, Modifier, TypeText
from callaudit.syntax.typescript.literals import number, string, unescape

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

LONGEST_ANNOTATION = 200
LONGEST_ARGUMENTS = 160


def identifier(context: Context, node: Node) -> Name:
    raw = context.source[node.start_byte : node.end_byte]
    found = context.identifiers.get(raw)
    if found is None:
        found = context.identifiers[raw] = context.name(intern(raw.decode("utf-8", "replace")[:LONGEST_TEXT]))
    if raw:  # empty where the grammar recovered from an error by assuming a name
        context.refs.add(found.id)
    return found


def key(context: Context, node: Node) -> str:
    return context.text(node)


def word(context: Context, node: Node) -> Name:
    return context.name(context.text(node))


def shorthand(context: Context, node: Node) -> Prop:
    return Prop(context.text(node), identifier(context, node), context.line(node))


def shorthand_pattern(context: Context, node: Node) -> PatEntry:
    text = context.text(node)
    context.refs.add("." + text)
    return PatEntry(text, context.known(text))


# --- literals ------------------------------------------------------------------------------------


def string_literal(context: Context, node: Node) -> Lit:
    raw = context.source[node.start_byte : node.end_byte]
    found = context.strings.get(raw)
    if found is None:
        found = context.strings[raw] = string(raw.decode("utf-8", "replace")[:LONGEST_TEXT])
    return Lit(found)


def number_literal(context: Context, node: Node) -> Lit:
    raw = context.source[node.start_byte : node.end_byte]
    if raw not in context.numbers:
        context.numbers[raw] = number(raw.decode("utf-8", "replace")[:LONGEST_TEXT])
    return Lit(context.numbers[raw])


def constant(value: bool | None) -> Callable[[Context, Node], Lit]:
    lit = Lit(value)
    return lambda _context, _node: lit


def fragment(context: Context, node: Node) -> Lit:
    return Lit(context.text(node))


def escape(context: Context, node: Node) -> Lit:
    return Lit(unescape(context.text(node)))


def pattern(context: Context, node: Node) -> Un:
    """A regular expression, as it is written."""
    return Un("regex", Lit(context.text(node)))


# --- what is kept as text ------------------------------------------------------------------------


def type_annotation(context: Context, node: Node) -> TypeText:
    start = node.start_byte
    raw = context.source[start + 1 : min(node.end_byte, start + LONGEST_ANNOTATION)]
    return TypeText(context.known_type(raw.decode("utf-8", "replace").strip()))


def type_arguments(context: Context, node: Node) -> TypeText:
    start = node.start_byte
    raw = context.source[start + 1 : min(node.end_byte - 1, start + LONGEST_ARGUMENTS)]
    return TypeText(raw.decode("utf-8", "replace").strip())


def optional(_context: Context, _node: Node) -> Chain:
    return OPTIONAL


def modifier(context: Context, node: Node) -> Modifier:
    return Modifier(context.text(node))


def comment(context: Context, node: Node) -> None:
    if not context.speaks:
        return
    raw = context.source[node.start_byte : node.end_byte]
    if MARK in raw and len(context.comments) < MOST_COMMENTS:
        context.comments.append(Comment(context.line(node), raw.decode("utf-8", "replace")[:400]))
