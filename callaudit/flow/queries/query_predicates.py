"""Functions that say which queries ask again: `predicate` of TanStack Query's filters, `mutate((key) => …)` of SWR.

https://tanstack.com/query/v5/docs/framework/react/guides/filters, https://swr.vercel.app/docs/mutation
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from callaudit.flow.queries.query_keys import varies
from callaudit.flow.values.comparisons import truth
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Closure, Const, Record, Seq, Unknown, Value

if TYPE_CHECKING:
    from callaudit.flow.machine.interpreter import Interpreter

_TEXT = re.compile(r"'(.*)'", re.DOTALL)


def may_choose(interpreter: Interpreter, predicate: Closure, key: tuple[str, ...], *, whole: bool) -> bool:
    """Whether `predicate` may hold for a query with this key; with `whole` it is handed the key itself."""
    parts = tuple(_part(part) for part in key)
    own: Value = parts[0] if len(parts) == 1 else Seq(parts)
    known = own if whole else Record({"queryKey": Seq(parts)}, open=True)
    return truth(forced(interpreter.run(predicate, [known], effects=False).value)) is not False


def _part(part: str) -> Value:
    found = _TEXT.fullmatch(part)
    return Const(found[1]) if found and not varies(part) else Unknown("part", "a part of a key")
