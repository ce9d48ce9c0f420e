"""Expressions in a few words, to say what a branch or a loop depends on."""

from __future__ import annotations

from callaudit.syntax.ir import (
    Arr,
    Await,
    Call,
    Cond,
    Expr,
    Func,
    Index,
    Lit,
    Member,
    Name,
    Obj,
    Op,
    Tmpl,
    Typed,
    Un,
)  # fmt: skip

LONGEST = 60


def words(expr: Expr | None) -> str:
    """`expr` as source text, shortened to 60 characters."""
    text = _words(expr, 4) if expr is not None else ""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def opposite(test: Expr) -> Expr:
    """What holds where `test` does not."""
    return test.value if isinstance(test, Un) and test.op == "!" else Un("!", test)


def _words(expr: Expr, depth: int) -> str:
    if isinstance(expr, Name):
        return expr.id
    if isinstance(expr, Lit):
        return f'"{expr.value}"' if isinstance(expr.value, str) else _literal(expr.value)
    if not depth:
        return "…"
    deeper = depth - 1
    if isinstance(expr, Member):
        return f"{_words(expr.obj, depth)}.{expr.prop}" if isinstance(expr.obj, (Name, Member)) else f"….{expr.prop}"
    if isinstance(expr, Op):
        return f" {expr.op} ".join(_words(item, deeper) for item in expr.items[:6])
    if isinstance(expr, Un):
        inner = _words(expr.value, deeper)
        if isinstance(expr.value, (Op, Cond)):
            inner = f"({inner})"
        return f"{expr.op} {inner}" if expr.op.isalpha() else f"{expr.op}{inner}"
    if isinstance(expr, Call):
        args = ", ".join(_words(arg, deeper) for arg in expr.args[:4])
        return f"{'new ' if expr.new else ''}{_words(expr.callee, deeper)}({args})"
    if isinstance(expr, (Await, Typed)):
        return _words(expr.value, depth)
    if isinstance(expr, Index):
        return f"{_words(expr.obj, deeper)}[{_words(expr.key, deeper)}]"
    if isinstance(expr, Cond):
        return f"{_words(expr.test, deeper)} ? {_words(expr.then, deeper)} : {_words(expr.other, deeper)}"
    shapes: dict[type, str] = {Func: "() => …", Obj: "{…}", Arr: "[…]", Tmpl: "`…`"}
    return shapes.get(type(expr), "…")


def _literal(value: float | bool | None) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
