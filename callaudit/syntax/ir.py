"""What a source file says, in the few shapes that the analysis reads.

An expression or statement here is independent of the language's grammar and of other files. Records are
frozen, hold only strings, numbers and each other, and compare by identity (they are dictionary keys later).
Lines and columns are 1-based; columns count characters as editors do up to the first non-ASCII byte of the line.
"""

from __future__ import annotations

from typing import Union

from msgspec import Struct


class Node(Struct, frozen=True, gc=False, eq=False, array_like=True, tag_field="node"):
    """An expression, a pattern or a statement."""


# --- expressions -------------------------------------------------------------------------------


class Lit(Node, frozen=True, tag=1):
    """A literal string, number, boolean or null."""

    value: str | int | float | bool | None


class Name(Node, frozen=True, tag=2):
    """An identifier, also `this`, `super` and `undefined`."""

    id: str


class Member(Node, frozen=True, tag=3):
    """`obj.prop`; `optional` for `obj?.prop`."""

    obj: Expr
    prop: str
    optional: bool = False


class Index(Node, frozen=True, tag=4):
    """`obj[key]`."""

    obj: Expr
    key: Expr


class Call(Node, frozen=True, tag=5):
    """`callee(args)`, `new callee(args)` or a tagged template."""

    callee: Expr
    args: tuple[Expr, ...]
    line: int
    column: int
    new: bool = False
    types: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Its line and column."""
        return self.line, self.column

    @property
    def is_bare(self) -> bool:
        """Whether it stands for a decorator that is written without a call: `@retry`, not `@retry()`."""
        return self.column == BARE


class Func(Node, frozen=True, tag=6):
    """A function written as an expression: an index into `ModuleFacts.functions`."""

    index: int


class ClassRef(Node, frozen=True, tag=7):
    """A class written as an expression: an index into `ModuleFacts.classes`."""

    index: int


class Prop(Node, frozen=True, tag=8):
    """One property of an object literal, or one attribute of a JSX element."""

    key: str | Expr
    value: Expr
    line: int = 0


class Obj(Node, frozen=True, tag=9):
    """An object literal; a spread property is a `Spread`."""

    props: tuple[Expr, ...]


class Arr(Node, frozen=True, tag=10):
    """An array literal."""

    items: tuple[Expr, ...]


class Spread(Node, frozen=True, tag=11):
    """`...value` in a call, an array or an object."""

    value: Expr


class Tmpl(Node, frozen=True, tag=12):
    """A template string: literals and expressions in order."""

    parts: tuple[Expr, ...]


class Op(Node, frozen=True, tag=13):
    """A binary operator; chains of `+`, `&&`, `||` and `??` are flattened."""

    op: str
    items: tuple[Expr, ...]


class Un(Node, frozen=True, tag=14):
    """A unary operator, `++` and `--` included; `postfix` for `n++`, which gives the old value."""

    op: str
    value: Expr
    postfix: bool = False


class Cond(Node, frozen=True, tag=15):
    """`test ? then : other`."""

    test: Expr
    then: Expr
    other: Expr


class Assign(Node, frozen=True, tag=16):
    """`target op value`."""

    target: Expr
    op: str
    value: Expr
    line: int


class Await(Node, frozen=True, tag=17):
    """`await value`, and `yield value`."""

    value: Expr


class Many(Node, frozen=True, tag=18):
    """Expressions that are all evaluated; the value is the last one's, or unknown."""

    items: tuple[Expr, ...]


class Jsx(Node, frozen=True, tag=19):
    """A JSX element whose tag is a component."""

    tag: Expr
    attrs: tuple[Expr, ...]
    children: tuple[Expr, ...]
    line: int
    column: int


BARE = 0
"""The column of what is written nowhere: the call that a bare decorator stands for. Others begin with 1."""
HOLE = "\0"
"""What stands for a part of a path that is computed."""


class ImportCall(Node, frozen=True, tag=20):
    """`import(source)` or `require(source)`."""

    source: Expr
    line: int


class Typed(Node, frozen=True, tag=21):
    """`value as type`, kept where the type may tell what the value is."""

    value: Expr
    type: str


# --- patterns ----------------------------------------------------------------------------------


class PatEntry(Node, frozen=True, tag=22):
    """`key: target = default` of an object pattern; `key` is empty for the rest."""

    key: str | Expr
    target: Expr
    default: Expr | None = None


class PatObj(Node, frozen=True, tag=23):
    """An object pattern."""

    entries: tuple[PatEntry, ...]


class PatArr(Node, frozen=True, tag=24):
    """An array pattern; holes are `None`."""

    items: tuple[Expr | None, ...]


class PatDefault(Node, frozen=True, tag=25):
    """`target = default` inside an array pattern or a parameter."""

    target: Expr
    default: Expr


# --- statements --------------------------------------------------------------------------------


class Let(Node, frozen=True, tag=40):
    """A variable declaration; `hoisted` for function and class declarations."""

    target: Expr
    value: Expr | None
    line: int
    mutable: bool = False
    hoisted: bool = False
    type: str = ""


class Do(Node, frozen=True, tag=41):
    """An expression whose value is dropped."""

    value: Expr
    line: int


class Ret(Node, frozen=True, tag=42):
    """`return value`."""

    value: Expr | None
    line: int


class Throw(Node, frozen=True, tag=43):
    """`throw value`."""

    value: Expr | None
    line: int


class If(Node, frozen=True, tag=44):
    """`if (test) then else other`."""

    test: Expr
    then: tuple[Stmt, ...]
    other: tuple[Stmt, ...]
    line: int


class Loop(Node, frozen=True, tag=45):
    """A loop of kind `for`, `while`, `do`, `of` or `in`.

    `for` has init, test and update; `of` and `in` have target and source.
    """

    kind: str
    body: tuple[Stmt, ...]
    line: int
    init: tuple[Stmt, ...] = ()
    test: Expr | None = None
    update: Expr | None = None
    target: Expr | None = None
    source: Expr | None = None
    label: str = ""


class Case(Node, frozen=True, tag=46):
    """One `case test:` of a switch; the default has no test."""

    test: Expr | None
    body: tuple[Stmt, ...]
    line: int = 0


class Switch(Node, frozen=True, tag=47):
    """`switch (value) { cases }`."""

    value: Expr
    cases: tuple[Case, ...]
    line: int


class Try(Node, frozen=True, tag=48):
    """`try { body } catch (param) { handler } finally { final }`."""

    body: tuple[Stmt, ...]
    param: Expr | None
    handler: tuple[Stmt, ...] | None
    final: tuple[Stmt, ...]
    line: int


BREAK, CONTINUE = "break", "continue"
LEAVE, NEXT = "leave", "next"


class Jump(Node, frozen=True, tag=49):
    """`break` or `continue` of the innermost loop; with a `label`, these are a `leave` and a `next` of what has it."""

    kind: str
    label: str = ""


class Block(Node, frozen=True, tag=50):
    """Statements with a scope of their own; a `label` that a jump may leave."""

    body: tuple[Stmt, ...]
    label: str = ""


Expr = Union[  # noqa: UP007 - msgspec resolves the forward references of a Union at run time
    Lit, Name, Member, Index, Call, Func, ClassRef, Prop, Obj, Arr, Spread, Tmpl, Op, Un, Cond, Assign,
    Await, Many, Jsx, ImportCall, Typed, PatEntry, PatObj, PatArr, PatDefault,
]  # fmt: skip
Stmt = Union[Let, Do, Ret, Throw, If, Loop, Case, Switch, Try, Jump, Block]  # noqa: UP007
