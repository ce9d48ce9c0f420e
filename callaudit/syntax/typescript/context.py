"""What the handlers of one file share: its text, and the scopes that are open."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from callaudit.syntax.ir import Block, Do, Expr, Let, Lit, Many, Name, Stmt
from callaudit.syntax.typescript.fragments import Statements

if TYPE_CHECKING:
    from tree_sitter import Node

    from callaudit.syntax.facts import Binding, Class, Comment, Export, Function, Import, Interface

MARK = b"callaudit:"
MOST_COMMENTS = 1_000
LONGEST_TEXT = 4_000
_WORD = re.compile(r"(?<![.\w$])[A-Za-z_$][\w$]*")
NOTHING = Block(())
UNKNOWN = Many(())


class Scope:
    """A function or class that is being read: `name` and `key` are what it is stored under."""

    __slots__ = ("cls", "function", "key", "name", "parent", "refs")

    def __init__(self, function: int, cls: int, parent: int = -1, name: str = "", key: str = "") -> None:
        """Open the scope of function number `function` of the function `parent`, in class `cls` (-1 for none)."""
        self.function = function
        self.cls = cls
        self.parent = parent
        self.name = name
        self.key = key
        self.refs: set[str] = set()


class Opened(NamedTuple):
    """A namespace that is being read: `written` counts the parts of the name that it is declared with."""

    path: tuple[str, ...]
    name: str
    written: int
    exports: int
    renamed: dict[str, str]


class Context:
    """The state of one extraction."""

    def __init__(self, source: bytes) -> None:
        """Begin to read `source`."""
        self.source = source
        self.ascii = source.isascii()
        self.speaks = MARK in source
        self.line_starts: list[int] | None = None
        self.texts: dict[bytes, str] = {}
        self.names: dict[str, Name] = {}
        self.identifiers: dict[bytes, Name] = {}
        self.strings: dict[bytes, str] = {}
        self.numbers: dict[bytes, int | float | None] = {}
        self.functions: list[Function | None] = [None]
        self.classes: list[Class | None] = []
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.bindings: list[Binding] = []
        self.interfaces: list[Interface] = []
        self.comments: list[Comment] = []
        self.errors: list[int] = []
        self.assigned: set[str] = set()
        self.filled: set[str] = set()
        self.loose: list[Stmt] = []
        self.namespaces: list[Opened] = []
        self.members: dict[tuple[str, ...], dict[str, Name]] = {}
        """What the namespaces that were read export, by path."""
        self.enumerations: dict[str, tuple[Expr, ...]] = {}
        self.renamed: dict[str, str] = {}
        """Names of the namespaces that are open which mean something else outside, and what they are called."""
        self.shared: dict[tuple[str, ...], dict[str, str]] = {}
        self.taken: dict[str, int] = {}
        self.changed: set[str] = set()
        self.deep: int = 0
        self.scopes: list[Scope] = [Scope(0, -1)]
        self.refs = self.scopes[0].refs

    def text(self, node: Node) -> str:
        """The source of a short node, interned."""
        raw = self.source[node.start_byte : node.end_byte]
        found = self.texts.get(raw)
        if found is None:
            found = self.texts[raw] = intern(raw.decode("utf-8", "replace")[:LONGEST_TEXT])
        return found

    def name(self, text: str) -> Name:
        """The one `Name` of this identifier."""
        found = self.names.get(text)
        if found is None:
            found = self.names[text] = Name(text)
        return found

    def known(self, text: str) -> Name:
        """The `Name` that is written as `text` here: in a namespace it may be called otherwise."""
        return self.name(self.renamed.get(text, text) if self.renamed else text)

    def known_type(self, text: str) -> str:
        """A type with the names that are called otherwise here."""
        if not self.renamed:
            return text
        return _WORD.sub(lambda found: self.renamed.get(found[0], found[0]), text)

    def rename(self, names: dict[str, str]) -> None:
        """Read `names`, and no others, as what they are called."""
        self.renamed = names
        self.identifiers = {name.encode(): self.name(new) for name, new in names.items()}

    def line(self, node: Node) -> int:
        """The 1-based line that `node` starts in."""
        return int(node.start_point[0]) + 1

    def column(self, row: int, column: int) -> int:
        """The 1-based column in characters of a position in bytes."""
        if self.ascii:
            return column + 1
        if self.line_starts is None:
            self.line_starts = [0, *(found.end() for found in re.finditer(b"\n", self.source))]
        start = self.line_starts[row]
        return len(self.source[start : start + column].decode("utf-8", "replace")) + 1

    def place(self, row: int, column: int) -> tuple[int, int]:
        """The 1-based line and column of a position in bytes."""
        return row + 1, self.column(row, column)

    def last_line(self, node: Node) -> int:
        """The 1-based line that `node` ends in."""
        return int(node.end_point[0]) + 1

    def error(self, node: Node) -> None:
        """Count a node that the grammar could not read."""
        if len(self.errors) < LONGEST_TEXT:
            self.errors.append(self.line(node))

    def too_deep(self, node: Node) -> None:
        """Remember that code below `node` was left unread."""
        self.deep = self.deep or self.line(node)

    def open(self, scope: Scope) -> None:
        """Enter a function or a class."""
        self.scopes.append(scope)
        self.refs = scope.refs

    def close(self) -> tuple[str, ...]:
        """Leave it; its references are the enclosing scope's too."""
        refs = self.scopes.pop().refs
        self.refs = self.scopes[-1].refs
        self.refs |= refs
        return tuple(sorted(refs))


EXPRESSIONS: frozenset[type] = frozenset(get_args(Expr))
STATEMENTS: frozenset[type] = frozenset(get_args(Stmt))


def expression(result: Any) -> Expr:
    """`result` as an expression: what is none is unknown."""
    if type(result) in EXPRESSIONS:
        return result  # type: ignore[no-any-return]
    return Lit(result) if type(result) is str else UNKNOWN


def expressions(results: list[Any]) -> tuple[Expr, ...]:
    """`results`, each as an expression."""
    return tuple([result if type(result) in EXPRESSIONS else expression(result) for result in results])


def statements(results: list[Any], line: int = 0) -> tuple[Stmt, ...]:
    """`results` as statements, declarations that are hoisted first."""
    found: list[Stmt] = []
    hoisted: list[Stmt] = []
    for result in results:
        kind = type(result)
        if kind is Statements:
            found.extend(result.items)
        elif kind is Let and result.hoisted:
            hoisted.append(result)
        elif kind in STATEMENTS:
            if result is not NOTHING:
                found.append(result)
        elif kind in EXPRESSIONS:
            found.append(Do(result, line))
    return (*hoisted, *found) if hoisted else tuple(found)
