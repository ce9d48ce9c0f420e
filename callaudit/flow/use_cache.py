"""Functions whose answers Next.js keeps because they, or their file, begin with `'use cache'`.

https://nextjs.org/docs/app/api-reference/directives/use-cache and /functions/cacheLife (15 and 16): one answer for each
combination of arguments, asked for anew after the time `revalidate` of its profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow import cost as costs
from callaudit.flow.effects import Guarded
from callaudit.flow.records import Guard, Span
from callaudit.flow.spans import times
from callaudit.flow.values import Const, Record, forced
from callaudit.libraries.storage import SECOND
from callaudit.syntax.ir import Call, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.cost import Cost
    from callaudit.flow.effects import Effect
    from callaudit.flow.interpreter import Interpreter
    from callaudit.flow.scope import Scope
    from callaudit.syntax.facts import Function

DIRECTIVES = {"use cache": "process", "use cache: remote": "distributed", "use cache: private": "browser"}
"""Where each keeps answers; the default handler keeps them in memory of the server."""
_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
PROFILES = {
    "default": 15 * _MINUTE,
    "seconds": SECOND,
    "minutes": _MINUTE,
    "hours": _HOUR,
    "days": _DAY,
    "weeks": 7 * _DAY,
    "max": 30 * _DAY,
}
"""Milliseconds after which the profiles of `cacheLife` ask anew."""
_LIFE = ("cacheLife", "unstable_cacheLife")


def kept_by_directive(
    interpreter: Interpreter, function: Function, scope: Scope, cost: Cost, tree: Sequence[Effect]
) -> tuple[Cost, Sequence[Effect]]:
    """What a function does, behind the cache that a directive puts before it."""
    store = _store(interpreter, function, scope)
    if not store or not tree:
        return cost, tree
    spans, why = _life(interpreter, scope)
    shared = "per-key" if function.params else "shared"
    name = interpreter.qualified(scope.module, scope.function)
    guard = Guard("cache", "use cache", scope.module, function.line, name, spans, shared, store, "arguments", why)
    return costs.maybe(cost), (Guarded(guard, tuple(tree)),)


def _store(interpreter: Interpreter, function: Function, scope: Scope) -> str:
    """Where answers are kept; of a file that begins with the directive this holds for its asynchronous functions."""
    said = list(function.directives)
    if function.asynchronous and not function.parent:
        said.extend(interpreter.program.modules[scope.module].facts.directives)
    return next((DIRECTIVES[word] for word in said if word in DIRECTIVES), "")


def _life(interpreter: Interpreter, scope: Scope) -> tuple[tuple[Span, ...], str]:
    for node in interpreter.nodes(scope.module, scope.function):
        if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.id in _LIFE and node.args:
            given = forced(interpreter.evaluate(node.args[0], scope))
            if isinstance(given, Const) and given.value in PROFILES:
                return (Span(PROFILES[str(given.value)]),), ""
            if isinstance(given, Record) and "revalidate" in given.fields:
                found = times(interpreter, given.fields["revalidate"], SECOND)
                return found.spans, "" if found.spans else found.why
            return (), "a profile of cacheLife that the configuration names"
    return (Span(PROFILES["default"]),), ""
