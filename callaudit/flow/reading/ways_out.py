"""Which ways lead out of statements: past their end, by a return, or by none but an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import (
    Arr,
    Assign,
    Await,
    Block,
    Call,
    Cond,
    Do,
    If,
    Index,
    Jump,
    Let,
    Loop,
    Many,
    Member,
    Obj,
    Op,
    Prop,
    Ret,
    Spread,
    Switch,
    Throw,
    Tmpl,
    Try,
    Typed,
    Un,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from callaudit.syntax.ir import Expr, Stmt

THROUGH = 1
"""What follows runs next."""
RETURN = 2
REJECT = 4
"""A promise is returned that is rejected."""
BREAK = 8

THROWS = "throws"
REJECTS = "rejects"
"""How a call ends that gives nothing back: at once, or by a promise that fails who waits for it."""


class Ways:
    """Finds the ways out of code, where `end` says of a call that it never comes back, and how."""

    def __init__(self, end: Callable[[Call], str] | None) -> None:
        """Without `end` every call comes back."""
        self._end = end

    def of(self, body: Sequence[Stmt]) -> int:
        """The ways out of statements in order."""
        found = THROUGH
        for statement in body:
            take = _STATEMENTS.get(type(statement))
            found = found & ~THROUGH | (take(self, statement) if take is not None else THROUGH)
            if not found & THROUGH:
                break
        return found

    def ends(self, expr: Expr | None) -> bool:
        """Whether evaluating `expr` surely comes upon a call that does not come back."""
        return self._end is not None and expr is not None and self._upon(expr)

    def _upon(self, expr: Expr) -> bool:
        if isinstance(expr, Call):
            inner = expr.callee.obj if isinstance(expr.callee, Member) else expr.callee
            return self._upon(inner) or any(map(self._upon, expr.args)) or self._how(expr) == THROWS
        if isinstance(expr, Await):
            return self._upon(expr.value) or self._how(expr.value) == REJECTS
        if isinstance(expr, Cond):
            return self._upon(expr.test) or (self._upon(expr.then) and self._upon(expr.other))
        parts = _PARTS.get(type(expr))
        return parts is not None and any(map(self._upon, parts(expr)))

    def _how(self, expr: Expr) -> str:
        return self._end(expr) if isinstance(expr, Call) and self._end is not None else ""

    def value(self, statement: Any) -> int:
        """The ways out of a statement that does no more than to evaluate its value."""
        return 0 if self.ends(statement.value) else THROUGH

    def returned(self, statement: Ret) -> int:
        """The ways out of a return."""
        if self._end is None or statement.value is None:
            return RETURN
        if self.ends(statement.value):
            return 0
        return REJECT if self._how(statement.value) == REJECTS else RETURN

    def branch(self, statement: If) -> int:
        """The ways out of an `if`."""
        return 0 if self.ends(statement.test) else self.of(statement.then) | self.of(statement.other)

    def switch(self, statement: Switch) -> int:
        """The ways out of a `switch`: a case falls into the next one."""
        if self.ends(statement.value):
            return 0
        ways = [self.of(case.body) for case in statement.cases]
        passes = all(case.test is not None for case in statement.cases) or bool(ways[-1] & THROUGH)
        found = 0
        for way in ways:
            found |= way & ~THROUGH
        return found & ~BREAK | (THROUGH if passes or found & BREAK else 0)

    def block(self, statement: Block) -> int:
        """The ways out of a block, which a jump may leave that names it."""
        ways = self.of(statement.body)
        return ways | THROUGH if statement.label and ways & BREAK else ways

    def loop(self, statement: Loop) -> int:
        """The ways out of a loop, which may have no round at all; `do` has one."""
        ways = self.of(statement.body)
        passes = statement.kind != "do" or ways & (THROUGH | BREAK)
        return ways & (RETURN | REJECT) | (THROUGH if passes else 0)

    def attempt(self, statement: Try) -> int:
        """The ways out of a `try`: what its handler does, too, and nothing that its last block forbids."""
        ways = self.of(statement.body)
        if statement.handler is not None:
            ways |= self.of(statement.handler)
        last = self.of(statement.final)
        return ways | last & ~THROUGH if last & THROUGH else last


_STATEMENTS: dict[type, Callable[[Ways, Any], int]] = {
    Let: Ways.value,
    Do: Ways.value,
    Ret: Ways.returned,
    Throw: lambda _ways, _statement: 0,
    If: Ways.branch,
    Switch: Ways.switch,
    Loop: Ways.loop,
    Try: Ways.attempt,
    Jump: lambda _ways, _statement: BREAK,
    Block: Ways.block,
}

_PARTS: dict[type, Callable[[Any], Sequence[Expr]]] = {
    Member: lambda expr: (expr.obj,),
    Index: lambda expr: (expr.obj, expr.key),
    Obj: lambda expr: expr.props,
    Prop: lambda expr: (expr.value,),
    Spread: lambda expr: (expr.value,),
    Arr: lambda expr: expr.items,
    Many: lambda expr: expr.items,
    Tmpl: lambda expr: expr.parts,
    Typed: lambda expr: (expr.value,),
    Un: lambda expr: (expr.value,),
    Op: lambda expr: expr.items[:1] if expr.op in ("&&", "||", "??") else expr.items,
    Assign: lambda expr: () if expr.op in ("&&=", "||=", "??=") else (expr.value,),
}
"""What of an expression is always evaluated."""
