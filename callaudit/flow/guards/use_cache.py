"""Functions whose answers Next.js keeps because they, or their file, begin with `'use cache'`.

One answer for each combination of arguments; what the directives and their times are, `libraries/cache_directives.py`
says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects import cost as costs
from callaudit.flow.effects.effects import Guarded
from callaudit.flow.effects.records import Guard, Span
from callaudit.flow.timers.spans import times
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import Const, ForeignValue, Record, Value
from callaudit.libraries.cache_directives import DIRECTIVES, LIFE, PACKAGE, PROFILES
from callaudit.libraries.storage import SECOND
from callaudit.syntax.ir import Call, Member, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callaudit.flow.effects.cost import Cost
    from callaudit.flow.effects.effects import Effect
    from callaudit.flow.machine.interpreter import Interpreter
    from callaudit.flow.machine.scope import Scope
    from callaudit.syntax.facts import Function


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
    """The times that the function of `scope` chooses, or why they are not known."""
    found: list[Span] = []
    chosen = False
    for node in interpreter.nodes(scope.module, scope.function):
        if not isinstance(node, Call) or not node.args or not _chooses(interpreter, node, scope):
            continue
        chosen = True
        spans, why = _profile(interpreter, interpreter.evaluate(node.args[0], scope))
        if why:
            return (), why
        found.extend(spans)
    return tuple(dict.fromkeys(found)) if chosen else (Span(PROFILES["default"]),), ""


def _chooses(interpreter: Interpreter, call: Call, scope: Scope) -> bool:
    """Whether a call is one of the library's function, under whatever name it was imported."""
    if not isinstance(call.callee, (Name, Member)):
        return False
    target = forced(interpreter.evaluate(call.callee, scope))
    return (
        isinstance(target, ForeignValue)
        and target.package == PACKAGE
        and target.path[-1:] != ()
        and target.path[-1] in LIFE
    )


def _profile(interpreter: Interpreter, value: Value) -> tuple[tuple[Span, ...], str]:
    given = forced(value)
    if isinstance(given, Const) and given.value in PROFILES:
        return (Span(PROFILES[str(given.value)]),), ""
    if isinstance(given, Record) and "revalidate" in given.fields:
        said = times(interpreter, given.fields["revalidate"], SECOND)
        return said.spans, "" if said.spans else said.why or "kept until it is revalidated"
    return (), "a profile of cacheLife that the configuration names"
