"""What a test that was passed says of variables: after `if (!url) throw …` it is not empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.join import join, truth
from callaudit.flow.values import Lazy, OneOf
from callaudit.syntax.ir import Name, Op, Un

if TYPE_CHECKING:
    from collections.abc import Iterator

    from callaudit.flow.scope import Scope
    from callaudit.syntax.ir import Expr


def narrow(scope: Scope, test: Expr, *, holds: bool) -> None:
    """Take from the variables of `scope` what they cannot be where `test` holds, or does not."""
    for name in _true(test, holds=holds):
        value = scope.vars.get(name)
        known = value.known if isinstance(value, Lazy) and value.is_known else value
        if not isinstance(known, OneOf):
            continue
        left = [way for way in known.values if truth(way) is not False]
        if 0 < len(left) < len(known.values):
            scope.vars[name] = join(left)


def _true(test: Expr, *, holds: bool) -> Iterator[str]:
    """The variables that count as true where `test` holds, or does not."""
    if isinstance(test, Un) and test.op == "!":
        yield from _true(test.value, holds=not holds)
    elif isinstance(test, Op) and test.op == ("&&" if holds else "||"):
        for item in test.items:
            yield from _true(item, holds=holds)
    elif isinstance(test, Name) and holds:
        yield test.id
