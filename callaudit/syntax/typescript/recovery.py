"""What is kept of the inside of a syntax error.

The parser recovers by leaving out or inventing pieces, so what an error holds may be anything: half a call, a
parameter, a statement of a function whose head was not understood. It is kept as statements beside the code around
it, so that it takes no other piece's place, and nothing in it leaves the function that it has come to stand in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from callaudit.syntax.ir import Case, Do, Jump, Lit, Many, Name, Ret, Stmt, Throw
from callaudit.syntax.typescript.context import EXPRESSIONS, NOTHING, STATEMENTS
from callaudit.syntax.typescript.fragments import Args, Cases, Catch, Else, Finally, Statements

if TYPE_CHECKING:
    from collections.abc import Iterable

_SEVERAL = frozenset({Statements, Else, Catch, Finally, Args})
_WITHOUT_EFFECT = frozenset({Name, Lit})


def kept(results: Iterable[Any], line: int) -> list[Stmt]:
    """The statements and expressions among what an error at `line` holds, as statements."""
    found: list[Stmt] = []
    for result in results:
        kind = type(result)
        if kind in _SEVERAL:
            found += kept(result.items, line)
        elif kind is Cases:
            for case in result.items:
                found += kept(case.body, line)
        elif kind is Case:  # of a `switch` that is not whole
            found += kept(result.body, line)
        elif kind is Ret or kind is Throw:
            if result.value is not None:
                found.append(Do(result.value, result.line))
        elif kind in STATEMENTS:
            if kind is not Jump and result is not NOTHING:
                found.append(result)
        elif kind in EXPRESSIONS and kind not in _WITHOUT_EFFECT:
            found.append(Do(result, line))
    return found


def loose(results: Iterable[Any]) -> Many:
    """The expressions among the parts of a construct that has no meaning here."""
    return Many(tuple([result for result in results if type(result) in EXPRESSIONS]))
