"""Which rules run: named by id, number, the start of a number, or group; the nearer name decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from callaudit.providers.mistakes import did_you_mean, quote
from callaudit.rules.model import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from callaudit.rules.model import Rule

_EXACT: Final = 100
"""How near an id or a whole number is; the start of a number is as near as it is long."""


def selected(rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str]) -> frozenset[str]:
    """Return the ids of the rules that run: all without `select`.

    Where both name a rule, the nearer name decides (`CA201` goes before `CA2`), and `ignore` between equals.
    """
    wanted, left = tuple(select), tuple(ignore)
    return frozenset(
        rule.id
        for rule in rules
        if max((_nearness(rule, name) for name in wanted), default=0 if not wanted else -1)
        > max((_nearness(rule, name) for name in left), default=-1)
    )


def unknown_names(rules: Sequence[Rule], names: Iterable[str]) -> list[str]:
    """Return one sentence for each name that stands for no rule, with the nearest that does."""
    known = [word for rule in rules for word in (rule.id, rule.number, rule.group)]
    return [
        f"there is no rule, number or group {quote(name)}{did_you_mean(name, known)}"
        for name in names
        if all(_nearness(rule, name) < 0 for rule in rules) and name not in GROUPS.values()
    ]


def _nearness(rule: Rule, name: str) -> int:
    """Return how closely a name stands for a rule, -1 where it does not."""
    upper = name.upper()
    if name == rule.id or upper == rule.number:
        return _EXACT
    if name.lower() == "all":
        return 0
    if name.lower() == rule.group:
        return 3
    return len(upper) if upper and rule.number.startswith(upper) else -1
