"""The facts of one source file: everything that later stages know about it."""

from __future__ import annotations

from msgspec import Struct

from callaudit.syntax.ir import Call, Expr, Stmt  # noqa: TC001 - msgspec reads the annotations

ANY_METHOD = "[]"
"""What a function mentions that calls a method of which the name is computed: `client[method](url)`."""

ITERATOR = "@@iterator"
ASYNC_ITERATOR = "@@asyncIterator"
"""The members `[Symbol.iterator]` and `[Symbol.asyncIterator]`, and what a function mentions that loops over items."""

GIVES_VALUE = "=value"
"""What a function mentions that draws a component with the attribute `value`, which may be a context's provider."""


class Param(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """A parameter. `property` marks a constructor parameter that is a field too."""

    target: Expr
    type: str = ""
    default: Expr | None = None
    optional: bool = False
    rest: bool = False
    property: bool = False
    decorators: tuple[Call, ...] = ()


class Function(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """A function of any form; number 0 of a module is its top-level code."""

    name: str
    line: int
    column: int
    end_line: int
    params: tuple[Param, ...]
    body: tuple[Stmt, ...]
    refs: tuple[str, ...]
    parent: int
    member: str = ""
    cls: int = -1
    static: bool = False
    accessor: bool = False
    arrow: bool = False
    asynchronous: bool = False
    returns: str = ""
    decorators: tuple[Call, ...] = ()
    directives: tuple[str, ...] = ()
    setter: bool = False


class Field(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """A class field; `value` is empty for a mere declaration."""

    name: str
    type: str
    value: Expr | None
    static: bool
    line: int
    decorators: tuple[Call, ...] = ()


class Class(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """A class: `methods` are indices into `ModuleFacts.functions`."""

    name: str
    line: int
    base: Expr | None
    base_types: str
    implements: tuple[str, ...]
    fields: tuple[Field, ...]
    methods: tuple[int, ...]
    refs: tuple[str, ...]
    parent: int
    abstract: bool = False
    decorators: tuple[Call, ...] = ()


class Import(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """`imported` is the name in the other module, `default`, `*` or empty (for its side effects)."""

    local: str
    source: str
    imported: str
    line: int
    type_only: bool = False


class Export(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """`name` (`*` for all, `=` for a whole-module export) is `local` here, or `local` of module `source`.

    What exports types only loads no module.
    """

    name: str
    local: str
    source: str
    line: int
    type_only: bool = False


class Binding(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """A name that the top level declares, and the names that its declaration refers to."""

    name: str
    line: int
    refs: tuple[str, ...]


class Interface(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """An interface or a type alias; `text` is what the alias stands for."""

    name: str
    line: int
    extends: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    text: str = ""


class Comment(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """A comment that speaks to callaudit."""

    line: int
    text: str


class ModuleFacts(Struct, frozen=True, gc=False, eq=False, array_like=True):
    """All facts of one file."""

    path: str
    functions: tuple[Function, ...]
    classes: tuple[Class, ...]
    imports: tuple[Import, ...]
    exports: tuple[Export, ...]
    bindings: tuple[Binding, ...]
    interfaces: tuple[Interface, ...]
    directives: tuple[str, ...]
    comments: tuple[Comment, ...]
    errors: tuple[int, ...]
    lines: int
    assigned: tuple[str, ...] = ()
    """Variables that are assigned again after their declaration."""
    filled: tuple[str, ...] = ()
    """Objects that are given properties under computed names: a variable, or `.field`."""
    changed: tuple[str, ...] = ()
    """Variables of whose objects properties are assigned."""
    notice: str = ""
    unread: bool = False
    """Whether what a component draws, or a part of what it does, could not be read."""
