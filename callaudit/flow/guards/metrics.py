"""Functions that measure what they run: something is started before it, and observed or counted after it.

prom-client 14 and 15 (https://github.com/siimon/prom-client#readme), hot-shots 10, @opentelemetry/api 1 (meters).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.flow.effects.effects import Effect, Guarded
from callaudit.flow.effects.records import Guard
from callaudit.flow.values.lazy import forced
from callaudit.flow.values.values import ForeignValue, Unknown
from callaudit.syntax.ir import Call, Member

if TYPE_CHECKING:
    from callaudit.flow.machine.frame import Frame
    from callaudit.flow.values.values import Value
    from callaudit.syntax.facts import Function

PACKAGES = frozenset(
    {"prom-client", "hot-shots", "node-statsd", "@opentelemetry/api", "dd-trace", "@willsoto/nestjs-prometheus"}
)
OBSERVES = frozenset(
    {".startTimer", ".observe", ".inc", ".timing", ".increment", ".histogram", ".record", ".add", ".distribution"}
)


def measured(frame: Frame, function: Function, tree: list[Effect]) -> list[Effect]:
    """What a run of `function` does, behind the metrics that the function keeps of it."""
    if not tree or OBSERVES.isdisjoint(function.refs):
        return tree
    for node in frame.interpreter.nodes_of(frame.scope.module, frame.scope.function, Call):
        callee = node.callee
        if not isinstance(callee, Member) or "." + callee.prop not in OBSERVES:
            continue
        root = callee.obj
        while isinstance(root, Call) and isinstance(root.callee, Member):
            root = root.callee.obj  # counter.labels("a").inc()
        if _is_metric(forced(frame.interpreter.evaluate(root, frame.scope))):
            name = frame.interpreter.qualified(frame.scope.module, frame.scope.function)
            guard = Guard("metrics", callee.prop, frame.scope.module, function.line, name)
            return [Guarded(guard, tuple(tree))]
    return tree


def _is_metric(value: Value, depth: int = 4) -> bool:
    """Whether a value is made by a library for metrics: a counter, or one of its children."""
    if isinstance(value, ForeignValue):
        return value.package in PACKAGES
    if isinstance(value, Unknown) and value.receiver is not None and depth:
        return _is_metric(forced(value.receiver), depth - 1)
    return False
