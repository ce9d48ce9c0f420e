"""Which condition gave a variable which of its values: of two requests that one call sends, which is sent when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callaudit.syntax.ir import Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from callaudit.flow.effects import Target
    from callaudit.flow.scope import Scope
    from callaudit.flow.values import Value
    from callaudit.syntax.ir import Call

    When = tuple[str, bool]
    """A condition, and whether it holds."""

OTHERWISE = "otherwise"


def note_chosen(scope: Scope, ends: Sequence[tuple[str, dict[str, Value]]]) -> None:
    """Remember for each variable that ways of a branch set, what each way made of it. A way is a label and its end."""
    conditions = [_condition(label, [other for other, _ in ends if other != label]) for label, _ in ends]
    if len(ends) < 2 or not all(text for text, _ in conditions):
        return
    variables = [end for _, end in ends]
    for name, value in variables[0].items():
        if all(name in end for end in variables) and any(end[name] is not value for end in variables[1:]):
            given = [end[name] for end in variables]
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
