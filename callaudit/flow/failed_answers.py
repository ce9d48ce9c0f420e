"""What a test says of the answer of a request: that it failed, or that it is nothing (`!r.ok`, `r.status >= 500`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.flow.awaited_content import STATUSES
from callaudit.syntax.ir import Assign, Await, Call, Let, Lit, Member, Name, Op, Typed, Un
from callaudit.syntax.typescript.modules import bound_names
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.syntax.ir import Expr, Node

FAILED: Final = 400
"""The lowest status of HTTP that is a failure."""
_LAST_GOOD: Final = 299
_NUMBERS: Final = frozenset({"status", "statusCode"})
_EQUAL: Final = frozenset({"==", "==="})
_UNEQUAL: Final = frozenset({"!=", "!=="})
_ABOVE: Final = frozenset({">", ">="})
_BELOW: Final = frozenset({"<", "<="})


class Answers:
    """The variables of a function that hold the answers of certain calls, and what other variables stand for."""

    def __init__(self, calls: Iterable[Call], nodes: Sequence[Node]) -> None:
        """Read the declarations and assignments among `nodes`."""
        self._calls = {id(call) for call in calls}
        self.names: set[str] = set()
        self.meant: dict[str, Expr] = {}
        for node in nodes:
            if not isinstance(node, (Let, Assign)) or node.value is None:
                continue
            if self.is_of(node.value):
                self.names.update(bound_names(node.target))
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

    def asks_content(self, test: Expr) -> bool:
        """Whether a test asks for more of an answer than its status."""
        members = (node for node in walk((test,)) if isinstance(node, Member))
        return any(node.prop not in STATUSES and self.is_of(node) for node in members)


def says_failure(test: Expr, answers: Answers, *, holds: bool, deep: int = 4) -> bool:
    """Whether a test that `holds`, or does not, says that an answer is a failure or nothing."""
    if isinstance(test, Un) and test.op == "!":
        return says_failure(test.value, answers, holds=not holds, deep=deep)
    if isinstance(test, Op):
        if test.op in ("&&", "||", "??"):
            return any(says_failure(item, answers, holds=holds, deep=deep) for item in test.items)
        return len(test.items) == 2 and answers.is_of(test.items[0]) and _compares(test, holds=holds)
    if isinstance(test, Name) and test.id in answers.meant and deep:
        return says_failure(answers.meant[test.id], answers, holds=holds, deep=deep - 1)
    # a method of an answer may say anything; what stands for an answer is one where it is waited for
    asked = not isinstance(test, Call) and answers.is_of(test)
    return asked and not holds


def _compares(test: Op, *, holds: bool) -> bool:
    asked, other = test.items
    nothing = isinstance(other, Name) and other.id == "undefined"
    if nothing or (isinstance(other, Lit) and not isinstance(other.value, str) and not other.value):
        return (test.op in _EQUAL and holds) or (test.op in _UNEQUAL and not holds)
    number = other.value if isinstance(other, Lit) else None
    if number is True:
        return (test.op in _EQUAL and not holds) or (test.op in _UNEQUAL and holds)
    if not isinstance(number, (int, float)) or not isinstance(asked, Member) or asked.prop not in _NUMBERS:
        return False
    if test.op in _EQUAL or test.op in _UNEQUAL:
        same = (test.op in _EQUAL) == holds
        return number >= FAILED if same else number < FAILED
    above = (test.op in _ABOVE and holds) or (test.op in _BELOW and not holds)
    return above and number >= _LAST_GOOD
