"""Locks that skip: while one run is under way, a second one does nothing.

Nothing is given back to who comes second. Where the promise of the first, or its answer, is given to the second, the
request in flight is shared: that is deduplication. What tells them apart is what is kept (a mark, or the promise), and
whether who comes second gets it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.words import words
from callaudit.syntax.ir import Await, Call, Lit, Member, Name, Ret, Un
from callaudit.syntax.walking import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.guards.writes import Write
    from callaudit.syntax.ir import Expr, Stmt


def is_lock(store: str, written: Sequence[Write], test: Expr, way: Sequence[Stmt] | None) -> bool:
    """Whether a `store` that is emptied when the work is done keeps only that it goes on.

    `way` is what is done where it goes on, None where that is not a way of its own. A set can hold no answer.
    """
    fills = [write for write in written if not write.removes]
    if store == "Set" or all(_is_mark(write) for write in fills):
        return True
    return way is not None and not _hands_on(test, way)


def _is_mark(write: Write) -> bool:
    """Whether what is kept says no more than that something is there: `true`, a name, the time."""
    value = write.args[0 if write.method == "=" else 1] if len(write.args) > (write.method != "=") else None
    if isinstance(value, Call):
        owner = value.callee.obj if isinstance(value.callee, Member) else value.callee
        return isinstance(owner, Name) and owner.id == "Date"
    return isinstance(value, (Lit, Un))


def _hands_on(test: Expr, way: Sequence[Stmt]) -> bool:
    """Whether a way waits for what its test looked at, gives it back, or takes it."""
    looked: set[str] = set()
    for node in walk((test,)):
        if isinstance(node, Call) and isinstance(node.callee, Member):
            looked.add(words(node.callee.obj))
    looked = looked or {words(node) for node in walk((test,)) if isinstance(node, (Name, Member))}
    given = [node.value for node in walk(tuple(way)) if isinstance(node, (Ret, Await)) and node.value is not None]
    return any(isinstance(node, (Name, Member)) and words(node) in looked for node in walk(tuple(given)))
