"""What a handler of Node's kind does for methods that it does not ask for: `if (req.method === "POST") { return; } …`.

Where that is an answer that is no refusal, the handler answers them all: a GET is seldom asked for by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import (
    Assign,
    Block,
    Call,
    If,
    Let,
    Lit,
    Member,
    Name,
    Op,
    PatObj,
    Ret,
    Switch,
    Throw,
    Try,
    Un,
)
from callaudit.syntax.operators import EQUAL, UNEQUAL
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.syntax.facts import Function
    from callaudit.syntax.ir import Expr, Node, Stmt

_ANSWERS = frozenset({"json", "jsonp", "send", "end", "redirect", "sendStatus", "sendFile", "write"})
_REFUSED = 400
"""The first status that says so."""


def answers_others(function: Function, method: str) -> bool:
    """Whether a handler `(request, response) => …` answers requests of methods that none of its tests names."""
    params = [param.target.id for param in function.params[:2] if isinstance(param.target, Name)]
    if len(params) < 2:
        return False
    rest, _ = _Others(params[0], method, function.body).of(function.body)
    calls = [node for node in walk(tuple(rest)) if isinstance(node, Call)]
    refused = any(
        isinstance(node, Assign) and getattr(node.target, "prop", "") == "statusCode" and _is_refusal(node.value)
        for node in walk(tuple(rest))
    )
    return not refused and any(_answers(call, params[1]) for call in calls)


def _answers(call: Call, response: str) -> bool:
    """Whether a call answers with something else than a refusal: `res.status(200).json(all)`, `res.end()`."""
    callee, said = call.callee, [*call.args[:1]] if getattr(call.callee, "prop", "") == "sendStatus" else []
    if not isinstance(callee, Member) or callee.prop not in _ANSWERS:
        return False
    inner: Expr = callee.obj
    while isinstance(inner, (Call, Member)):
        if isinstance(inner, Call):
            if getattr(inner.callee, "prop", "") in ("status", "code", "writeHead"):
                said += inner.args[:1]
            inner = inner.callee
        else:
            inner = inner.obj
    return isinstance(inner, Name) and inner.id == response and not any(map(_is_refusal, said))


def _is_refusal(status: Node) -> bool:
    """Whether a status refuses; one that is computed may."""
    return not isinstance(status, Lit) or not isinstance(status.value, (int, float)) or status.value >= _REFUSED


class _Others:
    """What is left of statements where the method is none that is named."""

    def __init__(self, request: str, method: str, body: Sequence[Stmt]) -> None:
        self._request = request
        self._method = method
        self._names = {
            name
            for node in walk(tuple(body))
            if isinstance(node, Let)
            and (
                (isinstance(node.target, PatObj) and isinstance(node.value, Name) and node.value.id == request)
                or self._is_field(node.value)
            )
            for name in bound_names(node.target)
            if name == method or not isinstance(node.target, PatObj)
        }

    def of(self, statements: Sequence[Stmt]) -> tuple[list[Stmt], bool]:
        """The statements that run, and whether they leave the function."""
        found: list[Stmt] = []
        for statement in statements:
            inside = self._inside(statement)
            if inside is None:
                found.append(statement)
                if isinstance(statement, (Ret, Throw)):
                    return found, True
                continue
            rest, left = self.of(inside)
            found += rest
            if left:
                return found, True
        return found, False

    def _inside(self, statement: Stmt) -> Sequence[Stmt] | None:
        """What runs of a statement that asks for the method, or holds others; `None` for any other."""
        if isinstance(statement, If):
            answer = self._test(statement.test)
            return None if answer is None else statement.then if answer else statement.other
        if isinstance(statement, Switch) and self._is_method(statement.value):
            return next((case.body for case in statement.cases if case.test is None), ())
        if isinstance(statement, (Block, Try)):
            return statement.body
        return None

    def _test(self, test: Expr) -> bool | None:
        if isinstance(test, Un) and test.op == "!":
            inner = self._test(test.value)
            return None if inner is None else not inner
        if not isinstance(test, Op):
            return None
        if test.op in EQUAL | UNEQUAL and len(test.items) == 2 and any(map(self._is_method, test.items)):
            return test.op in UNEQUAL if any(isinstance(item, Lit) for item in test.items) else None
        if test.op in ("&&", "||"):
            answers = [self._test(item) for item in test.items]
            ends = test.op == "||"
            return ends if ends in answers else None if None in answers else not ends
        return None

    def _is_method(self, expr: Expr) -> bool:
        return self._is_field(expr) or (isinstance(expr, Name) and expr.id in self._names)

    def _is_field(self, expr: Expr | None) -> bool:
        named = isinstance(expr, Member) and expr.prop == self._method
        return named and isinstance(expr, Member) and isinstance(expr.obj, Name) and expr.obj.id == self._request
