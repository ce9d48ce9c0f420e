"""Parts of a construct on their way to the handler of the whole; they never leave this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from callaudit.syntax.facts import Field, Param
    from callaudit.syntax.ir import Call, Case, Expr, Stmt


class Args(NamedTuple):
    """The arguments of a call and where their parenthesis opens."""

    items: tuple[Expr, ...]
    row: int
    column: int


class Params(NamedTuple):
    """Formal parameters."""

    items: tuple[Param, ...]


class Chain(NamedTuple):
    """A `?.`."""

    text: str


OPTIONAL = Chain("?.")


class TypeText(NamedTuple):
    """A type as it is written."""

    text: str


class Modifier(NamedTuple):
    """`private`, `public`, `readonly` ... before a parameter or a member."""

    text: str


class Decorator(NamedTuple):
    """A decorator as a call, also where it is written without parentheses."""

    call: Call


class Computed(NamedTuple):
    """A computed property name."""

    value: Expr


class Statements(NamedTuple):
    """Several statements that stand for one: the declarators of a `const`."""

    items: tuple[Stmt, ...]


class Else(NamedTuple):
    """The alternative of an `if`."""

    items: tuple[Stmt, ...]


class Cases(NamedTuple):
    """The body of a `switch`."""

    items: tuple[Case, ...]


class Catch(NamedTuple):
    """A `catch` clause."""

    param: Expr | None
    items: tuple[Stmt, ...]


class Finally(NamedTuple):
    """A `finally` clause."""

    items: tuple[Stmt, ...]


class Method(NamedTuple):
    """A method: its function's index and its name."""

    function: int
    name: str | Expr


class Heritage(NamedTuple):
    """`extends` and `implements` of a class."""

    base: Expr | None
    base_types: str
    implements: tuple[str, ...]


class ClassBody(NamedTuple):
    """The members of a class."""

    fields: tuple[Field, ...]
    methods: tuple[int, ...]


class ExportNames(NamedTuple):
    """The names of an export clause: (name outside, name inside, whether it is that of a type)."""

    items: tuple[tuple[str, str, bool], ...]


class OpenTag(NamedTuple):
    """The opening tag of a JSX element; an intrinsic element has no `tag`."""

    tag: Expr | None
    attrs: tuple[Expr, ...]
