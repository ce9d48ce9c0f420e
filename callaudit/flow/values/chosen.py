"""Which condition gave a variable which of its values: of two requests that one call sends, which is sent when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects.effects import Target
    from callaudit.flow.machine.scope import Scope
    from callaudit.flow.values.values import Value
    from callaudit.syntax.ir import Call

    When = tuple[str, bool]
    """A condition, and whether it holds."""

OTHERWISE = "otherwise"


def note_chosen(scope: Scope, ends: Sequence[tuple[str, dict[str, Value]]]) -> None:
    """Remember for each variable that ways of a branch set, what each way made of it. A way is a label and its end."""
    if len(ends) < 2:
        return
    (_, first), *others = ends
    changed = [name for name, value in first.items() if any(end.get(name, value) is not value for _, end in others)]
    if not changed:
        return
    conditions = [_condition(label, [other for other, _ in ends if other != label]) for label, _ in ends]
    if not all(text for text, _ in conditions):
        return
    for name in changed:
        if all(name in end for _, end in others):
            given = [end[name] for _, end in ends]
            scope.chosen[name] = scope.vars[name], tuple(zip(conditions, given, strict=True))


def _condition(label: str, others: Sequence[str]) -> When:
    if label != OTHERWISE:
        return label, True
    return (others[0], False) if len(others) == 1 else ("", True)


def conditions(
    scope: Scope, call: Call, args: list[Value], targets: Callable[[list[Value]], Iterable[Target]]
) -> dict[tuple[str, str], When]:
    """Return under which condition `call` sends each request, by method and URL; `targets` says where arguments lead.

    Looks at arguments that are variables and still have the value that a branch gave them.
    """
    found: dict[tuple[str, str], list[When]] = {}
    for place, expr in enumerate(call.args[: len(args)]):
        if not isinstance(expr, Name):
            continue
        chosen = scope.chosen.get(expr.id)
        if chosen is None or scope.vars.get(expr.id) is not chosen[0]:
            continue
        for when, value in chosen[1]:
            for target in targets([*args[:place], value, *args[place + 1 :]]):
                found.setdefault((target.method, target.url), []).append(when)
    return {request: ways[0] for request, ways in found.items() if len(ways) == 1}


def given_by(found: dict[tuple[str, str], When], target: Target) -> When:
    """The condition under which a request goes to `target`, empty where it is not known."""
    return found.get((target.method, target.url), ("", True))
