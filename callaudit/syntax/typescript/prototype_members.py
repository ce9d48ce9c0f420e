"""What statements put into the prototypes of functions, or say of their bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.chains import called_name
from callaudit.syntax.ir import Assign, Call, Do, Expr, Func, Index, Let, Member, Name, Obj, Prop
from callaudit.syntax.typescript.expressions import MERGING
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from callaudit.syntax.ir import Stmt
    from callaudit.syntax.typescript.context import Context

PROTOTYPE = "prototype"
INHERITS = "inherits"
"""https://nodejs.org/api/util.html#utilinheritsconstructor-superconstructor, and the package `inherits`."""


class Made:
    """What is known of one function that is used as a constructor."""

    def __init__(self) -> None:
        """Know nothing yet: `read` are the statements that say something, `computed` methods without a known name."""
        self.base: Expr | None = None
        self.members: dict[str, tuple[Expr, int]] = {}
        self.computed: list[int] = []
        self.read: set[int] = set()
        self.maybe: dict[str, list[tuple[Expr, int]]] = {}
        """What else a member may be: set on a condition, or by a function."""
        self.saved: dict[int, Expr] = {}
        """Declarations of variables that keep what a member was before it was set anew."""


def read(body: Sequence[Stmt], declared: dict[str, int], methods: dict[str, dict[str, Expr]]) -> dict[str, Made]:
    """What the statements of `body` say of the functions and classes `declared`, of which some have `methods`."""
    made: dict[str, Made] = {}
    aliases: dict[str, str] = {}
    for statement in body:
        if type(statement) is Let and type(statement.target) is Name:
            owner = _owner(statement.value, declared, {})
            if owner:  # `const proto = F.prototype`
                aliases[statement.target.id] = owner
            kept = statement.value
            owner = _owner(kept.obj, declared, aliases) if type(kept) is Member else ""
            if owner and type(kept) is Member:  # `const before = F.prototype.load`
                one = made.setdefault(owner, Made())
                known = one.members.get(kept.prop, (methods.get(owner, {}).get(kept.prop), 0))[0]
                if known is not None:
                    one.saved[id(statement)] = known
        elif type(statement) is Do:
            for name, members, base in _said(statement.value, declared, aliases):
                one = made.setdefault(name, Made())
                one.base = base or one.base
                one.members.update(members)
                one.read.add(id(statement))
    return made


def read_maybe(context: Context, body: Sequence[Stmt], declared: dict[str, int], made: dict[str, Made]) -> None:
    """Add to `made` what members may be: what statements inside others set, and functions that any code sets."""
    plain = {id(statement.value) for statement in body if type(statement) is Do}
    for code in (body, *(function.body for function in context.functions[1:] if function is not None)):
        for node in walk(tuple(code)):
            if type(node) is not Assign or type(node.target) is not Member or id(node) in plain:
                continue
            owner = _owner(node.target.obj, declared, {})
            named = type(node.value) is Func or (type(node.value) is Name and code is body)
            if owner and named and node.target.prop != "constructor":
                maybe = made.setdefault(owner, Made()).maybe
                maybe.setdefault(node.target.prop, []).append((node.value, node.line))


def computed(context: Context, body: tuple[Stmt, ...], declared: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Methods that any code of the file puts under names that are computed: `F.prototype[name] = function () {}`."""
    for code in (body, *(function.body for function in context.functions[1:] if function is not None)):
        for node in walk(code):
            if type(node) is Assign and type(node.target) is Index and type(node.value) is Func:
                owner = _owner(node.target.obj, declared, {})
                if owner:
                    yield owner, node.value.index


def _owner(expr: Expr | None, declared: dict[str, int], aliases: dict[str, str]) -> str:
    """The function of which `expr` is the prototype; empty for anything else."""
    if type(expr) is Name:
        return aliases.get(expr.id, "")
    if type(expr) is Member and expr.prop == PROTOTYPE and type(expr.obj) is Name and expr.obj.id in declared:
        return expr.obj.id
    return ""


Said = tuple[str, dict[str, tuple[Expr, int]], Expr | None]


def _said(expr: Expr, declared: dict[str, int], aliases: dict[str, str]) -> Iterator[Said]:
    """What one statement says of a function: its members, or its base."""
    if type(expr) is Assign and expr.op == "=" and type(expr.target) is Member:
        whole = _owner(expr.target, declared, {})
        owner = _owner(expr.target.obj, declared, aliases)
        if whole and type(expr.value) is Obj:
            yield whole, _members(expr.value, expr.line), None
        elif whole and (base := _base(expr.value)) is not None:
            yield whole, {}, base
        elif owner:
            named = {expr.target.prop: (expr.value, expr.line)}
            yield owner, {} if expr.target.prop == "constructor" else named, None
    elif type(expr) is Call and len(expr.args) > 1:
        word = called_name(expr.callee)
        first = expr.args[0]
        owner = _owner(first, declared, aliases)
        if owner and word in MERGING and all(type(arg) is Obj for arg in expr.args[1:]):
            members: dict[str, tuple[Expr, int]] = {}
            for arg in expr.args[1:]:
                members.update(_members(arg, expr.line) if type(arg) is Obj else {})
            yield owner, members, None
        elif owner and word == "setPrototypeOf" and (base := _of_prototype(expr.args[1])) is not None:
            yield owner, {}, base
        elif word == INHERITS and type(first) is Name and first.id in declared:
            yield first.id, {}, expr.args[1]


def _members(given: Obj, line: int) -> dict[str, tuple[Expr, int]]:
    named = (prop for prop in given.props if type(prop) is Prop)
    return {
        one.key: (one.value, one.line or line) for one in named if type(one.key) is str and one.key != "constructor"
    }


def _base(value: Expr) -> Expr | None:
    """The base of what a prototype is set to: `Object.create(Base.prototype)`, or `new Base()` as it once was."""
    if type(value) is not Call:
        return None
    if value.new:
        return value.callee if type(value.callee) in (Name, Member) else None
    created = type(value.callee) is Member and value.callee.prop == "create" and value.args
    return _of_prototype(value.args[0]) if created else None


def _of_prototype(expr: Expr) -> Expr | None:
    return expr.obj if type(expr) is Member and expr.prop == PROTOTYPE else None
