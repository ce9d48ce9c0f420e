"""Chains of properties as they are written: `client.defaults.headers["X-Key"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Index, Lit, Member, Name, Typed

if TYPE_CHECKING:
    from callaudit.syntax.ir import Expr


def names_of(expr: Expr) -> list[str]:
    """The names that follow the first object of a chain; an index that is computed is an empty name."""
    names: list[str] = []
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member):
            names.append(expr.prop)
        else:
            word = expr.key.value if isinstance(expr.key, Lit) else None
            names.append(word if isinstance(word, str) else "")
        expr = expr.obj
    return names[::-1]


def first_of(expr: Expr) -> str:
    """The name that a chain begins with; empty where it begins with something else."""
    while isinstance(expr, (Member, Index)):
        expr = expr.obj
    return expr.id if isinstance(expr, Name) else ""


def is_name(expr: Expr | None, name: str) -> bool:
    """Whether an expression, or a target, is the variable `name`."""
    return type(expr) is Name and expr.id == name


def called_name(callee: Expr) -> str:
    """The name by which something is called: the last of a chain, or a variable; empty where it is computed."""
    return callee.prop if isinstance(callee, Member) else callee.id if isinstance(callee, Name) else ""


def untyped(expr: Expr) -> Expr:
    """An expression without what it is said to be: `tabs` of `tabs as const`."""
    while isinstance(expr, Typed):
        expr = expr.value
    return expr


def before(expr: Expr, name: str) -> Expr | None:
    """What stands before the last `.name` of a chain; `None` where it has none."""
    while isinstance(expr, (Member, Index)):
        if isinstance(expr, Member) and expr.prop == name:
            return expr.obj
        expr = expr.obj
    return None
