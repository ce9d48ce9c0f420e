"""The scripts of a component's file: what their top level declares, and what has to be written otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from callaudit.syntax.typescript.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from callaudit.syntax.components.markup import Element
    from callaudit.syntax.components.written import Writer

DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern"})
_NAMED = frozenset({"function_declaration", "generator_function_declaration", "class_declaration", "enum_declaration"})
_FIXED = frozenset({"string", "number", "true", "false", "array", "object", "template_string", "arrow_function"})
# what may begin a cast: `a < b` and `f<T>()` do not, and looking at each node of a script takes long
_OPENING = re.compile(rb"(?:(?<![\w$])|(?<=return))<(?![=<\d/])")
_TYPED = ("as_expression", "satisfies_expression", "non_null_expression", "parenthesized_expression")


class Edit(NamedTuple):
    """What stands from `start` to `end` is written as `text`."""

    start: int
    end: int
    text: str


class Script(NamedTuple):
    """The code from `start` to `end` of the file, as a tree whose positions count from `start`."""

    source: bytes
    start: int
    end: int
    root: Node

    def text(self, node: Node) -> str:
        """What is written as `node`."""
        return self.source[self.start + node.start_byte : self.start + node.end_byte].decode("utf-8", "replace")

    def edit(self, first: Node, last: Node | None, text: str) -> Edit:
        """Write `first`, or all from it to the begin of `last`, as `text`."""
        end = first.end_byte if last is None else last.start_byte
        return Edit(self.start + first.start_byte, self.start + end, text)


def script(source: bytes, start: int, end: int, *, typed: bool) -> Script:
    """Read the code from `start` to `end`. Raises `ParseBudgetError` where the parser uses up its steps."""
    return Script(source, start, end, parse(source[start:end], "typescript" if typed else "tsx").root_node)


def script_of(source: bytes, block: Element) -> Script:
    """Read what stands in an element, in the language that it names."""
    language = block.attribute("lang")
    typed = language is not None and source[language.start : language.end] in (b"ts", b"typescript")
    return script(source, block.first, block.last, typed=typed)


def untyped(found: Script) -> Iterator[Edit]:
    """Blank what is no code beside elements: casts `<T>x`, and the `<T>` of functions without a name."""
    if _OPENING.search(found.source, found.start, found.end) is None:
        return
    for node in _walk(found.root):
        if node.type == "type_assertion" and node.named_children:
            types = node.named_children[0]
            yield Edit(found.start + types.start_byte, found.start + types.end_byte, "")
        elif node.type == "arrow_function" and node.children[0].type == "type_parameters":
            yield found.edit(node.children[0], None, "")


def _walk(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.named_children)


def waits(found: Script) -> bool:
    """Whether code waits for something outside of all functions."""
    waiting = list(found.root.named_children) if b"await" in found.source[found.start : found.end] else []
    while waiting:
        node = waiting.pop()
        if node.type == "await_expression":
            return True
        if not node.type.endswith(("function", "function_expression", "function_declaration", "method_definition")):
            waiting.extend(node.named_children)
    return False


class Declared(NamedTuple):
    """The names of a top level: all, those that never hold anything else, and those whose `value` holds it."""

    names: frozenset[str]
    fixed: frozenset[str]
    held: frozenset[str]


def declared(scripts: Iterable[Script], holders: frozenset[str] = frozenset()) -> Declared:
    """What the top levels of `scripts` declare and import; `holders` are functions that make objects with a value."""
    names: set[str] = set()
    fixed: set[str] = set()
    held: set[str] = set()
    for found in scripts:
        for statement in _statements(found.root):
            if statement.type == "import_statement":
                imported = set(imported_names(found, statement))
                names |= imported
                fixed |= imported
            elif statement.type in _NAMED:
                name = statement.child_by_field_name("name")
                if name is not None:
                    names.add(found.text(name))
                    fixed.add(found.text(name))
            elif statement.type in DECLARATIONS:
                constant = statement.children[0].type == "const"
                for one in statement.named_children:
                    own = set(_bound(found, one.child_by_field_name("name")))
                    value = _plain(one.child_by_field_name("value"))
                    names |= own
                    if constant and value is not None and value.type in _FIXED:
                        fixed |= own
                    if value is not None and value.type == "call_expression":
                        callee = value.child_by_field_name("function")
                        if callee is not None and found.text(callee) in holders:
                            held |= own
    return Declared(frozenset(names), frozenset(fixed), frozenset(held))


def _plain(node: Node | None) -> Node | None:
    while node is not None and node.type in _TYPED and node.named_children:
        node = node.named_children[0]
    return node


def _statements(root: Node) -> Iterator[Node]:
    for statement in root.named_children:
        inner = statement.child_by_field_name("declaration") if statement.type == "export_statement" else None
        yield inner if inner is not None else statement


def imported_names(found: Script, statement: Node) -> Iterator[str]:
    """The names that an import declares, those of types too."""
    for clause in statement.named_children:
        for part in clause.named_children if clause.type == "import_clause" else ():
            if part.type == "identifier":
                yield found.text(part)
            elif part.type == "namespace_import":
                yield from (found.text(child) for child in part.named_children[:1])
            else:
                yield from (found.text(one.named_children[-1]) for one in part.named_children if one.named_children)


def _bound(found: Script, pattern: Node | None) -> Iterator[str]:
    if pattern is not None:
        yield from (found.text(node) for node in _walk(pattern) if node.type in _NAMES)


def write(writer: Writer, start: int, end: int, edits: Iterable[Edit], patterns: Iterable[Pattern] = ()) -> None:
    """Copy the code from `start` to `end`, with `edits`, and what `patterns` find written otherwise."""
    at = start
    for edit in sorted([*edits, *_found(writer.source, start, end, patterns)]):
        if edit.start >= at and edit.end <= end:
            writer.copy(at, edit.start)
            writer.say(edit.text, edit.start)
            at = edit.end
    writer.copy(at, end)


class Pattern(NamedTuple):
    """What `regex` finds is written as `template` says, with the names of events as attributes are called."""

    regex: re.Pattern[bytes]
    template: str


def _found(source: bytes, start: int, end: int, patterns: Iterable[Pattern]) -> Iterator[Edit]:
    for pattern in patterns:
        for one in pattern.regex.finditer(source, start, end):
            event = one.groupdict().get("event")
            name = event_attribute(event.decode("utf-8", "replace")) if event is not None else ""
            yield Edit(one.start(), one.end(), pattern.template.replace("EVENT", name))


def event_attribute(event: str) -> str:
    """What an attribute is called that listens to `event`: `onSaved`."""
    return "on" + "".join(part[:1].upper() + part[1:] for part in re.split(r"\W+", event))


def tells(callee: str, owner: str) -> Pattern:
    """Calls of `callee` (a regular expression) with the name of an event: calls of the attribute of `owner` for it."""
    regex = rf"(?<![\w$.]){callee}\(\s*(?P<quote>['\"`])(?P<event>[\w:.-]+)(?P=quote)\s*,?"
    return Pattern(re.compile(regex.encode()), f"{owner}.EVENT?.(")
