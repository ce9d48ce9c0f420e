"""Regular expressions asked of strings that are known only in part: what the known beginning alone decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.text.text_methods import LONGEST_TEXT, NotTextError, regex
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, Unknown, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNBOUNDED = ("*", "+", "{", "$")
"""A pattern with none of these matches no more characters than it is long."""


def tested(pattern: Unknown, value: Value, parts: Sequence[str | Unknown]) -> Value | None:
    """`/pattern/.test(value)`, of whose `parts` some are unknown; `None` where these decide it."""
    try:
        compiled = regex(pattern.default)
        known = forced(value)
        if isinstance(known, Const) and isinstance(known.value, str):
            return Const(compiled.search(known.value) is not None)
        head = parts[0] if parts else ""
        body = pattern.default[1:].rpartition("/")[0]
        if not isinstance(head, str) or not body.startswith("^") or "|" in body or len(head) > LONGEST_TEXT:
            return None
        if compiled.search(head) is not None:
            return None if "$" in body else Const(True)
        whole = len(head) >= len(body) and not any(mark in body for mark in _UNBOUNDED)
        return Const(False) if whole else None
    except NotTextError:
        return None
