"""What a test says of the answer of a request: that it failed, or that it is nothing (`!r.ok`, `r.status >= 500`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.loops.awaited_content import STATUSES
from callaudit.flow.reading.placed_calls import returned
from callaudit.syntax.ir import Assign, Await, Call, Let, Lit, Member, Name, Op, PatObj, Typed, Un
from callaudit.syntax.operators import EQUAL, FLIPPED, LESS, MORE, UNEQUAL
from callaudit.syntax.patterns import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.flow.reading.told_numbers import Asking
    from callaudit.syntax.ir import Expr, Node

FAILED: Final = 400
"""The lowest status of HTTP that is a failure."""
_LAST_GOOD: Final = 299
_NUMBERS: Final = frozenset({"status", "statusCode"})
_FAILURES: Final = frozenset({"error", "errors"})
"""Parts of answers that are there where it failed: of GraphQL, JSON-RPC, and clients that throw nothing."""
_AMONG: Final = frozenset({"includes", "has"})


class HeldAnswers:
    """The variables of a function that hold the answers of certain calls, and what other variables stand for."""

    def __init__(self, calls: Iterable[Call], nodes: Sequence[Node], asking: Asking, names: Iterable[str] = ()) -> None:
        """Read the declarations and assignments among `nodes`; variables called `names` hold answers before."""
        self._calls = {id(call) for call in calls}
        self.names: set[str] = set(names)
        self.failures: set[str] = set()
        self.meant: dict[str, Expr] = {}
        self.asking = asking
        for node in nodes:
            if not isinstance(node, (Let, Assign)) or node.value is None:
                continue
            if self.is_of(node.value):
                self.names.update(bound_names(node.target))
                entries = node.target.entries if isinstance(node.target, PatObj) else ()
                self.failures.update(
                    one.target.id for one in entries if one.key in _FAILURES and isinstance(one.target, Name)
                )
            elif isinstance(node, Let) and not node.mutable and isinstance(node.target, Name):
                self.meant[node.target.id] = node.value

    def is_of(self, expr: Expr) -> bool:
        """Whether an expression is an answer, or a part of one."""
        while True:
            if id(expr) in self._calls or (isinstance(expr, Name) and expr.id in self.names):
                return True
            if isinstance(expr, (Await, Typed, Assign)):
                expr = expr.value
            elif isinstance(expr, Member):
                expr = expr.obj
            elif isinstance(expr, Call) and isinstance(expr.callee, Member):
                expr = expr.callee.obj
            else:
                return False

    def is_failure(self, expr: Expr) -> bool:
        """Whether an expression is a part of an answer that is there only where it failed."""
        while isinstance(expr, Member):
            if expr.prop in _FAILURES and self.is_of(expr.obj):
                return True
            expr = expr.obj
        return isinstance(expr, Name) and expr.id in self.failures

    def asks_content(self, test: Expr) -> bool:
        """Whether a test asks for more of an answer than its status."""
        members = (node for node in walk((test,)) if isinstance(node, Member))
        return any(node.prop not in STATUSES and self.is_of(node) for node in members)


def says_failure(test: Expr, answers: HeldAnswers, *, holds: bool, deep: int = 4) -> bool:
    """Whether a test that `holds`, or does not, says that an answer is a failure or nothing."""
    if isinstance(test, Un) and test.op == "!":
        return says_failure(test.value, answers, holds=not holds, deep=deep)
    if isinstance(test, Op):
        if test.op in ("&&", "||", "??"):
            return any(says_failure(item, answers, holds=holds, deep=deep) for item in test.items)
        return len(test.items) == 2 and _compares(test, answers, holds=holds)
    if isinstance(test, Name) and test.id in answers.meant and deep:
        return says_failure(answers.meant[test.id], answers, holds=holds, deep=deep - 1)
    if answers.is_failure(test):
        return holds
    if isinstance(test, Call):  # a method of an answer may say anything
        return _is_among(test, answers) if holds and _asked_among(test) else _called(test, answers, holds, deep)
    return answers.is_of(test) and not holds


def _called(call: Call, answers: HeldAnswers, holds: bool, deep: int) -> bool:
    """Whether a function of the program says so that is handed an answer: `isLimited(r)`."""
    handed = [at for at, arg in enumerate(call.args) if answers.is_of(arg)]
    body = answers.asking.function(call) if handed and deep else None
    if body is None:
        return False
    names: list[str] = []
    for at in handed:
        names += bound_names(body.params[at].target) if at < len(body.params) else ()
    target = body.params[handed[0]].target if handed[0] < len(body.params) else None
    inner = HeldAnswers((), body.nodes, body.asking, names)
    if isinstance(target, PatObj):
        inner.failures.update(
            one.target.id for one in target.entries if one.key in _FAILURES and isinstance(one.target, Name)
        )
    for value, tests in returned(body.statements):
        if isinstance(value, Lit):
            said = bool(value.value) == holds and any(
                says_failure(test, inner, holds=so, deep=deep - 1) for test, so in tests
            )
        else:
            said = says_failure(value, inner, holds=holds, deep=deep - 1)
        if said:
            return True
    return False


def _asked_among(call: Call) -> bool:
    return isinstance(call.callee, Member) and call.callee.prop in _AMONG and len(call.args) == 1


def _is_among(call: Call, answers: HeldAnswers) -> bool:
    """Whether a status is said to be among those of failures: `[429, 503].includes(r.status)`."""
    if not isinstance(call.callee, Member) or not _is_status(call.args[0], answers):
        return False
    numbers = answers.asking.numbers(call.callee.obj)
    return bool(numbers) and all(number >= FAILED for number in numbers)


def _is_status(expr: Expr, answers: HeldAnswers) -> bool:
    if isinstance(expr, Member):
        return expr.prop in _NUMBERS and answers.is_of(expr)
    return isinstance(expr, Name) and expr.id in _NUMBERS and expr.id in answers.names


def _compares(test: Op, answers: HeldAnswers, *, holds: bool) -> bool:
    asked, other = test.items
    if answers.is_of(other) and not answers.is_of(asked):
        test, asked, other = Op(FLIPPED.get(test.op, test.op), (other, asked)), other, asked
    if not answers.is_of(asked):
        return False
    nothing = isinstance(other, Name) and other.id == "undefined"
    nothing = nothing or (isinstance(other, Lit) and not isinstance(other.value, str) and not other.value)
    if answers.is_failure(asked):
        there = (test.op in UNEQUAL and nothing) or (test.op in EQUAL and not nothing) or test.op in MORE
        return holds and there
    if nothing:
        return (test.op in EQUAL and holds) or (test.op in UNEQUAL and not holds)
    if isinstance(other, Lit) and other.value is True:
        return (test.op in EQUAL and not holds) or (test.op in UNEQUAL and holds)
    if not _is_status(asked, answers):
        return False
    told = answers.asking.numbers(other)
    if not told:
        return False
    if test.op in EQUAL or test.op in UNEQUAL:
        same = (test.op in EQUAL) == holds
        return all((number >= FAILED) if same else (number < FAILED) for number in told)
    above = (test.op in MORE and holds) or (test.op in LESS and not holds)
    return above and all(number >= _LAST_GOOD for number in told)
